"""A training step as a GPU remembers it: launched once for each shape of a batch, not kernel by kernel.

A body this small leaves a GPU waiting for Python: ten steps a second, where recorded ("CUDA graphs") it does
several times as many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

Batch = dict[str, Tensor]
Step = Callable[[Batch], Batch]
WARM = 3
"""Steps of a shape before it is recorded: libraries choose their kernels in them."""


def recorded(step: Step, device: torch.device) -> Step:
    """Return a function that does what `step` does; on a GPU it records it for each shape of its batches.

    What `step` reads and writes besides its batch must keep its place in memory, and it must never wait for
    the GPU. Its result lives until the next step.
    """
    if device.type != "cuda":
        return step
    pool = torch.cuda.graph_pool_handle()
    aside = torch.cuda.Stream()
    times: Counter[Any] = Counter()
    known: dict[Any, tuple[torch.cuda.CUDAGraph, Batch, Batch]] = {}

    def run(batch: Batch) -> Batch:
        shape = tuple((name, tuple(value.shape)) for name, value in sorted(batch.items()))
        if shape not in known:
            times[shape] += 1
            if times[shape] <= WARM:
                aside.wait_stream(torch.cuda.current_stream())
                with torch.cuda.stream(aside):
                    out = step(batch)
                torch.cuda.current_stream().wait_stream(aside)
                return out
            held = {name: value.clone() for name, value in batch.items()}
            graph = torch.cuda.CUDAGraph()
            # Of this thread alone: another one is fetching the next batches meanwhile.
            with torch.cuda.graph(graph, pool=pool, capture_error_mode="thread_local"):
                out = step(held)
            known[shape] = graph, held, out
        graph, held, out = known[shape]
        for name, value in batch.items():
            held[name].copy_(value, non_blocking=True)
        graph.replay()
        return out

    return run
