"""What the encoder's vectors add to the features of `antecedents`: who a pronoun sounds like in its context.

Two layers on the words of pronoun and candidate and on the product of both, learned on top of the weights of
the features by `training/antecedent_vectors.py` for the vectors of one encoder: those of another say nothing.
In double precision, so that in whatever order a processor adds, the same one is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.actors.antecedents import Standing
from kg.errors import ResourceError

NETWORK = Path(__file__).parent / "data" / "antecedents.npz"
Array = NDArray[np.float64]


def leanings(pronoun: Standing, others: Sequence[Standing]) -> list[float]:
    """Return what is to be added to the score of each candidate and, last, of nobody."""
    doc, learned = pronoun.sheet.doc, network()
    if doc._.vectors is None or doc._.weights != str(learned["encoder"]):
        return [0.0] * (len(others) + 1)
    mine, theirs = words_of(pronoun, others)
    return [float(score) for score in scores(learned, mine, theirs)]


def words_of(pronoun: Standing, others: Sequence[Standing]) -> tuple[Array, Array]:
    """Return the vectors of a pronoun and the word above it, and of each candidate's first word and head.

    Their shapes are (2 · width,) and (candidates, 2 · width).
    """
    vectors = pronoun.sheet.doc._.vectors
    mine = [pronoun.draft.end - 1, pronoun.above]
    theirs = [[o.draft.start, max(o.draft.start, min(o.draft.end - 1, o.head))] for o in others]
    width = vectors.shape[1]
    first: Array = vectors[mine].astype(np.float64).reshape(2 * width)
    rest: Array = vectors[np.array(theirs, int).reshape(-1, 2)].astype(np.float64).reshape(-1, 2 * width)
    return first, rest


def scores(learned: Mapping[str, Array], mine: Array, theirs: Array) -> Array:
    """Return the scores of the candidates and, last, of nobody."""
    mine, theirs = ((words - learned["mean"]) / learned["spread"] for words in (mine, theirs))
    two = theirs @ learned["candidate"] + learned["candidate_bias"]
    one = np.broadcast_to(mine @ learned["pronoun"] + learned["pronoun_bias"], two.shape)
    inner = np.maximum(np.concatenate([one, two, one * two], 1) @ learned["inner"] + learned["inner_bias"], 0)
    none = mine @ learned["nobody"] + learned["nobody_bias"]
    return np.append(inner @ learned["outer"] + learned["outer_bias"], none)


@cache
def network() -> Mapping[str, Array]:
    """Return the arrays that the package ships; `encoder` is the fingerprint of the encoder they are for."""
    if not NETWORK.exists():
        raise ResourceError("is missing; python -m training.antecedents makes it", path=str(NETWORK))
    with np.load(NETWORK) as arrays:
        kept = {name: arrays[name] for name in arrays.files}
    return {name: a.astype(np.float64) if a.dtype == np.float16 else a for name, a in kept.items()}
