"""The training loop: first a few minutes of guessing hidden pieces, then all tasks at once."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader

from training.encoder.base import WIDTH, Base
from training.encoder.batches import UNKNOWN, Corpus, Windows
from training.encoder.inputs import bias_of, inputs_of, mixed, special_of, vectors_of
from training.encoder.network import Network, make_network, sizes_of
from training.encoder.objectives import WEIGHTS, imitation, losses
from training.encoder.recording import recorded

AVERAGE = 0.998
FILE_BYTES = 12_000_000
SAVE, SHOWN = 2000, 200
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
    (`plan.raw`) included. With a folder, the average is saved there on the way too.
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
    began, kept = time.monotonic(), 0
    net.train()
    for kept, (done, batch) in enumerate(paced(corpus, plan, optimizer, device), start=1):
        lean = 1.0 if teachers else (done - plan.lean) / 0.15
        pull.fill_(min(1.0, max(0.0, lean)))
        weight.fill_(drawn(kept, AVERAGE))
        parts = (guided if lean > 0 else alone)(batch)
        if folder and kept % SAVE == 0:
            average.fork()
            save(average, folder)
        if kept % SHOWN == 1:
            shown = " ".join(f"{name} {float(value):.3f}" for name, value in parts.items())
            print(f"step {kept} {time.monotonic() - began:.0f}s {done:.2f} {shown}", flush=True)
    print(f"{kept} steps in {time.monotonic() - began:.0f}s", flush=True)
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
        self.optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=cuda, capturable=cuda)

    def pace(self, share: float) -> None:
        """Set the rates to a share of the highest."""
        for group, rate in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"].fill_(rate * share)

    def down(self, loss: Tensor) -> None:
        """Take one step down the loss, the gradient no longer than 1."""
        torch._foreach_zero_([p.grad for p in self.all])
        loss.backward()
        nn.utils.clip_grad_norm_(self.all, 1.0)
        self.optimizer.step()


def paced(
    corpus: Corpus, plan: Plan, optimizer: Descent, device: torch.device
) -> Iterator[tuple[float, dict[str, Tensor]]]:
    """Yield batches until the plan is done, each with the share that is; rates rise, then sink."""
    began = time.monotonic()
    for step, batch in enumerate(batches(corpus, plan, device)):
        done = max(step / plan.steps, (time.monotonic() - began) / plan.seconds)
        if done >= 1:
            return
        optimizer.pace(min(done / plan.warm, 1.0) * (1 - done) + 0.003)
        yield done, batch


def drawn(steps: int, most: float) -> float:
    """Return how far the running average is drawn after so many steps: much at first, then by `1 - most`."""
    return 1 - min(most, (1 + steps) / (10 + steps))


@torch.no_grad()
def follow(average: nn.Module, net: nn.Module, weight: Tensor) -> None:
    """Draw the running average towards the weights, by a weight."""
    mean, now = list(average.parameters()), list(net.parameters())
    gap = torch._foreach_sub(now, mean)
    torch._foreach_mul_(gap, weight)
    torch._foreach_add_(mean, gap)


def batches(corpus: Corpus, plan: Plan, device: torch.device) -> Iterator[dict[str, Tensor]]:
    """Yield training batches on the device."""
    stream = Windows(corpus, special_of(corpus.base), seed=plan.seed, raw=plan.raw, budget=plan.budget)
    pinned = device.type == "cuda"
    loader = DataLoader(
        stream,
        batch_size=None,
        num_workers=plan.workers,
        pin_memory=pinned,
        prefetch_factor=8 if plan.workers else None,
    )
    for batch in loader:
        yield {name: torch.as_tensor(value).to(device, non_blocking=pinned) for name, value in batch.items()}


def fresh(base: Base, labels: dict[str, Any], *, seed: int, device: str) -> Network:
    """Return an untrained network on the base's body."""
    torch.manual_seed(seed)
    return make_network(base, sizes_of(labels)).to(device)


def save(net: Network, folder: Path) -> None:
    """Write the weights in half precision, in files of at most `FILE_BYTES` each."""
    write_state(net.state_dict(), folder)


def average(first: Path, second: Path, folder: Path, *, share: float) -> None:
    """Write the mean of two saved networks, the second a further training of the first ("model soup")."""
    one, other = read_state(first), read_state(second)
    write_state(
        {name: (1 - share) * one[name].float() + share * value.float() for name, value in other.items()},
        folder,
    )


def write_state(values: Mapping[str, Tensor], folder: Path) -> None:
    """Write named weights in half precision."""
    state = {name: value.detach().half().cpu() for name, value in values.items()}
    parts: list[dict[str, Tensor]] = [{}]
    room = FILE_BYTES
    for name, value in state.items():
        size = value.numel() * value.element_size()
        if parts[-1] and size > room:
            parts.append({})
            room = FILE_BYTES
        parts[-1][name] = value
        room -= size
    folder.mkdir(parents=True, exist_ok=True)
    for number, part in enumerate(parts):
        torch.save(part, folder / f"weights{number}.pt")


def load(labels: dict[str, Any], folder: Path) -> Network:
    """Read what `save` wrote."""
    state = read_state(folder)
    layers = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
    net = Network(sizes_of(labels, layers))
    missing = net.load_state_dict({name: v.float() for name, v in state.items()}, strict=False)
    late = ("pairs.", "relating.")
    if [name for name in missing.missing_keys if not name.startswith(late)] or missing.unexpected_keys:
        raise ValueError(f"{folder}: weights of another network: {missing}")
    if any(name.startswith("relating.") for name in missing.missing_keys):
        net.fork()
    return net


def read_state(folder: Path) -> dict[str, Tensor]:
    """Return the named weights of a folder."""
    state: dict[str, Tensor] = {}
    for path in sorted(folder.glob("weights*.pt")):
        state |= torch.load(path, map_location="cpu")
    return state
