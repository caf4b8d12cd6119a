"""Mentions that only the encoder sees: it learned from marked news what an actor is, in either language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import cast

from kg.mentions.bearers import Index
from kg.mentions.countries import STATE
from kg.mentions.draft import Draft, Sheet
from kg.mentions.gazetteer import gazetteer
from kg.mentions.groups import definite
from kg.mentions.organisations import is_document, trimmed
from kg.mentions.titles import BODIES
from kg.mentions.words import Words
from kg.model import ActorClass
from kg.understand.doc import ACTORS

_NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "X"})


def recognised_names(sheet: Sheet, taken: list[Draft], words: Words) -> list[Draft]:
    """Return the named actors of `doc.spans["actors"]` of which no word is in a mention yet."""
    covered = {token for draft in taken for token in range(draft.start, draft.end)}
    found: list[Draft] = []
    for start, end, cls in _spans(sheet, words):
        keys = _states().get(sheet.text(start, end).lower(), ())
        if (keys or _named(sheet, words, start, end)) and covered.isdisjoint(range(start, end)):
            alone = cls == "Person" and end - start == 1
            found.append(Draft(start=start, end=end, form="name", cls=cls, keys=keys, surname=alone))
    return [draft for draft in found if not is_document(sheet, draft, words)]


def recognised_phrases(sheet: Sheet, taken: list[Draft], words: Words, barred: frozenset[int]) -> list[Draft]:
    """Return the actors that a noun names ("local residents", "armed groups in Iraq") and no mention has yet.

    A name of a state or body inside is their owner. No word of a title (`barred`) is their noun.
    """
    heads = {sheet.head_of(draft.start, draft.end) for draft in taken}
    heads |= {draft.noun for draft in taken if draft.noun >= 0}
    index = Index(taken)
    found: list[Draft] = []
    for start, whole, cls in sorted(_spans(sheet, words), key=lambda span: (span[0], -span[1])):
        end = _phrase_end(sheet, start, whole)
        noun = sheet.head_of(start, end)
        inside = index.inside(noun)
        if (
            noun in heads
            or noun in barred
            or _is_event(sheet, words, start, end)
            or sheet.lowers[noun] in words.groups.acts
            or sheet.pos[noun] not in _NOUNS
            or inside is not None
            or (cls != "ActorGroup" and _named(sheet, words, start, end))
            # "negara tersebut" is a state named before
            or (cls == "ActorGroup" and sheet.lowers[noun] in words.states and end - start < 3)
        ):
            continue
        heads.add(noun)
        owners = [d for d in taken if start <= d.start and d.end <= end and d.cls in BODIES and d.keep]
        owner = owners[0] if len(owners) == 1 else None
        if cls == "State" and owner is None:
            continue  # "the two Koreas" are no state
        before = (
            cls == "State"
            and owner is not None
            and owner.cls != "State"
            and sheet.lowers[noun] in words.states
            and definite(sheet, words, (start, end))
        )
        found.append(
            Draft(
                start=start,
                end=end,
                form="nominal",
                cls=cls,
                concept=STATE if before else sheet.lemmas[noun],  # "the South American country"
                owner=owner,
                stands_for=cls == "State"
                and owner is not None
                and owner.cls == "State",  # "negara Palestina"
                plural="Plur" in sheet.doc[noun].morph.get("Number", []),
                noun=noun,
            )
        )
    return found


def _is_event(sheet: Sheet, words: Words, start: int, end: int) -> bool:
    """Tell what happens from who acts: "the summit", "perundingan itu"."""
    return (
        " ".join(w for w in sheet.lowers[start:end] if w not in words.groups.definite) in words.groups.events
    )


def _phrase_end(sheet: Sheet, start: int, end: int) -> int:
    """Return where a phrase ends: "a truck, killing five soldiers" goes on with something else."""
    for place in range(start + 1, end):
        if sheet.texts[place] == "," and any(pos in ("VERB", "AUX") for pos in sheet.pos[place:end]):
            return place
    return end


@cache
def _states() -> dict[str, tuple[str, ...]]:
    """Return the names of states in every language that we have, in small letters, with their keys."""
    known = gazetteer()
    found: dict[str, tuple[str, ...]] = {}
    for name in known.names:
        if known.entries[name.key].cls == "State" and name.form == "name":
            found.setdefault(name.text.lower(), (name.key,))
    return found


def _spans(sheet: Sheet, words: Words) -> Iterator[tuple[int, int, ActorClass]]:
    for span in sheet.doc.spans.get(ACTORS, ()):
        start = span.start
        while start < span.end and (
            sheet.lowers[start] in words.articles
            or not sheet.texts[start][:1].isalnum()
            or (sheet.lowers[start] in words.indefinite and _speaks(sheet, words, start + 1, span.end))
        ):
            start += 1
        end = trimmed(sheet, (start, span.end), words)
        if start < end:
            yield start, end, cast("ActorClass", span.label_)


def _speaks(sheet: Sheet, words: Words, place: int, end: int) -> bool:
    """Tell whether a noun stands for whose it is: with "sejumlah pejabat Mali" Mali speaks."""
    found = words.nouns.at(sheet.lowers, place) if place < end else None
    return found is not None and found[1].stands_for


def _named(sheet: Sheet, words: Words, start: int, end: int) -> bool:
    """Tell a name from a phrase: its head is written large, not only because a sentence begins there."""
    noun = sheet.head_of(start, end)
    return (
        sheet.capital[noun]
        and sheet.pos[noun] == "PROPN"
        and sheet.lowers[noun] not in words.title_nouns
        and sheet.lowers[noun] not in words.nouns
        and not (sheet.doc[noun].is_sent_start and end - start == 1 and sheet.lowers[noun] in words.not_names)
    )
