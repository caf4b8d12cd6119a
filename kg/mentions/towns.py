"""Towns, provinces and rivers that are no actors: of "Manbij" the recogniser thinks that it is a person."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from kg.errors import ResourceError
from kg.mentions.draft import Draft, Sheet
from kg.mentions.gazetteer import DATA
from kg.mentions.words import Words

PLACES = DATA / "places.txt"
ORGANISED = ("CivilOrganisation", "Company", "ArmedGroup", "PoliticalParty")  # "the mayor of New York"


def without_towns(sheet: Sheet, names: list[Draft], words: Words) -> list[Draft]:
    """Return the names but for places, which do nothing; the gazetteer's actors stay, and "Mr Kandahar"."""
    return [name for name in names if not _is_town(sheet, name, words)]


def _is_town(sheet: Sheet, name: Draft, words: Words) -> bool:
    before = sheet.lowers[name.start - 1] if name.start else ""
    there = before in words.locative  # "near Marib"
    known = name.keys or name.form != "name" or before in words.honorifics
    if known or not (name.cls == "Person" or (name.cls in ORGANISED and there)):
        return False
    return sheet.text(name.start, name.end).lower() in places()


@cache
def places() -> frozenset[str]:
    """Return the places of the file, one name a line, in small letters."""
    lines = PLACES.read_text("utf8").splitlines()
    for number, (before, line) in enumerate(pairwise(("", *lines)), start=1):
        if line <= before or line != line.strip():
            raise ResourceError("is not sorted, or names a place twice", path=str(PLACES), key=str(number))
    return frozenset(line.lower() for line in lines)
