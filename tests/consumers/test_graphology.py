"""The GEXF file in graphology, which the browser's graph viewers use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.export import export
from kg.export.flat import Row, actor_row, statement_rows, view
from kg.graph import KnowledgeGraph

_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32)], "\N{REPLACEMENT CHARACTER}")


@pytest.mark.parametrize("name", ["small_graph", "hostile_graph"])
def test_graphology_reads_every_node_edge_and_value(
    name: str, request: pytest.FixtureRequest, read_gexf: Callable[[Path], Any], tmp_path: Path
) -> None:
    graph: KnowledgeGraph = request.getfixturevalue(name)
    export(graph, tmp_path, formats=["gexf"])
    found = read_gexf(tmp_path / "graph.gexf")
    published = read_gexf(tmp_path / "graph.published.gexf")
    assert published == found, "graphology drops time, and nothing else differs"
    assert found["faults"] == []
    nodes = {node["key"]: node["attributes"] for node in found["nodes"]}
    assert len(nodes) == len(found["nodes"]) == len(graph.actors())
    for actor in graph.actors().values():
        values = _seen(actor_row(actor))
        attributes = nodes[actor.id.translate(_CONTROLS)]
        assert {key: attributes[key] for key in values} == values
        assert attributes["label"] == actor.name.translate(_CONTROLS)
        assert {"color", "x", "y", "size"} <= attributes.keys()
    edges = {edge["key"]: edge for edge in found["edges"]}
    assert len(edges) == len(found["edges"]) == len(graph.statements())
    for s, row in statement_rows(view(graph)):
        edge, values = edges[s.id], _seen(row)
        assert (edge["source"], edge["target"]) == (
            s.source.translate(_CONTROLS),
            s.target.translate(_CONTROLS),
        )
        assert {key: edge["attributes"][key] for key in values} == values
        assert edge["attributes"]["weight"] == s.confidence


def _seen(row: Row) -> Row:
    return {
        key: value.translate(_CONTROLS) if isinstance(value, str) else value
        for key, value in row.items()
        if value is not None
    }
