"""Samples become flat arrays of numbers, so that training needs neither texts nor spaCy."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.understand.encoder_pieces import PieceCutter
from training.encoder.corpora import SILENT, Sample, rows
from training.encoder.variants import Pools, varied

ENTITIES = ("O", *(f"{place}-{label}" for label in ("PER", "ORG", "LOC", "NORP") for place in "BI"))
UNKNOWN = -100
"""A label of which nothing is known: the loss leaves it out."""
ROOT = -1
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The names behind the numbers."""

    corpora: tuple[str, ...]
    pos: tuple[str, ...]
    feats: tuple[str, ...]
    deps: tuple[str, ...]
    classes: tuple[str, ...]
    entities: tuple[str, ...] = ENTITIES


def piece_counts(cutter: PieceCutter, words: Iterable[str]) -> Counter[int]:
    """Count pieces over words; a word met five times or more counts once in each of its cases too."""
    counts: Counter[int] = Counter()
    for word, number in Counter(words).items():
        forms = {word: number}
        if number >= 5:
            for form in (word.lower(), word.upper(), word[:1].upper() + word[1:]):
                forms.setdefault(form, 1)
        for form, times in forms.items():
            for piece in cutter(form):
                counts[piece] += times
    return counts


def plain_words(data: Path, samples: Sequence[Sample]) -> Iterator[str]:
    """Yield the words of everything that there is: samples, raw texts, gazetteers."""
    for sample in samples:
        yield from (token.form for token in sample.tokens)
    for name in ("panl_int", "kompas_2025"):
        for row in rows(data / "text" / f"{name}.jsonl"):
            for key in ("en", "id_text", "text"):
                text = row.get(key) or ""
                yield from _WORD.findall(text)
                yield from text.split()
    for row in rows(data / "gaz" / "states.jsonl"):
        yield from _WORD.findall(" ".join(row["names"].get(code) or "" for code in ("id", "en")))
    for row in rows(data / "gaz" / "leaders.jsonl"):
        yield from row["label_pt"].split()


def collect_labels(samples: Sequence[Sample]) -> Labels:
    """Return the label sets of the training samples; a label met once is not learned."""
    train = [s for s in samples if not s.corpus.startswith("test:")]
    tokens = [t for s in train for t in s.tokens if t.dep and t.feats != SILENT]

    def often(values: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(value for value, number in Counter(values).items() if number > 1))

    return Labels(
        corpora=tuple(sorted({s.corpus for s in samples})),
        pos=tuple(sorted({t.pos for t in tokens})),
        feats=often(t.feats for t in tokens),
        deps=often(t.dep for t in tokens),
        classes=tuple(sorted({kind for s in train for _, _, kind in s.spans or ()})),
    )


def pack(
    samples: Sequence[Sample], labels: Labels, cutter: PieceCutter, pools: Mapping[str, Pools], *, seed: int
) -> Arrays:
    """Return every sample, and its varied copies, as arrays."""
    rng = random.Random(seed)
    packer = _Packer(labels, cutter)
    for sample in samples:
        packer.add(sample)
        for _ in range(sample.times - 1):
            packer.add(varied(sample, pools[sample.language], rng))
    return packer.arrays()


class _Packer:
    def __init__(self, labels: Labels, cutter: PieceCutter) -> None:
        self._cutter = cutter
        self._numbers = {
            name: {value: n for n, value in enumerate(getattr(labels, name))}
            for name in ("corpora", "pos", "feats", "deps", "classes", "entities")
        }
        self._columns: dict[str, list[int]] = {
            name: [] for name in ("corpus", "sentence", "spanned", "size", "span_size", "lengths", "pieces")
        }
        self._columns |= {name: [] for name in ("pos", "feats", "head", "dep", "entity", "spans")}

    def add(self, sample: Sample) -> None:
        columns, numbers = self._columns, self._numbers
        columns["corpus"].append(numbers["corpora"][sample.corpus])
        columns["sentence"].append(sample.sentence)
        columns["spanned"].append(sample.spans is not None)
        columns["size"].append(len(sample.tokens))
        for place, token in enumerate(sample.tokens):
            pieces = self._cutter(token.form)[:16]
            columns["lengths"].append(len(pieces))
            columns["pieces"].extend(pieces)
            known = bool(token.dep)
            columns["pos"].append(numbers["pos"].get(token.pos, UNKNOWN) if known else UNKNOWN)
            columns["feats"].append(numbers["feats"].get(token.feats, UNKNOWN) if known else UNKNOWN)
            head = ROOT if token.head == place else token.head
            columns["head"].append(head if known else UNKNOWN)
            columns["dep"].append(numbers["deps"].get(token.dep, UNKNOWN) if known else UNKNOWN)
            columns["entity"].append(numbers["entities"].get(token.entity, UNKNOWN))
        spans = [s for s in sample.spans or () if s[2] in numbers["classes"]]
        columns["span_size"].append(len(spans))
        for start, end, kind in spans:
            columns["spans"].extend((start, end, numbers["classes"][kind]))

    def arrays(self) -> Arrays:
        kinds = {"pieces": np.uint16, "lengths": np.uint8, "corpus": np.uint8, "sentence": np.bool_}
        kinds |= {"spanned": np.bool_}
        return {name: np.asarray(column, kinds.get(name, np.int16)) for name, column in self._columns.items()}
