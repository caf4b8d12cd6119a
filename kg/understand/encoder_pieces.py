"""Words become the pieces that the encoder knows: SentencePiece's unigram model, word by word."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MARK = "\N{LOWER ONE EIGHTH BLOCK}"
"""What stands for the blank before a word; every word has one, also a clitic or one after a bracket."""

_UNKNOWN_PENALTY = 10.0
_LIMIT = 256
_NEAR = 1e-3
_SINGLE = struct.Struct("f")
_CACHE = 200_000
_UNSPACED = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"), ("\u2e80", "\U0003ffff"))
"""Thai and Lao, Burmese, Khmer, and all of Chinese and Japanese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Pieces with their log probabilities; `normal` says what a character is written as ("…" as "...")."""

    pieces: tuple[str, ...]
    scores: Sequence[float]
    normal: Mapping[int, str]
    begin: int
    end: int
    pad: int
    unknown: int


@dataclass(slots=True)
class PieceCutter:
    """Cut words into piece numbers; each word is cut once and remembered.

    With `bare`, a word of a script without blanks loses a mark that would be a piece of its own: the encoder
    knows such words from the middle of a line, and the word's vector would be that of the mark.
    """

    vocabulary: Vocabulary
    bare: bool = False
    _numbers: dict[str, int] = field(init=False, repr=False)
    _longest: int = field(init=False)
    _unknown_score: float = field(init=False)
    _known: dict[str, tuple[int, ...]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        words = self.vocabulary
        special = {words.begin, words.end, words.pad, words.unknown}
        self._numbers = {piece: n for n, piece in enumerate(words.pieces) if n not in special}
        self._longest = max(map(len, self._numbers))
        self._unknown_score = min(float(score) for score in words.scores) - _UNKNOWN_PENALTY

    def __call__(self, word: str) -> tuple[int, ...]:
        """Return the most probable pieces of a word, at least one."""
        found = self._known.get(word)
        if found is None:
            found = self._cut(word[:_LIMIT])
            if self.bare and len(found) > 1 and found[0] == self._numbers[MARK] and _unspaced(word):
                found = found[1:]
            if len(self._known) < _CACHE:
                self._known[word] = found
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        words, numbers = self.vocabulary, self._numbers
        normal = "".join(words.normal.get(ord(char), char) for char in word)
        text = MARK + MARK.join(normal.split())
        size = len(text)
        best = [float("-inf")] * (size + 1)
        best[0] = 0.0
        back: list[tuple[int, int]] = [(0, words.unknown)] * (size + 1)
        for start in range(size):
            here = best[start]
            for end in range(start + 1, min(size, start + self._longest) + 1):
                number = numbers.get(text[start:end])
                if number is None or here + words.scores[number] < best[end] - _NEAR:
                    continue
                # The encoder's own tokenizer adds in single precision, which decides between the same pieces
                # in another order: "iii" is "ii" and "i" for it.
                score = _SINGLE.unpack(_SINGLE.pack(here + words.scores[number]))[0]
                if score > best[end]:
                    best[end], back[end] = score, (start, number)
            if here + self._unknown_score > best[start + 1]:
                best[start + 1] = _SINGLE.unpack(_SINGLE.pack(here + self._unknown_score))[0]
                back[start + 1] = (start, words.unknown)
        out: list[int] = []
        place = size
        while place:
            place, number = back[place]
            out.append(number)
        return tuple(reversed(out))


def _unspaced(word: str) -> bool:
    return any(first <= word[0] <= last for first, last in _UNSPACED)
