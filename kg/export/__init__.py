"""The graph in other programs' formats: one module a format, one row of the table each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import TypeAlias, cast

from kg.errors import GraphError, UnknownNameError
from kg.graph import KnowledgeGraph, named

Write: TypeAlias = Callable[[KnowledgeGraph, Path], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """A format: the files it makes, and what writes them: `module:function`, imported only when asked for."""

    name: str
    files: tuple[str, ...]
    write: str
    help: str


def export(graph: KnowledgeGraph, folder: Path, *, formats: Sequence[str] | None = None) -> None:
    """Write `graph` into `folder`, in all formats or only in those named.

    Each file is written under another name and then put in place, so that a reader never sees half of one.
    """
    known = exporters()
    for name in formats or ():
        if name not in known:
            raise UnknownNameError("format", name, known)
    check(graph)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in known if formats is None else dict.fromkeys(formats):
            writer(known[name])(graph, folder)
    except OSError as error:
        raise GraphError(f"cannot write {error.filename or folder}: {error.strerror or error}") from error


def exporters() -> dict[str, Exporter]:
    """Return every format by name: those of `FORMATS`, then those of entry points in `kg.exporters`."""
    known = {exporter.name: exporter for exporter in FORMATS}
    for point in sorted(entry_points(group="kg.exporters"), key=lambda point: point.name):
        help_line = f"from {point.dist.name if point.dist else point.module}"
        known.setdefault(point.name, Exporter(name=point.name, files=(), write=point.value, help=help_line))
    return known


def writer(exporter: Exporter) -> Write:
    """Return the function that writes the format."""
    module, _, function = exporter.write.partition(":")
    return cast(Write, getattr(import_module(module), function))


def check(graph: KnowledgeGraph) -> None:
    """Raise `GraphError` if the graph names an actor that none of its documents brings."""
    known: set[str] = set()
    used: set[str] = set()
    for extraction in graph.extractions():
        known.update(actor.id for actor in extraction.actors)
        used |= named(extraction.mentions, extraction.statements)
    if missing := sorted(used - known):
        raise GraphError(f"the graph names {missing[0]!r}, but no document brings that actor")


FORMATS: tuple[Exporter, ...] = (
    Exporter(
        name="jsonl",
        files=("statements.jsonl", "mentions.jsonl", "actors.jsonl", "documents.jsonl"),
        write="kg.export.jsonl:write",
        help="JSON lines; the one format that kg reads back",
    ),
    Exporter(
        name="rdf",
        files=("graph.ttl", "graph.trig", "graph.nq", "graph.jsonld", "graph.rdf12.ttl"),
        write="kg.export.rdf:write",
        help="Turtle, TriG, N-Quads, JSON-LD and Turtle of RDF 1.2, by the ontology",
    ),
    Exporter(
        name="gexf",
        files=("graph.gexf", "graph.published.gexf"),
        write="kg.export.gexf:write",
        help="GEXF 1.3 for Gephi: colours, sizes, places; times of events, and of publication",
    ),
    Exporter(
        name="graphml",
        files=("graph.graphml",),
        write="kg.export.graphml:write",
        help="GraphML for networkx, igraph, Cytoscape, yEd",
    ),
    Exporter(
        name="graphml-apoc",
        files=("graph.apoc.graphml",),
        write="kg.export.apoc:write",
        help="GraphML for Neo4j's APOC, with documents and mentions",
    ),
    Exporter(
        name="cypher",
        files=("graph.cypher",),
        write="kg.export.cypher:write",
        help="Cypher script for Neo4j and others; running it twice changes nothing",
    ),
    Exporter(
        name="neo4j",
        files=("neo4j/actors.csv", "neo4j/documents.csv", "neo4j/statements.csv", "neo4j/mentions.csv"),
        write="kg.export.neo4j:write",
        help="CSV files for neo4j-admin database import",
    ),
    Exporter(
        name="parquet",
        files=tuple(f"tables/{name}.parquet" for name in ("statements", "actors", "mentions", "documents")),
        write="kg.export.tables:write_parquet",
        help="Parquet tables for pandas, DuckDB, Spark, R",
    ),
    Exporter(
        name="csv",
        files=tuple(f"tables/{name}.csv" for name in ("statements", "actors", "mentions", "documents")),
        write="kg.export.tables:write_csv",
        help="the same tables as CSV",
    ),
    Exporter(
        name="html",
        files=("graph.html",),
        write="kg.export.html:write",
        help="the explorer: one page for the browser, no server and no network needed",
    ),
)
