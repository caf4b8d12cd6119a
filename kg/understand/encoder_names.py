"""Names from the scores of their tags: the best row of tags in which none continues what did not begin."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

_NEVER = -1e4

Array = NDArray[Any]


def best_tags(scores: Sequence[Array], labels: tuple[str, ...]) -> list[Array]:
    """Return the numbers of the best BIO tags of each sentence (Viterbi 1967; an I continues its like).

    `scores[s]` has a row of scores for each word of sentence s, in the order of `labels`.
    """
    if not scores:
        return []
    before, first = _forbidden(labels)
    sizes = [len(one) for one in scores]
    longest = max(sizes)
    padded = np.zeros((len(scores), longest, len(labels)), np.float32)
    for row, one in enumerate(scores):
        padded[row, : len(one)] = one
    padded -= np.logaddexp.reduce(padded, axis=2, keepdims=True)
    total = padded[:, 0] + first
    came = np.zeros((longest, *total.shape), np.int8)
    ended = np.zeros(len(scores), np.int64)
    ends = np.asarray(sizes) - 1
    for place in range(longest):
        if place:
            ways = total[:, :, None] + before
            came[place] = ways.argmax(1)
            total = ways.max(1) + padded[:, place]
        done = ends == place
        ended[done] = total[done].argmax(1)
    return [_followed(came[:size, row], int(ended[row])) for row, size in enumerate(sizes)]


def _followed(came: Array, tag: int) -> Array:
    out = np.empty(len(came), np.int64)
    for place in range(len(came) - 1, -1, -1):
        out[place] = tag
        tag = int(came[place, tag])
    return out


@cache
def _forbidden(labels: tuple[str, ...]) -> tuple[Array, Array]:
    """Return what is added to the score of each tag after each, and of each at the beginning."""
    before = np.zeros((len(labels), len(labels)), np.float32)
    for column, tag in enumerate(labels):
        if tag[0] == "I":
            before[:, column] = [0 if one[2:] == tag[2:] else _NEVER for one in labels]
    first = np.asarray([_NEVER if tag[0] == "I" else 0 for tag in labels], np.float32)
    return before, first
