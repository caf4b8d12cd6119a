from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from lxml import etree

from kg.export import export
from kg.export.flat import STATEMENT_COLUMNS, statement_rows, view
from kg.export.gexf import period
from kg.graph import KnowledgeGraph
from kg.model import Time

FILES = ("graph.gexf", "graph.published.gexf")
NS = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}
# The official schema, where somebody has put it; the other tests hold without it.
SCHEMAS = [
    path
    for folder in [os.environ.get("POLKG_SHARED")]
    if folder
    for path in sorted(Path(folder).glob("data/gexf13/gexf.rng"))
]


@pytest.fixture(params=["small_graph", "hostile_graph"])
def graph(request: pytest.FixtureRequest) -> KnowledgeGraph:
    found: KnowledgeGraph = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def tree(graph: KnowledgeGraph, tmp_path: Path) -> Any:
    return _written(graph, tmp_path)


def test_every_statement_is_an_edge_of_its_own(graph: KnowledgeGraph, tree: Any) -> None:
    edges = tree.findall(".//g:edge", NS)
    assert [edge.get("id") for edge in edges] == [s.id for s in graph.statements()]
    assert len(tree.findall(".//g:node", NS)) == len(graph.actors())
    for edge, s in zip(edges, graph.statements(), strict=True):
        assert edge.get("type") == "directed"
        assert edge.get("kind").split()[0] == s.type
        assert float(edge.get("weight")) == s.confidence


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize("name", FILES)
def test_the_official_schema_holds(name: str, tmp_path: Path) -> None:
    for path in SCHEMAS:
        schema = etree.RelaxNG(etree.parse(path))
        assert schema.validate(etree.parse(tmp_path / name)), schema.error_log


def test_what_viewers_rely_on_holds(tree: Any) -> None:
    root = tree.getroot()
    assert root.get("version") == "1.3"
    assert [child.tag.rpartition("}")[2] for child in root] == ["meta", "graph"]
    order = [child.tag.rpartition("}")[2] for child in root[1]]
    assert order == ["attributes", "attributes", "nodes", "edges"]
    nodes = {node.get("id") for node in tree.iterfind(".//g:node", NS)}
    assert len(nodes) == len(tree.findall(".//g:node", NS))
    for part, cls in ((".//g:node", "node"), (".//g:edge", "edge")):
        declared = {
            a.get("id"): a.get("type")
            for a in tree.iterfind(f".//g:attributes[@class='{cls}']/g:attribute", NS)
        }
        assert set(declared.values()) <= {"string", "boolean", "integer", "double"}
        for element in tree.iterfind(part, NS):
            used = [value.get("for") for value in element.iterfind("g:attvalues/g:attvalue", NS)]
            assert len(set(used)) == len(used)
            assert set(used) <= declared.keys()
            colour = element.find("viz:color", NS)
            assert all(0 <= int(colour.get(channel)) <= 255 for channel in "rgb")
    for edge in tree.iterfind(".//g:edge", NS):
        assert {edge.get("source"), edge.get("target")} <= nodes


def test_networkx_reads_back_all_that_a_statement_carries(
    small_graph: KnowledgeGraph, tmp_path: Path
) -> None:
    _written(small_graph, tmp_path)
    back = nx.read_gexf(tmp_path / "graph.gexf")
    found = {data["id"]: data for _, _, data in back.edges(data=True)}
    rows = list(statement_rows(view(small_graph)))
    assert len(found) == len(rows)
    for s, row in rows:
        data = found[s.id]
        assert {key: data.get(key) for key in STATEMENT_COLUMNS} == row
        assert (data["label"], data["weight"]) == (row["relation_label"], s.confidence)


def test_a_quote_names_its_claimant(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    _written(small_graph, tmp_path)
    back = nx.read_gexf(tmp_path / "graph.gexf")
    claim = next(d for _, _, d in back.edges(data=True) if d.get("certainty") == "probable")
    assert claim["attributed_to_name"] == "Ratna Wibowo"
    assert claim["quote"] == "China attacked the Borneo Fleet … Indonesian foreign minister Ratna Wibowo said"
    assert (claim["family"], claim["quad_class"]) == ("materialConflict", 4)


def test_names_survive_but_for_control_characters(hostile_graph: KnowledgeGraph, tmp_path: Path) -> None:
    tree = _written(hostile_graph, tmp_path)
    labels = {node.get("label") for node in tree.iterfind(".//g:node", NS)}
    assert {"Partai\nBaris\tBaru\r", "nul\ufffdbyte", "'''\"\"\" \\u0041 \\"} <= labels


def test_what_xml_cannot_hold_stands_beside_it(hostile_graph: KnowledgeGraph, tmp_path: Path) -> None:
    tree = _written(hostile_graph, tmp_path)
    kept = {
        node.get("label"): value.get("value")
        for node in tree.iterfind(".//g:node", NS)
        for value in node.iterfind(".//g:attvalue[@for='exact']", NS)
    }
    assert json.loads(kept["nul\ufffdbyte"]) == {"label": "nul\x00byte"}
    assert "Norway" not in kept


def test_time_makes_the_graph_dynamic(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    tree = _written(small_graph, tmp_path)
    assert tree.find("g:graph", NS).get("mode") == "dynamic"
    assert tree.find("g:graph", NS).get("timeformat") == "date"
    spells = {(e.get("start"), e.get("end")) for e in tree.iterfind(".//g:edge", NS)}
    assert spells == {(None, None), ("2024-03-01", "2024-03-31"), ("2025-01-21", "2025-01-21")}


def test_without_time_the_graph_is_static(hostile_graph: KnowledgeGraph, tmp_path: Path) -> None:
    graph = _written(hostile_graph, tmp_path).find("g:graph", NS)
    assert (graph.get("mode"), graph.get("timeformat")) == ("static", None)


def test_the_other_file_has_the_days_of_publication(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    _written(small_graph, tmp_path)
    tree = etree.parse(tmp_path / "graph.published.gexf")
    spells = {e.get("id"): (e.get("start"), e.get("end")) for e in tree.iterfind(".//g:edge", NS)}
    days = {"harbour-talks": "2024-03-05", "berita/kapal 7": "2025-01-22"}
    assert spells == {s.id: (days[s.document],) * 2 for s in small_graph.statements()}
    nodes = {
        node.get("label"): [
            (spell.get("start"), spell.get("end")) for spell in (node, *node.iterfind(".//g:spell", NS))
        ]
        for node in tree.iterfind(".//g:node", NS)
    }
    assert nodes["Borneo Fleet"] == [("2024-03-05", "2024-03-05")]
    assert nodes["China"] == [(None, None), *((day, day) for day in days.values())]


def test_but_for_time_the_two_files_are_the_same(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    _written(small_graph, tmp_path)
    one, two = (
        re.sub(
            r'(?s) (?:start|end)="[^"]*"(?=[ />])| *<spells>.*?</spells>\n',
            "",
            (tmp_path / name).read_text("utf8"),
        )
        for name in FILES
    )
    assert one == two


def test_a_document_without_a_day_is_always_there(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    first, second = small_graph.extractions()
    small_graph.add(replace(first, source=replace(first.source, published=None)))
    _written(small_graph, tmp_path)
    tree = etree.parse(tmp_path / "graph.published.gexf")
    edges = {e.get("id"): e.get("start") for e in tree.iterfind(".//g:edge", NS)}
    assert edges == {
        s.id: second.source.published if s in second.statements else None for s in small_graph.statements()
    }
    always = {n.get("label") for n in tree.iterfind(".//g:node", NS) if n.get("start") is None}
    assert {"Norway", "China", "NATO"} <= always


def test_no_two_edges_between_the_same_nodes_are_of_one_kind(
    small_graph: KnowledgeGraph, tmp_path: Path
) -> None:
    edges = list(_written(small_graph, tmp_path).iterfind(".//g:edge", NS))
    kinds = {(e.get("source"), e.get("target"), e.get("kind")) for e in edges}
    assert len(kinds) == len(edges)
    assert {e.get("kind") for e in edges} >= {"attacks", "attacks 2"}


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2024", "2024", ("2024-01-01", "2024-12-31")),
        ("2024-02", None, ("2024-02-01", None)),
        (None, "2024-02", (None, "2024-02-29")),
        ("2025-01-21", "2025-01-21", ("2025-01-21", "2025-01-21")),
        ("2025-02-30", "soon", (None, None)),
        ("2025", "2024", (None, None)),
    ],
)
def test_a_partial_date_covers_all_its_days(
    start: str | None, end: str | None, days: tuple[str | None, str | None]
) -> None:
    assert period(Time(start=start, end=end)) == days


def test_what_is_denied_or_only_possible_is_faded(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    tree = _written(small_graph, tmp_path)
    opacity = {e.get("id"): float(e.find("viz:color", NS).get("a")) for e in tree.iterfind(".//g:edge", NS)}
    for s in small_graph.statements():
        assert (opacity[s.id] < 1) == (s.negated or s.modality != "actual" or s.certainty != "certain")


def test_conflict_and_cooperation_have_colours_of_their_own(
    small_graph: KnowledgeGraph, tmp_path: Path
) -> None:
    tree = _written(small_graph, tmp_path)
    colour = {
        e.get("kind"): tuple(int(e.find("viz:color", NS).get(c)) for c in "rgb")
        for e in tree.iterfind(".//g:edge", NS)
    }
    assert colour["attacks"][0] > colour["attacks"][1]
    assert colour["partnerOf"][1] > colour["partnerOf"][0]


def _written(graph: KnowledgeGraph, folder: Path) -> Any:
    export(graph, folder, formats=["gexf"])
    return etree.parse(folder / "graph.gexf")
