"""Scores of the network on packed test samples: trees, tags, entities, actor mentions, sentence starts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.understand.encoder_names import best_tags
from kg.understand.encoder_trees import best_tree
from training.encoder.batches import MOST_PIECES, UNKNOWN, Batch, Corpus, window

Array = NDArray[Any]
Mention = tuple[int, int, int, float]
"""First word, end, class (from 1) and chance of a mention of an actor."""

THRESHOLD = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What the network says of one window's words, by number; `entity`, `arcs` are scores.

    `deps(words, heads)` labels the arcs to these words (from 0) from their heads (from 1, 0 the root).
    """

    pos: Array
    feats: Array
    entity: Array
    start: Array
    arcs: Array
    deps: Callable[[Array, Array], Array]
    mentions: list[Mention]


Predict = Callable[[list[Batch]], list[Prediction]]


def score_all(corpus: Corpus, predict: Predict, *, most: int = 10_000) -> dict[str, dict[str, float]]:
    """Return every score of the packed tests."""
    out: dict[str, dict[str, float]] = {}
    for name in sorted(n for n in corpus.numbers if n.startswith("test:")):
        samples = corpus.numbers[name][:most].tolist()
        short = name.partition(":")[2]
        if "-ud-" in name:
            out[short] = trees(corpus, predict, samples)
            if not name.endswith(":cut"):
                out[f"{short}, ten at a time"] = sentences(corpus, predict, samples)
        elif name == "test:actors":
            out |= {f"{short} {key}": row for key, row in actors(corpus, predict, samples).items()}
        else:
            out[short] = entities(corpus, predict, samples)
    return out


def trees(corpus: Corpus, predict: Predict, samples: Sequence[int]) -> dict[str, float]:
    """Return UPOS, features, UAS and LAS in percent, sentence by sentence."""
    windows = [window(corpus, [s]) for s in samples]
    right = np.zeros(5)
    for gold, found in zip(windows, predict(windows), strict=True):
        heads, deps = decoded(found, 0, len(gold["head"]))
        arc = heads == gold["head"]
        right += (
            len(arc),
            (found.pos == gold["pos"]).sum(),
            (found.feats == gold["feats"]).sum(),
            arc.sum(),
            (arc & (deps == gold["dep"])).sum(),
        )
    names = ("upos", "feats", "uas", "las")
    return {
        name: round(100 * float(value / right[0]), 2) for name, value in zip(names, right[1:], strict=True)
    }


def sentences(corpus: Corpus, predict: Predict, samples: Sequence[int]) -> dict[str, float]:
    """Return the F of sentences, and LAS with found sentences, in windows of several sentences."""
    groups: list[list[int]] = [[]]
    for sample in samples:
        size = sum(int(corpus.pieces[s + 1] - corpus.pieces[s]) for s in (*groups[-1], sample))
        if groups[-1] and (len(groups[-1]) == 10 or size > MOST_PIECES):
            groups.append([])
        groups[-1].append(sample)
    windows = [window(corpus, group) for group in groups]
    right = gold_number = found_number = las = total = 0
    for gold, found in zip(windows, predict(windows), strict=True):
        size = len(gold["head"])
        wanted, own = bounds(gold["start"] == 1, size), bounds(found.start > 0, size)
        right += len(set(wanted) & set(own))
        gold_number, found_number = gold_number + len(wanted), found_number + len(own)
        for a, b in own:
            heads, deps = decoded(found, a, b)
            las += int(((heads == gold["head"][a:b]) & (deps == gold["dep"][a:b])).sum())
        total += size
    return {
        "sentences": round(200 * right / (gold_number + found_number), 2),
        "las": round(100 * las / total, 2),
    }


def bounds(starts: Array, size: int) -> list[tuple[int, int]]:
    """Return the sentences between starts as half-open ranges."""
    edges = sorted({0, size, *np.flatnonzero(starts).tolist()})
    return list(pairwise(edges))


def decoded(found: Prediction, start: int, end: int) -> tuple[Array, Array]:
    """Return heads (0 the root, words from 1) and labels of one sentence of a window."""
    inner = found.arcs[start:end, start + 1 : end + 1]
    heads = best_tree(np.concatenate([found.arcs[start:end, :1], inner], 1))
    own = np.arange(end - start)
    full = np.where(heads == own, 0, heads + start + 1)
    return full, found.deps(own + start, full)


def entities(corpus: Corpus, predict: Predict, samples: Sequence[int]) -> dict[str, float]:
    """Return precision, recall and F of entities in percent."""
    names = corpus.labels["entities"]
    windows = [window(corpus, [s]) for s in samples]
    counts = np.zeros(3)
    best = best_tags([found.entity for found in predict(windows)], tuple(names))
    for gold, tags in zip(windows, best, strict=True):
        wanted = chunks([names[n] if n != UNKNOWN else "O" for n in gold["entity"]])
        own = {c for c in chunks([names[n] for n in tags]) if c[2] != "NORP"}
        counts += (len(wanted & own), len(own), len(wanted))
    return rates(*counts.tolist())


def chunks(tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """Return the entities of BIO tags; an I that continues nothing begins one."""
    out: set[tuple[int, int, str]] = set()
    start = 0
    for place, tag in enumerate([*tags, "O"]):
        before = tags[place - 1] if place else "O"
        if before != "O" and (tag[:1] != "I" or tag[2:] != before[2:]):
            out.add((start, place, before[2:]))
        if tag != "O" and (tag[0] == "B" or tag[2:] != before[2:]):
            start = place
    return out


def actors(corpus: Corpus, predict: Predict, samples: Sequence[int]) -> dict[str, dict[str, float]]:
    """Return the rates of actor mentions, with and without class, in English and Indonesian together."""
    windows = [window(corpus, [s]) for s in samples]
    found = predict(windows)
    out: dict[str, dict[str, float]] = {}
    for threshold in (0.2, 0.35, THRESHOLD):
        counts, classed = np.zeros(3), 0
        for gold, own in zip(windows, found, strict=True):
            wanted = {(a - 1, b): c for a, b, c in gold["spans"].tolist()}
            mine = {(a, b): c for a, b, c, chance in own.mentions if chance > threshold}
            both = wanted.keys() & mine.keys()
            counts += (len(both), len(mine), len(wanted))
            classed += sum(wanted[place] == mine[place] for place in both)
        out[f"above {threshold}"] = {
            **rates(*counts.tolist()),
            "class": round(100 * classed / max(1.0, float(counts[0])), 2),
        }
    return out


def rates(right: float, found: float, wanted: float) -> dict[str, float]:
    """Return precision, recall and F in percent."""
    return {
        "p": round(100 * right / max(1, found), 2),
        "r": round(100 * right / max(1, wanted), 2),
        "f": round(200 * right / max(1, found + wanted), 2),
    }
