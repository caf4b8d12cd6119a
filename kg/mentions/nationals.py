"""Adjectives of states that stand for one of their nationals: "an Israeli", "the Croatian and the Iraqi"."""

from __future__ import annotations

from kg.mentions.draft import Draft, Sheet
from kg.mentions.words import Words

NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
JOINING = frozenset({"-", "–", "/", '"', "“", "‘"})


def nationals(sheet: Sheet, names: list[Draft], words: Words) -> list[Draft]:
    """Return those of the names that mean a person, whose state does nothing here.

    "The Croatian was a guard": Croatia guards nobody. "The French" and "the Chinese" may be all of them,
    and are not among these.
    """
    demonyms = {d.start: d for d in names if d.form == "demonym" and d.cls == "State"}
    ends = {d.end: d for d in demonyms.values()}
    return [d for d in demonyms.values() if _is_person(sheet, d, (demonyms, ends), words)]


def _is_person(
    sheet: Sheet, draft: Draft, known: tuple[dict[int, Draft], dict[int, Draft]], words: Words
) -> bool:
    demonyms, ends = known
    end = draft.end
    while (following := demonyms.get(_past_joiners(sheet, end, words))) is not None:
        end = following.end
    if end < sheet.size and (sheet.pos[end] in NOMINAL or sheet.texts[end] in JOINING):
        return False  # "the Croatian and Iraqi guards"
    start = draft.start
    while start > 0 and sheet.lowers[start - 1] not in words.articles:
        before = next((ends[e] for e in range(start - 1, max(-1, start - 3), -1) if e in ends), None)
        if before is None or _past_joiners(sheet, before.end, words) != start:
            return False
        start = before.start
    if start == 0:
        return False
    collective = sheet.lowers[draft.end - 1].endswith(tuple(words.groups.collective))
    return sheet.lowers[start - 1] in words.indefinite or not collective


def _past_joiners(sheet: Sheet, token: int, words: Words) -> int:
    """Return the place behind "and", "," or both, and an article; -1 if nothing is joined."""
    place = token
    while place < sheet.size and sheet.lowers[place] in words.groups.joiners:
        place += 1
    if place > token and place < sheet.size and sheet.lowers[place] in words.articles:
        place += 1
    return place if place > token and place < sheet.size else -1
