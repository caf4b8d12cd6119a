"""What the encoder thinks of two mentions: which relations hold, how certain they are, and who says so.

The arithmetic of `training/encoder/pairs.py`, in NumPy, over the vectors that the encoder left of each word:
in double precision, so that in whatever order a processor adds, three digits come out the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.model import Modality, Status
from kg.understand.encoder_model import MODEL

PAIR, HEADS, KEY, CROSS, CLAIM = 256, 4, 48, 128, 96
DISTANCES = (0, 1, 2, 3, 5, 8, 12, 20, 35)
"""Words from one mention to the other, the lower ends of the steps in which they are counted."""
BEFORE, BEHIND = 2, 1
"""Sentences before and behind its own in which whoever claims a statement may be named."""

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A mention's first and last word and the number of its sentence."""

    first: int
    last: int
    sentence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What the encoder thinks of one ordered pair of mentions; chances to three digits.

    `claim` is the number of the mention that most likely claims it, None the narrator, `claimed` how likely.
    """

    types: dict[str, float]
    negated: float
    modality: Modality
    modality_chance: float
    status: Status
    status_chance: float
    claim: int | None
    claimed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PairReader:
    """The weights of the head, by name, and the names of its labels."""

    weights: dict[str, Array]
    types: tuple[str, ...]
    modalities: tuple[Modality, ...]
    statuses: tuple[Status, ...]

    def read(
        self,
        words: Array,
        mentions: Sequence[Place],
        pairs: Sequence[tuple[int, int]],
        bounds: tuple[int, int],
    ) -> Iterator[Opinion]:
        """Yield what is thought of pairs of mentions in the sentence from `bounds[0]` to `bounds[1]`."""
        source = np.asarray([pair[0] for pair in pairs])
        target = np.asarray([pair[1] for pair in pairs])
        sentence = mentions[pairs[0][0]].sentence
        near = [n for n, m in enumerate(mentions) if sentence - BEFORE <= m.sentence <= sentence + BEHIND]
        used = sorted({*near, *source.tolist(), *target.tolist()})
        row = {number: place for place, number in enumerate(used)}
        spans = np.stack([np.concatenate([words[mentions[n].first], words[mentions[n].last]]) for n in used])
        spans = spans.astype(np.float64)
        one = self._linear("source", spans)[[row[n] for n in source.tolist()]]
        other = self._linear("target", spans)[[row[n] for n in target.tolist()]]
        first = np.asarray([m.first for m in mentions])
        gap = self.weights["distance"][_steps(first[target] - first[source])]
        both = _gelu(one[:, :PAIR] + other[:, :PAIR] + gap)
        cross = one[:, PAIR:] * other[:, PAIR:]
        around = self._attend(self._linear("query", both), words[bounds[0] : bounds[1]].astype(np.float64))
        pair = _gelu(self._linear("mix", np.concatenate([both, cross, around], 1)))
        types = _sigmoid(self._linear("types", pair))
        negated = _sigmoid(self._linear("negated", pair))[:, 0]
        modalities = _softmax(self._linear("modalities", pair))
        statuses = _softmax(self._linear("statuses", pair))
        claims = self._claims(pair, spans[[row[n] for n in near]], (source, target, near, mentions))
        for n in range(len(pairs)):
            mode, state, claim = modalities[n].argmax(), statuses[n].argmax(), claims[n].argmax()
            yield Opinion(
                types={name: round(float(types[n, k]), 3) for k, name in enumerate(self.types)},
                negated=round(float(negated[n]), 3),
                modality=self.modalities[mode],
                modality_chance=round(float(modalities[n, mode]), 3),
                status=self.statuses[state],
                status_chance=round(float(statuses[n, state]), 3),
                claim=near[claim - 1] if claim else None,
                claimed=round(float(claims[n, claim]), 3),
            )

    def _linear(self, name: str, x: Array) -> Array:
        out: Array = x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return out

    def _attend(self, query: Array, words: Array) -> Array:
        keys = self._linear("key", words).reshape(len(words), HEADS, KEY)
        values = self._linear("value", words).reshape(len(words), HEADS, KEY)
        scores = np.einsum("phk,whk->phw", query.reshape(-1, HEADS, KEY), keys) * KEY**-0.5
        around: Array = np.einsum("phw,whk->phk", _softmax(scores), values).reshape(len(query), -1)
        return around

    def _claims(self, pair: Array, spans: Array, where: tuple[Any, ...]) -> Array:
        source, target, near, mentions = where
        asks = self._linear("asks", pair)
        scores = asks @ self._linear("claims", spans).T * CLAIM**-0.5
        numbers = np.asarray(near)
        off = np.asarray([mentions[n].sentence for n in near]) - mentions[source[0]].sentence
        nearness = self.weights["near"]
        scores = scores + nearness[off + BEFORE][None]
        scores = scores + nearness[-2] * (numbers[None] == source[:, None])
        scores = scores + nearness[-1] * (numbers[None] == target[:, None])
        narrator = (asks @ self.weights["narrator"] * CLAIM**-0.5)[:, None]
        chances: Array = _softmax(np.concatenate([narrator, scores], 1))
        return chances


@cache
def pair_reader(path: Path = MODEL) -> PairReader | None:
    """Return the head of a model file, None where it has none."""
    data = np.load(path, allow_pickle=False)
    names = [name for name in data.files if name.startswith("pairs_")]
    if not names:
        return None
    return PairReader(
        weights={name.removeprefix("pairs_"): data[name].astype(np.float64) for name in names},
        **{name: tuple(data[f"label_{name}"].tolist()) for name in ("types", "modalities", "statuses")},
    )


def _steps(gap: Array) -> Array:
    step = np.searchsorted(np.asarray(DISTANCES), np.abs(gap), side="right")
    return np.where(gap < 0, step + len(DISTANCES) + 1, step)


def _sigmoid(x: Array) -> Array:
    out: Array = 1 / (1 + np.exp(-x))
    return out


def _softmax(x: Array) -> Array:
    raised = np.exp(x - x.max(-1, keepdims=True))
    out: Array = raised / raised.sum(-1, keepdims=True)
    return out


def _gelu(x: Array) -> Array:
    """Gaussian error linear unit; the error function by Abramowitz and Stegun 7.1.26, right to 1.5e-7."""
    z = np.abs(x) * 0.5**0.5
    t = 1 / (1 + 0.3275911 * z)
    rest = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
    erf = np.sign(x) * (1 - rest * np.exp(-z * z))
    out: Array = 0.5 * x * (1 + erf)
    return out
