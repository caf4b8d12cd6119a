"""The Cypher script and the CSV files, loaded by the official Neo4j driver into a server behind Bolt."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver, Session
from neo4j.exceptions import TransientError
from neo4j.time import Date

from kg.export import export
from kg.export.flat import statement_rows, upper_snake, view
from kg.graph import KnowledgeGraph


@pytest.fixture(params=["small_graph", "hostile_graph"])
def graph(request: pytest.FixtureRequest) -> KnowledgeGraph:
    found: KnowledgeGraph = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("times", [1, 2])
def test_the_script_loads_and_loads_again(
    times: int, graph: KnowledgeGraph, database: Driver, tmp_path: Path
) -> None:
    export(graph, tmp_path, formats=["cypher"])
    for _ in range(times):
        _run_script(database, tmp_path / "graph.cypher")
    _holds(database, graph)
    aliases = _query(database, "MATCH (n:Actor) RETURN n.name AS name, n.aliases AS aliases")
    assert {row["name"]: tuple(row["aliases"] or ()) for row in aliases} == {
        actor.name: actor.aliases for actor in graph.actors().values()
    }


def test_the_csv_files_load(graph: KnowledgeGraph, database: Driver, tmp_path: Path) -> None:
    export(graph, tmp_path, formats=["neo4j"])
    folder = tmp_path / "neo4j"
    _load_nodes(database, folder / "actors.csv", key="actorId")
    _load_nodes(database, folder / "documents.csv", key="documentId")
    _load_relationships(database, folder / "statements.csv", nodes=("Actor", "Actor"))
    _load_relationships(database, folder / "mentions.csv", nodes=("Document", "Actor"))
    _holds(database, graph)


def test_a_document_more_is_an_update(small_graph: KnowledgeGraph, database: Driver, tmp_path: Path) -> None:
    first, _ = small_graph.extractions()
    part = KnowledgeGraph()
    part.add(first)
    for number, graph in enumerate((part, small_graph)):
        export(graph, tmp_path / str(number), formats=["cypher"])
        _run_script(database, tmp_path / str(number) / "graph.cypher")
    _holds(database, small_graph)


def _holds(database: Driver, graph: KnowledgeGraph) -> None:
    found = view(graph)
    nodes = _query(database, "MATCH (n) RETURN labels(n) AS labels, n.id AS id, n.name AS name")
    assert Counter(frozenset(node["labels"]) for node in nodes) == Counter(
        [frozenset({"Actor", actor.cls}) for actor in found.actors.values()]
        + [frozenset({"Document"}) for _ in found.sources]
    )
    assert {node["id"]: node["name"] for node in nodes if "Actor" in node["labels"]} == {
        actor.id: actor.name for actor in found.actors.values()
    }
    edges = _query(
        database,
        "MATCH (a:Actor)-[r]->(b:Actor) "
        "RETURN a.id AS source, b.id AS target, type(r) AS type, properties(r) AS claim",
    )
    claims = {edge["claim"]["id"]: edge for edge in edges}
    assert len(claims) == len(edges) == len(found.statements)
    for s, row in statement_rows(found):
        edge = claims[s.id]
        assert (edge["source"], edge["type"], edge["target"]) == (s.source, upper_snake(s.type), s.target)
        claim = {key: _plain(value) for key, value in edge["claim"].items() if value is not None}
        assert claim == {"id": s.id, **{key: value for key, value in row.items() if value is not None}}
    mentions = _query(
        database,
        "MATCH (d:Document)-[r:MENTIONS]->(a:Actor) RETURN d.id AS document, a.id AS actor, "
        "r.start AS start, r.end AS end, r.text AS text, r.form AS form",
    )
    assert Counter(tuple(row.values()) for row in mentions) == Counter(
        (m.document, m.actor, m.span.start, m.span.end, m.span.text, m.form) for m in graph.mentions()
    )
    documents = _query(database, "MATCH (d:Document) RETURN d.id AS id, d.published AS published")
    assert {row["id"]: _plain(row["published"]) for row in documents} == {
        source.id: source.published for source in found.sources.values()
    }


def _run_script(database: Driver, path: Path) -> None:
    # A transaction a command, as cypher-shell does; in a longer one ArcadeDB takes a second label for a
    # second node.
    with database.session(database="kg") as session:
        for command in path.read_bytes().decode().split("\n"):
            _run(session, command.removesuffix(";") or "RETURN 1")


def _run(session: Session, command: str) -> None:
    # ArcadeDB asks to try again where one command adds several relationships to the same node.
    for _ in range(5):
        try:
            session.run(command).consume()
            return
        except TransientError as error:
            fault = error
    raise fault


def _load_nodes(database: Driver, path: Path, *, key: str) -> None:
    by_labels: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _typed(path):
        row["id"] = row.pop(key)
        by_labels[row.pop("LABEL").replace(";", ":")].append(row)
    for labels, rows in by_labels.items():
        _query(database, f"UNWIND $rows AS row CREATE (n:{labels}) SET n = row", rows=rows)


def _load_relationships(database: Driver, path: Path, *, nodes: tuple[str, str]) -> None:
    by_type: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _typed(path):
        ends = {"start": row.pop("START_ID"), "end": row.pop("END_ID")}
        by_type[row.pop("TYPE")].append({**ends, "properties": row})
    for name, rows in by_type.items():
        _query(
            database,
            f"UNWIND $rows AS row MATCH (a:{nodes[0]} {{id: row.start}}) "
            f"MATCH (b:{nodes[1]} {{id: row.end}}) "
            f"CREATE (a)-[r:{name}]->(b) SET r = row.properties",
            rows=rows,
        )


def _typed(path: Path) -> list[dict[str, Any]]:
    """Return the rows as `neo4j-admin` types them by the header, `confidence:double`, `aliases:string[]`."""
    kinds: dict[str, Any] = {
        "int": int,
        "double": float,
        "boolean": {"true": True, "false": False}.__getitem__,
        "date": date.fromisoformat,
        "string[]": lambda text: text.split(";"),
    }
    with path.open(encoding="utf8", newline="") as file:
        head, *rows = csv.reader(file, strict=True)
    fields = []
    for column in head:
        name, _, kind = column.partition(":")
        fields.append((name or kind.partition("(")[0], kinds.get(kind, str)))
    return [
        {name: kind(text) for (name, kind), text in zip(fields, row, strict=True) if text != ""}
        for row in rows
    ]


def _query(database: Driver, query: str, **parameters: Any) -> list[dict[str, Any]]:
    found = database.execute_query(query, parameters, database_="kg")
    return [record.data() for record in found.records]


def _plain(value: Any) -> Any:
    return value.iso_format() if isinstance(value, Date) else value
