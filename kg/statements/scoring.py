"""Confidence: a logistic regression over how a draft was found, its weights learned from annotated text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from pydantic import ConfigDict

from kg.errors import ResourceError
from kg.lang import checked, read_yaml

ELSEWHERE = "*"
WEIGHTS = Path(__file__).parent / "data" / "weights.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What `training/confidence.py` learns; drafts below a language's threshold are no statements.

    The threshold of `ELSEWHERE` is for languages without annotated text. The regression knows few of their
    words, so that what it says of a right draft is lower and spreads less.
    """

    __pydantic_config__ = ConfigDict(extra="forbid", frozen=True)
    thresholds: dict[str, float]
    intercept: float
    weights: dict[str, float]

    def least(self, lang: str) -> float:
        """Return the confidence below which there is no statement in a language."""
        return self.thresholds.get(lang, self.thresholds[ELSEWHERE])


def confidence(lang: str, features: Iterable[str]) -> float:
    """Return the probability, to three digits, that a draft with these features is right."""
    learned = weights()
    total = learned.intercept + learned.weights.get(f"lang {lang}", 0.0)
    total += sum(learned.weights.get(feature, 0.0) for feature in features)
    return round(1 / (1 + exp(-total)), 3)


@cache
def weights() -> Weights:
    """Return the weights that the package ships."""
    if not WEIGHTS.exists():
        raise ResourceError("is missing; python -m training.confidence makes it", path=str(WEIGHTS))
    return checked(read_yaml(WEIGHTS), Weights, path="kg/statements/data/weights.json")
