"""What training minimises: the loss of each task, and the distance from teachers."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from training.encoder.batches import UNKNOWN
from training.encoder.inputs import FAR, mixed
from training.encoder.network import SPAN_WIDTH, Network, Scores

WEIGHTS = {"arcs": 1.0, "deps": 1.0, "pos": 0.5, "feats": 0.5, "entity": 2.0, "start": 3.0, "spans": 2.0}
WEIGHTS |= {"types": 2.0, "negated": 0.3, "modalities": 0.3, "statuses": 0.3, "claims": 0.5}
RARE = 0.15
"""Least share of a batch's words that a loss is divided by: one window alone must not outweigh the rest."""


def losses(net: Network, scores: Scores, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return the loss of each task over what is known; a task of which the batch knows nothing gives 0."""
    heads = batch["head"]
    with mixed(heads.device):
        labels = net.label(scores, heads.clamp(min=0)).float()
    arcs = masked_arcs(scores.arcs.float(), batch["sizes"])
    least = (RARE * batch["sizes"].sum()).clamp(min=1)
    parts = {
        "arcs": _cross(arcs, heads, least),
        "deps": _cross(labels, batch["dep"], least),
        "pos": _cross(scores.pos.float(), batch["pos"], least),
        "feats": _cross(scores.feats.float(), batch["feats"], least),
        "entity": _cross(scores.entity.float(), batch["entity"], least),
    }
    known = batch["start"] >= 0
    target = batch["start"].clamp(min=0).float()
    each = functional.binary_cross_entropy_with_logits(scores.start.float(), target, reduction="none")
    parts["start"] = (each * known).sum() / known.sum().clamp(min=1)
    parts["spans"] = _span_loss(scores.spans.float(), batch, least)
    return parts


def imitation(
    net: Network,
    scores: Scores,
    batch: dict[str, Tensor],
    teachers: Sequence[Network],
    inputs: tuple[Tensor, ...],
) -> Tensor:
    """Return how far the network is from the mean of its teachers, over all tasks, per word."""
    device = batch["first"].device
    own = _chances(net, scores, batch["sizes"], None)
    with torch.no_grad(), mixed(device):
        opinions = [teacher(*inputs) for teacher in teachers]
    with torch.no_grad():
        arcs = torch.stack([masked_arcs(o.arcs.float(), batch["sizes"]).softmax(-1) for o in opinions]).mean(
            0
        )
        heads = arcs.argmax(-1)
        theirs = [_chances(t, o, batch["sizes"], heads) for t, o in zip(teachers, opinions, strict=True)]
        target = {name: torch.stack([one[name].exp() for one in theirs]).mean(0) for name in theirs[0]}
    with mixed(device):
        own["deps"] = net.label(scores, heads).float().log_softmax(-1)
    size = arcs.shape[1]
    place = torch.arange(size, device=device)
    words = (place[None] > 0) & (place[None] <= batch["sizes"][:, None])
    total = torch.zeros((), device=device)
    for name, want in target.items():
        far = -(want * own[name]).sum(-1)
        mask = words
        if name == "spans":
            gap = place[None, :] - place[:, None]
            mask = words[:, :, None] & words[:, None, :] & ((gap >= 0) & (gap < SPAN_WIDTH))[None]
        total = total + WEIGHTS[name] * (far * mask).sum() / words.sum()
    return total


def _chances(net: Network, scores: Scores, sizes: Tensor, heads: Tensor | None) -> dict[str, Tensor]:
    """Return log probabilities of each task; labels of arcs only if heads are given."""
    start = scores.start.float()
    out = {
        "arcs": masked_arcs(scores.arcs.float(), sizes).log_softmax(-1),
        "pos": scores.pos.float().log_softmax(-1),
        "feats": scores.feats.float().log_softmax(-1),
        "entity": scores.entity.float().log_softmax(-1),
        "start": torch.stack([functional.logsigmoid(-start), functional.logsigmoid(start)], -1),
        "spans": scores.spans.float().permute(0, 1, 3, 2).log_softmax(-1),
    }
    if heads is not None:
        with mixed(heads.device):
            out["deps"] = net.label(scores, heads).float().log_softmax(-1)
    return out


def masked_arcs(arcs: Tensor, sizes: Tensor) -> Tensor:
    """Return the scores with padding, and each word as its own head, out of the question."""
    place = torch.arange(arcs.shape[-1], device=arcs.device)
    never = (place[None, :] > sizes[:, None])[:, None, :] | torch.eye(
        len(place), dtype=torch.bool, device=arcs.device
    )
    return arcs.masked_fill(never, FAR)


def _span_loss(spans: Tensor, batch: dict[str, Tensor], least: Tensor) -> Tensor:
    size = spans.shape[1]
    target = batch["kinds"].long()
    place = torch.arange(size, device=spans.device)
    gap = place[None, :] - place[:, None]
    inside = (place[None] > 0) & (place[None] <= batch["sizes"][:, None]) & batch["spanned"][:, None]
    mask = inside[:, :, None] & inside[:, None, :] & ((gap >= 0) & (gap < SPAN_WIDTH))[None]
    each = functional.cross_entropy(spans.permute(0, 2, 1, 3), target, reduction="none")
    return (each * mask).sum() / torch.maximum(inside.sum(), least)


def _cross(logits: Tensor, target: Tensor, least: Tensor) -> Tensor:
    known = torch.maximum((target >= 0).sum(), least)
    flat = functional.cross_entropy(
        logits.flatten(0, 1), target.flatten(), ignore_index=UNKNOWN, reduction="sum"
    )
    return flat / known
