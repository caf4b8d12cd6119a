"""What a text calls a name it introduces: "the mining company Zijin" and "Mazaka, an armed group in Chad"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.mentions.draft import Draft, Sheet
from kg.mentions.words import Noun, Words
from kg.model import ActorClass

CLASSES = frozenset({"ArmedGroup", "CivilOrganisation", "Company", "MediaOrganisation", "PoliticalParty"})
LINKS = frozenset({"appos", "compound", "flat", "flat:name", "nmod"})
NOUNS = frozenset({"NOUN", "PROPN"})
REACH = 6  # tokens between a name and the noun of its apposition
PHRASE = 3  # tokens of a noun: "human rights group"


def classify(sheet: Sheet, drafts: list[Draft], words: Words) -> None:
    """Give names that only the recogniser knows the class that the text says of one of them, in place.

    It tells persons from organisations by chance where it has not seen a name: "Tavini" may be either.
    """
    unknown = [draft for draft in drafts if _is_unknown(draft, words)]
    told: dict[str, ActorClass] = {}
    for draft in unknown:
        cls = _described(sheet, draft, words)
        if cls is not None:
            told.setdefault(sheet.text(draft.start, draft.end), cls)
    for draft in unknown:
        cls = told.get(sheet.text(draft.start, draft.end))
        if cls is not None:
            draft.cls, draft.surname = cls, False


def without_descriptions(sheet: Sheet, drafts: list[Draft], words: Words) -> list[Draft]:
    """Drop what only says what the name behind it is: "the Kurdish group PKK", "perusahaan Prancis Total".

    The verb has its noun, which therefore is the name's head.
    """
    names = {draft.start: draft for draft in drafts if draft.form in ("name", "acronym")}
    kept: list[Draft] = []
    for draft in drafts:
        name = _named(sheet, draft, names, words)
        if name is None:
            kept.append(draft)
        else:
            name.noun = draft.noun
    return kept


def _named(sheet: Sheet, draft: Draft, names: Mapping[int, Draft], words: Words) -> Draft | None:
    """Return the name that a description belongs to, in apposition behind a comma too."""
    name = names.get(draft.end)
    if name is None and sheet.texts[draft.end : draft.end + 1] == [","]:
        name = names.get(draft.end + 1)
        head = sheet.head_of(name.start, name.end) if name is not None else 0
        if sheet.dep[head] != "appos" or sheet.heads[head] != draft.noun:
            return None
    if name is None or draft.form != "nominal" or draft.noun < 0 or draft.stands_for:
        return None
    morph = sheet.doc[draft.noun].morph
    several = "Plur" in morph.get("Number", []) and not morph.get("PronType", [])  # "kelompok" may count
    owned = draft.owner is None or draft.owner.cls in ("State", "ActorGroup")
    noun = next(_nouns(sheet, draft.noun, words), None)
    if noun is None or not owned or several or name.cls not in CLASSES:
        return None
    armed = noun.cls == name.cls == "ArmedGroup"  # "the Colombian rebel group ELN", "milisi Taliban"
    return name if noun.classifies or armed else None


def _is_unknown(draft: Draft, words: Words) -> bool:
    single = draft.end - draft.start == 1
    return (
        draft.form in ("name", "acronym")
        and not draft.keys
        and (draft.cls == words.groups.default_class or (draft.cls == "Person" and single))
    )


def _described(sheet: Sheet, draft: Draft, words: Words) -> ActorClass | None:
    """Return the class of the noun beside a name that the parse joins to it."""
    head = sheet.head_of(draft.start, draft.end)
    above = sheet.heads[head]
    at_a_place = any(sheet.dep[n] == "case" and sheet.heads[n] == head for n in range(above, head))
    joined = sheet.dep[head] in LINKS and above < draft.start and not at_a_place
    nouns = [above] if joined else []
    if words.groups.order == "before" and draft.start and draft.start - 1 not in nouns:
        nouns.append(draft.start - 1)  # "oil giant Total sued": the parse may give the verb both
    near = range(max(0, draft.start - PHRASE), min(sheet.size, draft.end + REACH))
    nouns += [n for n in near if sheet.heads[n] == head and sheet.dep[n] in LINKS and n != head]
    for noun in nouns:
        apart = noun > draft.end or "," in sheet.texts[noun : draft.start]
        if draft.cls == "Person" and not apart and words.groups.order == "after":
            continue  # "partai Tavini" may be Tavini's party
        if draft.start <= noun < draft.end or noun < draft.start - REACH or sheet.pos[noun] not in NOUNS:
            continue
        cls = _class(sheet, noun, words)
        if cls in CLASSES:
            return cls
    return None


def _class(sheet: Sheet, noun: int, words: Words) -> ActorClass | None:
    """Return the class of who is called by a noun."""
    named = next((noun.cls for noun in _nouns(sheet, noun, words) if noun.cls in CLASSES), None)
    if named is not None:
        return named
    found = words.classes.at(sheet.lowers, noun)
    return found[1] if found is not None else None


def _nouns(sheet: Sheet, noun: int, words: Words) -> Iterator[Noun]:
    """Yield what is known of a noun with the words that belong to it, the most first: "armed group"."""
    starts = range(max(0, noun - PHRASE + 1), noun + 1) if words.groups.order == "before" else (noun,)
    found = (words.nouns.at(sheet.lowers, start) for start in starts)
    yield from (hit[1] for hit in found if hit is not None and hit[0] > noun)
