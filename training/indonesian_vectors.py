"""Word vectors from plain news text: pointwise mutual information in a window, reduced to its main axes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.vectors import Vectors  # type: ignore[import-not-found]  # compiled, ships no types
from spacy.vocab import Vocab

_WORDS, _CONTEXTS, _WINDOW, _RARE = 12_000, 1_500, 2, 4


def add_vectors(vocab: Vocab, texts: Iterable[str], cut: Callable[[str], Doc], *, width: int) -> None:
    """Give the most frequent words of `texts` a vector under their lower-case form."""
    lines = [[t.lower_ for t in cut(text) if not t.is_space] for text in texts]
    counts = Counter(word for line in lines for word in line)
    words = sorted((w for w, n in counts.items() if n >= _RARE), key=lambda w: (-counts[w], w))[:_WORDS]
    vectors = _vectors(lines, words, width)
    keys = [vocab.strings.add(word) for word in words]
    vocab.vectors = Vectors(strings=vocab.strings, data=vectors, keys=keys, name="id_news")


def _vectors(lines: Sequence[Sequence[str]], words: Sequence[str], width: int) -> NDArray[np.float32]:
    row = {word: number for number, word in enumerate(words)}
    # Left and right neighbours are different contexts: what stands before a noun is not what stands after it.
    table = np.zeros((len(words), 2 * _CONTEXTS), dtype=np.float32)
    for line in lines:
        ids = [row.get(word, -1) for word in line]
        for place, centre in enumerate(ids):
            if centre < 0:
                continue
            for step in range(1, _WINDOW + 1):
                for side, other in ((0, place - step), (1, place + step)):
                    context = ids[other] if 0 <= other < len(ids) else -1
                    if 0 <= context < _CONTEXTS:
                        table[centre, side * _CONTEXTS + context] += 1 / step
    total = table.sum()
    by_word = table.sum(1, keepdims=True) / total
    # Smoothing takes weight from pairs with rare contexts.
    by_context = table.sum(0, keepdims=True) ** 0.75
    by_context /= by_context.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        information = np.log(table / total / (by_word * by_context))
    information = np.where(np.isfinite(information), np.maximum(information, 0), 0).astype(np.float32)
    values, axes = np.linalg.eigh(information.T @ information)
    main = axes[:, ::-1][:, :width]
    # Fixed signs, so that another build of the linear algebra gives the same vectors.
    main = main * np.sign(main[np.abs(main).argmax(0), np.arange(width)])
    scale = np.maximum(values[::-1][:width], 1e-6) ** 0.25
    vectors = information @ main / scale
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    rounded: NDArray[np.float32] = np.round(vectors, 3).astype(np.float32)
    return rounded
