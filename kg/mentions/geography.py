"""Seas, wars and money with a state's name in them: "South China Sea", "Teluk Meksiko", "dolar AS"."""

from __future__ import annotations

from kg.mentions.draft import Draft, Sheet
from kg.mentions.words import Words


def without_geography(sheet: Sheet, names: list[Draft], words: Words) -> list[Draft]:
    """Return the names but for the states of which a word beside them makes a place, a war or money."""
    return [
        name
        for name in names
        if name.cls != "State" or not (_geographic(sheet, name, words) or _monetary(sheet, name, words))
    ]


def _monetary(sheet: Sheet, name: Draft, words: Words) -> bool:
    place = name.start - 1 if words.groups.order == "after" else name.end
    return 0 <= place < sheet.size and sheet.lowers[place] in words.groups.currencies


def _geographic(sheet: Sheet, name: Draft, words: Words) -> bool:
    inside = (name.start, name.end - 1) if name.end - name.start > 1 else ()
    if any(_named_so(sheet, token, words) for token in inside):
        return True
    before, behind = name.start - 1, name.end
    if words.groups.order == "after":
        return _named_so(sheet, before, words)
    if before > 0 and sheet.lowers[before] in words.groups.owners:
        return _named_so(sheet, before - 1, words)
    return _named_so(sheet, behind, words)


def _named_so(sheet: Sheet, token: int, words: Words) -> bool:
    if not 0 <= token < sheet.size or not sheet.capital[token]:
        return False
    if sheet.lowers[token] not in words.groups.geography:
        return False
    # "Angkatan Laut Filipina" is a navy
    bodies = (words.nouns.at(sheet.lowers, start) for start in range(max(0, token - 2), token + 1))
    return not any(body is not None and body[0] > token for body in bodies)
