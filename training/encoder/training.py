"""The training loop: first a few minutes of guessing hidden pieces, then all tasks at once."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader

from training.encoder.base import WIDTH, Base
from training.encoder.batches import UNKNOWN, Corpus, Windows, trimmed
from training.encoder.inputs import bias_of, inputs_of, mixed, special_of, vectors_of
from training.encoder.keeping import Held
from training.encoder.network import Network, make_network, sizes_of
from training.encoder.objectives import WEIGHTS, imitation, losses
from training.encoder.recording import recorded
from training.encoder.together import agree, rank

AVERAGE = 0.998
SAVE, SHOWN = 600, 200
"""Seconds between two savings, steps between two lines of output."""
HIDDEN = 0.18
"""Share of the pieces of a batch to guess."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long and how fast: `steps` or `seconds`, whichever ends first.

    From the share `lean` of the time on the running average of the weights is a teacher too ("mean teacher",
    Tarvainen and Valpola 2017).
    """

    steps: int = 10_000
    seconds: float = 1e9
    rate: float = 2e-4
    head_rate: float = 1e-3
    warm: float = 0.12
    hide: float = 0.05
    lean: float = 2.0
    seed: int = 1
    workers: int = 0
    budget: int = 8192
    raw: float = 0.0


def train(
    net: Network,
    corpus: Corpus,
    plan: Plan,
    *,
    teachers: Sequence[Network] = (),
    folder: Path | None = None,
) -> Network:
    """Train on every task and return the running average of the weights.

    With teachers, the network learns what they think as well: of every task in every window, unmarked text
    (`plan.raw`) included. With a folder, all that goes on is saved there on the way too, and taken up again
    if it is there already: to the same weights on a processor, as if nothing had come between.
    """
    device = next(net.parameters()).device
    base, vectors = corpus.base, vectors_of(corpus.base).to(device)
    average = copy.deepcopy(net).eval()
    optimizer = Descent(net, plan)
    pull, weight = torch.zeros((), device=device), torch.ones((), device=device)

    def step(batch: dict[str, Tensor], taught: Sequence[Network]) -> dict[str, Tensor]:
        inputs = inputs_of(batch, vectors, base, hide=plan.hide)
        with mixed(device):
            scores = net(*inputs)
        parts = losses(net, scores, batch)
        if taught:
            clean = inputs_of(batch, vectors, base, hide=0)
            parts["teachers"] = pull * imitation(net, scores, batch, taught, clean)
        optimizer.down(torch.stack([WEIGHTS.get(name, 1.0) * value for name, value in parts.items()]).sum())
        follow(average, net, weight)
        return {name: value.detach() for name, value in parts.items()}

    alone = recorded(partial(step, taught=()), device)
    guided = recorded(partial(step, taught=teachers or [average]), device)
    held = Held({"net": net, "average": average, "optimizer": optimizer.optimizer}, folder)
    behind, began = held.restored(), time.monotonic()
    kept, saved = behind, began
    net.train()
    for kept, (done, batch) in enumerate(paced(corpus, plan, optimizer, device, behind), start=behind + 1):
        lean = 1.0 if teachers else (done - plan.lean) / 0.15
        pull.fill_(min(1.0, max(0.0, lean)))
        weight.fill_(drawn(kept, AVERAGE))
        parts = (guided if lean > 0 else alone)(batch)
        if time.monotonic() - saved > SAVE:
            held.save(kept)
            saved = time.monotonic()
        if kept % SHOWN == 1 and rank() == 0:
            shown = " ".join(f"{name} {float(value):.3f}" for name, value in parts.items())
            print(f"step {kept} {time.monotonic() - began:.0f}s {done:.2f} {shown}", flush=True)
    print(f"{kept} steps in {time.monotonic() - began:.0f}s", flush=True)
    held.done()
    average.fork()
    return average


def pretrain(net: Network, corpus: Corpus, plan: Plan) -> None:
    """Let the body guess hidden pieces of all training texts before it learns the tasks."""
    device = next(net.parameters()).device
    words, vectors = corpus.base.vocabulary, vectors_of(corpus.base).to(device)
    guess = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.LayerNorm(WIDTH)).to(device)
    bias = nn.Parameter(torch.zeros(len(vectors), device=device))
    scale = nn.Parameter(torch.tensor(1.0, device=device))
    optimizer = Descent(net, plan, more=[*guess.parameters(), bias, scale])

    def step(batch: dict[str, Tensor]) -> dict[str, Tensor]:
        pieces = batch["pieces"]
        real = (pieces != words.pad) & (pieces != words.begin) & (pieces != words.end)
        chance = torch.rand(pieces.shape, device=device).masked_fill(~real, 2.0)
        # As many in each batch of a shape, so that the step can be recorded; padding may be among them.
        asked = chance.flatten().topk(int(HIDDEN * pieces.numel()), largest=False).indices
        hidden = torch.zeros_like(real.flatten()).scatter(0, asked, True).view_as(real) & real
        shown = torch.where(hidden & (torch.rand_like(chance) < 0.9), words.unknown, pieces)
        with mixed(device):
            out = net.body(vectors[shown], bias_of(pieces, words.pad))[0].flatten(0, 1)
            logits = guess(out[asked]) @ vectors.T * scale + bias
        wanted = pieces.flatten()[asked].masked_fill(~real.flatten()[asked], UNKNOWN)
        loss = functional.cross_entropy(logits.float(), wanted, ignore_index=UNKNOWN)
        optimizer.down(loss)
        return {"loss": loss.detach()}

    run, began = recorded(step, device), time.monotonic()
    net.train()
    for number, (_, batch) in enumerate(paced(corpus, plan, optimizer, device)):
        loss = run({"pieces": batch["pieces"]})["loss"]
        if number % SHOWN == 0:
            spent = time.monotonic() - began
            print(f"hidden pieces: step {number} {spent:.0f}s {float(loss):.3f}", flush=True)


class Descent:
    """The optimiser of a network's tasks, and of what is trained beside it; nothing of it moves in memory."""

    def __init__(self, net: Network, plan: Plan, *, more: Sequence[nn.Parameter] = ()) -> None:
        body, later = {"places", "norm", "layers"}, {"relating", "pairs"}
        named = [(name.split(".")[0], p) for name, p in net.named_parameters()]
        groups: list[dict[str, Any]] = []
        device = net.places.device
        self.rates: list[float] = []
        for inside in (True, False):
            for matrix in (True, False):
                chosen = [
                    p
                    for part, p in named
                    if (part in body) == inside and part not in later and (p.ndim > 1) == matrix
                ]
                groups.append({"params": chosen, "weight_decay": 0.01 if matrix else 0.0})
                self.rates.append(plan.rate if inside else plan.head_rate)
        if more:
            groups.append({"params": list(more), "weight_decay": 0.0})
            self.rates.append(plan.head_rate)
        for group in groups:
            group["lr"] = torch.zeros((), device=device)
        self.all = [p for group in groups for p in group["params"]]
        for parameter in self.all:
            parameter.grad = torch.zeros_like(parameter)
        cuda = device.type == "cuda"
        self.optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True, capturable=cuda)

    def pace(self, share: float) -> None:
        """Set the rates to a share of the highest."""
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"].fill_(rate * share)

    def down(self, loss: Tensor) -> None:
        """Take one step down the loss, the gradient no longer than 1."""
        torch._foreach_zero_([p.grad for p in self.all])
        loss.backward()
        agree([p.grad for p in self.all if p.grad is not None])
        nn.utils.clip_grad_norm_(self.all, 1.0)
        self.optimizer.step()


def paced(
    corpus: Corpus, plan: Plan, optimizer: Descent, device: torch.device, behind: int = 0
) -> Iterator[tuple[float, dict[str, Tensor]]]:
    """Yield batches until the plan is done, each with the share that is; rates rise, then sink."""
    began = time.monotonic()
    for step, batch in enumerate(batches(corpus, plan, device, behind), start=behind):
        done = max(step / plan.steps, (time.monotonic() - began) / plan.seconds)
        if done >= 1:
            return
        optimizer.pace(min(done / plan.warm, 1.0) * (1 - done) + 0.003)
        if device.type == "cpu":
            # What is dropped and hidden in a step is the same whether or not the training was stopped before.
            torch.manual_seed(plan.seed + step * 1000 + rank())
        yield done, batch


def drawn(steps: int, most: float) -> float:
    """Return how far the running average is drawn after so many steps: much at first, then by `1 - most`."""
    return 1 - min(most, (1 + steps) / (10 + steps))


@torch.no_grad()
def follow(average: nn.Module, net: nn.Module, weight: Tensor) -> None:
    """Draw the running average towards the weights, by a weight."""
    for mean, now in zip(average.parameters(), net.parameters(), strict=True):
        if now.grad is not None:
            mean.lerp_(now, weight)


def batches(corpus: Corpus, plan: Plan, device: torch.device, behind: int = 0) -> Iterator[dict[str, Tensor]]:
    """Yield training batches on the device, but the first ones; each process has its own."""
    special = special_of(corpus.base)
    stream = Windows(corpus, special, seed=plan.seed + 1000 * rank(), raw=plan.raw, budget=plan.budget)
    pinned = device.type == "cuda"
    loader = DataLoader(
        stream,
        batch_size=None,
        num_workers=plan.workers,
        pin_memory=pinned,
        prefetch_factor=8 if plan.workers else None,
    )
    for batch in islice(loader, behind, None):
        # A GPU has each shape recorded, a processor is the faster the less it reads.
        shaped = batch if pinned else trimmed(batch, special[2])
        yield {name: torch.as_tensor(value).to(device, non_blocking=pinned) for name, value in shaped.items()}


def fresh(base: Base, labels: dict[str, Any], *, seed: int, device: str) -> Network:
    """Return an untrained network on the base's body."""
    torch.manual_seed(seed)
    return make_network(base, sizes_of(labels)).to(device)
