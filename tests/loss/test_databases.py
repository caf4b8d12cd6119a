"""What graph databases and SPARQL servers keep, each loaded and asked by its own client."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ladybug
from neo4j import Driver
from neo4j.time import Date

from kg.export import export
from kg.graph import KnowledgeGraph
from kg.load import Order, load
from tests import apoc_rules
from tests.consumers.rdf_servers import into_oxigraph, into_virtuoso, triples
from tests.loss.harness import Found, check
from tests.loss.shapes import from_columns, from_triples
from tests.servers import PASSWORD, Endpoint


def test_load_over_bolt(bolt_url: str, database: Driver, tmp_path: Path) -> None:
    def read(graph: KnowledgeGraph, _: Path) -> Found:
        load(graph, Order(target=bolt_url, user="root", password=PASSWORD, database="kg"))
        return _relationships(database)

    check("kg load into ArcadeDB", read, tmp_path)


def test_script(database: Driver, tmp_path: Path) -> None:
    def read(graph: KnowledgeGraph, folder: Path) -> Found:
        export(graph, folder, formats=["cypher"])
        with database.session(database="kg") as session:
            for command in (folder / "graph.cypher").read_bytes().decode().split(";\n"):
                if command:
                    session.run(command).consume()
        return _relationships(database)

    check("graph.cypher in ArcadeDB", read, tmp_path)


def test_graphml_for_apoc(tmp_path: Path) -> None:
    def read(graph: KnowledgeGraph, folder: Path) -> Found:
        export(graph, folder, formats=["graphml-apoc"])
        nodes, relationships = apoc_rules.read(folder / "graph.apoc.graphml")
        ids = {}
        for node in nodes:
            exact = json.loads(node.properties.get("exact", "{}"))
            ids[node.key] = exact.get("id", node.properties["id"])
        return {
            r.properties["id"]: _row(r.properties, source=ids[r.source], target=ids[r.target])
            for r in relationships
            if r.type != "MENTIONS"
        }

    check("graph.apoc.graphml by APOC's rules", read, tmp_path)


def test_load_into_ladybug(tmp_path: Path) -> None:
    def read(graph: KnowledgeGraph, folder: Path) -> Found:
        file = folder / "graph.lbug"
        load(graph, Order(target=f"ladybug:{file}"))
        with ladybug.Database(file, read_only=True) as database, ladybug.Connection(database) as connection:
            answer = connection.execute("MATCH (a)-[r:STATEMENT]->(b) RETURN a.id, b.id, r")
            assert not isinstance(answer, list)
            rows: list[Any] = answer.get_all()
            return {r["id"]: _row(r, source=a, target=b) for a, b, r in rows}

    check("kg load into Ladybug", read, tmp_path)


def test_oxigraph_server(oxigraph: Endpoint, tmp_path: Path) -> None:
    def read(graph: KnowledgeGraph, folder: Path) -> Found:
        export(graph, folder, formats=["rdf"])
        into_oxigraph(oxigraph, folder / "graph.nq", method="PUT")
        return from_triples(triples(oxigraph))

    check("graph.nq in Oxigraph's server", read, tmp_path)


def test_virtuoso(virtuoso: Endpoint, tmp_path: Path) -> None:
    def read(graph: KnowledgeGraph, folder: Path) -> Found:
        export(graph, folder, formats=["rdf"])
        into_virtuoso(virtuoso, folder / "graph.nq")
        return from_triples(triples(virtuoso))

    check("graph.nq in Virtuoso", read, tmp_path)


def _relationships(database: Driver) -> Found:
    answer = database.execute_query(
        "MATCH (a:Actor)-[r]->(b:Actor) RETURN a.id AS a, b.id AS b, properties(r) AS r", database_="kg"
    )
    return {row["r"]["id"]: _row(row["r"], source=row["a"], target=row["b"]) for row in answer.records}


def _row(row: dict[str, Any], *, source: str, target: str) -> Any:
    plain = {key: value.iso_format() if isinstance(value, Date) else value for key, value in row.items()}
    return from_columns(plain, key=row["id"], source=source, target=target)
