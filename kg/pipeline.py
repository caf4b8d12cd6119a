"""The whole flow on one screen: news in, a `KnowledgeGraph` out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypedDict, TypeVar, Unpack

from kg.errors import KgError
from kg.graph import Extraction, KnowledgeGraph, Source, named
from kg.judgements.claims import confirmed
from kg.judgements.file import read_judgements
from kg.judgements.honouring import honour
from kg.judgements.model import Judgement, Judgements
from kg.model import Actor, Document, Mention, Span, Statement
from kg.workers import spread

T = TypeVar("T")

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.mentions.found import ActorMention
    from kg.store import GrowingStore
    from kg.store.growing import Change

# The same batches for any number of processes, so that the result cannot depend on that number.
BATCH: Final = 32
UNMET: Final = 20  # so many judgements that meet nothing are named; a smaller corpus may have thousands
log: Final = logging.getLogger("kg")
STAGES: Final = ("kg_mentions", "kg_actors", "kg_statements")


class Options(TypedDict, total=False):
    """What `build` takes beside its sources; each may be left out, `DEFAULTS` says what holds then."""

    format: str | None  # of the input; None goes by the name of each file
    lang: str | None  # of documents that do not name their own; None has it identified
    on_error: Literal["stop", "skip"]  # input that cannot be read
    unsupported: Literal["error", "skip"]  # documents in a language without a pack
    min_confidence: float | None  # statements below it are left out; None: the learned threshold
    judgements: Judgements | str | Path | None  # what a human decided, or the file of it
    processes: int
    threads: int  # of the encoder, in each process


DEFAULTS: Final[Options] = {
    "format": None,
    "lang": None,
    "on_error": "stop",
    "unsupported": "error",
    "min_confidence": None,
    "judgements": None,
    "processes": 1,
    "threads": 1,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A document that `grow` is done with."""

    document: str
    change: Change
    statements: int = 0


def build(
    sources: str | Path | Sequence[str | Path],
    *,
    progress: Callable[[Extraction], None] | None = None,
    **options: Unpack[Options],
) -> KnowledgeGraph:
    """Return the graph of all documents in `sources`: files, folders, globs, or `-` for standard input.

    `progress` is called with what each document gave, as soon as it is done. Texts are kept in memory
    no longer than their batch. Judgements that meet nothing are warned of by the logger `kg`.
    """
    from kg.read import read

    chosen = _chosen(options)
    listed = [sources] if isinstance(sources, str | Path) else sources
    documents = read(listed, format=chosen["format"], on_error=chosen["on_error"])
    graph = KnowledgeGraph()
    for extraction in extract(documents, **chosen):
        graph.add(extraction)
        if progress:
            progress(extraction)
    judgements = chosen["judgements"]
    return _honoured(graph, judgements) if isinstance(judgements, Judgements) else graph


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
    chosen = _chosen({**options, "judgements": judgements})
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
        _warn(unmet, judgements)


def extract(documents: Iterable[Document], **options: Unpack[Options]) -> Iterator[Extraction]:
    """Yield what each document gives, in input order; `format` and `on_error` play no part here.

    Of `judgements` only what they call right does: no threshold leaves it out. The rest needs all documents,
    and is done by `kg.judgements.honouring.honour`.
    """
    chosen = _chosen(options)
    batches = batched(documents)
    work = partial(_extracted, options=chosen)
    if chosen["processes"] > 1:
        yield from spread(work, batches, processes=chosen["processes"])
    else:
        for batch in batches:
            yield from work(batch)


def annotate(
    documents: Iterable[Document], *, unsupported: Literal["error", "skip"] = "error", threads: int = 1
) -> Iterator[Doc]:
    """Yield a spaCy `Doc` for each document, with `doc._.mentions`, `doc._.actors` and `doc._.statements`.

    The stages run behind the language's pipeline and not in it: they need the whole document, and the parser
    sees a long one in pieces.
    """
    from kg.understand import understand

    for doc in understand(documents, unsupported=unsupported, threads=threads):
        for stage in stages(doc.lang_, threads=threads):
            stage(doc)
        yield doc


def stages(code: str, *, threads: int = 1) -> tuple[Callable[[Doc], Doc], ...]:
    """Return the stages that make mentions, actors and statements, in this order.

    `threads` names the pipeline whose vocabulary they share; they themselves use one.
    """
    return _stages(code, threads)


@cache
def _stages(code: str, threads: int) -> tuple[Callable[[Doc], Doc], ...]:
    import kg.actors.component
    import kg.mentions.component
    import kg.statements.component
    import kg.understand

    nlp = kg.understand.pipeline(code, threads=threads)
    return tuple(nlp.create_pipe(name) for name in STAGES)


def extraction(
    doc: Doc, *, min_confidence: float | None = None, judgements: Judgements | None = None
) -> Extraction:
    """Return what the graph keeps of an annotated `Doc`: quotes but no text, and actors that it names.

    What `judgements` call right is kept below the threshold too.
    """
    from kg.statements.choosing import likely

    document: Document = doc._.document
    found: tuple[Statement, ...] = doc._.statements
    if min_confidence is None:
        sure = likely(found, doc.lang_)
    else:
        sure = tuple(s for s in found if s.confidence >= min_confidence)
    actors: dict[str, Actor] = doc._.actors
    kept = {s.id for s in sure}
    if judgements:
        kept |= confirmed(found, judgements, actors=actors)
    statements = tuple(s for s in found if s.id in kept)
    mentions = tuple(m for mention in doc._.mentions for m in _mentions(mention, doc=doc))
    return Extraction(
        source=_source(document, lang=document.lang or doc.lang_),
        actors=tuple(actors[key] for key in sorted(named(mentions, statements))),
        mentions=mentions,
        statements=statements,
    )


def _extracted(batch: Sequence[Document], options: Options) -> list[Extraction]:
    documents = [d if d.lang else replace(d, lang=options["lang"]) for d in batch]
    docs = annotate(documents, unsupported=options["unsupported"], threads=options["threads"])
    least, judgements = options["min_confidence"], options["judgements"]
    assert judgements is None or isinstance(judgements, Judgements)
    return [extraction(doc, min_confidence=least, judgements=judgements) for doc in docs]


def _chosen(options: Options) -> Options:
    """Return all options, the judgements read: once, and before any work."""
    chosen: Options = {**DEFAULTS, **options}
    judgements = chosen["judgements"]
    if isinstance(judgements, str | Path):
        chosen["judgements"] = read_judgements(judgements)
    return chosen


def _honoured(graph: KnowledgeGraph, judgements: Judgements) -> KnowledgeGraph:
    honoured, unmet = honour(graph, judgements)
    _warn(unmet, judgements)
    return honoured


def _warn(unmet: Sequence[Judgement], judgements: Judgements) -> None:
    for entry in unmet[:UNMET]:
        log.warning("%s:%d: met nothing: %s", judgements.path, entry.line, entry)
    if len(unmet) > UNMET:
        log.warning("%s: %d more judgements met nothing", judgements.path, len(unmet) - UNMET)


def _asked(document: str, judgements: Judgements | None) -> object:
    """Return what judgements have to do with an extraction: what they call right stays, sure or not."""
    entries = judgements.claims.get(document, ()) if judgements else ()
    groups = sorted(judgements.groups.items()) if judgements and entries else ()
    return [replace(entry, line=0) for entry in entries], groups


def batched(items: Iterable[T], size: int = BATCH) -> Iterator[tuple[T, ...]]:
    """Yield neighbours together; the standard library has it from Python 3.12 on."""
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch


def _mentions(found: ActorMention, *, doc: Doc) -> Iterator[Mention]:
    document: Document = doc._.document
    start, last = doc[found.start].idx, doc[found.end - 1]
    end = last.idx + len(last)
    for actor in found.actors:
        if actor:
            span = Span(start, end, document.text[start:end])
            yield Mention(document=document.id, span=span, form=found.form, actor=actor)


def _source(document: Document, *, lang: str) -> Source:
    return Source(
        id=document.id,
        lang=lang,
        title=document.title,
        published=document.published.isoformat() if document.published else None,
        url=document.url,
        publisher=document.publisher,
        sha256=sha256(document.text.encode("utf8", "surrogatepass")).hexdigest(),
        length=len(document.text),
    )
