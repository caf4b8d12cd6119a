"""Whether confidence is a probability: with confidence 0.7, seven statements in ten should be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

BINS = 10


def reliability(judged: Sequence[tuple[float, bool]]) -> list[Bin]:
    """Return the bins of equal width that are not empty, from the least confident to the most.

    `judged` has the confidence of each statement and whether it is right.
    """
    members: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in sorted(judged):
        members[min(max(int(confidence * BINS), 0), BINS - 1)].append((confidence, right))
    return [
        Bin(
            least=number / BINS,
            most=(number + 1) / BINS,
            size=len(own),
            confidence=fmean(confidence for confidence, _ in own),
            right=sum(right for _, right in own) / len(own),
        )
        for number, own in enumerate(members)
        if own
    ]


def calibration_error(judged: Sequence[tuple[float, bool]]) -> float | None:
    """Return the expected calibration error: how far confidence and truth part in a bin, on average.

    After Naeini, Cooper and Hauskrecht (2015), each bin weighted by its size. None without statements.
    """
    if not judged:
        return None
    distance = sum(bin_.size * abs(bin_.confidence - bin_.right) for bin_ in reliability(judged))
    return round(distance / len(judged), 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Statements of about the same confidence."""

    least: float
    most: float
    size: int
    confidence: float  # their mean
    right: float  # the share of them that is right
