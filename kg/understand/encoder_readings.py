"""Words that the encoder reads in another spelling, where its own pieces of a word mislead it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pydantic import ConfigDict
from spacy.tokens import Doc

from kg.lang import PACKS, load


def as_read(doc: Doc) -> list[str]:
    """Return the words of a Doc as the encoder is to read them, "le" for "l'"; their number stays."""
    other = _readings(doc.lang_)
    words = [token.text for token in doc]
    return [_in_case(word, other.get(word.lower(), word)) for word in words] if other else words


def _in_case(word: str, reading: str) -> str:
    return reading.capitalize() if word[:1].isupper() and reading.islower() else reading


@cache
def _readings(code: str) -> Mapping[str, str]:
    if not (PACKS / code / "readings.yaml").exists():
        return {}
    return load(code, "readings", Readings).words


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """`lang/<code>/readings.yaml`: words in lower case and what is read in their place."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    words: dict[str, str]
