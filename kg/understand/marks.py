"""What layout and marks say about a text, put on its `Doc`: paragraph starts, headlines, quotations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.understand.layout import READ, Layout, layout
from kg.understand.quotes import Quote, find_quotes

SPEECH_WORDS = 8
"""Tokens from which a quotation is taken for speech, whatever it holds."""


@Language.factory("kg_layout")
def make_layout(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component, first in the pipeline, by which paragraphs begin sentences."""
    del name
    code = nlp.lang

    def lay_out(doc: Doc) -> Doc:
        if len(doc):
            doc._.layout = layout(doc.text, code)
            starts = doc._.layout.starts
            paragraphs = sorted({*starts, *_apart(doc.text, doc._.layout)})
            sentences(doc, paragraphs, find_quotes(doc.text, starts), offset=0)
            headlines(doc, doc._.layout)
        return doc

    return lay_out


@Language.factory("kg_quotes")
def make_quotes(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component, last in the pipeline, that lists direct quotations in `doc.spans["quotes"]`."""
    del nlp, name

    def quote(doc: Doc) -> Doc:
        if len(doc):
            quotes(doc, find_quotes(doc.text, doc._.layout.starts))
        return doc

    return quote


def sentences(doc: Doc, paragraphs: Sequence[int], quotes: Sequence[Quote], *, offset: int) -> None:
    """Say of tokens that a sentence begins there, or that none does; `offset` is where `doc` begins.

    A paragraph begins one. Closing marks, the first word after an opening mark, and white space do not.
    """
    begins = [token.idx + offset for token in doc]
    end = offset + len(doc.text)
    for token in doc:
        if token.is_space and token.i:
            token.is_sent_start = False
    for edge in sorted({place for quote in quotes for place in (quote.start, quote.end)}):
        place = bisect_left(begins, edge)
        if offset < edge < end and 0 < place < len(doc):
            doc[place].is_sent_start = False
    first = next((token.i for token in doc if not token.is_space), len(doc))
    for start in paragraphs[bisect_left(paragraphs, offset) : bisect_left(paragraphs, end)]:
        place = bisect_left(begins, start)
        while place < len(doc) and doc[place].is_space:
            place += 1
        if first < place < len(doc):
            doc[place].is_sent_start = True


def _apart(text: str, found: Layout) -> Iterator[int]:
    """Yield where lines begin that nobody reads: a rule of dashes is no part of the sentence before it."""
    for block in found.blocks:
        before = text[text.rfind("\n", 0, block.start) + 1 : block.start]
        after = text[block.end :].partition("\n")[0]
        if block.kind not in READ and not before.strip() and not after.strip():
            yield block.start


def headlines(doc: Doc, found: Layout) -> None:
    """Set `doc.spans["headlines"]`."""
    places = [(b.start, b.end) for b in found.blocks if b.kind == "headline"]
    begins = [token.idx for token in doc]
    spans = (_span(doc, begins, start, end, label="headline") for start, end in places)
    doc.spans["headlines"] = [span for span in spans if span is not None]


def quotes(doc: Doc, found: Sequence[Quote]) -> None:
    """Set `doc.spans["quotes"]`: what is inside of the marks, labelled "speech", or "words" if few."""
    begins = [token.idx for token in doc]
    spans = []
    for quote in found:
        span = _span(doc, begins, quote.start, quote.end, label="words")
        if span is not None:
            spans.append(Span(doc, span.start, span.end, label="speech") if _is_speech(span, quote) else span)
    doc.spans["quotes"] = spans


def _is_speech(span: Span, found: Quote) -> bool:
    """Tell quoted speech from quoted words, as in: said the "war on terror" was lost.

    Speech is written as a sentence, or holds a verb with its own subject, or is simply long. A closing stop
    alone proves nothing, because American printers put theirs inside: called it "a farce."
    """
    if found.paragraphs > 1 or len(span) >= SPEECH_WORDS:
        return True
    if span[-1].text[-1] in "!?" or (span[-1].text[-1] in ".,…" and span.text[0].isupper()):
        return True
    inside = range(span.start, span.end)
    return any(
        token.dep_.startswith(("nsubj", "csubj")) and token.head.i in inside and token.head.i != token.i
        for token in span
    )


def _span(doc: Doc, begins: list[int], start: int, end: int, *, label: str) -> Span | None:
    """Return the tokens that begin within the characters, without white space at the edges."""
    first, last = bisect_left(begins, start), bisect_left(begins, end)
    while first < last and doc[first].is_space:
        first += 1
    while last > first and doc[last - 1].is_space:
        last -= 1
    return Span(doc, first, last, label=label) if first < last else None
