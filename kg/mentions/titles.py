"""Titles and the bodies that they name: "former US president Joe Biden", "Presiden Rusia Vladimir Putin"."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from kg.mentions.bearers import Index, apposed, past_insertion, skip_honorifics, unknown_name
from kg.mentions.draft import Draft, Sheet, TitleDraft
from kg.mentions.words import Words
from kg.model import ACTOR_CLASSES, Status

BODIES = frozenset(ACTOR_CLASSES) - {"Person"}


def title_drafts(sheet: Sheet, index: Index, words: Words) -> list[TitleDraft]:
    """Return the titles of a Doc with their bodies and bearers; may add persons to `index`."""
    find = before if words.titles.order == "before" else after
    found: list[TitleDraft] = []
    token = 0
    while token < sheet.size:
        if sheet.lowers[token] not in words.title_nouns:
            token += 1
            continue
        hit = words.title_nouns.at(sheet.lowers, token)
        if hit is None or index.inside(token):
            token += 1
            continue
        title = find(sheet, index, words, (token, *hit))
        token = max(hit[0], title.end)
        found.append(title)
    return found


def named(words: Words, title: TitleDraft, nouns: Collection[str]) -> bool:
    """Tell whether a title is one of the nouns, or its main word is."""
    parts = title.noun.split() or [""]
    return title.noun in nouns or parts[-1 if words.titles.order == "before" else 0] in nouns


def before(sheet: Sheet, index: Index, words: Words, hit: tuple[int, int, str]) -> TitleDraft:
    """Read a title whose modifiers stand before its noun (English)."""
    noun_start, end, office = hit
    lowers = sheet.lowers
    start, body, status = leftwards(sheet, index, words, noun_start)
    while end < sheet.size and end not in index.starts and (more := words.title_nouns.at(lowers, end)):
        end, office = more  # "president and chairman" is two titles, "minister president" one
    hyphen = end < sheet.size and lowers[end] == "-"
    late = end + hyphen
    if late < sheet.size and words.statuses.get(lowers[late]) == "future":  # "president-elect"
        status, end = "future", late + 1
    noun = " ".join(lowers[start_of_noun(sheet, index, words, (start, noun_start)) : end]).replace(" - ", "-")
    title = TitleDraft(start=start, end=end, noun=noun, office=office, status=status, body=body)
    title.person = index.person_at(skip_honorifics(sheet, words, end))
    place = title.person.end if title.person else end  # "King Abdullah of Jordan", "the king of Jordan"
    if title.body is None and place + 1 < sheet.size and lowers[place] in words.titles.of:
        first = place + 1 + (lowers[place + 1] in words.articles)
        owner, local = index.starts.get(first), lowers[noun_start] in words.subnational
        if owner is None and local and first < sheet.size and located(sheet, first):
            owner = province(sheet, index, first, words)  # "the governor of Illinois"
        if owner is not None and owner.cls in BODIES:
            if local and owner.form == "metonym":
                owner = city(index, owner)  # "the mayor of Paris"
            title.body = owner
            if title.person is None:
                title.end = owner.end
                title.person = index.person_at(skip_honorifics(sheet, words, owner.end))
    title.person = title.person or apposed(sheet, index, words, title)
    return title


def leftwards(sheet: Sheet, index: Index, words: Words, noun_start: int) -> tuple[int, Draft | None, Status]:
    """Return where the title begins, the body that it names, and its status."""
    lowers, start = sheet.lowers, noun_start
    body: Draft | None = None
    status: Status = "current"
    while start > 0:
        word, further = lowers[start - 1], lowers[start - 2] if start > 1 else ""
        name = index.ends.get(start)
        if name is None and word in words.groups.possessives:
            name = index.ends.get(start - 1)
        if name is not None:
            if name.form == "metonym" and lowers[noun_start] in words.subnational and body is None:
                body = city(index, name)  # "London mayor"
                start = body.start
                continue
            against = sheet.prefix(name.start) in words.groups.opposing
            people = name.plural and name.concept == "people"
            if body is not None or name.cls not in BODIES or people or against:
                break  # "an anti-Syrian leader" leads no Syria
            body, start = name, name.start
        elif word in words.statuses:
            status, start = words.statuses[word], start - 1
            if further == "-" and start > 1 and lowers[start - 2] in words.statuses:
                start -= 2
        elif word in words.modifiers or word in words.title_nouns:
            start -= 1
        elif word == "-" and (further in words.statuses or further in words.modifiers):  # "ex-president"
            status, start = words.statuses.get(further, status), start - 2
        elif word in words.titles.joiners and further in words.modifiers and lowers[start] in words.modifiers:
            start -= 2
        else:
            break
    return start, body, status


def start_of_noun(sheet: Sheet, index: Index, words: Words, span: tuple[int, int]) -> int:
    """Return where the office's own words begin: without status words and the body."""
    start, place = span
    while place > start:
        word = sheet.lowers[place - 1]
        if (
            word == "-"
            or word in words.statuses
            or word in words.groups.possessives
            or index.inside(place - 1)
        ):
            break
        place -= 1
    return place


def after(sheet: Sheet, index: Index, words: Words, hit: tuple[int, int, str]) -> TitleDraft:
    """Read a title whose modifiers follow its noun (Indonesian), up to the name of its bearer."""
    start, noun_end, office = hit
    end, lowers = noun_end, sheet.lowers
    status: Status = "current"
    body: Draft | None = None
    while end < sheet.size:
        local = body is None and lowers[start] in words.subnational
        if local and (place_of_office := region(sheet, index, end, words)):
            body, end = place_of_office, place_of_office.end
            continue
        if index.person_at(end) is not None:
            break
        if body is not None and (past := past_group(sheet, index, words, end)):
            end = past
            continue
        word, name = lowers[end], index.starts.get(end)
        if name is not None and name.form != "metonym" and _describes(sheet, name, words):
            name.keep, end = False, name.end  # "Menteri Dalam Negeri", "Menteri BUMN"
            noun_end = end if body is None else noun_end
        elif name is not None:
            if body is not None and (body.cls == "State" or name.cls != "State"):
                break
            if body is None and name.form == "metonym" and lowers[start] in words.subnational:
                name.keep = False
                name = province(sheet, index, end, words)  # "Wali Kota Jakarta" is not the state's
            body, end = body or name, name.end
        elif word in words.statuses:
            status, end = words.statuses[word], end + 1
        elif more := words.title_nouns.at(lowers, end):
            end, office = more[0], office or more[1]
        elif word in words.titles.joiners and not names_both_sides(sheet, end):
            break
        elif word in words.modifiers or word in words.titles.joiners:
            end += 1
            noun_end = end if body is None else noun_end
        elif (
            ordinal(sheet, end, words)
            or (body is None and body_follows(sheet, index, words, end))
            or (body is None and word in words.clitics and body_follows(sheet, index, words, end + 1))
            or (word in words.honorifics and end + 1 < sheet.size and sheet.capital[end + 1])
        ):
            end += 1
        elif body is None and lowers[start] in words.subnational and located(sheet, end):
            body = province(sheet, index, end, words)
            end = body.end
        elif sheet.capital[end] and (index.person_at(end + 1) or state_at(index, end + 1)):
            end += 1  # "Menteri Unifikasi Korsel Lee Jae-Joung", "Menko Perekonomian Airlangga Hartarto"
        else:
            break
    place = past_insertion(sheet, words, end)
    person = index.person_at(end) or index.person_at(skip_honorifics(sheet, words, place))
    loose = {"-", *words.titles.joiners, *words.titles.of, *words.titles.ordinals}
    while end > noun_end and lowers[end - 1] in loose:
        end -= 1
    begin = start
    while begin > 0 and (lowers[begin - 1] in words.statuses or lowers[begin - 1] == "-"):
        status, begin = words.statuses.get(lowers[begin - 1], status), begin - 1
    noun = " ".join(lowers[start:noun_end]).replace(" - ", "-")
    title = TitleDraft(
        start=begin, end=end, noun=noun, office=office, status=status, body=body, person=person
    )
    if person is None:
        title.person = unknown_name(sheet, index, words, place) or apposed(sheet, index, words, title)
    place = past_insertion(sheet, words, end)
    if (
        title.person is None
        and place + 1 < sheet.size
        and lowers[place] == ","
        and not index.inside(place + 1)
    ):
        # "juru bicara Pentagon, Bryan Whitman."
        title.person = unknown_name(sheet, index, words, place + 1, closed=True)
    return title


def _describes(sheet: Sheet, name: Draft, words: Words) -> bool:
    """Tell whether what was taken for a body only says which office it is."""
    return all(word in words.modifiers for word in sheet.lowers[name.start : name.end])


def past_group(sheet: Sheet, index: Index, words: Words, token: int) -> int | None:
    """Return the end of a holder's party between body and name: "Anggota DPR dari Fraksi PKS Mardani Ali"."""
    place = token + (sheet.lowers[token] in words.titles.of)
    group = index.starts.get(place)
    if group is None and place < sheet.size and sheet.lowers[place] in words.classes:
        group = index.starts.get(place + 1)
    if group is None or group.cls not in BODIES or group.end >= sheet.size:
        return None
    person = index.person_at(group.end + (sheet.lowers[group.end] == ","))
    return group.end if person is not None else None


def located(sheet: Sheet, token: int) -> bool:
    """Tell whether the name of a place begins: "Riau", "DKI Jakarta"."""
    label = sheet.doc[token].ent_type_
    after = sheet.doc[token + 1] if token + 1 < sheet.size else None
    return label == "LOC" or (
        not label and sheet.texts[token].isupper() and after is not None and after.ent_type_ == "LOC"
    )


def state_at(index: Index, token: int) -> bool:
    """Tell whether the name of a state starts at a token."""
    name = index.starts.get(token)
    return name is not None and name.cls == "State"


def city(index: Index, name: Draft) -> Draft:
    """Return a seat of government as the city that has a mayor of its own."""
    name.keep = False
    return governed(index, name.start, name.end)


def region(sheet: Sheet, index: Index, start: int, words: Words) -> Draft | None:
    """Return the known region at a token as a body; the recogniser makes one name of it and the holder's.

    "Bupati Pati Sudewo" is Sudewo, the regent of Pati.
    """
    hit = words.regions.at(sheet.lowers, start)
    if hit is None or not sheet.capital[start]:
        return None
    end, name = hit[0], index.starts.get(start)
    if name is not None:
        name.keep = False
        if name.cls == "Person" and name.end > end:
            index.add(replace(name, start=end, keep=True, surname=name.end - end == 1))
    return governed(index, start, end)


def province(sheet: Sheet, index: Index, start: int, words: Words) -> Draft:
    """Return the place in a title as a body: "Gubernur Riau" governs Riau, which no gazetteer has."""
    end = start + 1
    while (
        end < sheet.size
        and sheet.capital[end]
        and index.inside(end) is None
        and (
            sheet.doc[end].ent_iob_ == "I"
            or sheet.lowers[end] in words.titles.places
            or sheet.doc[end].ent_type_ == "LOC"
        )
    ):
        end += 1
    return governed(index, start, end)


def governed(index: Index, start: int, end: int) -> Draft:
    """Return the words of a place as the body that somebody governs."""
    body = Draft(start=start, end=end, form="name", cls="GovernmentBody")
    index.add(body)
    return body


def names_both_sides(sheet: Sheet, token: int) -> bool:
    """Tell whether "dan" stands inside a capitalised title: "Menteri Hukum dan HAM"."""
    return token + 1 < sheet.size and sheet.capital[token - 1] and sheet.capital[token + 1]


def ordinal(sheet: Sheet, token: int, words: Words) -> bool:
    """Tell whether a token counts holders or parts: "Presiden ke-7 RI", "Ketua Komisi III DPR"."""
    word, marks = sheet.lowers[token], words.titles.ordinals
    if word in marks or word == "-" or any(mark.endswith("-") and word.startswith(mark) for mark in marks):
        return True
    return word.isdigit() and (sheet.lowers[token - 1] in marks or sheet.lowers[token - 1] == "-")


def body_follows(sheet: Sheet, index: Index, words: Words, token: int) -> bool:
    """Tell whether a token is "dari" before the body: "menteri luar negeri dari Rusia"."""
    body = index.starts.get(token + 1)
    return (
        token < sheet.size
        and sheet.lowers[token] in words.titles.of
        and body is not None
        and body.cls in BODIES
    )
