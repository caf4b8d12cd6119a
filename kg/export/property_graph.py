"""The property graph: the one model of the Cypher script, the CSV files, APOC's GraphML and `kg load`.

Actors (with their class as a second label) and documents are nodes. A statement is a relationship from actor
to actor, whose type is the relation's name; a mention is a relationship `MENTIONS` from document to actor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from kg.export.flat import (
    DOCUMENT_COLUMNS,
    STATEMENT_COLUMNS,
    Kind,
    View,
    actor_row,
    statement_rows,
    upper_snake,
)
from kg.model import Actor, Mention

Property: TypeAlias = str | bool | int | float | Sequence[str] | None
Properties: TypeAlias = Mapping[str, Property]

MENTIONS: Final = "MENTIONS"
MENTION_COLUMNS: Final[Mapping[str, Kind]] = {
    "start": "integer",
    "end": "integer",
    "form": "string",
    "text": "string",
}
DATES: Final = frozenset(
    name for name, kind in {**DOCUMENT_COLUMNS, **STATEMENT_COLUMNS}.items() if kind == "date"
)
CONSTRAINTS: Final = tuple(
    f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    for label in ("Actor", "Document")
)
MERGE_ACTORS: Final = "MERGE (n:Actor {id: row.id}) SET n += row"
MERGE_DOCUMENTS: Final = "MERGE (n:Document {id: row.id}) SET n += row"
MERGE_MENTIONS: Final = (
    "MATCH (d:Document {id: row.document}) MATCH (a:Actor {id: row.actor}) "
    f"MERGE (d)-[r:{MENTIONS} {{start: row.start, end: row.end, form: row.form}}]->(a) SET r.text = row.text"
)


def merge_statements(type: str) -> str:
    """Return the command that merges a `row` of `statement_properties` whose relationship is of that type."""
    return (
        "MATCH (a:Actor {id: row.source}) MATCH (b:Actor {id: row.target}) "
        f"MERGE (a)-[r:{type} {{id: row.claim.id}}]->(b) SET r += row.claim"
    )


def actor_properties(actor: Actor) -> Properties:
    """Return the properties of an actor's node."""
    return {"id": actor.id, "name": actor.name, **actor_row(actor), "aliases": actor.aliases}


def mention_properties(mention: Mention) -> Properties:
    """Return the ends of a mention's relationship and its properties, `MENTION_COLUMNS`."""
    return {
        "document": mention.document,
        "actor": mention.actor,
        "start": mention.span.start,
        "end": mention.span.end,
        "form": mention.form,
        "text": mention.span.text,
    }


def statements_by_type(view: View) -> dict[str, list[tuple[str, str, Properties]]]:
    """Return source, target and properties of the statements by their relationship's type."""
    found: defaultdict[str, list[tuple[str, str, Properties]]] = defaultdict(list)
    for s, row in statement_rows(view):
        found[upper_snake(s.type)].append((s.source, s.target, {"id": s.id, **row}))
    return dict(sorted(found.items()))
