"""Organisations by name: what the entity recogniser found, grown or trimmed to the name, with its state."""

from __future__ import annotations

from kg.mentions.draft import MOST_TOKENS, Draft, Sheet
from kg.mentions.words import Words
from kg.model import ActorClass


def organisation(sheet: Sheet, span: tuple[int, int], taken: dict[int, Draft], words: Words) -> list[Draft]:
    """Return the organisation that the recogniser found; the state that it names becomes its owner."""
    start, end = span
    lowers = sheet.lowers
    while start < end and (not sheet.capital[start] or lowers[start] in words.articles):
        start += 1
    end = whole(sheet, (start, trimmed(sheet, (start, end), words)), taken, words)
    if start < end and words.titles.order == "after" and words.title_nouns.at(lowers, start):
        return []  # "PM Inggris Tony Blair" is no organisation
    if end <= start or end - start > MOST_TOKENS or lowers[start] in words.not_names:
        return []
    inside = list(dict.fromkeys(taken[token] for token in range(start, end) if token in taken))
    owner: Draft | None = None
    for draft in inside:
        if draft.start < start or draft.end > end or (draft.start, draft.end) == (start, end):
            return []
        if draft.cls not in ("State", "ActorGroup") or (draft.form == "demonym" and draft.plural):
            return []
        if draft.form == "metonym" or draft.cls == "ActorGroup":
            draft.keep = False
        elif draft.start == start or draft.end == end:
            owner = draft
        else:
            draft.keep = False
    part = [
        word
        for token, word in enumerate(lowers[start:end], start)
        if owner is None or not owner.start <= token < owner.end
    ]
    if all(word in words.modifiers or word in words.title_nouns or not word.isalnum() for word in part):
        return []
    if end - start == 1 and part[0] in words.nouns:
        return []
    if owner is not None and owner.end - owner.start + 1 >= end - start and not words.classes.first(part):
        return []
    cls: ActorClass = words.classes.first(part) or words.groups.default_class
    if by_noun(sheet, (start, end), owner, words):
        return []
    start = numbered(sheet, (start, end))
    new = Draft(start=start, end=end, form="name", cls=cls, owner=owner)
    for token in range(start, end):
        if taken.get(token) is not owner or owner is None:
            taken[token] = new
    return [new]


def is_document(sheet: Sheet, draft: Draft, words: Words) -> bool:
    """Tell whether a name is that of a text, or within it: "the Taiwan Relations Act", "RUU TNI"."""
    if draft.cls in ("Person", "State"):
        return False
    after = words.groups.order == "after"
    own, beside = (draft.start, draft.start - 1) if after else (draft.end - 1, draft.end)
    listed = words.groups.documents
    within = 0 <= beside < sheet.size and sheet.capital[beside] and sheet.lowers[beside] in listed
    if draft.keys:  # "Kesepakatan Hamas-Israel" is between both
        return within and len(sheet.texts[beside]) > 1 and sheet.texts[beside].isupper()
    return within or sheet.lowers[own] in listed


def numbered(sheet: Sheet, span: tuple[int, int]) -> int:
    """Return the start of an organisation's name with the number before it: "the 7th Fleet"."""
    start, end = span
    number = sheet.texts[start - 1] if start else ""
    ordinal = number[:1].isdigit() and number[-1:].isalpha()
    return start - 1 if ordinal and start <= sheet.heads[start - 1] < end else start


def trimmed(sheet: Sheet, span: tuple[int, int], words: Words) -> int:
    """Return the end of a name without what the recogniser took along: "Movement in", "BASF and", "IAEA (".

    A bracket at the end goes with what stands in it, closed or not.
    """
    start, end = span
    if "(" in sheet.texts[start + 1 : end] and ")" not in sheet.texts[start : end - 1]:
        end = sheet.texts.index("(", start + 1)
    loose = {*words.groups.inside_names, *words.groups.joiners, *words.groups.owners, *words.locative}
    while end > start and (
        not sheet.texts[end - 1][:1].isalnum()
        or (sheet.lowers[end - 1] in loose and sheet.texts[end - 1].islower())
    ):
        end -= 1
    return end


def whole(sheet: Sheet, span: tuple[int, int], taken: dict[int, Draft], words: Words) -> int:
    """Return the end of a body's name with its state, where the recogniser cut it: "Green Party" of Peru."""
    start, end = span
    state = taken.get(end + 1)
    if (
        end - start > 1
        and state is not None
        and (state.cls, state.form) == ("State", "name")
        and sheet.lowers[end] in words.groups.owners
        and words.classes.first(sheet.lowers[end - 1 : end])
    ):
        return state.end
    return end


def by_noun(sheet: Sheet, span: tuple[int, int], owner: Draft | None, words: Words) -> bool:
    """Tell whether a name is but a noun for a body and its owner, which `groups` reads."""
    start, end = span
    if owner is not None and owner.start == start:
        start = owner.end
    elif owner is not None:
        end = owner.start
    hit = words.nouns.at(sheet.lowers, start) if start < end else None
    return hit is not None and hit[0] == end
