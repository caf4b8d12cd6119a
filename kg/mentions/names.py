"""Mentions by name: what the gazetteer knows, and what the entity recogniser adds to it."""

from __future__ import annotations

from kg.mentions.described import classify
from kg.mentions.draft import MOST_TOKENS, Draft, Sheet
from kg.mentions.gazetteer import Hit, acronym, gazetteer
from kg.mentions.guess import guessed_organisations, guessed_persons, introduced
from kg.mentions.organisations import is_document, organisation
from kg.mentions.words import Words
from kg.understand.doc import ACTORS


def name_drafts(sheet: Sheet, hits: list[Hit], words: Words) -> list[Draft]:
    """Return the named mentions of a Doc, sorted; an organisation may enclose the state that it names."""
    drafts: list[Draft] = []
    for hit in hits:
        draft = winged(sheet, from_hit(hit), words)
        if draft.form == "name" and draft.cls != "Person" and acronym(sheet.text(draft.start, draft.end)):
            draft.form = "acronym"
        if drafts and draft.start < drafts[-1].end:
            drafts[-1].owner = draft
        drafts.append(draft)
    taken: dict[int, Draft] = {}
    for draft in drafts:
        for token in range(draft.start, draft.end):
            taken.setdefault(token, draft)
    people = {(s.start, s.end) for s in sheet.doc.spans.get(ACTORS, ()) if s.label_ == "Person"}
    for entity in sheet.doc.ents:
        span = (entity.start, entity.end)
        if entity.label_ == "PER" or (entity.label_ == "ORG" and span in people):
            drafts += person(sheet, span, taken, words)
        elif entity.label_ == "ORG":
            drafts += organisation(sheet, span, taken, words)
        elif entity.label_ == "NORP":
            drafts += nationality(sheet, span, taken)
        else:
            place(sheet, span, taken)
    drafts = [draft for draft in drafts if draft.keep]
    taken = {token: draft for token, draft in taken.items() if draft.keep}
    drafts += guessed_organisations(sheet, taken, words)
    drafts += introduced(sheet, drafts, taken)
    drafts += guessed_persons(sheet, taken, words)
    drafts += again(sheet, drafts, taken)
    classify(sheet, drafts, words)
    drafts = [draft for draft in drafts if not is_document(sheet, draft, words)]
    drafts.sort(key=lambda draft: (draft.start, -draft.end))
    return drafts


def from_hit(hit: Hit) -> Draft:
    """Return the mention of a gazetteer's name; "Russians" are a group that belongs to no mention."""
    entry = gazetteer().entries[hit.keys[0]]
    group = hit.people
    return Draft(
        start=hit.start,
        end=hit.end,
        form=hit.form,
        cls="ActorGroup" if group else entry.cls,
        keys=hit.keys,
        concept="people" if group else "",
        plural=group or entry.cls == "ActorGroup",
        surname=hit.surname,
    )


def winged(sheet: Sheet, draft: Draft, words: Words) -> Draft:
    """Return the party whose name ends in a known one: "the Social Democrats" are not "Democrats"."""
    before = draft.start - 1
    wing = before >= 0 and sheet.capital[before] and sheet.lowers[before] in words.groups.wings
    if not wing or draft.cls != "PoliticalParty" or draft.end - draft.start > 1:
        return draft
    return Draft(start=before, end=draft.end, form="name", cls=draft.cls)


def person(sheet: Sheet, span: tuple[int, int], taken: dict[int, Draft], words: Words) -> list[Draft]:
    """Return the person that the recogniser found, without titles; full names of the gazetteer stay."""
    start, end = person_span(sheet, span, words)
    if end <= start:
        return []
    start, end = grown(sheet, (start, end), taken, words)
    inside = list(dict.fromkeys(taken[token] for token in range(start, end) if token in taken))
    for draft in inside:
        if (draft.start, draft.end) == (start, end):
            return []
        if draft.cls == "Person" and not draft.surname:
            return []
        if draft.start < start or draft.end > end:
            return []
        if draft.cls != "Person" and draft.start == start and draft.form in ("name", "demonym", "acronym"):
            # "Rusia Vladimir Putin": the recogniser took the state along
            start = draft.end
        elif draft.cls != "Person" and draft.end == end and draft.end - draft.start > 1:
            end = draft.start
        else:
            draft.keep = False
    start, end = person_span(sheet, (start, end), words)
    if end <= start:
        for draft in inside:
            draft.keep = True
        return []
    end = hyphenated(sheet, (start, end))
    new = Draft(start=start, end=end, form="name", cls="Person", surname=end - start == 1)
    for token in range(start, end):
        taken[token] = new
    return [new]


def grown(sheet: Sheet, span: tuple[int, int], taken: dict[int, Draft], words: Words) -> tuple[int, int]:
    """Add the capitalised words beside a name that the recogniser cut short ("Mohamud Salad" Nuur)."""
    start, end = span
    while end < sheet.size and end - start < MOST_TOKENS and name_part(sheet, end, taken, words):
        end += 1
    while start > 0 and end - start < MOST_TOKENS:
        # after the state of a title even a common word in capitals is a name: "Menteri Somalia Salah Ali"
        named = start > 1 and start - 2 in taken and words.titles.order == "after"
        if sheet.doc[start - 1].is_sent_start or not name_part(sheet, start - 1, taken, words, any_pos=named):
            break
        start -= 1
    return start, end


def name_part(
    sheet: Sheet, token: int, taken: dict[int, Draft], words: Words, *, any_pos: bool = False
) -> bool:
    """Tell whether a token may belong to a name beside it."""
    word = sheet.lowers[token]
    return (
        (sheet.capital[token] or prefixed(sheet.texts[token], words))
        and token not in taken
        and (any_pos or sheet.pos[token] == "PROPN")
        and not sheet.doc[token].is_sent_start
        and not sheet.doc[token].ent_type_
        and word not in words.not_names
        and word not in words.title_nouns
        and word not in words.honorifics
        and word not in words.nouns
        and word not in words.modifiers
    )


def again(sheet: Sheet, drafts: list[Draft], taken: dict[int, Draft]) -> list[Draft]:
    """Return the later mentions of a person by one word of his name, which the recogniser missed."""
    parts: set[str] = set()
    for draft in drafts:
        if draft.cls == "Person" and draft.end - draft.start > 1:
            parts.update(
                text for text in sheet.texts[draft.start : draft.end] if len(text) > 2 and text[0].isupper()
            )
    return [
        Draft(start=token, end=token + 1, form="name", cls="Person", surname=True)
        for token, text in enumerate(sheet.texts)
        if text in parts
        and token not in taken
        and sheet.pos[token] == "PROPN"
        and not (token + 1 < sheet.size and sheet.capital[token + 1] and sheet.pos[token + 1] == "PROPN")
        and not (
            token > 0
            and sheet.capital[token - 1]
            and sheet.pos[token - 1] == "PROPN"
            and token - 1 not in taken
        )
    ]


def person_span(sheet: Sheet, span: tuple[int, int], words: Words) -> tuple[int, int]:
    """Cut titles, honorifics, articles and punctuation off a person's name."""
    start, end = span
    lowers, capital = sheet.lowers, sheet.capital
    if (whole := words.title_nouns.at(lowers, start)) and whole[0] >= end:
        return start, start  # "Wakil Perdana Menteri" is nobody's name
    wider = words.title_nouns.at(lowers, start - 1) if start else None
    if wider and start < wider[0] < end:  # "Chief" "Executive John Lee"
        start = wider[0]
    while end > start and (
        not (capital[end - 1] or prefixed(sheet.texts[end - 1], words)) or lowers[end - 1] in words.not_names
    ):
        end -= 1
    while start < end:
        found = words.title_nouns.at(lowers, start)
        body = words.nouns.at(lowers, start) if sheet.doc[start].is_sent_start else None  # "Rezim Assad …"
        if found and found[0] < end:
            start = found[0]
        elif body and body[0] < end:
            start = body[0]
        elif lowers[start] in words.honorifics or lowers[start] in words.statuses or not capital[start]:
            if lowers[start] in words.particles and start + 1 < end:
                break
            start += 1
        else:
            break
    if start == end - 1 and (
        lowers[start] in words.title_nouns or lowers[start] in words.modifiers or len(lowers[start]) < 2
    ):
        return start, start
    if any(ch.isdigit() for ch in "".join(sheet.texts[start:end])) or end - start > MOST_TOKENS:
        return start, start
    return start, end


def hyphenated(sheet: Sheet, span: tuple[int, int]) -> int:
    """Return the end of a name with what stands behind its last hyphen: "Park Sung-ho", "Nana Akufo-Addo"."""
    start, end = span
    tight = (
        end - start > 1
        and end + 1 < sheet.size
        and sheet.texts[end] == "-"
        and not sheet.doc[end].whitespace_
        and not sheet.doc[end - 1].whitespace_
    )
    if not tight:
        return end
    below = sheet.pos[end + 1] == "PROPN" and start <= sheet.heads[end + 1] < end
    small = sheet.texts[end + 1].islower()
    return end + 2 if (below if small else sheet.capital[end + 1]) else end


def prefixed(text: str, words: Words) -> bool:
    """Tell whether a token is a name with its particle: "al-Bashir"."""
    particle, _, name = text.partition("-")
    return particle in words.particles and name[:1].isupper()


def nationality(sheet: Sheet, span: tuple[int, int], taken: dict[int, Draft]) -> list[Draft]:
    """Return a people or faith that the gazetteer does not have ("Hawiye")."""
    start, end = span
    if any(token in taken for token in range(start, end)) or not sheet.capital[start]:
        return []
    return [Draft(start=start, end=end, form="demonym", cls="ActorGroup", plural=True)]


def place(sheet: Sheet, span: tuple[int, int], taken: dict[int, Draft]) -> None:
    """Let a longer name of a place overrule a region or seat inside it ("Jawa Barat")."""
    start, end = span
    inside = {taken[token] for token in range(start, end) if token in taken}
    for draft in inside:
        longer = end - start > draft.end - draft.start and sheet.capital[start] and sheet.capital[end - 1]
        if longer and (draft.cls == "ActorGroup" or draft.form == "metonym" or draft.surname):
            draft.keep = False
