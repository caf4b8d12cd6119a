"""The training loop: first a few minutes of guessing hidden pieces, then all tasks at once."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader

from training.encoder.base import WIDTH, Base
from training.encoder.batches import Corpus, Windows
from training.encoder.inputs import bias_of, inputs_of, special_of, vectors_of
from training.encoder.network import Network, make_network, sizes_of
from training.encoder.objectives import WEIGHTS, imitation, losses

AVERAGE = 0.998
FILE_BYTES = 12_000_000
SAVE = 500


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
    base = corpus.base
    vectors = vectors_of(base).to(device)
    optimizer, rates = _optimizer(net, plan)
    average, kept = copy.deepcopy(net).eval(), 0
    sums: dict[str, float] = {}
    began = time.time()
    paced = _paced(batches(corpus, plan, device), plan, optimizer, rates)
    for step, (done, batch) in enumerate(paced):
        net.train()
        inputs = inputs_of(batch, vectors, base, hide=plan.hide)
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            scores = net(*inputs)
        parts = losses(net, scores, batch)
        if teachers:
            parts["teachers"] = imitation(
                net, scores, batch, teachers, inputs_of(batch, vectors, base, hide=0)
            )
        elif done > plan.lean:
            clean = inputs_of(batch, vectors, base, hide=0)
            far = imitation(net, scores, batch, [average], clean)
            parts["teachers"] = far * min(1.0, (done - plan.lean) / 0.15)
        total = torch.stack([WEIGHTS.get(name, 1.0) * value for name, value in parts.items()]).sum()
        descend(net, optimizer, total)
        kept += 1
        follow(average, net, steps=kept, most=AVERAGE)
        if folder and step % SAVE == SAVE - 1:
            save(average, folder)
        if step % 100 == 0:
            sums = {name: float(value.detach()) for name, value in parts.items()}
            shown = " ".join(f"{name} {value:.3f}" for name, value in sums.items())
            print(f"step {step} {time.time() - began:.0f}s {done:.2f} {shown}", flush=True)
    print(f"{kept} steps in {time.time() - began:.0f}s", flush=True)
    return average


def pretrain(net: Network, corpus: Corpus, plan: Plan) -> None:
    """Let the body guess hidden pieces of all training texts before it learns the tasks."""
    device = next(net.parameters()).device
    base = corpus.base
    vectors = vectors_of(base).to(device)
    guess = nn.Sequential(nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.LayerNorm(WIDTH)).to(device)
    bias = nn.Parameter(torch.zeros(len(vectors), device=device))
    scale = nn.Parameter(torch.tensor(1.0, device=device))
    optimizer, rates = _optimizer(net, plan)
    optimizer.add_param_group({"params": [*guess.parameters(), bias, scale], "weight_decay": 0.0})
    rates.append(plan.head_rate)
    began = time.time()
    paced = _paced(batches(corpus, plan, device), plan, optimizer, rates)
    for step, (_, batch) in enumerate(paced):
        net.train()
        words = base.vocabulary
        pieces = batch["pieces"]
        chance = torch.rand(pieces.shape, device=device)
        real = (pieces != words.pad) & (pieces != words.begin) & (pieces != words.end)
        hidden = real & (chance < 0.2)
        shown = torch.where(hidden & (chance < 0.18), words.unknown, pieces)
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            out = guess(net.body(vectors[shown], bias_of(pieces, words.pad))[hidden])
            logits = out @ vectors.T * scale + bias
        loss = functional.cross_entropy(logits.float(), pieces[hidden])
        descend(net, optimizer, loss)
        if step % 200 == 0:
            print(
                f"hidden pieces: step {step} {time.time() - began:.0f}s {float(loss.detach()):.3f}",
                flush=True,
            )


def _paced(
    stream: Iterable[dict[str, Tensor]], plan: Plan, optimizer: torch.optim.Optimizer, rates: Sequence[float]
) -> Iterator[tuple[float, dict[str, Tensor]]]:
    """Yield batches until the plan is done, each with the share that is; rates rise, then sink."""
    began = time.time()
    for step, batch in enumerate(stream):
        done = max(step / plan.steps, (time.time() - began) / plan.seconds)
        if done >= 1:
            return
        pace = min(done / plan.warm, 1.0) * max(0.0, 1 - done) + 0.003
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * pace
        yield done, batch


def descend(net: nn.Module, optimizer: torch.optim.Optimizer, loss: Tensor) -> None:
    """Take one step down the loss, the gradient of the network no longer than 1."""
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()


@torch.no_grad()
def follow(average: nn.Module, net: nn.Module, *, steps: int, most: float) -> None:
    """Draw the running average towards the weights after so many steps, much at first, then by `1 - most`."""
    weight = min(most, (1 + steps) / (10 + steps))
    torch._foreach_lerp_(list(average.parameters()), list(net.parameters()), 1 - weight)


def _optimizer(net: Network, plan: Plan) -> tuple[torch.optim.AdamW, list[float]]:
    body = {"places", "norm", "layers"}
    groups: list[dict[str, Any]] = []
    rates: list[float] = []
    for inside in (True, False):
        for matrix in (True, False):
            chosen = [
                p
                for name, p in net.named_parameters()
                if (name.split(".")[0] in body) == inside and (p.ndim > 1) == matrix
            ]
            groups.append({"params": chosen, "weight_decay": 0.01 if matrix else 0.0})
            rates.append(plan.rate if inside else plan.head_rate)
    fused = next(net.parameters()).is_cuda
    return torch.optim.AdamW(groups, lr=plan.rate, betas=(0.9, 0.98), fused=fused), rates


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
