"""Into a Ladybug file, which a program opens without a server.

The model is that of the other graph databases, but all statements are relationships of one type, `STATEMENT`:
Ladybug has a table a type, and with 44 tables of 40 columns each a commit takes half a minute.

One transaction holds the whole load. What the file has already is compared row by row, so only what differs
is written, in bulk; a load that was stopped leaves the file as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.export.flat import (
    DOCUMENT_COLUMNS,
    STATEMENT_COLUMNS,
    View,
    actor_columns,
    document_row,
    statement_rows,
    view,
)
from kg.export.property_graph import (
    MENTION_COLUMNS,
    MENTIONS,
    Properties,
    actor_properties,
    mention_properties,
)
from kg.graph import KnowledgeGraph
from kg.load import Loaded, LoadError, Order
from kg.load.values import sent, whole

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
    from ladybug import Connection

Values: TypeAlias = tuple[Any, ...]
TYPES: Final[Mapping[str, str]] = {
    "string": "STRING",
    "boolean": "BOOLEAN",
    "integer": "INT64",
    "double": "DOUBLE",
    "date": "DATE",
    "list": "STRING[]",
}
_DELETE: Final = "LOAD FROM $rows MATCH (n:`{}` {{id: `gone`}}) DETACH DELETE n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """Nodes, or relationships from one kind to another; `document` is the column that says whose they are."""

    name: str
    columns: Mapping[str, str]
    ends: tuple[str, str] | None = None
    document: str = "document"


def load(graph: KnowledgeGraph, order: Order) -> Loaded:
    """Load into the file that the order's target `ladybug:FILE` names; made if it is not there."""
    with _transaction(order.target.partition(":")[2]) as connection:
        loaded = _load(connection, graph, alone=order.replace)
    order.progress(len(graph.sources()))
    return loaded


def _load(connection: Connection, graph: KnowledgeGraph, *, alone: bool) -> Loaded:
    found = view(graph)
    actors = _Table(
        name="Actor", columns={"id": "string", "name": "string", **actor_columns(found), "aliases": "list"}
    )
    documents = _Table(name="Document", columns=DOCUMENT_COLUMNS)
    mentions = _Table(name=MENTIONS, columns=MENTION_COLUMNS, ends=("Document", "Actor"), document="source")
    statements = _Table(
        name="STATEMENT", columns={"id": "string", **STATEMENT_COLUMNS}, ends=("Actor", "Actor")
    )
    for table in (actors, documents, mentions, statements):
        _create(connection, table)
    loaded = _nodes(connection, actors, map(actor_properties, found.actors.values()))
    loaded += _nodes(connection, documents, map(document_row, found.sources.values()))
    within = None if alone else {whole(key) for key in found.sources}
    said = ({"id": s.id, "source": s.source, "target": s.target, **row} for s, row in statement_rows(found))
    loaded += _edges(connection, statements, said, within=within)
    places = map(mention_properties, graph.mentions())
    rows = ({"source": row["document"], "target": row["actor"], **row} for row in places)
    return loaded + _edges(connection, mentions, rows, within=within) + _tidy(connection, found, alone)


def _create(connection: Connection, table: _Table) -> None:
    columns = [f"`{name}` {TYPES[kind]}" for name, kind in table.columns.items()]
    if table.ends is None:
        columns[0] += " PRIMARY KEY"
    else:
        columns.insert(0, f"FROM `{table.ends[0]}` TO `{table.ends[1]}`")
    kind = "NODE" if table.ends is None else "REL"
    connection.execute(f"CREATE {kind} TABLE IF NOT EXISTS `{table.name}`({', '.join(columns)})")
    # A file of another version, or one filled with names in other languages, may lack some.
    there = _columns(connection, table)
    for name, kind in table.columns.items():
        if name not in there:
            connection.execute(f"ALTER TABLE `{table.name}` ADD `{name}` {TYPES[kind]}")


def _columns(connection: Connection, table: _Table) -> list[str]:
    return [row[0] for row in _rows(connection, f"CALL table_info('{table.name}') RETURN name")]


def _nodes(connection: Connection, table: _Table, rows: Iterable[Properties]) -> Loaded:
    # Names in a language that only an earlier version had are there too, to be taken away.
    there = [name for name in _columns(connection, table) if name.startswith("label_")]
    table = replace(table, columns={**table.columns, **dict.fromkeys(there, "string")})
    names = ", ".join(f"n.`{name}`" for name in table.columns)
    known = {row[0]: row for row in _rows(connection, f"MATCH (n:`{table.name}`) RETURN {names}")}
    wanted = [_values(row, table.columns) for row in rows]
    new = [row for row in wanted if row[0] not in known]
    changed = [row for row in wanted if row[0] in known and row != known[row[0]]]
    columns = ", ".join(f"`{name}`" for name in table.columns)
    _send(connection, f"COPY `{table.name}`({columns}) FROM $rows", table.columns, new)
    sets = ", ".join(f"n.`{name}` = `new_{name}`" for name in list(table.columns)[1:])
    _send(
        connection,
        f"LOAD FROM $rows MATCH (n:`{table.name}` {{id: `new_id`}}) SET {sets}",
        {f"new_{name}": kind for name, kind in table.columns.items()},
        changed,
    )
    return Loaded(created=len(new))


def _edges(
    connection: Connection, table: _Table, rows: Iterable[Properties], *, within: set[str] | None
) -> Loaded:
    """Make the relationships those given; with `within`, only those of these documents."""
    columns = {"source": "string", "target": "string", **table.columns}
    names = ", ".join(["a.id", "b.id", *(f"r.`{name}`" for name in table.columns)])
    pattern = f"(a:{table.ends[0]})-[r:`{table.name}`]->(b:{table.ends[1]})" if table.ends else ""
    document = list(columns).index(table.document)
    known = {
        row
        for row in _rows(connection, f"MATCH {pattern} RETURN {names}")
        if row[document] is not None and (within is None or row[document] in within)
    }
    wanted = {_values(row, columns) for row in rows}
    # What tells relationships between the same nodes apart: the id of a statement, the place of a mention.
    keys = ["id"] if "id" in table.columns else ["start", "end", "form"]
    same = ["a.id = `old_source`", "b.id = `old_target`", *(f"r.`{name}` = `old_{name}`" for name in keys)]
    chosen = [list(columns).index(name) for name in ("source", "target", *keys)]
    _send(
        connection,
        f"LOAD FROM $rows MATCH {pattern} WHERE {' AND '.join(same)} DELETE r",
        {f"old_{name}": columns[name] for name in ("source", "target", *keys)},
        [tuple(row[i] for i in chosen) for row in _sorted(known - wanted)],
    )
    _send(connection, f"COPY `{table.name}` FROM $rows", columns, _sorted(wanted - known))
    return Loaded(created=len(wanted - known), removed=len(known - wanted))


def _tidy(connection: Connection, found: View, alone: bool) -> Loaded:
    """Take away documents that are not wanted, and actors that nothing mentions any more."""
    gone: list[str] = []
    if alone:
        documents = {row[0] for row in _rows(connection, "MATCH (n:Document) RETURN n.id")}
        gone = sorted(documents - set(map(whole, found.sources)))
        _send(connection, _DELETE.format("Document"), {"gone": "string"}, [(key,) for key in gone])
    # Nodes without a class are none of ours.
    unmentioned = "MATCH (n:Actor) WHERE n.class IS NOT NULL AND NOT EXISTS { MATCH (n)-[]-() } RETURN n.id"
    claimants = (
        "MATCH (:Actor)-[r]->(:Actor) WHERE r.attributed_to IS NOT NULL RETURN DISTINCT r.attributed_to"
    )
    actors = {row[0] for row in _rows(connection, unmentioned)} - set(map(whole, found.actors))
    if actors:
        actors -= {row[0] for row in _rows(connection, claimants)}
    _send(connection, _DELETE.format("Actor"), {"gone": "string"}, [(key,) for key in sorted(actors)])
    return Loaded(removed=len(gone) + len(actors))


def _send(connection: Connection, command: str, columns: Mapping[str, str], rows: Sequence[Values]) -> None:
    if rows:
        connection.execute(command, {"rows": _arrow(columns, rows)})


def _arrow(columns: Mapping[str, str], rows: Sequence[Values]) -> pa.Table:
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "boolean": pa.bool_(),
        "integer": pa.int64(),
        "double": pa.float64(),
        "date": pa.date32(),
        "list": pa.list_(pa.string()),
    }
    arrays = [
        pa.array(values, type=types[kind])
        for kind, values in zip(columns.values(), zip(*rows, strict=True), strict=True)
    ]
    return pa.Table.from_arrays(arrays, names=list(columns))


def _rows(connection: Connection, query: str) -> list[Values]:
    found = connection.execute(query)
    assert not isinstance(found, list)  # a list answers several queries in one text
    columns = [
        [tuple(value) if isinstance(value, list) else value for value in column.to_pylist()]
        for column in found.get_as_arrow().columns
    ]
    return list(zip(*columns, strict=True))


def _values(row: Properties, columns: Mapping[str, str]) -> Values:
    found = sent({name: row.get(name) for name in columns})
    return tuple(tuple(value) if isinstance(value, list) else value for value in found.values())


def _sorted(rows: set[Values]) -> list[Values]:
    return sorted(rows, key=repr)


@contextmanager
def _transaction(path: str) -> Iterator[Connection]:
    try:
        import ladybug
    except ImportError as error:
        raise LoadError("ladybug is not installed: pip install 'polkg[load]'") from error
    if not path:
        raise LoadError("ladybug: wants the name of a file, ladybug:graph.lbug")
    try:
        with ladybug.Database(path) as database, ladybug.Connection(database) as connection:
            connection.execute("BEGIN TRANSACTION")
            yield connection
            connection.execute("COMMIT")
    except RuntimeError as error:  # the one kind of error that it knows
        raise LoadError(f"{path}: {' '.join(str(error).split())}") from error
