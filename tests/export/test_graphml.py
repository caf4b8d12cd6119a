from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx
from lxml import etree

from kg.export import export
from kg.export.flat import statement_rows, view
from kg.graph import KnowledgeGraph

NS = {"g": "http://graphml.graphdrawing.org/xmlns"}


def test_networkx_reads_back_all_that_a_statement_carries(
    small_graph: KnowledgeGraph, tmp_path: Path
) -> None:
    _written(small_graph, tmp_path)
    back = nx.read_graphml(tmp_path / "graph.graphml", force_multigraph=True)
    assert isinstance(back, nx.MultiDiGraph)
    rows = list(statement_rows(view(small_graph)))
    assert back.number_of_edges() == len(rows)
    for s, row in rows:
        data = back.get_edge_data(s.source, s.target, s.id)
        assert {key: data.get(key) for key in row} == row
        assert (data["label"], data["weight"]) == (row["relation_label"], s.confidence)


def test_actors_keep_names_class_and_labels(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    _written(small_graph, tmp_path)
    back = nx.read_graphml(tmp_path / "graph.graphml")
    node = dict(back.nodes["http://www.wikidata.org/entity/Q148"])
    drawing = {name: node.pop(name) for name in ("x", "y", "size", "r", "g", "b")}
    assert [type(value) for value in drawing.values()] == [float, float, float, int, int, int]
    assert node == {
        "label": "China",
        "class": "State",
        "aliases": "Beijing | RRT",
        "label_en": "China",
        "label_id": "Tiongkok",
    }


def test_hostile_names_come_back_but_for_control_characters(
    hostile_graph: KnowledgeGraph, tmp_path: Path
) -> None:
    tree = _written(hostile_graph, tmp_path)
    names = {data.text for data in tree.iterfind(".//g:node/g:data[@key='node_label']", NS)}
    assert {"Partai\nBaris\tBaru\r", "nul\ufffdbyte", "<script>alert('x')</script> & Co. ]]>"} <= names
    assert len(tree.findall(".//g:edge", NS)) == len(hostile_graph.statements())


def test_types_are_declared(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    tree = _written(small_graph, tmp_path)
    types = {k.get("id"): k.get("attr.type") for k in tree.iterfind("g:key", NS)}
    assert types["edge_negated"] == "boolean"
    assert types["edge_confidence"] == types["edge_weight"] == "double"
    assert types["edge_quad_class"] == "int"
    used = {data.get("key") for data in tree.iterfind(".//g:data", NS)}
    assert used <= types.keys()


def test_edge_ids_are_unique_statement_ids(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    ids = [edge.get("id") for edge in _written(small_graph, tmp_path).iterfind(".//g:edge", NS)]
    assert ids == [s.id for s in small_graph.statements()]


def test_no_attribute_that_graphml_does_not_know(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    allowed = {
        "node": {"id"},
        "edge": {"id", "source", "target"},
        "key": {"id", "for", "attr.name", "attr.type"},
        "data": {"key"},
        "graph": {"id", "edgedefault"},
    }
    for element in _written(small_graph, tmp_path).getroot().iterdescendants():
        assert set(element.attrib) == allowed[element.tag.rpartition("}")[2]]


def _written(graph: KnowledgeGraph, folder: Path) -> Any:
    export(graph, folder, formats=["graphml"])
    return etree.parse(folder / "graph.graphml")
