"""What a database behind Bolt has, against the graph that was loaded into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from neo4j import Driver
from neo4j.time import Date

from kg.export.flat import document_row, statement_rows, upper_snake, view
from kg.export.property_graph import actor_properties
from kg.graph import KnowledgeGraph


def holds(database: Driver, graph: KnowledgeGraph) -> None:
    """Check that the database has the graph and nothing else, each field of it."""
    found = view(graph)
    nodes = query(database, "MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties")
    assert len(nodes) == len(found.actors) + len(found.sources)
    there = {(frozenset(node["labels"]), node["properties"]["id"]): node["properties"] for node in nodes}
    wanted = {
        (frozenset({"Actor", actor.cls}), actor.id): actor_properties(actor)
        for actor in found.actors.values()
    } | {(frozenset({"Document"}), source.id): document_row(source) for source in found.sources.values()}
    assert {key: _said(row) for key, row in there.items()} == {key: _said(row) for key, row in wanted.items()}
    edges = query(
        database,
        "MATCH (a:Actor)-[r]->(b:Actor) "
        "RETURN a.id AS source, b.id AS target, type(r) AS type, properties(r) AS claim",
    )
    claims = {edge["claim"]["id"]: edge for edge in edges}
    assert len(claims) == len(edges) == len(found.statements)
    for s, row in statement_rows(found):
        edge = claims[s.id]
        assert (edge["source"], edge["type"], edge["target"]) == (s.source, upper_snake(s.type), s.target)
        assert _said(edge["claim"]) == _said({"id": s.id, **row})
    mentions = query(
        database,
        "MATCH (d:Document)-[r:MENTIONS]->(a:Actor) RETURN d.id AS document, a.id AS actor, "
        "r.start AS start, r.end AS end, r.text AS text, r.form AS form",
    )
    assert Counter(tuple(row.values()) for row in mentions) == Counter(
        (m.document, m.actor, m.span.start, m.span.end, m.span.text, m.form) for m in graph.mentions()
    )


def query(database: Driver, command: str, **parameters: Any) -> list[dict[str, Any]]:
    """Return the records of an answer."""
    found = database.execute_query(command, parameters, database_="kg")
    return [record.data() for record in found.records]


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the properties that have a value; an empty list says as much as none."""
    return {
        key: _plain(value)
        for key, value in row.items()
        if value not in (None, [], ()) and key != "fingerprint"  # how `kg load` knows what it has loaded
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Date):
        return value.iso_format()
    return tuple(value) if isinstance(value, list) else value
