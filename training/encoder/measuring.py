"""Scores of a model file as it is shipped: the same tests, through onnxruntime."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from kg.understand.encoder_model import EncoderModel, Pieces, WindowScores
from training.encoder.batches import NAME_STYLES, TREE_STYLES, Batch, load_corpus
from training.encoder.scoring import Prediction, score_all

Array = NDArray[Any]


def measure(work: Path, file: Path, *, most: int, threads: int = 1) -> dict[str, dict[str, float]]:
    """Return every score of a model file, and write them beside it."""
    model = EncoderModel(file, threads=threads)

    def predict(windows: list[Batch]) -> list[Prediction]:
        # A test's windows are all of one corpus.
        trees, names = windows[0]["styles"].tolist()
        style = (TREE_STYLES[trees], NAME_STYLES[names])
        found = model.scores([_pieces(window) for window in windows], style)
        return [_prediction(model, scores) for scores in found]

    scores = score_all(load_corpus(work), predict, most=most)
    file.with_suffix(".scores.json").write_text(json.dumps(scores, indent=1), "utf8")
    return scores


def _pieces(window: Batch) -> Pieces:
    numbers = window["pieces"].tolist()
    edges = [*(window["first"] - 1).tolist(), len(numbers)]
    return [tuple(numbers[a:b]) for a, b in pairwise(edges)]


def _prediction(model: EncoderModel, scores: WindowScores) -> Prediction:
    def deps(words: Array, heads: Array) -> Array:
        return model.dependency_labels(scores.dependent[words], scores.governor[heads])

    return Prediction(
        pos=scores.pos,
        feats=scores.feats,
        entity=scores.entity,
        start=scores.start,
        arcs=scores.arcs,
        deps=deps,
        mentions=[
            (first, last + 1, kind + 1, chance)
            for (first, last, kind), chance in zip(
                scores.mentions.tolist(), scores.chances.tolist(), strict=True
            )
        ],
    )
