"""Texts of any length through the encoder, in windows of whole sentences, so that there is no seam."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.understand.encoder_model import MOST_PIECES, EncoderModel, Pieces, Style, WindowScores

LIKELY_PIECES = 240
"""Pieces of a window where the text is longer: training saw no longer ones."""
LIKELY_START = -4.0
"""The log odds above which a sentence begins at a `likely` word, elsewhere 0."""

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words of one text between two known beginnings of sentences; `never[w]` forbids one at word w.

    `likely[w]`: ".", "?" or "!" stands before it, and it begins with a capital letter.
    """

    text: int
    start: int
    pieces: Pieces
    never: Array
    likely: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence: words `first` to `last`, half open, of a window; in its text it begins at `start`."""

    text: int
    start: int
    first: int
    last: int
    scores: WindowScores


def sentences(
    model: EncoderModel, stretches: Sequence[Stretch], style: Style = ("any", "any")
) -> Iterator[Sentence]:
    """Yield the sentences of all stretches, each scored in one window that holds all of it.

    Of a window that ends in mid-text the last sentence is not trusted: the next window begins with it.
    """
    waiting = [
        (stretch, _fitting(stretch.pieces, LIKELY_PIECES)) for stretch in stretches if len(stretch.pieces)
    ]
    while waiting:
        found = model.scores([stretch.pieces[:size] for stretch, size in waiting], style)
        later: list[tuple[Stretch, int]] = []
        for (stretch, size), scores in zip(waiting, found, strict=True):
            edges = _edges(scores, stretch.never[:size], stretch.likely[:size])
            if size < len(stretch.pieces):
                if len(edges) == 2:
                    longer = _fitting(stretch.pieces, MOST_PIECES)
                    if longer > size:
                        later.append((stretch, longer))
                        continue
                else:
                    edges.pop()
                rest = _from(stretch, edges[-1])
                later.append((rest, _fitting(rest.pieces, LIKELY_PIECES)))
            for first, last in pairwise(edges):
                yield Sentence(
                    text=stretch.text, start=stretch.start + first, first=first, last=last, scores=scores
                )
        waiting = later


def _edges(scores: WindowScores, never: Array, likely: Array) -> list[int]:
    starts = (scores.start > np.where(likely, LIKELY_START, 0)) & ~never
    starts[0] = True
    return [*np.flatnonzero(starts).tolist(), len(starts)]


def _fitting(pieces: Pieces, most: int) -> int:
    """Return how many words fit, at least one."""
    total = 0
    for number, word in enumerate(pieces):
        total += len(word)
        if total > most:
            return max(1, number)
    return len(pieces)


def _from(stretch: Stretch, word: int) -> Stretch:
    return Stretch(
        text=stretch.text,
        start=stretch.start + word,
        pieces=stretch.pieces[word:],
        never=stretch.never[word:],
        likely=stretch.likely[word:],
    )
