"""CSV files for `neo4j-admin database import`, whose headers say what each column is.

In an array `;` parts the values, and the import has no escape for it: inside of a value it becomes `；`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from kg.export.csvtext import csv_lines
from kg.export.files import write_text
from kg.export.flat import (
    STATEMENT_COLUMNS,
    Kind,
    Value,
    View,
    actor_columns,
    actor_row,
    statement_rows,
    upper_snake,
    view,
)
from kg.graph import KnowledgeGraph
from kg.model import Mention

TYPES: Final[Mapping[Kind, str]] = {
    "string": "",
    "boolean": ":boolean",
    "integer": ":int",
    "double": ":double",
    "date": ":date",
}
DOCUMENTS: Final = (
    "documentId:ID(Document)",
    "language",
    "title",
    "published:date",
    "url",
    "publisher",
    "sha256",
    "length:int",
    ":LABEL",
)
MENTIONS: Final = (":START_ID(Document)", ":END_ID(Actor)", ":TYPE", "start:int", "end:int", "form", "text")


def write(graph: KnowledgeGraph, folder: Path) -> None:
    """Write the folder `neo4j`: two files of nodes, two of relationships."""
    found = view(graph)
    for name, rows in (
        ("actors", _actors(found)),
        ("documents", _documents(found)),
        ("statements", _statements(found)),
        ("mentions", _mentions(graph.mentions())),
    ):
        write_text(folder / "neo4j" / f"{name}.csv", csv_lines(rows))


def _actors(view: View) -> Iterator[Sequence[Value]]:
    columns = [name for name in actor_columns(view) if name != "aliases"]
    yield ["actorId:ID(Actor)", "name", "aliases:string[]", *columns, ":LABEL"]
    for actor in view.actors.values():
        row = actor_row(actor)
        aliases = ";".join(alias.replace(";", "；") for alias in actor.aliases)
        yield [actor.id, actor.name, aliases, *(row.get(name) for name in columns), f"Actor;{actor.cls}"]


def _documents(view: View) -> Iterator[Sequence[Value]]:
    yield DOCUMENTS
    for s in view.sources.values():
        yield [s.id, s.lang, s.title, s.published, s.url, s.publisher, s.sha256, s.length, "Document"]


def _statements(view: View) -> Iterator[Sequence[Value]]:
    yield [
        ":START_ID(Actor)",
        ":END_ID(Actor)",
        ":TYPE",
        "id",
        *(name + TYPES[kind] for name, kind in STATEMENT_COLUMNS.items()),
    ]
    for s, row in statement_rows(view):
        yield [s.source, s.target, upper_snake(s.type), s.id, *row.values()]


def _mentions(mentions: Iterable[Mention]) -> Iterator[Sequence[Value]]:
    yield MENTIONS
    for m in mentions:
        yield [m.document, m.actor, "MENTIONS", m.span.start, m.span.end, m.form, m.span.text]
