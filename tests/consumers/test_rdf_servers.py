"""`graph.nq` in an Oxigraph server and in Virtuoso: all of it, twice, and a later version."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest
from pyoxigraph import DefaultGraph, RdfFormat, parse

from kg.export import export
from kg.graph import KnowledgeGraph
from tests.consumers.rdf_servers import into_oxigraph, into_virtuoso, triples
from tests.loss.harness import fields
from tests.loss.shapes import from_triples
from tests.servers import DEFAULT_GRAPH, Endpoint

Into: TypeAlias = Callable[[Endpoint, Path], None]
Loading: TypeAlias = tuple[Endpoint, Into, Into]


@pytest.fixture(params=["oxigraph", "virtuoso"])
def loading(request: pytest.FixtureRequest) -> Loading:
    """Return a server, what loads a file there, and what puts a file in the place of all that is there."""
    server: Endpoint = request.getfixturevalue(request.param)
    if request.param == "oxigraph":
        return server, into_oxigraph, partial(into_oxigraph, method="PUT")
    return server, into_virtuoso, into_virtuoso


@pytest.mark.parametrize("name", ["small_graph", "hostile_graph"])
def test_all_triples_arrive_and_arrive_once(
    name: str, loading: Loading, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server, into, replacing = loading
    graph: KnowledgeGraph = request.getfixturevalue(name)
    file = _file(graph, tmp_path)
    replacing(server, file)
    assert _graphs(server) == _wanted(file)
    into(server, file)
    assert _graphs(server) == _wanted(file)
    _says(server, graph)


def test_a_later_version_takes_the_place(
    loading: Loading, small_graph: KnowledgeGraph, hostile_graph: KnowledgeGraph, tmp_path: Path
) -> None:
    server, _, replacing = loading
    replacing(server, _file(small_graph, tmp_path / "first"))
    file = _file(hostile_graph, tmp_path / "second")
    replacing(server, file)
    assert _graphs(server) == _wanted(file)


def _file(graph: KnowledgeGraph, folder: Path) -> Path:
    export(graph, folder, formats=["rdf"])
    return folder / "graph.nq"


def _wanted(file: Path) -> Counter[str]:
    quads = parse(path=file, format=RdfFormat.N_QUADS)
    return Counter(
        DEFAULT_GRAPH if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        for quad in set(quads)
    )


def _graphs(server: Endpoint) -> Counter[str]:
    """Return how many triples are in which of our graphs."""
    ours = "FILTER(STRSTARTS(STR(?g), 'https://w3id.org/polkg/'))"
    answer = _csv(
        server, f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} {ours} }} GROUP BY ?g"
    )
    found = Counter({row["g"]: int(row["n"]) for row in answer})
    if server.store:  # it has a default graph
        found[DEFAULT_GRAPH] = int(_csv(server, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")[0]["n"])
    return found


def _csv(server: Endpoint, sparql: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(server.ask(sparql, accept="text/csv").decode())))


def _says(server: Endpoint, graph: KnowledgeGraph) -> None:
    """Check every field of every statement, its pieces of evidence by place, which is how they are read."""
    found = from_triples(triples(server))
    for statement in graph.statements():
        sorted_ = replace(statement, evidence=tuple(sorted(set(statement.evidence))))
        assert found.pop(statement.id) == fields(sorted_)
    assert not found
