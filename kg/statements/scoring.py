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

WEIGHTS = Path(__file__).parent / "data" / "weights.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What `training/confidence.py` learns; drafts below `threshold` are no statements."""

    __pydantic_config__ = ConfigDict(extra="forbid", frozen=True)
    threshold: float
    intercept: float
    weights: dict[str, float]


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
