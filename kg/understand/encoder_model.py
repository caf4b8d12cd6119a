"""The shipped encoder: words in, scores of every task out; onnxruntime, and nothing of what trained it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.understand.encoder_pieces import PieceCutter, Vocabulary
from kg.understand.encoder_vocabulary import Blocks, PieceTable

MODEL = Path(__file__).parent / "models" / "encoder" / "encoder.npz"
BUDGET = 640
"""Pieces that go through the graph together; what more need does not fit the processor's caches."""
MOST_PIECES = 500
WORD_PIECES = 16
MOST_WORDS = 16
"""Words of the longest actor mention: training knew no longer ones."""
LEAST_CHANCE = 0.05
"""Actor mentions less likely than this are not kept."""

Array = NDArray[Any]
Style = tuple[str, str]
"""Whose habits to follow: a treebank's and a name corpus's, each one of the file's own names or "any"."""
Pieces = Sequence[tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The names of the labels, by number."""

    pos: tuple[str, ...]
    feats: tuple[str, ...]
    deps: tuple[str, ...]
    entities: tuple[str, ...]
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowScores:
    """What the encoder says of the words of one window, in order.

    `pos`, `feats` are numbers of labels, `entity[w, t]` are scores; `arcs[d, h]` scores word `h - 1` as the
    head of word `d`, column 0 the root. Row `m` of `mentions` is the first and last word of a likely actor
    mention and its class, `chances[m]` the chance that it is one. `words` are the vectors that
    `encoder_pairs` reads, None from a model without that head.
    """

    pos: Array
    feats: Array
    entity: Array
    start: Array
    arcs: Array
    dependent: Array
    governor: Array
    mentions: Array
    chances: Array
    words: Array | None = None


class EncoderModel:
    """Weights, vocabulary and labels of one model file."""

    def __init__(self, path: Path = MODEL, *, threads: int = 1) -> None:
        import onnxruntime  # type: ignore[import-untyped]  # ships no types

        data = np.load(path, allow_pickle=False)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # The graph was optimised when it was made.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        # Batches have many shapes, and plans and room kept for each of them would fill the memory.
        options.enable_mem_pattern = False
        options.enable_cpu_mem_arena = False
        # Threads that wait by spinning take the processor from whoever else works.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        graph = data["graph"].tobytes()
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._vectors = Blocks(halves=data["halves"], scales=data["scales"].astype(np.float32))
        rows = iter(data["styles"])
        self._styles = [
            {str(name): next(rows) for name in data[key]} for key in ("label_trees", "label_names")
        ]
        self._relation = data["relation"].astype(np.float32)
        self.cutter = PieceCutter(vocabulary=stored_vocabulary(data))
        self.labels = Labels(**{name: tuple(data[f"label_{name}"].tolist()) for name in Labels.__slots__})
        with path.open("rb") as file:
            self.fingerprint = hashlib.file_digest(file, "sha256").hexdigest()[:16]

    def reading(self, pieces: PieceTable) -> EncoderModel:
        """Return the same weights, shared in memory, with another vocabulary."""
        other = copy(self)
        other._vectors = pieces.vectors
        other.cutter = PieceCutter(vocabulary=pieces.vocabulary, bare=True)
        return other

    def pieces(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Return the pieces of each word."""
        cut = self.cutter
        return [cut(word)[:WORD_PIECES] for word in words]

    def scores(self, windows: Sequence[Pieces], style: Style = ("any", "any")) -> list[WindowScores]:
        """Return the scores of each window, in the order given; equal windows are scored once.

        Only windows of the same length share a batch. So nothing is padded, and a window's scores are the
        same to the last bit whatever else is read: padding would change the order in which numbers are added.
        """
        trees, names = style
        added = self._styles[0][trees] + self._styles[1][names]
        keys = [tuple(window) for window in windows]
        different = sorted(dict.fromkeys(keys), key=_length)
        out: dict[Pieces, WindowScores] = {}
        for batch in _batches(different):
            found = self._run(batch, added)
            out.update((window, _cut(found, row, len(window))) for row, window in enumerate(batch))
        return [out[key] for key in keys]

    def dependency_labels(self, dependents: Array, governors: Array) -> Array:
        """Return the number of the label of each arc, from the vectors of its two words."""
        best = np.empty(len(dependents), np.int64)
        width = governors.shape[1]
        for at in range(0, len(dependents), 512):
            rows = slice(at, at + 512)
            mixed = (dependents[rows] @ self._relation).reshape(-1, len(self.labels.deps), width)
            best[rows] = np.matmul(mixed, governors[rows, :, None])[:, :, 0].argmax(1)
        return best

    def _run(self, windows: Sequence[Pieces], style: Array) -> dict[str, Array]:
        words = self.cutter.vocabulary
        length = _length(windows[0]) + 2
        numbers = np.empty((len(windows), length), np.int64)
        # As many places as a window of this length can have words, however many its neighbours have.
        first = np.zeros((len(windows), length - 1), np.int64)
        for row, window in enumerate(windows):
            numbers[row] = [words.begin, *(piece for word in window for piece in word), words.end]
            sizes = np.fromiter(map(len, window), np.int64, len(window))
            first[row, 1 : len(window) + 1] = 1 + np.cumsum(sizes) - sizes
        inputs = {"vectors": self._vectors.rows(numbers) + style, "first": first}
        return dict(zip(self._outputs, self._session.run(None, inputs), strict=True))


def _length(window: Pieces) -> int:
    return sum(map(len, window))


def _batches(windows: Sequence[tuple[tuple[int, ...], ...]]) -> Iterator[list[tuple[tuple[int, ...], ...]]]:
    for length, same in groupby(windows, key=_length):
        rows = list(same)
        size = max(1, BUDGET // (length + 2))
        yield from (rows[at : at + size] for at in range(0, len(rows), size))


def _cut(found: dict[str, Array], row: int, size: int) -> WindowScores:
    # Copies, because a view would keep the scores of the whole batch in memory.
    own = slice(1, size + 1)
    mentions, chances = likely_mentions(found["spans"][row, own, :, own])
    return WindowScores(
        pos=found["pos"][row, own].argmax(-1),
        feats=found["feats"][row, own].argmax(-1),
        entity=found["entity"][row, own].copy(),
        start=found["start"][row, own].copy(),
        arcs=found["arcs"][row, own, : size + 1].copy(),
        dependent=found["dependent"][row, own].copy(),
        governor=found["governor"][row, : size + 1].copy(),
        mentions=mentions,
        chances=chances,
        words=found["words"][row, own].astype(np.float16) if "words" in found else None,
    )


def likely_mentions(spans: Array) -> tuple[Array, Array]:
    """Return rows of first word, last word and class, in order, and their chances.

    `spans[s, c, e]` is the chance that an actor of class `c - 1` is named from word `s` to word `e`; class 0
    is none.
    """
    first, last = np.nonzero(1 - spans[:, 0] > LEAST_CHANCE)
    fits = (first <= last) & (last < first + MOST_WORDS)
    first, last = first[fits], last[fits]
    kinds = spans[first, 1:, last].argmax(1)
    return np.stack([first, last, kinds], axis=1), 1 - spans[first, 0, last]


def stored_vocabulary(data: Any) -> Vocabulary:
    """Return the vocabulary of an archive of arrays, the model's file or what training starts from."""
    begin, end, pad, unknown = map(int, data["special"])
    return Vocabulary(
        pieces=tuple(str(data["pieces"]).split("\n")),
        scores=data["scores"].tolist(),
        normal=dict(zip(data["normal_from"].tolist(), str(data["normal_to"]).split("\n"), strict=True)),
        begin=begin,
        end=end,
        pad=pad,
        unknown=unknown,
    )
