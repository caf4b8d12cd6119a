"""News into a store, document by document: what is there already is not read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from kg.errors import KgError
from kg.extracting import Options, chosen_options, extract
from kg.judgements.model import Judgements
from kg.judgements.unmet import warn_of
from kg.model import Document

if TYPE_CHECKING:
    from kg.store import GrowingStore
    from kg.store.growing import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A document that `grow` is done with."""

    document: str
    change: Change
    statements: int = 0


def grow(
    store: GrowingStore,
    sources: str | Path | Sequence[str | Path],
    *,
    progress: Callable[[Step], None] | None = None,
    **options: Unpack[Options],
) -> None:
    """Add all documents in `sources` to a store, each in one transaction; what is there already is not read.

    `progress` is called with each document as soon as it is in the store for good. Judgements are read from
    the file in the store, into which those that are given go. A process that was killed is simply run again.
    A document takes the place of the one with its id, which of a file is its path below what was named.
    """
    from kg.judgements.settling import adopted, settle
    from kg.read import read
    from kg.read.sources import STDIN_ID
    from kg.store.fingerprint import fingerprint
    from kg.store.parts import document_node

    given = options.get("judgements")
    if isinstance(given, Judgements):
        raise KgError("the judgements of a store are a file: give its name")
    judgements = adopted(store.path, Path(given) if given else None)
    chosen = chosen_options({**options, "judgements": judgements})
    report = progress or (lambda _: None)
    listed = [sources] if isinstance(sources, str | Path) else sources
    known = store.fingerprints()
    waiting: dict[str, str] = {}

    def unknown() -> Iterator[Document]:
        for document in read(listed, format=chosen["format"], on_error=chosen["on_error"]):
            if document.id == STDIN_ID:
                raise KgError("an article from standard input needs an id to be kept by: give JSON lines")
            settings = (chosen["lang"], chosen["min_confidence"], _asked(document.id, judgements))
            mark = fingerprint(document, *map(repr, settings))
            if known.get(document_node(document.id)) == mark:
                report(Step(document=document.id, change="unchanged"))
            else:
                waiting[document.id] = mark
                yield document

    try:
        for extraction in extract(unknown(), **chosen):
            id_ = extraction.source.id
            change = store.put(extraction, fingerprint=waiting.pop(id_))
            report(Step(document=id_, change=change, statements=len(extraction.statements)))
    finally:  # what is in the store is shown as it is judged, whatever stopped the reading
        unmet = settle(store, judgements)
    if judgements:
        warn_of(unmet, judgements)


def _asked(document: str, judgements: Judgements | None) -> object:
    """Return what judgements have to do with an extraction: what they call right stays, sure or not."""
    entries = judgements.claims.get(document, ()) if judgements else ()
    groups = sorted(judgements.groups.items()) if judgements and entries else ()
    return [replace(entry, line=0) for entry in entries], groups
