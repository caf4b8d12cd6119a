"""The records of a store: what each document gave, and which documents have a part in what they share."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from kg.export.rdf_terms import Term
from kg.graph import Extraction, KnowledgeGraph
from kg.store.records import read_extraction

Form: TypeAlias = tuple[Term, str]  # an actor's IRI, and the actor as one or more documents know it


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the records keep of a document: as it was found and, if judgements changed it, as it is shown."""

    fingerprint: str
    raw: str
    shown: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonds:
    """What a document shares with others: quads, and forms of actors."""

    lines: frozenset[str] = frozenset()
    forms: frozenset[Form] = frozenset()


def graph(db: sqlite3.Connection, *, raw: bool = False) -> KnowledgeGraph:
    """Return the graph as the store shows it, or as it was before anybody judged it."""
    found = KnowledgeGraph()
    column = "raw" if raw else "COALESCE(shown, raw)"
    for (text,) in db.execute(f"SELECT {column} FROM documents"):
        found.add(read_extraction(text))
    return found


def row(db: sqlite3.Connection, node: Term) -> Row | None:
    """Return what is kept of a document; None if it is not there."""
    found = db.execute("SELECT fingerprint, raw, shown FROM documents WHERE node = ?", (node,)).fetchone()
    return None if found is None else Row(fingerprint=found[0], raw=found[1], shown=found[2])


def extraction(found: Row) -> Extraction:
    """Return what the store shows of a document."""
    return read_extraction(found.raw if found.shown is None else found.shown)


def fingerprints(db: sqlite3.Connection) -> dict[Term, str]:
    """Return the fingerprint of each document by its IRI."""
    return dict(db.execute("SELECT node, fingerprint FROM documents"))


def state(db: sqlite3.Connection, name: str) -> str:
    """Return a text that is kept beside the documents; "" if there is none."""
    found = db.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
    return found[0] if found else ""


def set_state(db: sqlite3.Connection, name: str, value: str) -> None:
    """Keep a text beside the documents."""
    db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))


def forms(db: sqlite3.Connection, actor: Term) -> frozenset[str]:
    """Return the forms in which the documents know an actor."""
    return frozenset(
        text for (text,) in db.execute("SELECT DISTINCT form FROM forms WHERE actor = ?", (actor,))
    )


def only_here(db: sqlite3.Connection, node: Term, bonds: Bonds) -> Bonds:
    """Return those of `bonds` that no document but this one has."""
    line = "SELECT 1 FROM shared WHERE line = ? AND node <> ?"
    form = "SELECT 1 FROM forms WHERE actor = ? AND form = ? AND node <> ?"
    return Bonds(
        lines=frozenset(one for one in bonds.lines if not db.execute(line, (one, node)).fetchone()),
        forms=frozenset(one for one in bonds.forms if not db.execute(form, (*one, node)).fetchone()),
    )


def write(db: sqlite3.Connection, node: Term, kept: Row | None, *, gone: Bonds, come: Bonds) -> None:
    """Write a document's row, or take it away, with what it shares no longer and from now on."""
    if kept is None:
        db.execute("DELETE FROM documents WHERE node = ?", (node,))
    else:
        _keep(db, node, kept)
    db.executemany("DELETE FROM shared WHERE line = ? AND node = ?", _keys(gone.lines, node))
    db.executemany("INSERT INTO shared VALUES (?, ?)", _keys(come.lines, node))
    db.executemany("DELETE FROM forms WHERE actor = ? AND form = ? AND node = ?", _pairs(gone.forms, node))
    db.executemany("INSERT INTO forms VALUES (?, ?, ?)", _pairs(come.forms, node))


def fill(db: sqlite3.Connection, documents: Iterable[tuple[Term, Row, Bonds]]) -> None:
    """Write the rows of documents into an empty store, what they share in the order of its tables."""
    shared: list[tuple[str, Term]] = []
    forms: list[tuple[Term, str, Term]] = []
    for node, kept, bonds in documents:
        _keep(db, node, kept)
        shared += ((line, node) for line in bonds.lines)
        forms += ((actor, form, node) for actor, form in bonds.forms)
    db.executemany("INSERT INTO shared VALUES (?, ?)", sorted(shared))
    db.executemany("INSERT INTO forms VALUES (?, ?, ?)", sorted(forms))


def at_once(db: sqlite3.Connection, work: Callable[[], None]) -> None:
    """Do some work on the records as one transaction."""
    db.execute("BEGIN IMMEDIATE")
    try:
        work()
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a full disk makes SQLite roll back by itself
            db.execute("ROLLBACK")
        raise


def _keep(db: sqlite3.Connection, node: Term, kept: Row) -> None:
    values = (node, kept.fingerprint, kept.raw, kept.shown)
    db.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)", values)


def _keys(lines: Iterable[str], node: Term) -> Iterator[tuple[str, Term]]:
    return ((line, node) for line in sorted(lines))


def _pairs(found: Iterable[Form], node: Term) -> Iterator[tuple[Term, str, Term]]:
    return ((actor, form, node) for actor, form in sorted(found))
