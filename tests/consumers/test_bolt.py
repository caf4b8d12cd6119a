"""The Cypher script and the CSV files, loaded by the official Neo4j driver into a server behind Bolt."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver, Session
from neo4j.exceptions import TransientError

from kg.export import export
from kg.graph import KnowledgeGraph
from tests.consumers.contents import holds, query


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
    holds(database, graph)


def test_the_csv_files_load(graph: KnowledgeGraph, database: Driver, tmp_path: Path) -> None:
    export(graph, tmp_path, formats=["neo4j"])
    folder = tmp_path / "neo4j"
    _load_nodes(database, folder / "actors.csv")
    _load_nodes(database, folder / "documents.csv")
    _load_relationships(database, folder / "statements.csv", nodes=("Actor", "Actor"))
    _load_relationships(database, folder / "mentions.csv", nodes=("Document", "Actor"))
    holds(database, _without_semicolons(graph))


def test_a_document_more_is_an_update(small_graph: KnowledgeGraph, database: Driver, tmp_path: Path) -> None:
    first, _ = small_graph.extractions()
    part = KnowledgeGraph()
    part.add(first)
    for number, graph in enumerate((part, small_graph)):
        export(graph, tmp_path / str(number), formats=["cypher"])
        _run_script(database, tmp_path / str(number) / "graph.cypher")
    holds(database, small_graph)


def _without_semicolons(graph: KnowledgeGraph) -> KnowledgeGraph:
    """Return the graph with aliases as the CSV files can say them: there `;` parts them."""
    changed = KnowledgeGraph()
    for extraction in graph.extractions():
        actors = (
            replace(actor, aliases=tuple(alias.replace(";", "；") for alias in actor.aliases))
            for actor in extraction.actors
        )
        changed.add(replace(extraction, actors=tuple(actors)))
    return changed


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


def _load_nodes(database: Driver, path: Path) -> None:
    by_labels: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _typed(path):
        by_labels[row.pop("LABEL").replace(";", ":")].append(row)
    for labels, rows in by_labels.items():
        query(database, f"UNWIND $rows AS row CREATE (n:{labels}) SET n = row", rows=rows)


def _load_relationships(database: Driver, path: Path, *, nodes: tuple[str, str]) -> None:
    by_type: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _typed(path):
        ends = {"start": row.pop("START_ID"), "end": row.pop("END_ID")}
        by_type[row.pop("TYPE")].append({**ends, "properties": row})
    for name, rows in by_type.items():
        query(
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
