"""Titles that a sentence says of somebody: "he became president", "dilantik sebagai presiden AS"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.mentions.draft import Draft, Sheet, TitleDraft
from kg.mentions.words import Words

SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
COMPLEMENTS = frozenset({"xcomp", "obj", "obl", "advcl", "ccomp", "nmod"})
REACH = 40  # tokens
RELATIVE = frozenset({"PRON", "SCONJ", "DET"})


def predicated(sheet: Sheet, people: Mapping[int, Draft], words: Words, title: TitleDraft) -> Draft | None:
    """Return the person of whom a title is said; `people` are the mentions of persons by token."""
    head = sheet.head_of(title.start, title.end)
    subject = first(sheet, head, SUBJECTS)
    if subject is not None:  # "X adalah pemimpin Y", "X is a senior member"
        return bearer(sheet, people, head, subject)
    verb = sheet.heads[head]
    if verb == head or sheet.dep[head] not in COMPLEMENTS:
        return None
    as_ = any(sheet.lowers[token] in words.titles.as_ for token in children(sheet, head))
    key = sheet.lowers[verb] if words.titles.order == "after" else sheet.lemmas[verb]
    if key in words.titles.naming and first(sheet, verb, frozenset({"nsubj:pass"})) is None:
        named = first(sheet, verb, frozenset({"obj", "iobj"}))
        return people.get(named) if named is not None and named != head else None
    if key in words.titles.becoming and (as_ or sheet.dep[head] in ("xcomp", "obj")):
        subject = first(sheet, verb, SUBJECTS)
        return bearer(sheet, people, verb, subject) if subject is not None else None
    return None


def bearer(sheet: Sheet, people: Mapping[int, Draft], verb: int, subject: int) -> Draft | None:
    """Return the person that is the subject, or whom a relative clause is about ("X, who is …")."""
    if subject in people:
        return people[subject]
    if sheet.dep[verb] == "acl:relcl" and sheet.pos[subject] in RELATIVE:
        return people.get(sheet.heads[verb])
    return None


def first(sheet: Sheet, head: int, relations: frozenset[str]) -> int | None:
    """Return the first dependant with one of the labels."""
    return next((token for token in children(sheet, head) if sheet.dep[token] in relations), None)


def children(sheet: Sheet, head: int) -> Iterator[int]:
    """Yield the dependants near a token."""
    for token in range(max(0, head - REACH), min(sheet.size, head + REACH)):
        if sheet.heads[token] == head and token != head:
            yield token
