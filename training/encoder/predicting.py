"""The network as a function from windows to predictions, for scoring."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from kg.understand.encoder_model import likely_mentions
from training.encoder.base import Base
from training.encoder.batches import Batch, collate
from training.encoder.inputs import inputs_of, special_of, vectors_of
from training.encoder.network import Network, Scores
from training.encoder.scoring import Mention, Predict, Prediction

Array = NDArray[Any]


def predictor(net: Network, base: Base) -> Predict:
    """Return a function that scores windows without their labels, for `scoring`."""
    device = next(net.parameters()).device
    vectors = vectors_of(base).to(device)

    @torch.no_grad()
    def predict(windows: list[Batch]) -> list[Prediction]:
        net.eval()
        order = sorted(range(len(windows)), key=lambda n: len(windows[n]["pieces"]))
        out: dict[int, Prediction] = {}
        for at in range(0, len(order), 32):
            rows = order[at : at + 32]
            batch = collate([windows[n] for n in rows], special_of(base))
            tensors = {name: torch.as_tensor(value).to(device) for name, value in batch.items()}
            scores = net(*inputs_of(tensors, vectors, base, hide=0))
            for place, number in enumerate(rows):
                out[number] = _prediction(net, scores, place, len(windows[number]["first"]))
        return [out[number] for number in range(len(windows))]

    return predict


def _prediction(net: Network, scores: Scores, place: int, size: int) -> Prediction:
    own = slice(1, size + 1)
    dependent = scores.dependent[place, own].float()
    governor = scores.governor[place, : size + 1].float()

    def deps(words: Array, heads: Array) -> Array:
        mixed = (dependent[words] @ net.relation_weight).view(len(words), net.sizes.deps, -1)
        return np.asarray((mixed * governor[heads][:, None]).sum(-1).argmax(-1).cpu())

    return Prediction(
        pos=scores.pos[place, own].argmax(-1).cpu().numpy(),
        feats=scores.feats[place, own].argmax(-1).cpu().numpy(),
        entity=scores.entity[place, own].float().cpu().numpy(),
        start=scores.start[place, own].float().cpu().numpy(),
        arcs=scores.arcs[place, own, : size + 1].float().cpu().numpy(),
        deps=deps,
        mentions=_mentions(scores.spans[place, own, :, own].float().softmax(1).cpu().numpy()),
    )


def _mentions(spans: Array) -> list[Mention]:
    places, chances = likely_mentions(spans)
    return [
        (first, last + 1, kind + 1, chance)
        for (first, last, kind), chance in zip(places.tolist(), chances.tolist(), strict=True)
    ]
