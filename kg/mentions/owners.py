"""Whose a body or group is: "Israeli and Iraqi troops", "fighters of the militant group Boko Haram"."""

from __future__ import annotations

from kg.mentions.bearers import Index
from kg.mentions.draft import Draft, Sheet
from kg.mentions.titles import BODIES
from kg.mentions.words import Noun, Words

MOST_MODIFIERS = 6
FIGHTING = frozenset({"ArmedForce", "ArmedGroup"})
NOMINAL = frozenset({"NOUN", "ADJ", "PROPN"})


def joined_owner(sheet: Sheet, index: Index, words: Words, token: int, noun: Noun) -> Draft | None:
    """Return whose a noun is by the word behind it: "of", and of those who fight "from Boko Haram" too."""
    if token + 1 >= sheet.size:
        return None
    word = sheet.lowers[token]
    if word in words.groups.owners:
        return owner_behind(sheet, index, words, token + 1)
    if noun.cls in FIGHTING and word in words.groups.origins:
        owner = owner_behind(sheet, index, words, token + 1)
        return owner if owner is not None and owner.cls in FIGHTING else None  # "withdrew troops from Iraq"
    return None


def owner_behind(sheet: Sheet, index: Index, words: Words, token: int) -> Draft | None:
    """Return the body whose name, or description with a name, begins at a token or behind its article."""
    start = token + (sheet.lowers[token] in words.groups.articles)
    owner = index.starts.get(start)
    for place in range(start + 1, min(start + MOST_MODIFIERS, sheet.size)):
        if sheet.pos[place - 1] not in NOMINAL:
            break
        named = index.starts.get(place)
        if named is not None and _is_called(sheet, words, (start, place), named):
            owner = named  # "of the Islamist militant group Boko Haram"
    behind = sheet.lowers[owner.end] if owner is not None and owner.end < sheet.size else ""
    fits = owner is not None and owner.cls in BODIES and behind not in words.groups.possessives
    return owner if fits else None


def _is_called(sheet: Sheet, words: Words, span: tuple[int, int], name: Draft) -> bool:
    """Tell whether the words before a name end in a noun for such as it is."""
    hits = (words.nouns.at(sheet.lowers, token) for token in range(*span))
    return any(
        hit is not None and hit[0] == span[1] and hit[1].cls in (name.cls, "ActorGroup") for hit in hits
    )


def coordinated(sheet: Sheet, index: Index, words: Words, name: Draft) -> list[Draft]:
    """Return the names joined before an owner: "British and Canadian troops" are two."""
    found: list[Draft] = []
    first = name
    while first.start > 1 and sheet.lowers[first.start - 1] in words.groups.joiners:
        before = index.ends.get(first.start - 1)
        if before is None or before.cls != name.cls or before.form != name.form or name.form != "demonym":
            break
        found.insert(0, before)
        first = before
    return found


def joint_states(sheet: Sheet, index: Index, words: Words, name: Draft) -> list[Draft]:
    """Return the states joined after an owner: "pasukan Inggris dan Kanada" are two."""
    found: list[Draft] = []
    end = name.end
    while end + 1 < sheet.size and sheet.lowers[end] in words.groups.joiners:
        after = index.starts.get(end + 1)
        if after is None or after.cls != "State" or after.form not in ("name", "acronym"):
            break
        head = sheet.head_of(after.start, after.end)
        if sheet.dep[head] != "conj" or not name.start <= sheet.heads[head] < name.end:
            break
        found.append(after)
        end = after.end
    return found
