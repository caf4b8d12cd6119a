"""Documents with their statements and mentions, as groups that a transaction writes.

A document's node has the fingerprint of all that was loaded of it. Where that is still so, and nothing has
gone meanwhile, there is nothing to write.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.export.flat import document_row
from kg.export.property_graph import (
    MENTIONS,
    MERGE_DOCUMENTS,
    MERGE_MENTIONS,
    Properties,
    mention_properties,
    merge_statements,
)
from kg.graph import KnowledgeGraph
from kg.load import Loaded
from kg.load.bolt_session import BATCH, Row, rows_of, run
from kg.load.values import sent, whole

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

Claim: TypeAlias = tuple[str, str, str, str]  # type, id, source, target
_STATEMENTS: Final = (
    "MATCH (a:Actor)-[r]->(b:Actor) WHERE r.document IS NOT NULL AND r.id IS NOT NULL "
    "RETURN r.document AS document, type(r) AS type, r.id AS id, a.id AS source, b.id AS target"
)
_DOCUMENTS: Final = (
    f"MATCH (d:Document) OPTIONAL MATCH (d)-[r:{MENTIONS}]->(:Actor) "
    "RETURN d.id AS id, d.fingerprint AS fingerprint, count(r) AS mentions"
)
_MENTIONS_OF: Final = (
    f"MATCH (d:Document)-[r:{MENTIONS}]->(a:Actor) WHERE d.id IN $rows RETURN d.id AS document, "
    "a.id AS actor, r.start AS start, r.end AS end, r.form AS form"
)
_DELETE_MENTIONS: Final = (
    f"MATCH (d:Document {{id: row.document}})-[r:{MENTIONS} {{start: row.start, end: row.end, "
    "form: row.form}]->(a:Actor {id: row.actor}) DELETE r"
)


@dataclass(slots=True)
class Stored:
    """What the database has of a document."""

    claims: set[Claim] = field(default_factory=set)
    mentions: int = 0
    fingerprint: str | None = None


@dataclass(slots=True)
class Group:
    """Documents that are written together, and what the database has of them that they no longer say.

    `done` counts also those for which there is nothing to write.
    """

    documents: list[Row] = field(default_factory=list)
    statements: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    mentions: list[Row] = field(default_factory=list)
    stale: set[Claim] = field(default_factory=set)
    size: int = 0
    done: int = 0


def stored(transaction: ManagedTransaction) -> dict[str, Stored]:
    """Return what the database has by document."""
    found: defaultdict[str, Stored] = defaultdict(Stored)
    for row in rows_of(transaction, _DOCUMENTS):
        found[row["id"]] = Stored(mentions=row["mentions"], fingerprint=row["fingerprint"])
    for row in rows_of(transaction, _STATEMENTS):
        found[row["document"]].claims.add((row["type"], row["id"], row["source"], row["target"]))
    return dict(found)


def groups(
    graph: KnowledgeGraph,
    said: Mapping[str, Iterable[tuple[str, str, Properties]]],
    there: Mapping[str, Stored],
) -> Iterator[Group]:
    """Yield groups of about `BATCH` rows of what has to be written."""
    own: defaultdict[str, list[tuple[str, Row]]] = defaultdict(list)
    for name, claims in said.items():
        for source, target, claim in claims:
            row: Row = {"source": whole(source), "target": whole(target), "claim": sent(claim)}
            own[str(claim["document"])].append((name, row))
    group = Group()
    for extraction in graph.extractions():
        statements = own[extraction.source.id]
        places = {_place(row): row for row in (sent(mention_properties(m)) for m in extraction.mentions)}
        mentions = list(places.values())
        document = sent(document_row(extraction.source))
        document["fingerprint"] = _fingerprint(document, statements, mentions)
        known = there.get(document["id"], Stored())
        wanted = {(name, row["claim"]["id"], row["source"], row["target"]) for name, row in statements}
        group.done += 1
        if known == Stored(claims=wanted, mentions=len(mentions), fingerprint=document["fingerprint"]):
            continue
        group.documents.append(document)
        group.mentions += mentions
        for name, row in statements:
            group.statements[name].append(row)
        group.stale |= known.claims - wanted
        group.size += len(statements) + len(mentions) + 1
        if group.size >= BATCH:
            yield group
            group = Group()
    if group.done:
        yield group


def write(transaction: ManagedTransaction, group: Group) -> Loaded:
    """Write a group of documents."""
    loaded = run(transaction, MERGE_DOCUMENTS, group.documents)
    ids = [document["id"] for document in group.documents]
    wanted = {_place(row) for row in group.mentions}
    gone = [row for row in rows_of(transaction, _MENTIONS_OF, ids) if _place(row) not in wanted]
    loaded += _delete(transaction, group.stale) + run(transaction, _DELETE_MENTIONS, gone)
    for name, rows in sorted(group.statements.items()):
        loaded += run(transaction, merge_statements(name), rows)
    return loaded + run(transaction, MERGE_MENTIONS, group.mentions)


def remove(transaction: ManagedTransaction, there: Mapping[str, Stored]) -> Loaded:
    """Take documents away, with their statements and mentions."""
    ids = sorted(there)
    loaded = _delete(transaction, set().union(*(known.claims for known in there.values())))
    loaded += run(transaction, f"MATCH (d:Document {{id: row}})-[r:{MENTIONS}]->(a:Actor) DELETE r", ids)
    return loaded + run(transaction, "MATCH (d:Document {id: row}) DETACH DELETE d", ids)


def _delete(transaction: ManagedTransaction, claims: set[Claim]) -> Loaded:
    by_type: defaultdict[str, list[Row]] = defaultdict(list)
    for name, key, source, target in sorted(claims):
        by_type["`" + name.replace("`", "``") + "`"].append({"id": key, "source": source, "target": target})
    loaded = Loaded()
    for name, rows in by_type.items():
        loaded += run(
            transaction,
            f"MATCH (a:Actor {{id: row.source}})-[r:{name} {{id: row.id}}]->(b:Actor {{id: row.target}}) "
            "DELETE r",
            rows,
        )
    return loaded


def _fingerprint(document: Row, statements: Sequence[tuple[str, Row]], mentions: Sequence[Row]) -> str:
    text = json.dumps([document, statements, mentions], default=str, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def _place(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("document", "actor", "start", "end", "form"))
