"""Documents of one language through its pipeline: masked, cut where they are long, and put together again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Document
from kg.understand import marks
from kg.understand.layout import Layout, layout, masked
from kg.understand.quotes import Quote, find_quotes
from kg.understand.spaces import with_spaces, without_spaces
from kg.understand.truecase import truecase

BATCH_CHARACTERS = 40_000
"""What the weights see at a time: it bounds memory, and larger batches are no faster."""
PIECE_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    document: Document
    layout: Layout
    quotes: tuple[Quote, ...]
    pieces: tuple[Doc, ...]


def parse(documents: Sequence[Document], nlp: Language) -> Iterator[Doc]:
    """Yield the parsed `Doc` of each document, whose text differs in blanks and case only."""
    prepared = [_prepare(document, nlp) for document in documents]
    lean = [without_spaces(piece) for one in prepared for piece in one.pieces]
    batch = max(1, BATCH_CHARACTERS // max(1, *(len(piece.text) for piece in lean)))
    parsed = nlp.pipe(lean, batch_size=batch, disable=["kg_layout", "kg_quotes"])
    for one in prepared:
        read = [next(parsed) for _ in one.pieces]
        pieces = [with_spaces(piece, words) for piece, words in zip(one.pieces, read, strict=True)]
        whole = pieces[0] if len(pieces) == 1 else _joined(pieces)
        whole._.document, whole._.layout = one.document, one.layout
        whole._.weights = read[0]._.weights
        marks.headlines(whole, one.layout)
        marks.quotes(whole, one.quotes)
        yield whole


def _joined(pieces: list[Doc]) -> Doc:
    """Return one Doc of several; spaCy joins their span groups, but keeps only the first one's lists."""
    whole = Doc.from_docs(
        pieces,
        ensure_whitespace=False,
        exclude=["user_data"],  # type: ignore[call-arg]  # spaCy's stub lacks it
    )
    assert whole is not None  # there is at least one piece
    vectors = [piece._.vectors for piece in pieces]
    if all(rows is not None for rows in vectors):
        whole._.vectors = np.concatenate(vectors)
    for key, group in whole.spans.items():
        lists = [piece.spans[key].attrs for piece in pieces if key in piece.spans]
        names = sorted({name for attrs in lists for name in attrs})
        group.attrs = {name: [one for attrs in lists for one in attrs.get(name, ())] for name in names}
    return whole


def _prepare(document: Document, nlp: Language) -> _Prepared:
    """Mask and tokenise a document, and fix where its sentences begin as far as that can be seen."""
    found = layout(document.text, nlp.lang)
    text = truecase(masked(document.text, found), found)
    quotes = find_quotes(text, found.starts)
    pieces = []
    for start, end in _cuts(text, found.starts):
        pieces.append(nlp.make_doc(text[start:end]))
        marks.sentences(pieces[-1], found.starts, quotes, offset=start)
    return _Prepared(document=document, layout=found, quotes=quotes, pieces=tuple(pieces))


def _cuts(text: str, paragraphs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Cut a text before paragraphs, or inside of a giant one, into pieces of `PIECE_CHARACTERS` at most."""
    start = 0
    while len(text) - start > PIECE_CHARACTERS:
        place = bisect_left(paragraphs, start + PIECE_CHARACTERS)
        end = paragraphs[place - 1] if place and paragraphs[place - 1] > start else _gap(text, start)
        yield start, end
        start = end
    yield start, len(text)


def _gap(text: str, start: int) -> int:
    """Return the end of the last sentence that a piece can hold, failing that of a word or a character."""
    limit = start + PIECE_CHARACTERS
    stops = [text.rfind(stop, start + 1, limit) + len(stop) for stop in (". ", ".\n", '." ', ".” ")]
    spaces = [text.rfind(space, start + 1, limit) + 1 for space in " \n"]
    return next((end for end in (max(stops), max(spaces)) if end > start + 4), limit)
