"""Training windows: one sample, or several that follow each other, padded together by length."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch.utils.data import IterableDataset, get_worker_info

from training.encoder.base import Base, load_base

UNKNOWN = -100
KINDS = ("pos", "feats", "deps", "entities", "classes", "types", "modalities", "statuses")
"""The labels that a network's heads give; a model file has them as `label_<kind>`."""
SHARES = {
    "id_csui-ud-train": 0.14,
    "id_pud-ud-test": 0.10,
    "id_gsd-ud-dev": 0.05,
    "en_ewt-ud-train": 0.18,
    "ewt_silver": 0.05,
    "idner2k": 0.10,
    "nergrit": 0.10,
    "panl": 0.14,
    "actors": 0.24,
}
"""How often a window comes from each corpus: CSUI is small and closest to what will be read."""
TREE_STYLES = ("any", "csui", "pud", "gsd", "ewt", "spacy")
NAME_STYLES = ("any", "idner2k", "nergrit", "spacy", "actors")
"""Whose habits a window follows: annotators of trees differ, and so do those of names."""
_TREES_OF = {"id_csui": 1, "id_pud": 2, "id_gsd": 3, "en_ewt": 4, "en_pud": 4, "panl": 5, "ewt_silver": 5}
TESTED = {"idner2k": (1, 1), "nergrit": (1, 2), "nerui": (1, 1), "actors": (1, 1)}
"""The styles in which names are tested; Indonesian ships with "actors" names instead."""
_NAMES_OF = {"idner2k": 1, "nergrit": 2, "panl": 3, "en_ewt": 3, "ewt_silver": 3, "actors": 4}
_PARTLY_NAMED = ("en_ewt-ud-train", "ewt_silver", "actors")
TIMES = {"id_csui-ud-train": 12, "id_pud-ud-test": 8, "id_gsd-ud-dev": 6, "en_ewt-ud-train": 3}
TIMES |= {"idner2k": 8, "nergrit": 8, "panl": 2, "ewt_silver": 1, "actors": 8, "own": 3, "raw": 1}
BUDGET = 8192
SHAPES = tuple((n, n * 4 // 5) for n in (24, 32, 40, 48, 64, 80, 96, 128, 160, 192, 248))
"""Pieces and words of the windows of a batch."""
POOL = 1000
MOST_PIECES = 240
COLUMNS = {"mentions": 3, "characters": 2, "pairs": 7, "facts": 3, "claims": 2}
"""Numbers in a row of each table of what statements say; `_Packer` has them in this order."""
APART = 1000
"""What keeps the numbers of the sentences of two samples apart."""
_TOKENS = ("pos", "feats", "head", "dep", "entity")

Array = NDArray[Any]
Batch = dict[str, Array]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """The packed arrays with the places where samples begin in them."""

    base: Base
    arrays: dict[str, Array]
    labels: dict[str, Any]
    tokens: Array
    pieces: Array
    piece_of_token: Array
    spans: Array
    related: dict[str, Array]
    numbers: dict[str, Array]


def load_corpus(folder: Path) -> Corpus:
    """Read what `prepare` wrote."""
    data = np.load(folder / "packed.npz")
    arrays = {name: data[name] for name in data.files}
    labels = json.loads((folder / "labels.json").read_text("utf8"))
    tokens = _offsets(arrays["size"])
    piece_of_token = _offsets(arrays["lengths"])
    names = labels["corpora"]
    numbers = {name: np.flatnonzero(arrays["corpus"] == n) for n, name in enumerate(names)}
    return Corpus(
        base=load_base(folder / "base.npz"),
        arrays=arrays,
        labels=labels,
        tokens=tokens,
        pieces=piece_of_token[tokens],
        piece_of_token=piece_of_token,
        spans=_offsets(arrays["span_size"]),
        related={name: _offsets(arrays[f"{name}_size"]) for name in COLUMNS},
        numbers=numbers,
    )


def _offsets(sizes: Array) -> Array:
    return np.concatenate([[0], np.cumsum(sizes.astype(np.int64))])


def table(corpus: Corpus, name: str, sample: int) -> Array:
    """Return the rows of a table of statements that belong to a sample."""
    start, end = corpus.related[name][sample : sample + 2]
    return corpus.arrays[name].reshape(-1, COLUMNS[name])[start:end].astype(np.int64)


def window(corpus: Corpus, samples: list[int], *, paired: bool = True) -> Batch:
    """Return one window: pieces, the first piece of each word (word 0 is the root), and what is known."""
    arrays = corpus.arrays
    out: dict[str, list[Array]] = {name: [] for name in ("pieces", "first", "start", "spans", *_TOKENS)}
    piece, word = 1, 0
    whole = all(arrays["sentence"][s] for s in samples)
    tables: dict[str, list[Array]] = {name: [] for name in COLUMNS}
    mentions = pairs = 0
    for place, sample in enumerate(samples):
        a, b = corpus.tokens[sample], corpus.tokens[sample + 1]
        p, q = corpus.pieces[sample], corpus.pieces[sample + 1]
        out["pieces"].append(arrays["pieces"][p:q])
        out["first"].append(corpus.piece_of_token[a:b] - p + piece)
        for name in _TOKENS:
            out[name].append(arrays[name][a:b].astype(np.int64))
        heads = out["head"][-1]
        out["head"][-1] = np.where(heads == UNKNOWN, UNKNOWN, np.where(heads < 0, 0, heads + word + 1))
        starts = np.full(b - a, 0 if whole else UNKNOWN)
        if whole and word:
            starts[0] = 1
        elif whole:
            starts[0] = UNKNOWN
        out["start"].append(starts)
        marked = (
            arrays["spans"].reshape(-1, 3)[corpus.spans[sample] : corpus.spans[sample + 1]].astype(np.int64)
        )
        out["spans"].append(marked + np.array([word + 1, word, 1]))
        at, piece, word = word, piece + int(q - p), word + int(b - a)
        if not paired:
            continue
        found = {name: table(corpus, name, sample) for name in COLUMNS}
        tables["mentions"].append(found["mentions"] + np.array([at + 1, at, place * APART]))
        tables["characters"].append(found["characters"])
        tables["pairs"].append(found["pairs"] + np.array([mentions, mentions, at + 1, at + 1, 0, 0, 0]))
        tables["facts"].append(found["facts"] + np.array([pairs, 0, 0]))
        who = found["claims"][:, 1]
        claims = np.stack([found["claims"][:, 0] + pairs, np.where(who < 0, -1, who + mentions)], 1)
        tables["claims"].append(claims)
        mentions, pairs = mentions + len(found["mentions"]), pairs + len(found["pairs"])
    joined = {name: np.concatenate(parts) for name, parts in (*out.items(), *tables.items()) if parts}
    joined["spanned"] = np.asarray(all(arrays["spanned"][s] for s in samples))
    _, kind, name = corpus.labels["corpora"][arrays["corpus"][samples[0]]].rpartition("test:")
    name = name.partition("-")[0]
    styles = (_TREES_OF.get(name, 0), _NAMES_OF.get(name, 0))
    joined["styles"] = np.asarray(TESTED.get(name, styles) if kind else styles)
    return joined


def collate(
    windows: list[Batch], special: tuple[int, int, int], *, shape: tuple[int, int] | None = None
) -> Batch:
    """Pad windows to one batch, to a shape (pieces, words) or as little as will do.

    `special` are the numbers of begin, end and pad pieces; `kinds[b, s, e]` is the class, counted from 1, of
    the mention from word s to word e.
    """
    begin, end, pad = special
    count = len(windows)
    length, words = shape or (
        max(len(w["pieces"]) for w in windows) + 2,
        max(len(w["first"]) for w in windows) + 1,
    )
    batch: Batch = {
        "pieces": np.full((count, length), pad, np.int64),
        "first": np.zeros((count, words), np.int64),
        "kinds": np.zeros((count, words, words), np.int8),
    }
    batch |= {name: np.full((count, words), UNKNOWN, np.int64) for name in ("start", *_TOKENS)}
    batch["spanned"] = np.asarray([w["spanned"] for w in windows])
    batch["sizes"] = np.asarray([len(w["first"]) for w in windows])
    batch["styles"] = np.asarray([w["styles"] for w in windows])
    for row, one in enumerate(windows):
        size, n = len(one["pieces"]), len(one["first"])
        batch["pieces"][row, 0] = begin
        batch["pieces"][row, 1 : size + 1] = one["pieces"]
        batch["pieces"][row, size + 1] = end
        batch["first"][row, 1 : n + 1] = one["first"]
        for name in ("start", *_TOKENS):
            batch[name][row, 1 : n + 1] = one[name]
        batch["kinds"][row, one["spans"][:, 0], one["spans"][:, 1]] = one["spans"][:, 2]
    return batch


def trimmed(batch: Batch, pad: int) -> Batch:
    """Return a batch without the columns that are padding in every row."""
    length, words = int((batch["pieces"] != pad).sum(1).max()), int(batch["sizes"].max()) + 1
    out = {name: value[:, :words] if value.ndim > 1 else value for name, value in batch.items()}
    out |= {"pieces": batch["pieces"][:, :length], "kinds": batch["kinds"][:, :words, :words]}
    return out | {"styles": batch["styles"]}


def related(windows: list[Batch]) -> Batch:
    """Return the mentions and pairs of several windows, the row of its window first in each pair.

    `mentions[b, m]` are first and last word and the sentence, `pairs[p]` row, source, target, first word and
    end of the sentence, negation, modality and status, `facts` pair, type and whether it holds, `claims` pair
    and one more than the number of the mention that claims it, 0 the narrator.
    """
    most = max(1, *(len(w["mentions"]) for w in windows))
    mentions = np.full((len(windows), most, 3), -APART, np.int64)
    mentions[:, :, :2] = 1
    rows: dict[str, list[Array]] = {"pairs": [], "facts": [], "claims": []}
    before = 0
    for row, one in enumerate(windows):
        mentions[row, : len(one["mentions"])] = one["mentions"]
        rows["pairs"].append(np.concatenate([np.full((len(one["pairs"]), 1), row), one["pairs"]], 1))
        rows["facts"].append(one["facts"] + np.array([before, 0, 0]))
        rows["claims"].append(one["claims"] + np.array([before, 1]))
        before += len(one["pairs"])
    return {"mentions": mentions, **{name: np.concatenate(parts) for name, parts in rows.items()}}


class Windows(IterableDataset[Batch]):
    """An endless stream of batches, the same for the same seed and number of workers.

    They have few shapes, those of `SHAPES`: what a GPU does for a shape is recorded once.
    """

    def __init__(
        self,
        corpus: Corpus,
        special: tuple[int, int, int],
        *,
        seed: int,
        raw: float = 0.0,
        budget: int = BUDGET,
    ) -> None:
        self.corpus, self.special, self.seed, self.raw, self.budget = corpus, special, seed, raw, budget

    def __iter__(self) -> Iterator[Batch]:
        worker = get_worker_info()
        rng = np.random.default_rng((self.seed, worker.id if worker else 0))
        names = [*SHARES, "raw"]
        chances = np.asarray([*SHARES.values(), self.raw])
        chances /= chances.sum()
        waiting: dict[tuple[int, int], list[Batch]] = {shape: [] for shape in SHAPES}
        while True:
            for kind in rng.choice(len(names), POOL, p=chances):
                one = window(self.corpus, self._draw(names[kind], rng), paired=False)
                shape = shape_of(one)
                if shape is None:
                    continue
                rows = waiting[shape]
                rows.append(_restyled(one, names[kind], rng))
                if (len(rows) + 1) * shape[0] > self.budget:
                    yield collate(rows, self.special, shape=shape)
                    waiting[shape] = []

    def _draw(self, name: str, rng: np.random.Generator) -> list[int]:
        """Return some neighbours of one corpus, each in one of its copies."""
        numbers, times = self.corpus.numbers[name], TIMES[name]
        groups = len(numbers) // times
        here = int(rng.integers(groups))
        more = int(rng.integers(2, 7)) if rng.random() < 0.5 else 1
        out: list[int] = []
        size = 0
        for group in range(here, min(here + more, groups)):
            sample = int(numbers[group * times + int(rng.integers(times))])
            size += int(self.corpus.pieces[sample + 1] - self.corpus.pieces[sample])
            if out and size > MOST_PIECES:
                break
            out.append(sample)
        return out


def shape_of(one: Batch) -> tuple[int, int] | None:
    """Return the smallest shape that takes a window; a text longer than all is not learned from."""
    pieces, words = len(one["pieces"]) + 2, len(one["first"]) + 1
    return next((shape for shape in SHAPES if pieces <= shape[0] and words <= shape[1]), None)


def _restyled(one: Batch, name: str, rng: np.random.Generator) -> Batch:
    """Draw styles for what the corpus does not mark, so that any two go together at run time.

    Now and then the style of what it marks is "any"; never for idner2k, whose annotators left out half of the
    states.
    """
    trees, names = one["styles"].tolist()
    if not trees:
        trees = int(rng.integers(len(TREE_STYLES)))
    elif rng.random() < 0.1:
        trees = 0
    if not names or (name in _PARTLY_NAMED and rng.random() < 0.5):
        names = int(rng.integers(len(NAME_STYLES)))
        one["entity"] = np.full_like(one["entity"], UNKNOWN)
    elif name != "idner2k" and rng.random() < 0.1:
        names = 0
    one["styles"] = np.asarray((trees, names))
    return one
