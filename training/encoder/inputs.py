"""Batches as the network takes them."""

from __future__ import annotations

import torch
from torch import Tensor

from training.encoder.base import WIDTH, Base

FAR = -1e4
"""The score of what is out of the question; 16-bit floats can hold it."""


def inputs_of(
    batch: dict[str, Tensor], vectors: Tensor, base: Base, *, hide: float
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return the network's arguments; `hide` is the share of pieces that become unknown."""
    words = base.vocabulary
    pieces = batch["pieces"]
    shown = pieces
    if hide:
        real = (pieces != words.pad) & (pieces != words.begin) & (pieces != words.end)
        gone = real & (torch.rand(pieces.shape, device=pieces.device) < hide)
        shown = torch.where(gone, words.unknown, pieces)
    return vectors[shown], bias_of(pieces, words.pad), batch["first"], batch["styles"]


def mixed(device: torch.device) -> torch.autocast:
    """Return a context in which matrix products are of 16 bits (bf16), where that is faster.

    It is on a GPU, and on processors that multiply such numbers themselves (twice as fast); on others it is
    ten times slower.
    """
    able = device.type == "cuda" or torch.cpu.get_capabilities().get("avx512_bf16", False)
    return torch.autocast(device.type, torch.bfloat16, enabled=able)


def bias_of(pieces: Tensor, pad: int) -> Tensor:
    """Return what attention adds to its scores, so that nothing attends to padding."""
    return torch.zeros(pieces.shape, device=pieces.device).masked_fill(pieces == pad, FAR)[:, None, None, :]


def special_of(base: Base) -> tuple[int, int, int]:
    """Return the numbers of the pieces that begin, end and pad a window."""
    return base.vocabulary.begin, base.vocabulary.end, base.vocabulary.pad


def vectors_of(base: Base) -> Tensor:
    """Return the vectors of all pieces."""
    return torch.from_numpy(base.vectors.numbers().reshape(-1, WIDTH))
