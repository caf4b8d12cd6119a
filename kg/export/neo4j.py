"""CSV files for `neo4j-admin database import`, whose headers say what each column is.

In an array `;` parts the values, and the import has no escape for it: inside of a value it becomes `；`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, cast

from kg.export.csvtext import csv_lines
from kg.export.files import write_text
from kg.export.flat import (
    DOCUMENT_COLUMNS,
    STATEMENT_COLUMNS,
    Kind,
    Value,
    View,
    actor_columns,
    actor_row,
    document_row,
    view,
)
from kg.export.property_graph import (
    MENTION_COLUMNS,
    MENTIONS,
    Properties,
    mention_properties,
    statements_by_type,
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
    yield ["id:ID(Actor)", "name", "aliases:string[]", *columns, ":LABEL"]
    for actor in view.actors.values():
        row = actor_row(actor)
        aliases = ";".join(alias.replace(";", "；") for alias in actor.aliases)
        yield [actor.id, actor.name, aliases, *(row.get(name) for name in columns), f"Actor;{actor.cls}"]


def _documents(view: View) -> Iterator[Sequence[Value]]:
    yield ["id:ID(Document)", *_typed(DOCUMENT_COLUMNS)[1:], ":LABEL"]
    for source in view.sources.values():
        yield [*_values(document_row(source), DOCUMENT_COLUMNS), "Document"]


def _statements(view: View) -> Iterator[Sequence[Value]]:
    yield [":START_ID(Actor)", ":END_ID(Actor)", ":TYPE", "id", *_typed(STATEMENT_COLUMNS)]
    for name, rows in statements_by_type(view).items():
        for source, target, claim in rows:
            yield [source, target, name, *_values(claim, ("id", *STATEMENT_COLUMNS))]


def _mentions(mentions: Iterable[Mention]) -> Iterator[Sequence[Value]]:
    yield [":START_ID(Document)", ":END_ID(Actor)", ":TYPE", *_typed(MENTION_COLUMNS)]
    for mention in mentions:
        row = mention_properties(mention)
        yield [*_values(row, ("document", "actor")), MENTIONS, *_values(row, MENTION_COLUMNS)]


def _typed(columns: Mapping[str, Kind]) -> list[str]:
    return [name + TYPES[kind] for name, kind in columns.items()]


def _values(row: Properties, names: Iterable[str]) -> list[Value]:
    return [cast(Value, row[name]) for name in names]
