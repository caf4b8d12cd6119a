"""Names inside one written word: "anti-Suriah", "pro-Taliban" name whom the word is about."""

from __future__ import annotations

from functools import cache

from kg.mentions.draft import Draft, Sheet
from kg.mentions.gazetteer import gazetteer
from kg.mentions.words import Words


def opposed_drafts(sheet: Sheet, taken: list[Draft], words: Words) -> list[Draft]:
    """Return the words of a prefix and a known name, where a language's tokens keep them whole.

    They are no owner of the noun beside them: an "anti-Syrian faction" is not Syria's.
    """
    known = _names(sheet.doc.lang_)
    starts = {draft.start for draft in taken if draft.end == draft.start + 1}
    found: list[Draft] = []
    for token, text in enumerate(sheet.texts):
        prefix, mark, name = text.partition("-")
        if mark and prefix.lower() in words.groups.opposing and name in known and token not in starts:
            keys = known[name]
            cls = gazetteer().entries[keys[0]].cls
            found.append(Draft(start=token, end=token + 1, form="demonym", cls=cls, keys=keys))
    return found


@cache
def _names(lang: str) -> dict[str, tuple[str, ...]]:
    """Return the names and demonyms of one word in a language, with their keys."""
    known = gazetteer()
    found: dict[str, set[str]] = {}
    for name in known.names:
        plain = name.form in ("name", "demonym") and known.entries[name.key].cls != "Person"
        if name.lang in ("*", lang) and plain and " " not in name.text:
            found.setdefault(name.text, set()).add(name.key)
    return {text: tuple(sorted(keys)) for text, keys in found.items()}
