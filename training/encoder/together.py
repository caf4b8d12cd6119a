"""Several processes that train one network: a processor core each, begun by `torchrun`."""

from __future__ import annotations

import os
from collections.abc import Sequence

import torch
from torch import Tensor, distributed


def joined() -> None:
    """Join the other processes of this training, if `torchrun` began several."""
    if "RANK" in os.environ:
        distributed.init_process_group("gloo")


def rank() -> int:
    """Return the number of this process among those that train together, 0 if it is alone."""
    return distributed.get_rank() if distributed.is_initialized() else 0


def agree(gradients: Sequence[Tensor]) -> None:
    """Give each process the mean of all processes' gradients; one that is alone keeps its own."""
    if not distributed.is_initialized():
        return
    flat = torch.cat([g.flatten() for g in gradients])
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    parts = flat.split([g.numel() for g in gradients])
    for gradient, part in zip(gradients, parts, strict=True):
        gradient.copy_(part.view_as(gradient))
