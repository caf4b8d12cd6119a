"""Cities and regions that are only places: "in Moscow" is no actor, "Moscow warned" is Russia."""

from __future__ import annotations

from kg.mentions.bearers import Index
from kg.mentions.draft import Draft, Sheet, TitleDraft
from kg.mentions.words import Words

# A seat of government acts as subject or agent, is acted on as object, or has what follows as its own.
ACTING = frozenset({"nsubj", "nsubj:pass", "obl:agent", "obj", "iobj", "nmod:poss", "appos"})


def without_places(sheet: Sheet, drafts: list[Draft], titles: list[TitleDraft], words: Words) -> list[Draft]:
    """Return the mentions without seats of government and regions that only say where something was."""
    owned = {id(draft.owner) for draft in drafts if draft.owner is not None} | {id(t.body) for t in titles}
    return [
        draft
        for draft in drafts
        if not (draft.form == "metonym" or (draft.cls == "ActorGroup" and draft.form == "name"))
        or id(draft) in owned
        or acts(sheet, draft, words)
    ]


def give_seats(sheet: Sheet, bodies: list[Draft], index: Index, words: Words) -> None:
    """Give bodies without an owner the state or capital that they sit in: "the government in Baghdad"."""
    for body in bodies:
        if body.cls != "GovernmentBody" or body.form != "nominal" or body.owner is not None:
            continue
        if body.concept in words.groups.abroad or body.end + 1 >= sheet.size:
            continue
        name = index.starts.get(body.end + 1) if sheet.lowers[body.end] in words.groups.seats else None
        if name is None or name.cls != "State" or name.form not in ("name", "acronym", "metonym"):
            continue
        if name.form == "metonym" and body.concept in words.groups.of_cities:
            continue  # "police in Nairobi" are not Kenya's
        if body.start <= sheet.heads[sheet.head_of(name.start, name.end)] < body.end:
            body.owner = name


def acts(sheet: Sheet, draft: Draft, words: Words) -> bool:
    """Tell whether a city or region stands where an actor stands, and not after a preposition of place."""
    head = sheet.head_of(draft.start, draft.end)
    before = draft.start - 1
    while before >= 0 and sheet.lowers[before] in words.groups.articles:
        before -= 1
    if before < 0:
        return True
    word = sheet.lowers[before]
    if word in words.pronouns.towards:  # "a message to Tehran"
        return True
    if before and sheet.lowers[before - 1] in words.pronouns.of_seats:  # "the support of Beijing"
        return True
    if word in words.locative or word in words.titles.places:
        return False
    if word == ",":  # "…, Khartoum said", not "in Darfur, Khartoum and Port Sudan"
        return sheet.dep[head] == "nsubj" and sheet.heads[head] > head
    if sheet.dep[head] == "conj":  # "talks between Tokyo and Beijing", "in Paris and London"
        first = sheet.heads[head]
        place = first - 1
        if place >= 0 and sheet.lowers[place] in words.locative:
            return sheet.lowers[place] in words.pronouns.towards
        return True
    if sheet.dep[head] in ACTING:
        return True
    # "ties with Moscow", "antara Tokyo dan Beijing": not a preposition of place; "program nuklir Teheran"
    return sheet.pos[before] == "ADP" or words.titles.order == "after" or draft.form == "name"
