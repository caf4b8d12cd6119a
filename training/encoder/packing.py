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

from kg.model import MODALITIES, STATUSES
from kg.ontology import relation_types
from kg.understand.encoder_pieces import PieceCutter
from training.encoder.corpora import SILENT, Sample, rows
from training.encoder.relations import NARRATOR, Pair
from training.encoder.variants import Pools, varied

ENTITIES = ("O", *(f"{place}-{label}" for label in ("PER", "ORG", "LOC", "NORP") for place in "BI"))
UNKNOWN = -100
"""A label of which nothing is known: the loss leaves it out."""
ROOT = -1
_NUMBERED = (
    *("corpora", "pos", "feats", "deps", "classes", "entities"),
    *("types", "modalities", "statuses", "texts"),
)
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
    types: tuple[str, ...] = tuple(sorted(relation_types()))
    modalities: tuple[str, ...] = MODALITIES
    statuses: tuple[str, ...] = STATUSES
    texts: tuple[str, ...] = ()


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
        texts=tuple(sorted({s.text for s in samples if s.text})),
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
            name: {value: n for n, value in enumerate(getattr(labels, name))} for name in _NUMBERED
        }
        self._columns: dict[str, list[int]] = {
            name: [] for name in ("corpus", "sentence", "spanned", "size", "span_size", "lengths", "pieces")
        }
        self._columns |= {name: [] for name in ("pos", "feats", "head", "dep", "entity", "spans")}
        for name in ("mentions", "characters", "pairs", "facts", "claims"):
            self._columns |= {name: [], f"{name}_size": []}
        self._columns["text"] = []

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
        columns["text"].append(numbers["texts"].get(sample.text, UNKNOWN))
        self._relate(sample)

    def _relate(self, sample: Sample) -> None:
        """Add mentions, pairs of them, types of pairs and who claims what, each as rows of numbers."""
        place = {int(kind): row for row, (_, _, kind) in enumerate(sample.mentions)}
        bounds = {int(kind): (start, end) for start, end, kind in sample.bounds}
        mentions = [(start, end, sample.sentences[int(kind)]) for start, end, kind in sample.mentions]
        characters = [sample.places[int(kind)] for _, _, kind in sample.mentions]
        pairs: list[tuple[int, ...]] = []
        facts: list[tuple[int, ...]] = []
        claims: list[tuple[int, ...]] = []
        for pair in sample.pairs:
            sentence = bounds.get(sample.sentences[pair.source])
            if sentence is None or pair.source not in place or pair.target not in place:
                continue
            facts += [(len(pairs), self._numbers["types"][name], on) for name, on in pair.types.items()]
            claims += [(len(pairs), place.get(who, who)) for who in pair.claims if who in (NARRATOR, *place)]
            pairs.append((place[pair.source], place[pair.target], *sentence, *self._qualifiers(pair)))
        found: dict[str, Sequence[tuple[int, ...]]] = {"mentions": mentions, "pairs": pairs}
        for name, lines in (found | {"characters": characters, "facts": facts, "claims": claims}).items():
            self._columns[f"{name}_size"].append(len(lines))
            self._columns[name].extend(value for line in lines for value in line)

    def _qualifiers(self, pair: Pair) -> tuple[int, int, int]:
        if pair.modality is None or pair.status is None:
            return UNKNOWN, UNKNOWN, UNKNOWN
        modality, status = self._numbers["modalities"][pair.modality], self._numbers["statuses"][pair.status]
        return int(pair.negated or False), modality, status

    def arrays(self) -> Arrays:
        kinds = {"pieces": np.uint16, "lengths": np.uint8, "corpus": np.uint8, "sentence": np.bool_}
        kinds |= {"spanned": np.bool_, "characters": np.int32}
        return {name: np.asarray(column, kinds.get(name, np.int16)) for name, column in self._columns.items()}
