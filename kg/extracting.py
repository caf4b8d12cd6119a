"""What the graph keeps of each document: statements that are sure enough, the actors they name, no text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypedDict, TypeVar, Unpack

from kg.annotating import annotate
from kg.graph import Extraction, Source, named
from kg.judgements.claims import confirmed
from kg.judgements.file import read_judgements
from kg.judgements.model import Judgements
from kg.model import Actor, Document, Mention, Span, Statement
from kg.workers import spread

T = TypeVar("T")

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.mentions.found import ActorMention

# The same batches for any number of processes, so that the result cannot depend on that number.
BATCH: Final = 32


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


def extract(documents: Iterable[Document], **options: Unpack[Options]) -> Iterator[Extraction]:
    """Yield what each document gives, in input order; `format` and `on_error` play no part here.

    Of `judgements` only what they call right does: no threshold leaves it out. The rest needs all documents,
    and is done by `kg.judgements.honouring.honour`.
    """
    chosen = chosen_options(options)
    batches = batched(documents)
    work = partial(_extracted, options=chosen)
    if chosen["processes"] > 1:
        yield from spread(work, batches, processes=chosen["processes"])
    else:
        for batch in batches:
            yield from work(batch)


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


def chosen_options(options: Options) -> Options:
    """Return all options, the judgements read: once, and before any work."""
    chosen: Options = {**DEFAULTS, **options}
    judgements = chosen["judgements"]
    if isinstance(judgements, str | Path):
        chosen["judgements"] = read_judgements(judgements)
    return chosen


def batched(items: Iterable[T], size: int = BATCH) -> Iterator[tuple[T, ...]]:
    """Yield neighbours together; the standard library has it from Python 3.12 on."""
    rest = iter(items)
    while batch := tuple(islice(rest, size)):
        yield batch


def _extracted(batch: Sequence[Document], options: Options) -> list[Extraction]:
    documents = [d if d.lang else replace(d, lang=options["lang"]) for d in batch]
    docs = annotate(documents, unsupported=options["unsupported"], threads=options["threads"])
    least, judgements = options["min_confidence"], options["judgements"]
    assert judgements is None or isinstance(judgements, Judgements)
    return [extraction(doc, min_confidence=least, judgements=judgements) for doc in docs]


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
