"""Titles without a name to who holds the office: "the Egyptian leader", "his Russian counterpart"."""

from __future__ import annotations

from collections import Counter

from kg.actors.linking import Linker
from kg.actors.nominals import beside
from kg.actors.records import Record, seen
from kg.mentions.draft import TitleDraft
from kg.mentions.gazetteer import gazetteer, terms_of
from kg.mentions.titles import named

Holders = dict[tuple[str, str], Counter[str]]
"""Who holds an office of a body ("": of any) by this text, by ids, with how often it says so."""

ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent"})
BROKEN = frozenset({"(", "/", ",", "-"})
"""What follows says more of the person: "Perdana Menteri (Jepang, Shinzo) Abe"."""


def link_titles(linker: Linker, titles: list[TitleDraft]) -> None:
    """Link titles that stand alone to the holder that the document, or the table of terms, names."""
    holders = _holders(linker, titles)
    for title in titles:
        person = title.person
        if person is None or person.form in ("pronoun", "clitic"):
            continue
        if person in linker.of:
            if person.surname and title.end <= person.start:  # "King Abdullah"
                seen(linker.of[person], linker.sheet.text(title.start, person.end))
            continue
        record = _holder(linker, title, titles, holders)
        if record is not None:
            linker.of[person] = seen(record, linker.text(person))


def _holders(linker: Linker, titles: list[TitleDraft]) -> Holders:
    found: Holders = {}
    for title in titles:
        record = linker.of.get(title.person) if title.person is not None else None
        if record is not None and title.status == "current":
            body = linker.of.get(title.body) if title.body is not None else None
            for place in dict.fromkeys((body.id if body else "", "")):
                found.setdefault((_office(title), place), Counter())[record.id] += 1
    return found


def _office(title: TitleDraft) -> str:
    return title.office or title.noun


def _holder(linker: Linker, title: TitleDraft, titles: list[TitleDraft], holders: Holders) -> Record | None:
    if title.status != "current":
        return None
    body = linker.of.get(title.body) if title.body is not None else None
    bears = title
    if named(linker.words, title, linker.words.titles.counterparts):
        like = counterpart(linker, title, titles)
        if like is None or body is None:
            return None
        bears = like
    held = holders.get((_office(bears), body.id if body else ""), Counter())
    if (
        body is not None
        and not held
        and named(linker.words, title, linker.words.of_states)
        and _one(linker, title)
    ):
        # "the Egyptian leader" after "President Hosni Mubarak of Egypt"
        held = sum((holders.get((o, body.id), Counter()) for o in linker.words.titles.offices), Counter())
    if len(held) == 1:
        return linker.records.by_id[next(iter(held))]
    return _by_state(linker, title, bears, body) if body is not None else _unnamed(linker, title)


def _by_state(linker: Linker, title: TitleDraft, bears: TitleDraft, body: Record) -> Record:
    """Return who held the office of a state on the day, else somebody who is called after it."""
    if bears.office and linker.date:
        key = gazetteer().holder(bears.office, body.key, linker.date)
        if key:
            return linker.records.by_key(key)
    surface = linker.text(title.person) if title.person is not None else ""
    english = linker.words.titles.english.get(bears.noun) or bears.office.replace("_", " ")
    noun = english or (bears.noun if linker.sheet.doc.lang_ == "en" else "")
    name = f"{noun} of {body.name}" if noun else surface
    return linker.records.new(name, "Person", surface=surface, label=surface)


def counterpart(linker: Linker, title: TitleDraft, titles: list[TitleDraft]) -> TitleDraft | None:
    """Return the title that "his Russian counterpart" bears too: the last one before."""
    same = linker.words.titles.counterparts
    earlier = [t for t in titles if t.end <= title.start and not named(linker.words, t, same)]
    return max(earlier, key=lambda t: t.end, default=None)


def _unnamed(linker: Linker, title: TitleDraft) -> Record | None:
    """Return who "the president" is where no state is named beside: somebody of this document at least."""
    person = title.person
    if person is None or not named(linker.words, title, linker.words.national) or not _one(linker, title):
        return None
    known = {
        record.id: record
        for draft, record in linker.of.items()
        if draft.end <= title.start
        and title.office
        and title.office in {term.office for term in terms_of(record.key)}
        and not beside(linker.sheet, draft, person)
    }
    if known:
        return next(iter(known.values())) if len(known) == 1 else None
    surface = linker.text(person)
    return linker.records.new(surface, "Person", surface=surface, local=True)


def _one(linker: Linker, title: TitleDraft) -> bool:
    """Tell whether a title without a name means one certain person here, and is not said of another."""
    sheet, words = linker.sheet, linker.words
    before = sheet.lowers[title.start - 1] if title.start else ""
    after = title.end if title.end < sheet.size else None
    if after is not None and (sheet.texts[after] in BROKEN or sheet.capital[after]):
        return False
    if any(letter.isdigit() for letter in sheet.text(title.start, title.end)):
        return False
    if words.titles.order == "before":
        owned = title.body is not None and sheet.lowers[title.body.end] in words.groups.possessives
        return owned or before in words.definite
    head = sheet.head_of(title.start, title.end)
    said = {*words.titles.as_, *words.titles.becoming, *words.titles.naming}
    counted = title.start > 0 and sheet.pos[title.start - 1] in ("NUM", "DET")
    return (
        before not in words.indefinite
        and said.isdisjoint((before, sheet.lowers[sheet.heads[head]]))
        and not counted
        and sheet.dep[head] in ARGUMENTS
    )
