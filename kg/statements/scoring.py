"""Confidence: a logistic regression over how a draft was found, its weights learned from annotated text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp, log
from pathlib import Path

from pydantic import ConfigDict

from kg.errors import ResourceError
from kg.lang import checked, read_yaml
from kg.ontology import relation_types
from kg.statements.draft import Draft

ELSEWHERE = "*"
LEAST = 0.05
"""Chances nearer to none or to certainty than this count no more: a rare construction that a frame knows
would have no hope against an encoder that never saw one."""
WEIGHTS = Path(__file__).parent / "data" / "weights.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """How sure the likeliest type between two actors of a text must be, and any `further` one."""

    __pydantic_config__ = ConfigDict(extra="forbid", frozen=True)
    first: float
    further: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What `training/confidence.py` learns; drafts below a language's thresholds are no statements.

    Those of `ELSEWHERE` are for languages without annotated text. The regression knows few of their
    words, so that what it says of a right draft is lower and spreads less.
    """

    __pydantic_config__ = ConfigDict(extra="forbid", frozen=True)
    thresholds: dict[str, Thresholds]
    intercept: float
    weights: dict[str, float]

    def least(self, lang: str) -> Thresholds:
        """Return the confidences below which there is no statement in a language."""
        return self.thresholds.get(lang, self.thresholds[ELSEWHERE])


def confidence(lang: str, draft: Draft) -> float:
    """Return the probability, to three digits, that a draft is right."""
    learned = weights()
    values = features(lang, draft)
    total = learned.intercept + sum(learned.weights.get(name, 0.0) * x for name, x in values.items())
    return round(1 / (1 + exp(-total)), 3)


def features(lang: str, draft: Draft) -> dict[str, float]:
    """Return what the confidence is reckoned from: how a draft was found, and the log odds of its chance."""
    values = dict.fromkeys((*draft.features, f"lang {lang}"), 1.0)
    if draft.view is None:
        values[f"view {draft.extractor} none"] = 1.0
        return values
    values[f"chance {draft.extractor}"] = values[f"chance {draft.type}"] = _odds(draft.view.chance)
    values[f"likeliest {draft.extractor}"] = _odds(draft.view.likeliest)
    if not relation_types()[draft.type].symmetric:
        values[f"reverse {draft.extractor}"] = _odds(draft.view.reverse)
    return values


def _odds(chance: float) -> float:
    kept = min(max(chance, LEAST), 1 - LEAST)
    return log(kept / (1 - kept))


@cache
def weights() -> Weights:
    """Return the weights that the package ships."""
    if not WEIGHTS.exists():
        raise ResourceError("is missing; python -m training.confidence makes it", path=str(WEIGHTS))
    return checked(read_yaml(WEIGHTS), Weights, path="kg/statements/data/weights.json")
