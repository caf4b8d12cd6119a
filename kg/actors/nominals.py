"""Nouns that mean an actor named before: "the movement" is Hamas, "negara tersebut" the state named last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.actors.linking import Linker
from kg.actors.records import Record
from kg.mentions.draft import Draft, Sheet
from kg.mentions.groups import definite
from kg.mentions.words import Several

NAMING = frozenset({"name", "acronym", "metonym", "demonym"})
ORGANISED = frozenset({
    "State", "GovernmentBody", "IntergovernmentalOrganisation", "PoliticalParty", "ArmedForce", "ArmedGroup",
    "MediaOrganisation", "Company", "CivilOrganisation",
})  # fmt: skip
ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent"})
OBJECTS = frozenset({"obj", "iobj", "obl"})
INNER = frozenset({"nmod", "nmod:poss", "amod", "compound", "flat", "flat:name"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
BACK = 2  # sentences


def country(linker: Linker, before: Sequence[Draft], draft: Draft) -> Record | None:
    """Return the one state named near by; of several the last, if something is done to it or there."""
    sheet = linker.sheet
    near = [
        d
        for d in _named(linker, before, draft)
        if linker.of[d].cls == "State" and sheet.sentence[draft.start] - sheet.sentence[d.start] <= BACK
    ]
    arguments = [
        d
        for d in near
        if d.form in ("name", "acronym")
        and (
            sheet.dep[d.head] in ARGUMENTS
            or (sheet.dep[d.head] == "conj" and sheet.dep[sheet.heads[d.head]] in ARGUMENTS)
        )
    ]
    found = {linker.of[d].id: linker.of[d] for d in arguments or near}
    if len(found) > 1 and arguments and sheet.dep[arguments[-1].head] in OBJECTS:
        last = arguments[-1]
        between = {linker.of[d].id for d in near if d.start > last.start}
        return linker.of[last] if between <= {linker.of[last].id} else None
    return next(iter(found.values())) if len(found) == 1 else None


def kingdom(linker: Linker, before: Sequence[Draft], draft: Draft) -> Record | None:
    """Return the state that a longer phrase means: "the Gulf kingdom", "the island nation"."""
    sheet, words = linker.sheet, linker.words
    noun = draft.noun if draft.noun >= 0 else draft.head
    if sheet.lowers[noun] not in words.states or not definite(sheet, words, (draft.start, draft.end)):
        return None
    if not _alone(linker, draft):
        return None
    return country(linker, before, draft)


def movement(linker: Linker, before: Sequence[Draft], draft: Draft) -> Record | None:
    """Return the only organisation named before, of the classes that the noun may mean.

    Two or more are no answer, but where only one of them is named in the last sentences.
    """
    sheet, words = linker.sheet, linker.words
    noun = draft.noun if draft.noun >= 0 else draft.head
    classes = words.anaphors.get(sheet.lowers[noun]) or words.anaphors.get(sheet.lemmas[noun])
    if classes is None or not definite(sheet, words, (draft.start, draft.end)):
        return None
    if not _alone(linker, draft):
        return None
    named = [d for d in _named(linker, before, draft) if linker.of[d].cls in classes]
    near = [d for d in named if sheet.sentence[draft.start] - sheet.sentence[d.start] <= BACK]
    found = {linker.of[d].id: linker.of[d] for d in near or named}
    return next(iter(found.values())) if len(found) == 1 else None


def _alone(linker: Linker, draft: Draft) -> bool:
    """Tell whether nothing in a phrase says that it means another: "the rival party", "the city's party"."""
    groups = linker.words.groups
    return {*groups.others, *groups.possessives}.isdisjoint(linker.sheet.lowers[draft.start : draft.end])


def counted(
    linker: Linker, drafts: tuple[Sequence[Draft], int], phrase: Several, body_of: Mapping[str, Record]
) -> tuple[str, ...]:
    """Return the so many actors of one class that a phrase such as "the two countries" means, or none.

    They are those named last before; the states of the persons there count, and then what the rest of the
    sentence names: "Merkel's talks with him on ties between the two countries, future German aid to Jordan".
    """
    mentions, place = drafts
    sheet, draft = linker.sheet, mentions[place]
    here = sheet.sentence[draft.start]
    later = [d for d in mentions[place + 1 :] if phrase.cls and sheet.sentence[d.start] == here]
    kinds = [frozenset(phrase.cls)] if phrase.cls else [ORGANISED, frozenset({"Person"})]
    for wanted in kinds:
        found: list[Record] = []
        last = draft
        for other in (*reversed(mentions[:place]), *later):
            record = linker.of.get(other)
            if record is None or other.form not in NAMING:
                continue
            if _says(linker, other, draft) or _does(linker, other, draft):
                continue
            if record.cls == "Person" and "State" in wanted and phrase.cls:
                record = body_of.get(record.id, record)
            alike = not found or record.cls == found[0].cls or _joined(sheet, other, last)
            if record.cls not in wanted or record in found or not alike:
                continue
            found.append(record)
            last = other
            if len(found) == phrase.number:
                return tuple(record.id for record in reversed(found))
    return ()


def _named(linker: Linker, before: Sequence[Draft], draft: Draft) -> list[Draft]:
    """Return the mentions by name that may be meant: not a co-argument, nor who is speaking of it."""
    named = [d for d in before if d in linker.of and d.form in NAMING and d.end <= draft.start]
    barred = {linker.of[d].id for d in named if _says(linker, d, draft) or beside(linker.sheet, d, draft)}
    return [d for d in named if linker.of[d].id not in barred]


def beside(sheet: Sheet, other: Draft, draft: Draft) -> bool:
    """Tell whether two are arguments of one verb: "until the US troops leave the country"."""
    token, verb = other.head, sheet.heads[draft.head]
    if sheet.sentence[other.start] != sheet.sentence[draft.start]:
        return False
    while sheet.dep[token] in INNER:
        token = sheet.heads[token]
    return sheet.heads[token] == verb and token != verb and sheet.dep[draft.head] not in INNER


def _joined(sheet: Sheet, first: Draft, second: Draft) -> bool:
    """Tell whether two are named with "and": "talks between Hamas and Israel"."""
    return sheet.dep[second.head] == "conj" and first.start <= sheet.heads[second.head] < first.end


def _does(linker: Linker, other: Draft, draft: Draft) -> bool:
    """Tell whether a mention does something to what a phrase means: "X urged both sides to talk"."""
    sheet = linker.sheet
    verb, below = sheet.heads[other.head], sheet.heads[draft.head]
    done = below == verb and sheet.dep[draft.head] in OBJECTS
    asked = sheet.heads[below] == verb and sheet.lemmas[verb] in linker.words.pronouns.asking
    return sheet.dep[other.head] in SUBJECTS and (done or asked)


def _says(linker: Linker, other: Draft, draft: Draft) -> bool:
    """Tell whether a mention is the speaker of the sentence that a phrase stands in."""
    sheet = linker.sheet
    return (
        sheet.sentence[other.start] == sheet.sentence[draft.start]
        and sheet.dep[other.head] in SUBJECTS
        and sheet.lemmas[sheet.heads[other.head]] in linker.words.pronouns.speech
    )
