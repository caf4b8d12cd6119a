"""Statements, actors, mentions and documents as Parquet and CSV; `docs/tables.md` explains the columns.

Both formats have the same columns. Lists and maps are such in Parquet and JSON texts in CSV.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.export.csvtext import csv_lines
from kg.export.files import REPLACEMENT, SURROGATE, replacing, write_text
from kg.export.flat import DOCUMENT_COLUMNS, STATEMENT_COLUMNS, Kind, document_row, statement_rows, view
from kg.graph import KnowledgeGraph, spans_json

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]  # ships no types

TableKind: TypeAlias = Kind | str
Rows: TypeAlias = Iterator[Sequence[Any]]

ACTORS: Final[Mapping[str, TableKind]] = {
    "id": "string",
    "name": "string",
    "class": "string",
    "labels": "map",
    "aliases": "list",
}
MENTIONS: Final[Mapping[str, TableKind]] = {
    "document": "string",
    "start": "integer",
    "end": "integer",
    "text": "string",
    "form": "string",
    "actor": "string",
}
STATEMENTS: Final[Mapping[str, TableKind]] = {
    "id": "string",
    "source": "string",
    "source_name": "string",
    "target": "string",
    "target_name": "string",
    **STATEMENT_COLUMNS,
    "evidence": "spans",
}


def write_parquet(graph: KnowledgeGraph, folder: Path) -> None:
    """Write `tables/*.parquet`."""
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # ships no types

    for name, columns, rows in TABLES:
        with replacing(folder / "tables" / f"{name}.parquet") as part:
            pq.write_table(_arrow(columns, list(rows(graph))), part, compression="zstd")


def arrow_tables(graph: KnowledgeGraph) -> dict[str, pa.Table]:
    """Return the tables by name, as Arrow has them in memory."""
    return {name: _arrow(columns, list(rows(graph))) for name, columns, rows in TABLES}


def write_csv(graph: KnowledgeGraph, folder: Path) -> None:
    """Write `tables/*.csv`."""
    for name, columns, rows in TABLES:
        write_text(folder / "tables" / f"{name}.csv", csv_lines(_plain(columns, rows(graph))))


def _statements(graph: KnowledgeGraph) -> Rows:
    found = view(graph)
    for s, row in statement_rows(found):
        names = found.actors[s.source].name, found.actors[s.target].name
        values = {**row, "evidence": s.evidence}.values()
        yield s.id, s.source, names[0], s.target, names[1], *values


def _actors(graph: KnowledgeGraph) -> Rows:
    for actor in graph.actors().values():
        yield actor.id, actor.name, actor.cls, dict(actor.labels), list(actor.aliases)


def _mentions(graph: KnowledgeGraph) -> Rows:
    for m in graph.mentions():
        yield m.document, m.span.start, m.span.end, m.span.text, m.form, m.actor


def _documents(graph: KnowledgeGraph) -> Rows:
    for s in graph.sources():
        yield list(document_row(s).values())


def _plain(columns: Mapping[str, TableKind], rows: Rows) -> Rows:
    yield list(columns)
    nested = [(i, kind) for i, kind in enumerate(columns.values()) if kind in ("list", "map", "spans")]
    for row in rows:
        fields = list(row)
        for i, kind in nested:
            fields[i] = (
                spans_json(fields[i]) if kind == "spans" else json.dumps(fields[i], ensure_ascii=False)
            )
        yield fields


def _arrow(columns: Mapping[str, TableKind], rows: Sequence[Sequence[Any]]) -> pa.Table:
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "boolean": pa.bool_(),
        "integer": pa.int64(),
        "double": pa.float64(),
        "date": pa.date32(),
        "list": pa.list_(pa.string()),
        "map": pa.map_(pa.string(), pa.string()),
        "spans": pa.list_(pa.struct({"start": pa.int64(), "end": pa.int64(), "text": pa.string()})),
    }
    arrays = []
    for i, kind in enumerate(columns.values()):
        values = [row[i] for row in rows]
        if kind == "date":
            values = [value and datetime.date.fromisoformat(value) for value in values]
        elif kind == "spans":
            values = [[{"start": s.start, "end": s.end, "text": s.text} for s in spans] for spans in values]
        try:
            arrays.append(pa.array(values, type=types[kind]))
        except UnicodeEncodeError:
            arrays.append(pa.array(map(_whole, values), type=types[kind]))
    return pa.Table.from_arrays(arrays, names=list(columns))


def _whole(value: Any) -> Any:
    if isinstance(value, dict):
        return {_whole(key): _whole(item) for key, item in value.items()}
    if isinstance(value, list):
        return list(map(_whole, value))
    return SURROGATE.sub(REPLACEMENT, value) if isinstance(value, str) else value


TABLES: Final[tuple[tuple[str, Mapping[str, TableKind], Callable[[KnowledgeGraph], Rows]], ...]] = (
    ("statements", STATEMENTS, _statements),
    ("actors", ACTORS, _actors),
    ("mentions", MENTIONS, _mentions),
    ("documents", DOCUMENT_COLUMNS, _documents),
)
