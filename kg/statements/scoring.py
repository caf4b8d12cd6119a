"""Confidence: a logistic regression over how a draft was found, its weights learned from annotated text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from math import exp
from pathlib import Path

WEIGHTS = Path(__file__).parent / "data" / "weights.json"


def confidence(lang: str, features: Iterable[str]) -> float:
    """Return the probability, to three digits, that a draft with these features is right."""
    weights = _weights()
    total = weights.get("", 0.0) + weights.get(f"lang {lang}", 0.0)
    total += sum(weights.get(feature, 0.0) for feature in features)
    return round(1 / (1 + exp(-total)), 3)


@cache
def _weights() -> Mapping[str, float]:
    if not WEIGHTS.exists():
        return {}
    loaded: dict[str, float] = json.loads(WEIGHTS.read_text("utf8"))
    return loaded
