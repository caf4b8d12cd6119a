"""Into a server that speaks Cypher over Bolt, by Neo4j's driver.

Actors come first, then groups of documents, a transaction each: a document is there whole or not at all, and
a load that was stopped goes on when it is run again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from kg.export.flat import View, actor_columns, view
from kg.export.property_graph import CONSTRAINTS, MERGE_ACTORS, actor_properties, statements_by_type
from kg.graph import KnowledgeGraph
from kg.load import Loaded, Order
from kg.load.bolt_documents import groups, remove, stored, write
from kg.load.bolt_session import BATCH, Row, chunks, open_session, rows_of, run
from kg.load.values import sent, whole
from kg.model import ACTOR_CLASSES

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Session

_KNOWN_ACTORS: Final = (
    "MATCH (n:Actor) WHERE n.id IN $rows RETURN n.id AS id, labels(n) AS labels, keys(n) AS names"
)
_UNMENTIONED: Final = "MATCH (n:Actor) WHERE n.class IS NOT NULL AND NOT (n)--() RETURN n.id AS id"
_CLAIMANTS: Final = (
    "MATCH (:Actor)-[r]->(:Actor) WHERE r.attributed_to IN $rows RETURN DISTINCT r.attributed_to AS id"
)


def load(graph: KnowledgeGraph, order: Order) -> Loaded:
    """Load over Bolt."""
    found = view(graph)
    said = statements_by_type(found)
    with open_session(order) as session:
        _prepare(session, said)
        loaded = _actors(session, found)
        there = session.execute_read(stored)
        for group in groups(graph, said, there):
            if group.documents:
                loaded += session.execute_write(write, group)
            order.progress(group.done)
        if order.replace:
            gone = sorted(there.keys() - set(map(whole, found.sources)))
            for ids in chunks(gone, BATCH):
                loaded += session.execute_write(remove, {key: there[key] for key in ids})
        return loaded + session.execute_write(_tidy, set(map(whole, found.actors)))


def _prepare(session: Session, types: Iterable[str]) -> None:
    indexes = (
        f"CREATE INDEX {name.lower()}_id IF NOT EXISTS FOR ()-[r:{name}]-() ON (r.id)" for name in types
    )
    for command in (*CONSTRAINTS, *indexes):
        session.run(command).consume()


def _actors(session: Session, found: View) -> Loaded:
    loaded = Loaded()
    for actors in chunks(list(found.actors.values()), BATCH):
        rows = {whole(actor.id): sent(actor_properties(actor)) for actor in actors}
        known = {row["id"]: row for row in session.execute_read(rows_of, _KNOWN_ACTORS, list(rows))}
        # None takes a property away: a name in a language that only an earlier version had.
        names = set(actor_columns(found)).union(*(node["names"] for node in known.values()))
        empty = dict.fromkeys(name for name in names if name.startswith("label_"))
        filled = [{**empty, **row} for row in rows.values()]
        loaded += session.execute_write(run, MERGE_ACTORS, filled)
        # A transaction of its own: ArcadeDB moves a node to give it a label, and sees two of them until then.
        for command, ids in _relabelled(rows, {key: set(node["labels"]) for key, node in known.items()}):
            session.execute_write(run, f"MATCH (n:Actor {{id: row}}) {command}", ids)
    return loaded


def _relabelled(
    rows: Mapping[str, Row], known: Mapping[str, set[str]]
) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield what to do with whose labels: the class is one, and no other class may be."""
    changes: defaultdict[str, list[str]] = defaultdict(list)
    for key, row in sorted(rows.items()):
        labels = known.get(key, set())
        for label in sorted(labels & set(ACTOR_CLASSES) - {row["class"]}):
            changes[f"REMOVE n:{label}"].append(key)
        if row["class"] not in labels:
            changes[f"SET n:{row['class']}"].append(key)
    yield from sorted(changes.items())


def _tidy(transaction: ManagedTransaction, wanted: set[str]) -> Loaded:
    """Take away the actors that nothing mentions and nothing is attributed to any more."""
    ids = {row["id"] for row in rows_of(transaction, _UNMENTIONED)} - wanted
    if ids:
        ids -= {row["id"] for row in rows_of(transaction, _CLAIMANTS, sorted(ids))}
    return run(transaction, "MATCH (n:Actor {id: row}) DELETE n", sorted(ids))
