from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.export import export
from kg.export.flat import document_row, upper_snake, view
from kg.export.property_graph import actor_properties, statements_by_type
from kg.graph import KnowledgeGraph
from tests import apoc_rules


@pytest.mark.parametrize("name", ["small_graph", "hostile_graph"])
def test_apoc_finds_the_whole_property_graph(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    graph: KnowledgeGraph = request.getfixturevalue(name)
    export(graph, tmp_path, formats=["graphml-apoc"])
    nodes, relationships = apoc_rules.read(tmp_path / "graph.apoc.graphml")
    found, ids = view(graph), {node.key: _exact(node.properties)["id"] for node in nodes}
    actors = [node for node in nodes if "Actor" in node.labels]
    assert [_exact(node.properties) for node in actors] == [
        _said(actor_properties(actor)) for actor in found.actors.values()
    ]
    assert [node.labels for node in actors] == [("Actor", actor.cls) for actor in found.actors.values()]
    documents = [node for node in nodes if node.labels == ("Document",)]
    assert [_exact(node.properties) for node in documents] == [
        _said(document_row(source)) for source in found.sources.values()
    ]
    assert len(nodes) == len(actors) + len(documents)
    said = [r for r in relationships if r.type != "MENTIONS"]
    assert [(ids[r.source], r.type, ids[r.target], _exact(r.properties)) for r in said] == [
        (source, name, target, _said(claim))
        for name, rows in statements_by_type(found).items()
        for source, target, claim in rows
    ]
    assert {r.type for r in said} == {upper_snake(s.type) for s in found.statements}
    mentions = [r for r in relationships if r.type == "MENTIONS"]
    assert [(ids[r.source], ids[r.target], _exact(r.properties)) for r in mentions] == [
        (
            m.document,
            m.actor,
            {"start": m.span.start, "end": m.span.end, "form": m.form, "text": m.span.text},
        )
        for m in graph.mentions()
    ]


def test_an_actor_and_a_document_of_the_same_id_are_two_nodes(
    small_graph: KnowledgeGraph, tmp_path: Path
) -> None:
    first = next(small_graph.extractions())
    key = first.actors[0].id
    graph = KnowledgeGraph()
    graph.add(
        replace(
            first,
            source=replace(first.source, id=key),
            mentions=tuple(replace(m, document=key) for m in first.mentions),
            statements=tuple(replace(s, document=key) for s in first.statements),
        )
    )
    export(graph, tmp_path, formats=["graphml-apoc"])
    nodes, _ = apoc_rules.read(tmp_path / "graph.apoc.graphml")
    assert len({node.key for node in nodes}) == len(nodes) == len(graph.actors()) + 1


def _said(row: Any) -> dict[str, Any]:
    return {
        key: list(value) if isinstance(value, (tuple, list)) else value
        for key, value in row.items()
        if value is not None
    }


def _exact(row: dict[str, Any]) -> dict[str, Any]:
    """Return the properties with the texts that XML cannot hold."""
    return {
        **{key: value for key, value in row.items() if key != "exact"},
        **json.loads(row.get("exact", "{}")),
    }
