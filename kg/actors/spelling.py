"""Names spelled in more ways than one: without accents, with a letter wrong, with a name left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from kg.actors.records import Record
from kg.ids import normalise
from kg.mentions.gazetteer import Entry, gazetteer
from kg.model import ActorClass

LONG = 7
"""Shorter surnames are too much alike to tell a slip from another name."""
VOWELS = frozenset("aeiouy")


def misspelt(surface: str, bearers: Mapping[str, Sequence[Record]]) -> list[Record]:
    """Return the people with a full name whose surname differs in vowels only: "Libermen" after Liberman.

    Another consonant makes another name (Sugianto, Subianto), another end another person (Susanto, Susanti).
    """
    name = normalise(surface)
    if len(name) < LONG or not name.isalpha():
        return []
    close = [token for token in bearers if len(token) >= LONG and _skeleton(token) == _skeleton(name)]
    return [r for token in close for r in bearers[token] if normalise(r.name).endswith(f" {token}")]


def _skeleton(name: str) -> tuple[str, str]:
    """Return what vowels and doubled letters do not change: the consonants, and both ends of a name."""
    consonants = [letter for letter in name if letter not in VOWELS]
    single = [letter for place, letter in enumerate(consonants) if consonants[place - 1 : place] != [letter]]
    return "".join(single), name[0] + name[-1]


def spelled_alike(surface: str, cls: ActorClass) -> list[Entry]:
    """Return the known actors of a class whose name differs but in marks, accents or capitals ("W.Bush")."""
    entries = [gazetteer().entries[key] for key in _by_spelling().get(normalise(surface), ())]
    return [entry for entry in entries if (entry.cls == "Person") == (cls == "Person")]


def same_person(name: str, record: Record) -> bool:
    """Tell whether a full name and a known person's agree: one's words are among the other's, in order."""
    one, two = normalise(name).split(), normalise(record.name).split()
    short, long = sorted((one, two), key=len)
    rest = iter(long)
    return len(short) > 1 and all(word in rest for word in short)


@cache
def _by_spelling() -> dict[str, tuple[str, ...]]:
    """Return the keys of the actors that bear a name of several words, by that name normalised."""
    found: dict[str, set[str]] = {}
    for name in gazetteer().names:
        if name.form == "name" and " " in name.text:
            found.setdefault(normalise(name.text), set()).add(name.key)
    return {text: tuple(sorted(keys)) for text, keys in found.items()}
