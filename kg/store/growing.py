"""A store on disk that documents are added to and taken away from, each in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kg.errors import GraphError
from kg.export.rdf import nquads_text
from kg.export.rdf_terms import Term
from kg.graph import Extraction, KnowledgeGraph, named
from kg.model import Actor
from kg.store import ledger
from kg.store.ledger import Bonds, Row
from kg.store.loading import loading
from kg.store.parts import Line, Part, actor_lines, document_node, part, update
from kg.store.place import QUADS, fault, quads, quads_fault, records
from kg.store.records import read_actor, written
from kg.store.vocabulary import made_by, ontology_quads

if TYPE_CHECKING:
    import pyoxigraph as ox

# So many changes between two moments at which all quads are on the disk, and need not be made again.
FLUSH: Final = 64
Change: TypeAlias = Literal["new", "changed", "unchanged"]


class GrowingStore:
    """A store opened to be written; only one process can have it so.

    The records have the last word: a change is theirs first, with what it means to the quads, and a process
    that was killed in between leaves the second half to whoever opens the store next.
    """

    def __init__(self, path: str | Path) -> None:
        """Open the store at `path`, or make it there if nothing lies there."""
        self.path = Path(path)
        self._db = records(path, write=True)
        whole = (self.path / QUADS / "CURRENT").exists()
        try:
            self._quads = quads(self.path)  # its lock is the store's
        except GraphError:
            self._db.close()
            raise
        self._forms: dict[Term, frozenset[str]] = {}
        self._waiting = 0
        self._behind = False  # whether the quads lack what the records have
        self._recover(whole=whole)

    def __enter__(self) -> GrowingStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """See everything onto the disk, and let others write."""
        if hasattr(self, "_quads"):
            if not self._behind:
                self._flush()
            del self._quads
            self._db.close()

    def __len__(self) -> int:
        """Return how many documents there are."""
        number: int = self._db.execute("SELECT COUNT(*) FROM documents").fetchone()[0]
        return number

    def __contains__(self, document: str) -> bool:
        """Tell whether a document is there, by its id."""
        return ledger.row(self._db, document_node(document)) is not None

    def fingerprints(self) -> dict[Term, str]:
        """Return the fingerprint of each document by its IRI."""
        return ledger.fingerprints(self._db)

    def graph(self, *, raw: bool = False) -> KnowledgeGraph:
        """Return the graph as the store shows it, or as it was before anybody judged it."""
        return ledger.graph(self._db, raw=raw)

    def put(self, extraction: Extraction, *, fingerprint: str = "") -> Change:
        """Add a document, or put it in the place of the one with the same id; say which of the two."""
        _check(extraction)
        return self._change(extraction.source.id, Row(fingerprint=fingerprint, raw=written(extraction)))

    def fill(
        self, graph: KnowledgeGraph, *, progress: Callable[[Extraction, Change], None] | None = None
    ) -> None:
        """Add all documents of a graph: to an empty store as one transaction, and much faster.

        `progress` is called with each document that is in the store for good.
        """
        report = progress or (lambda *_: None)
        if self._db.execute("SELECT 1 FROM documents").fetchone():
            for extraction in graph.extractions():
                report(extraction, self.put(extraction))
            return
        self._mend()

        def documents() -> Iterator[tuple[Term, Row, Bonds]]:
            for extraction in graph.extractions():
                _check(extraction)
                kept = Row(fingerprint="", raw=written(extraction))
                bonds = _bonds(part(extraction, together=True))
                yield document_node(extraction.source.id), kept, bonds

        def keep() -> None:
            ledger.at_once(self._db, lambda: ledger.fill(self._db, documents()))

        with self._faults():
            self._behind = True
            self._rebuild(graph, meanwhile=keep)
            self._behind = False
        for extraction in graph.extractions():
            report(extraction, "new")

    def show(self, extraction: Extraction) -> None:
        """Show what judgements made of a document that is in the store."""
        kept = self._row(extraction.source.id)
        text = written(extraction)
        shown = None if text == kept.raw else text
        if shown != kept.shown:
            row = Row(fingerprint=kept.fingerprint, raw=kept.raw, shown=shown)
            self._change(extraction.source.id, row)

    def remove(self, document: str) -> None:
        """Take a document away with all that it alone brought; raises `GraphError` if it is not there."""
        self._row(document)
        self._change(document, None)

    def judged(self) -> bool:
        """Tell whether judgements changed any document."""
        return self._db.execute("SELECT 1 FROM documents WHERE shown IS NOT NULL").fetchone() is not None

    def state(self, name: str) -> str:
        """Return what `set_state` was given; "" if nothing was."""
        return ledger.state(self._db, name)

    def set_state(self, name: str, value: str) -> None:
        """Keep a text beside the documents."""
        ledger.set_state(self._db, name, value)

    def _row(self, document: str) -> Row:
        found = ledger.row(self._db, document_node(document))
        if found is None:
            raise GraphError(f"no document {document!r} in {self.path}")
        return found

    def _change(self, document: str, kept: Row | None) -> Change:
        self._mend()
        node = document_node(document)
        before = ledger.row(self._db, node)
        if before == kept:
            return "unchanged"
        old = part(ledger.extraction(before)) if before else Part()
        new = part(ledger.extraction(kept)) if kept else Part()
        had, has = _bonds(old), _bonds(new)
        gone = Bonds(lines=had.lines - has.lines, forms=had.forms - has.forms)
        come = Bonds(lines=has.lines - had.lines, forms=has.forms - had.forms)
        lost = ledger.only_here(self._db, node, gone)
        known = self._known(lost, come)
        outdated, wanted = (old.own - new.own) | lost.lines, new.own | new.shared
        for actor, forms in known.items():
            lines = _about(actor, forms)
            outdated |= _about(actor, self._forms[actor]) - lines
            wanted |= lines
        change = update(outdated, wanted)

        def work() -> None:
            ledger.write(self._db, node, kept, gone=gone, come=come)
            self._db.execute("INSERT INTO pending (change) VALUES (?)", (change,))
            ledger.set_state(self._db, "settled", "")

        with self._faults():
            self._behind = True
            ledger.at_once(self._db, work)
            apply(self._quads, change)
            self._behind = False
            self._forms |= known
            self._waiting += 1
            if self._waiting >= FLUSH:
                self._flush()
        return "changed" if before else "new"

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Say what a failure to write means to a user: a full disk, most often."""
        try:
            yield
        except sqlite3.Error as error:
            raise fault(error, self.path) from error
        except (OSError, RuntimeError) as error:
            raise quads_fault(error, self.path) from error

    def _mend(self) -> None:
        """Finish a change of which only the records know, because the quads failed to take it."""
        if self._behind:
            with self._faults():
                self._recover(whole=True)
                self._behind = False

    def _known(self, lost: Bonds, come: Bonds) -> dict[Term, frozenset[str]]:
        """Return the forms that there are of each actor, after a change to them."""
        known: dict[Term, set[str]] = {}
        for actor in {actor for actor, _ in lost.forms | come.forms}:
            if actor not in self._forms:
                self._forms[actor] = ledger.forms(self._db, actor)
            known[actor] = set(self._forms[actor])
        for actor, form in lost.forms:
            known[actor].remove(form)
        for actor, form in come.forms:
            known[actor].add(form)
        return {actor: frozenset(forms) for actor, forms in known.items() if forms != self._forms[actor]}

    def _flush(self) -> None:
        self._quads.flush()
        self._db.execute("DELETE FROM pending")
        self._waiting = 0

    def _recover(self, *, whole: bool) -> None:
        """Make the quads what the records say, in whatever state an earlier process left them."""
        if not whole or self.state("quads") != made_by():
            self._rebuild(self.graph())
        for (change,) in self._db.execute("SELECT change FROM pending ORDER BY number").fetchall():
            apply(self._quads, change)
        self._flush()

    def _rebuild(self, graph: KnowledgeGraph, *, meanwhile: Callable[[], None] | None = None) -> None:
        """Make all quads anew, the ontology beside them, so that a family is one property path.

        What is to be done `meanwhile` is done while the database is busy.
        """
        self.set_state("quads", "")  # until all are there, nobody may read them
        self._forms.clear()
        self._quads.clear()
        self._quads.bulk_extend(ontology_quads())
        with loading(self._quads) as load:
            load(nquads_text(graph))
            if meanwhile is not None:
                meanwhile()
        self._flush()
        self.set_state("quads", made_by())


def apply(quads: ox.Store, change: str) -> None:
    """Change the quads in one transaction; to do it twice changes nothing more."""
    quads.update(change)


def _check(extraction: Extraction) -> None:
    missing = named(extraction.mentions, extraction.statements) - {actor.id for actor in extraction.actors}
    if missing:
        document = extraction.source.id
        raise GraphError(f"document {document!r} names {min(missing)!r}, but does not bring that actor")


def _bonds(found: Part) -> Bonds:
    forms = {(node, _form(form)) for node, known in found.actors.items() for form in known}
    return Bonds(lines=found.shared, forms=frozenset(forms))


@lru_cache(maxsize=65536)  # many documents know an actor in the same form
def _form(actor: Actor) -> str:
    return written(actor)


def _about(actor: Term, forms: frozenset[str]) -> frozenset[Line]:
    return frozenset(actor_lines(actor, [read_actor(form) for form in forms]))
