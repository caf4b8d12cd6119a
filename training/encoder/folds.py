"""The layers and the head of pairs alone, on a finished encoder: on all texts, and without each fold of them.

What they think of a fold that they never saw is what the confidence of statements is learned from.
"""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from training.corpus import language_of, pair_of
from training.encoder.base import WIDTH
from training.encoder.batches import (
    NAME_STYLES,
    TIMES,
    TREE_STYLES,
    Batch,
    Corpus,
    collate,
    related,
    table,
    window,
)
from training.encoder.inputs import FAR, inputs_of, mixed, special_of, vectors_of
from training.encoder.keeping import Held
from training.encoder.network import Network, words_of
from training.encoder.objectives import WEIGHTS
from training.encoder.pairs import PairHead, PairScores, pair_losses
from training.encoder.training import drawn, follow

ROWS, POOL, RATE, LAYER_RATE, WARM, HIDE, AVERAGE = 16, 512, 1e-3, 2e-4, 200, 0.15, 0.995
READ = 64
"""Windows read at once below the fork."""
COPIES = 3
"""Copies of a text, names varied, that take turns from round to round."""
LABELS = ("texts", "types", "modalities", "statuses")

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A text, or a window of it, as the layers below the fork give it; `first` has each word's place."""

    sample: int
    copy: int
    window: Batch
    pieces: Tensor
    first: Tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """How often a training goes through the texts, and its seeds.

    The weights begin by `seed`, the texts come by `order`: trainings that differ in the latter alone begin
    alike, so that the mean of their weights means something ("model soup", Wortsman et al. 2022). What stands
    after each round is kept in `folder`: a training that was stopped goes on from there. One that goes `on`
    begins with the head that the network has, not with a new one, at `pace` times the rates.
    """

    epochs: int
    seed: int = 1
    order: int = 1
    on: bool = False
    pace: float = 1.0
    folder: Path | None = None


class Relater(nn.Module):
    """What of a network is trained here."""

    def __init__(self, net: Network, *, on: bool = False) -> None:
        super().__init__()
        sizes = net.sizes
        self.layers = copy.deepcopy(net.relating)
        self.head = PairHead(WIDTH, types=sizes.types, modalities=sizes.modalities, statuses=sizes.statuses)
        if on:
            self.head.load_state_dict(net.pairs.state_dict())
        self.drop = nn.Dropout(HIDE)

    def forward(self, texts: Sequence[Read]) -> tuple[PairScores, dict[str, Tensor]]:
        """Return scores of all pairs, and what is known of them."""
        pieces, bias, first = _padded(texts)
        pieces = self.drop(pieces)
        for layer in self.layers:
            pieces = layer(pieces, bias)
        batch = {
            name: torch.as_tensor(value).to(pieces.device)
            for name, value in related([t.window for t in texts]).items()
        }
        return self.head(words_of(pieces, first), batch["mentions"], batch["pairs"]), batch

    def into(self, net: Network) -> None:
        """Put the weights where they ship."""
        net.relating, net.pairs = self.layers, self.head


def unseen(
    net: Network, corpus: Corpus, texts: Sequence[Read], *, fold: tuple[int, int], rounds: Rounds
) -> dict[str, Array]:
    """Train without the texts of a fold (its number, and of how many), and return what is thought of them.

    Both sides of an aligned pair of texts lie in one fold. `label_texts` are the names behind the numbers.
    """
    own = set(held_out(corpus, *fold))
    mine = [t for t in texts if not t.copy and int(corpus.arrays["text"][t.sample]) in own]
    others = [t for t in texts if int(corpus.arrays["text"][t.sample]) not in own]
    found = opinions(fit(net, others, rounds), corpus, mine)
    print(f"fold {fold[0]}", score(mine, found["types"]), flush=True)
    return found | {f"label_{name}": np.array(corpus.labels[name]) for name in LABELS}


def held_out(corpus: Corpus, fold: int, number: int) -> Iterator[int]:
    """Yield the numbers of the texts of a fold; "12.en" and "12.id" are one text in two languages."""
    names = corpus.labels["texts"]
    groups = sorted({pair_of(name) for name in names})
    order = np.random.default_rng(7).permutation(len(groups))
    chosen = {groups[n] for n in order[fold::number]}
    yield from (n for n, name in enumerate(names) if pair_of(name) in chosen)


def part(corpus: Corpus, texts: Sequence[Read], *, share: float, languages: Sequence[str]) -> list[Read]:
    """Return the texts in some languages of a share of the pairs of texts, for a learning curve."""
    names = corpus.labels["texts"]
    groups = sorted({pair_of(name) for name in names})
    order = np.random.default_rng(11).permutation(len(groups))
    kept = {groups[n] for n in order[: round(share * len(groups))]}
    mine = {n for n, name in enumerate(names) if pair_of(name) in kept and language_of(name) in languages}
    return [text for text in texts if int(corpus.arrays["text"][text.sample]) in mine]


@torch.no_grad()
def read(net: Network, corpus: Corpus, name: str) -> list[Read]:
    """Return the texts of a corpus in the style in which they are read at run time, copy 0 as printed."""
    net.eval()
    device = net.places.device
    vectors = vectors_of(corpus.base).to(device)
    times, numbers = 1 if name.startswith("test:") else TIMES[name], corpus.numbers[name]
    copies = {int(n): c for c in range(min(COPIES, times)) for n in numbers[c::times]}
    windows = {sample: window(corpus, [sample]) for sample in copies}
    order = sorted(copies, key=lambda sample: len(windows[sample]["pieces"]))
    out: list[Read] = []
    for at in range(0, len(order), READ):
        chunk = order[at : at + READ]
        for sample in chunk:
            windows[sample]["styles"] = np.asarray(shipped_style(corpus, sample))
        batch = collate([windows[sample] for sample in chunk], special_of(corpus.base))
        tensors = {key: torch.as_tensor(value).to(device) for key, value in batch.items()}
        rows, bias, first, styles = inputs_of(tensors, vectors, corpus.base, hide=0)
        forks = net.below(net.styled(rows, styles), bias)
        for row, sample in enumerate(chunk):
            one = windows[sample]
            out.append(
                Read(
                    sample=sample,
                    copy=copies[sample],
                    window=one,
                    pieces=forks[row, : len(one["pieces"]) + 2].half(),
                    first=first[row, : len(one["first"]) + 1].clone(),
                )
            )
    return sorted(out, key=lambda one: one.sample)


def shipped_style(corpus: Corpus, sample: int) -> tuple[int, int]:
    """Return the style in which a text of the benchmark is read at run time."""
    english = language_of(corpus.labels["texts"][int(corpus.arrays["text"][sample])]) == "en"
    trees, names = ("spacy", "spacy") if english else ("csui", "actors")
    return TREE_STYLES.index(trees), NAME_STYLES.index(names)


def fit(net: Network, texts: Sequence[Read], rounds: Rounds) -> Relater:
    """Return the running average of the weights after some rounds through the texts."""
    epochs, order = rounds.epochs, rounds.order
    torch.manual_seed(rounds.seed)
    relater = Relater(net, on=rounds.on).to(net.places.device)
    average, weight = copy.deepcopy(relater).eval(), torch.ones((), device=net.places.device)
    parts = ((relater.head, rounds.pace * RATE), (relater.layers, rounds.pace * LAYER_RATE))
    groups = [{"params": list(part.parameters()), "most": rate} for part, rate in parts]
    optimizer = torch.optim.AdamW(groups, lr=RATE, weight_decay=0.01)
    turns = [[t for t in texts if t.copy == n and len(t.window["pairs"])] for n in range(COPIES)]
    steps = epochs * -(-len(turns[0]) // ROWS)
    held = Held({"relater": relater, "average": average, "optimizer": optimizer}, rounds.folder)
    first = held.restored()
    step = sum(-(-len(turns[epoch % COPIES]) // ROWS) for epoch in range(first))
    for epoch in range(first, epochs):
        torch.manual_seed(1_000 * order + epoch)  # as a training that was never stopped
        rng = np.random.default_rng((order, epoch))
        relater.train()
        began, batches = time.monotonic(), list(_batches(turns[epoch % COPIES], rng))
        total = torch.zeros_like(weight)
        for batch in batches:
            with mixed(weight.device):
                scores, known = relater(batch)
            losses = pair_losses(scores, known)
            pace = min(1.0, step / WARM) * max(0.0, 1 - step / steps) + 1e-3
            for group in optimizer.param_groups:
                group["lr"] = group["most"] * pace
            loss = torch.stack([WEIGHTS[name] * value for name, value in losses.items()]).sum()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(relater.parameters(), 1.0)
            optimizer.step()
            step += 1
            total += losses["types"].detach()
            follow(average, relater, weight.fill_(drawn(step, AVERAGE)))
        mean, spent = float(total) / len(batches), time.monotonic() - began
        print(f"round {epoch} types {mean:.3f}, {spent:.0f} s", flush=True)
        held.save(epoch + 1)
    held.done()
    return average


def _batches(texts: Sequence[Read], rng: np.random.Generator) -> Iterator[list[Read]]:
    """Yield texts of like length together, in an order of chance."""
    order = rng.permutation(len(texts))
    batches = []
    for at in range(0, len(order), POOL):
        pool = sorted(order[at : at + POOL].tolist(), key=lambda n: len(texts[n].pieces))
        batches += [pool[n : n + ROWS] for n in range(0, len(pool), ROWS)]
    for number in rng.permutation(len(batches)):
        yield [texts[n] for n in batches[number]]


@torch.no_grad()
def opinions(relater: Relater, corpus: Corpus, texts: Sequence[Read]) -> dict[str, Array]:
    """Return the chances of each pair of the texts, in order, in half precision.

    `source` and `target` are the characters of the mentions in their text, `claim` those of the likeliest one
    to claim it (-1 the narrator) and `claims` how likely.
    """
    rows: dict[str, list[Array]] = {
        name: [] for name in ("text", "source", "target", "claim", "claims", "types", "negated")
    }
    rows |= {"modalities": [], "statuses": []}
    asked = [one for one in texts if len(one.window["pairs"])]
    for at in range(0, len(asked), ROWS):
        chunk = asked[at : at + ROWS]
        found, batch = relater(chunk)
        places = [table(corpus, "characters", one.sample) for one in chunk]
        before = np.cumsum([0, *(len(own) for own in places)])
        joined = np.concatenate(places)
        claims = found.claims.softmax(1).cpu().numpy()
        best = claims.argmax(1)
        row, source, target = batch["pairs"][:, :3].T.cpu().numpy()
        rows["text"].append(corpus.arrays["text"][[one.sample for one in chunk]][row])
        rows["source"].append(joined[before[row] + source])
        rows["target"].append(joined[before[row] + target])
        rows["claim"].append(np.where(best[:, None] == 0, -1, joined[before[row] + np.maximum(best - 1, 0)]))
        rows["claims"].append(claims.max(1).astype(np.float16))
        rows["types"].append(found.types.sigmoid().cpu().numpy().astype(np.float16))
        rows["negated"].append(found.negated.sigmoid().cpu().numpy().astype(np.float16))
        rows["modalities"].append(found.modalities.softmax(1).cpu().numpy().astype(np.float16))
        rows["statuses"].append(found.statuses.softmax(1).cpu().numpy().astype(np.float16))
    return {name: np.concatenate(parts) for name, parts in rows.items()}


def score(texts: Sequence[Read], chances: Array) -> dict[str, float]:
    """Return precision, recall and F of types over pairs of mentions, at the best of a few thresholds.

    What nobody can say whether it holds counts neither way.
    """
    right, silent = np.zeros(chances.shape, bool), np.zeros(chances.shape, bool)
    before = 0
    for one in texts:
        for pair, kind, on in one.window["facts"].tolist():
            (right if on else silent)[before + pair, kind] = True
        before += len(one.window["pairs"])
    best: dict[str, float] = {"f": 0.0}
    for threshold in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        found = (chances > threshold) & ~silent
        hits = float((found & right).sum())
        p, r = hits / max(1, float(found.sum())), hits / max(1, float(right.sum()))
        f = 2 * p * r / max(1e-9, p + r)
        if f > best["f"]:
            best = {"p": round(p, 3), "r": round(r, 3), "f": round(f, 3), "threshold": threshold}
    return best


def _padded(texts: Sequence[Read]) -> tuple[Tensor, Tensor, Tensor]:
    """Return pieces, what keeps attention from padding, and each word's first piece."""
    rows = [one.pieces.float() for one in texts]
    pieces = nn.utils.rnn.pad_sequence(rows, batch_first=True)
    place = torch.arange(pieces.shape[1], device=pieces.device)
    sizes = torch.tensor([len(row) for row in rows], device=pieces.device)
    bias = torch.zeros(pieces.shape[:2], device=pieces.device).masked_fill(place[None] >= sizes[:, None], FAR)
    first = nn.utils.rnn.pad_sequence([one.first for one in texts], batch_first=True)
    return pieces, bias[:, None, None, :], first
