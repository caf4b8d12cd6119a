"""A state that the text has named before: "the kingdom", "negara tersebut"; `kg_actors` says which."""

from __future__ import annotations

from kg.mentions.draft import Draft, Sheet
from kg.mentions.groups import definite
from kg.mentions.words import Words

STATE = "state named before"
"""The concept of such a mention."""
PLURAL = "Plur"


def country_drafts(sheet: Sheet, taken: list[Draft], words: Words) -> list[Draft]:
    """Return the nouns for a state named before, where it acts or owns and is no mere place."""
    covered = {token for draft in taken for token in range(draft.start, draft.end)}
    regions = [draft for draft in taken if draft.cls == "ActorGroup" and draft.form in ("name", "demonym")]
    after = words.groups.order == "after"
    beside = {draft.start - 1 if after else draft.end: draft for draft in regions}
    found: list[Draft] = []
    for token, word in enumerate(sheet.lowers):
        if (
            word not in words.states
            or token in covered
            or sheet.pos[token] != "NOUN"
            or PLURAL in sheet.doc[token].morph.get("Number", [])
        ):
            continue
        region = beside.get(token)  # "the South American country", "negara Amerika Selatan itu"
        start = region.start if region is not None and not after else token
        end = region.end if region is not None and after else token + 1
        if (
            definite(sheet, words, (start, end))
            and not modified(sheet, token, words)
            and not is_place(sheet, start, words)
        ):
            found.append(Draft(start=start, end=end, form="nominal", cls="State", concept=STATE, noun=token))
    return found


def modified(sheet: Sheet, token: int, words: Words) -> bool:
    """Tell whether "the" belongs to more than the noun: "the country club", "the country where he lives"."""
    after = token + 1
    if after >= sheet.size:
        return False
    if words.groups.order == "after":
        return False
    return sheet.dep[token] in ("compound", "flat") or sheet.lowers[after] in words.groups.owners


def is_place(sheet: Sheet, token: int, words: Words) -> bool:
    """Tell whether something only is or moves there: "across the country", "di seluruh negeri itu"."""
    for place in range(token - 1, max(-1, token - 4), -1):
        word = sheet.lowers[place]
        if word in words.locative or word in words.titles.places:
            # "the country's leader" in "from the country's leader" owns what is somewhere
            return not owns(sheet, token, words)
        if sheet.pos[place] not in ("DET", "ADJ", "PRON", "NUM"):
            break
    return False


def owns(sheet: Sheet, token: int, words: Words) -> bool:
    """Tell whether a possessive follows: "the country's"."""
    return token + 1 < sheet.size and sheet.lowers[token + 1] in words.groups.possessives
