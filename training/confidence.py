"""Learn the confidence of statements: which ways of finding them were right on annotated text.

    python -m training.confidence SHARED

A logistic regression (Cox 1958) over the features that the extractors give each draft (`kg.statements.draft`),
fitted on `bench/train.*` with a ridge penalty, five-fold by pair of texts to choose the threshold. What comes of
it are weights only, `kg/statements/data/weights.json`; no text of the data enters the project. Runs about four
minutes on one core and gives the same bytes each time.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from spacy.tokens import Doc

from kg.gold import Item, read_gold
from kg.model import Actor
from kg.ontology import relation_types
from kg.pipeline import prepared
from kg.read import read
from kg.statements.component import extractors
from kg.statements.draft import Draft
from kg.statements.scene import scene
from kg.statements.scoring import WEIGHTS
from kg.understand import understand

PENALTY = 0.5  # inverse strength of the ridge, by cross-validation over 0.1, 0.2, 0.5, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A draft's features, whether it was right, and what it is, for counting each claim once."""

    features: dict[str, int]
    right: bool
    group: str
    claim: tuple[str, ...]
