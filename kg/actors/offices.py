"""The state of an office whose title does not name it: "Presiden Moshe Katsav" of the Israel in the text."""

from __future__ import annotations

from collections import Counter, defaultdict

from kg.actors.coreference import CO_ARGUMENTS
from kg.actors.holders import counterpart
from kg.actors.linking import Linker
from kg.actors.nominals import SUBJECTS
from kg.actors.records import Record
from kg.mentions.draft import Draft, TitleDraft
from kg.mentions.gazetteer import gazetteer, terms_of
from kg.mentions.titles import named

NAMING = frozenset({"name", "acronym", "demonym", "metonym"})
REPORTED = ("ccomp", "parataxis", "xcomp")
NEAR = 2  # mentions
BESIDE = 3  # tokens
MOST = 0.6
"""Share of its mentions by which one state is what a text with several is about."""


def give_states(linker: Linker, drafts: list[Draft], titles: list[TitleDraft]) -> None:
    """Give titles of state without a body the mention of the state that is clear from the text."""
    lone = [title for title in titles if title.body is None and _national(linker, title)]
    if not lone:
        return
    states: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft in linker.of and linker.of[draft].cls == "State" and draft.form in NAMING:
            states[linker.of[draft].id].append(draft)
    served = {
        linker.of[title.person].id: linker.of[title.body].id
        for title in titles
        if title.person in linker.of and title.body in linker.of and linker.of[title.body].cls == "State"
    }
    home = {
        state
        for title in lone
        if title.person is not None and (state := _known(linker, linker.of[title.person], served, states))
    }
    for title in lone:
        assert title.person is not None  # `_national` has seen it
        person = linker.of[title.person]
        if terms_of(person.key):
            state = _known(linker, person, served, states)
        else:
            state = _known(linker, person, served, states)
            if not state and title.office != "monarch":  # kings are of few states
                told = "" if linker.written_in else _reported(linker, title, states)  # a dateline tells more
                state = told or _clear(linker, home, states) or _acting(linker, title, states)
        if state in _others(linker, title, titles) or state in _filled(linker, title, titles):
            continue
        mentions = [d for d in states.get(state, []) if not _acted_on(linker, title, d, titles)]
        title.body = min(mentions, key=lambda d: (abs(d.start - title.start), d.start), default=None)


def _others(linker: Linker, title: TitleDraft, titles: list[TitleDraft]) -> set[str]:
    """Return the states of a holder's counterparts: "the minister and his Japanese counterpart"."""
    same = linker.words.titles.counterparts
    return {
        linker.of[other.body].id
        for other in titles
        if other.body in linker.of
        if named(linker.words, other, same) and counterpart(linker, other, titles) is title
    }


def _acted_on(linker: Linker, title: TitleDraft, draft: Draft, titles: list[TitleDraft]) -> bool:
    """Tell whether a state is what the holder of a title does something to: "Minister X condemned Malawi".

    Or it is that of whom he does it to: "Minister X will meet the president of Malawi".
    """
    sheet = linker.sheet
    holder = _holder(linker, title)
    objects = [draft.head, *(_holder(linker, other) for other in titles if other.body is draft)]
    return sheet.dep[holder] in SUBJECTS and any(
        sheet.heads[holder] == sheet.heads[thing] != holder and sheet.dep[thing] in CO_ARGUMENTS
        for thing in objects
    )


def _holder(linker: Linker, title: TitleDraft) -> int:
    """Return the head of a title with who holds it."""
    start, end = (title.start, title.end) if title.person is None else (title.person.start, title.person.end)
    return linker.sheet.head_of(min(title.start, start), max(title.end, end))


def _filled(linker: Linker, title: TitleDraft, titles: list[TitleDraft]) -> set[str]:
    """Return the states whose same office another has here: "Minister X received Dutch minister Y"."""
    assert title.person is not None  # `_national` has seen it
    holder = linker.of[title.person]
    return {
        linker.of[other.body].id
        for other in titles
        if other.body in linker.of and other.person in linker.of and linker.of[other.person].id != holder.id
        if other.noun == title.noun and other.status == title.status
    }


def give_bodies(linker: Linker, drafts: list[Draft], titles: list[TitleDraft]) -> None:
    """Give titles that name whose office they are that body, as a mention more: "Kapolri" is the police's.

    What heads a command of a region is the command's: "Kapolda Papua" is of the police there, "Polda Papua".
    """
    for title in titles:
        key = linker.words.titles.bodies.get(title.noun)
        command = linker.words.titles.commands.get(title.noun)
        if title.body is None and title.person is not None and key is not None:
            _add(linker, drafts, title, linker.records.by_key(key))
        elif command and title.body in linker.of and not linker.of[title.body].key:
            name = f"{command} {linker.text(title.body)}"
            linker.of[title.body] = linker.records.new(name, "GovernmentBody", surface=name)
    drafts.sort(key=lambda draft: (draft.start, -draft.end))


def _add(linker: Linker, drafts: list[Draft], title: TitleDraft, record: Record) -> None:
    """Add the body that a title names as a mention."""
    body = Draft(start=title.start, end=title.end, form="nominal", cls=record.cls)
    body.head = linker.sheet.head_of(body.start, body.end)
    linker.of[body] = record
    title.body = body
    drafts.append(body)


def give_ministries(linker: Linker, drafts: list[Draft], titles: list[TitleDraft]) -> None:
    """Give ministers whose state is not clear either the ministry that their title names, as a mention more.

    "Interior Minister Amina Warsame" serves the interior ministry, whatever the state.
    """
    for title in titles:
        person = title.person
        if title.body is not None or person is None or title.office or not _national(linker, title):
            continue
        if linker.of[person].key:
            continue  # somebody known is of a state, though the text does not say which
        concept = _ministry(linker, title)
        if concept and person.form == "name":
            surface = linker.sheet.text(title.start, title.end)
            record = linker.records.new(concept, "GovernmentBody", surface=surface, local=True)
            _add(linker, drafts, title, record)
    drafts.sort(key=lambda draft: (draft.start, -draft.end))


def _ministry(linker: Linker, title: TitleDraft) -> str:
    """Return the concept of the ministry that a title names, "" if none: "deputy interior minister"."""
    words, parts = linker.words, title.noun.split()
    before = words.titles.order == "before"
    ministry = words.titles.ministries.get(parts[-1] if before else parts[0]) if parts else None
    if ministry is None:
        return ""
    for cut in range(1, len(parts)):
        named = [*parts[cut - 1 : -1], ministry] if before else [ministry, *parts[1 : len(parts) - cut + 1]]
        found = words.nouns.at(named, 0)
        if len(named) > 1 and found is not None and found[0] == len(named):
            return found[1].concept
    return ""


def give_wholes(linker: Linker, drafts: list[Draft]) -> None:
    """Give a known body the mention beside it of what it is a part of: "NATO's ISAF"."""
    entries = gazetteer().entries
    named = [draft for draft in drafts if draft in linker.of and draft.form in NAMING]
    for place, draft in enumerate(named):
        entry = entries.get(linker.of[draft].key)
        if entry is None or not entry.of or draft.owner is not None:
            continue
        for other in named[max(0, place - NEAR) : place + NEAR + 1]:
            gap = max(draft.start - other.end, other.start - draft.end)
            if linker.of[other].key == entry.of and 0 <= gap <= BESIDE:
                draft.owner = other


def _national(linker: Linker, title: TitleDraft) -> bool:
    """Tell whether a named person bears a title that is a state's."""
    if title.person not in linker.of or linker.of[title.person].cls != "Person":
        return False
    parts = title.noun.split()
    if linker.words.titles.order == "before":
        ends = (" ".join(parts[-1:]), " ".join(parts[-2:]), " ".join(parts[-3:]))
    else:
        ends = (" ".join(parts[:1]), " ".join(parts[:2]), " ".join(parts[:3]))
    return not linker.words.national.isdisjoint(ends)


def _known(linker: Linker, person: Record, served: dict[str, str], states: dict[str, list[Draft]]) -> str:
    """Return the id of the state whose office a person held by the tables, or by another title here."""
    held = {term.state for term in terms_of(person.key)}
    if held:
        return next((id_ for id_ in states if linker.records.by_id[id_].key in held), "")
    return served.get(person.id, "")


def _clear(linker: Linker, home: set[str], states: dict[str, list[Draft]]) -> str:
    """Return the state of the others in office here, else what a text is about, else where it is written."""
    if len(home) == 1:
        return next(iter(home))
    about = mostly(Counter({id_: len(found) for id_, found in states.items()}))
    here = (id_ for id_ in sorted(states) if linker.records.by_id[id_].key == linker.written_in != "")
    return about or next(here, "")


def _reported(linker: Linker, title: TitleDraft, states: dict[str, list[Draft]]) -> str:
    """Return the state that acts in the clause beside a holder's: "Chile will lend Peru money, X said".

    Who holds an office tells what his own government does; of another's minister texts say that.
    """
    sheet, holder = linker.sheet, _holder(linker, title)
    verb = sheet.heads[holder]
    clauses = [t for t in range(sheet.size) if sheet.heads[t] == verb and sheet.dep[t] in REPORTED]
    if sheet.dep[verb] in (*REPORTED, "conj", "advcl"):  # "…, kata Menteri X"
        clauses.append(sheet.heads[verb])
    return next((id_ for head, id_ in _subjects(linker, states) if sheet.heads[head] in clauses), "")


def _acting(linker: Linker, title: TitleDraft, states: dict[str, list[Draft]]) -> str:
    """Return the first state that is a subject in the sentence of a title, "" if there is none."""
    sentence = linker.sheet.sentence
    here = (id_ for head, id_ in _subjects(linker, states) if sentence[head] == sentence[title.start])
    return next(here, "")


def _subjects(linker: Linker, states: dict[str, list[Draft]]) -> list[tuple[int, str]]:
    """Return the heads of the states that are subjects, in order, each with the state's id."""
    heads = sorted((draft.head, id_) for id_, found in states.items() for draft in found)
    return [(head, id_) for head, id_ in heads if linker.sheet.dep[head] in SUBJECTS]


def mostly(named: Counter[str]) -> str:
    """Return which of several, by how often each is named, a text is about; "" if it is not clear."""
    most = named.most_common(1)
    return most[0][0] if most and most[0][1] >= MOST * named.total() else ""
