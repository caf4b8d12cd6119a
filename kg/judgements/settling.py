"""A store as a human judged it: the judgements lie in its folder, and what they change is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.errors import GraphError
from kg.export.files import write_text
from kg.ids import digest
from kg.judgements.file import NAME, read_judgements
from kg.judgements.honouring import honour
from kg.judgements.model import Judgement, Judgements
from kg.store import GrowingStore


def adopted(folder: Path, given: Path | None) -> Judgements | None:
    """Return the judgements of a store; those of another file that is given become its own.

    Raises `GraphError` if the store has some that the file lacks: an answer is not thrown away in silence.
    """
    own = folder / NAME
    known = read_judgements(own) if own.is_file() else None
    if given is None:
        return known
    judgements = read_judgements(given)
    found = {replace(entry, line=0) for entry in judgements.entries}
    for entry in known.entries if known else ():
        if replace(entry, line=0) not in found:
            raise GraphError(
                f"{own}:{entry.line}: {given} lacks this judgement: {entry}; add it, or delete {own}"
            )
    if not (own.exists() and own.samefile(given)):
        folder.mkdir(parents=True, exist_ok=True)
        write_text(own, [given.read_text("utf-8-sig")])
    return judgements


def settle(store: GrowingStore, judgements: Judgements | None) -> tuple[Judgement, ...]:
    """Show what judgements made of all documents, where that was not done; return those that met nothing.

    It takes all documents: who is meant by a name, or merged with whom, may depend on any of them.
    """
    wanted = judgements or Judgements()
    mark = digest("settled", *(repr(replace(entry, line=0)) for entry in wanted.entries))
    if store.state("settled") == mark or not (wanted.entries or store.judged()):
        return ()
    graph, unmet = honour(store.graph(raw=True), wanted)
    for extraction in graph.extractions():
        store.show(extraction)
    store.set_state("settled", mark)
    return unmet
