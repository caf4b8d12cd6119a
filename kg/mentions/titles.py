"""Titles: "former US president Joe Biden", "Presiden Rusia Vladimir Putin", "Sergei Lavrov, Russia's foreign minister"."""

from __future__ import annotations

from kg.mentions.draft import Draft, Sheet, TitleDraft
from kg.mentions.words import Words
from kg.model import Status

BODIES = frozenset({"State", "GovernmentBody", "IntergovernmentalOrganisation", "PoliticalParty", "ArmedForce",
                    "ArmedGroup", "MediaOrganisation", "Company", "CivilOrganisation", "ActorGroup"})  # fmt: skip


def title_drafts(sheet: Sheet, index: Index, words: Words) -> list[TitleDraft]:
    """Return the titles of a Doc with the bodies that they name and their bearers; may add persons to `index`."""
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
        token = max(hit[0], token + 1)
        if title is not None:
            token = max(token, title.end)
            found.append(title)
    return found


class Index:
    """Named mentions by the tokens at which they start and end."""

    def __init__(self, names: list[Draft]) -> None:
        self.starts: dict[int, Draft] = {}
        self.ends: dict[int, Draft] = {}
        self._inside: dict[int, Draft] = {}
        self._names: list[Draft] = []
        for name in names:
            self.add(name)

    def add(self, name: Draft) -> None:
        """Add a mention; of nested ones the outer counts."""
        self._names.append(name)
        for token in range(name.start, name.end):
            self._inside.setdefault(token, name)
        if name.start not in self.starts or self.starts[name.start].end < name.end:
            self.starts[name.start] = name
        if name.end not in self.ends or self.ends[name.end].start > name.start:
            self.ends[name.end] = name

    def inside(self, token: int) -> Draft | None:
        """Return the mention that covers a token."""
        return self._inside.get(token)

    def names(self) -> list[Draft]:
        """Return the mentions that are kept, sorted."""
        return sorted((n for n in self._names if n.keep), key=lambda n: (n.start, -n.end))


def before(sheet: Sheet, index: Index, words: Words, hit: tuple[int, int, str]) -> TitleDraft | None:
    """Read a title whose modifiers stand before its noun (English)."""
    noun_start, end, office = hit
    lowers = sheet.lowers
    start, body, status = leftwards(sheet, index, words, noun_start)
    while (
        end < sheet.size
        and (more := words.title_nouns.at(lowers, end)) is not None
        and index.starts.get(end) is None
    ):
        end, office = more  # "party leader and president" is two; "vice president" one
    if end < sheet.size and lowers[end] == "-" and end + 1 < sheet.size and lowers[end + 1] in words.statuses:
        status, end = words.statuses[lowers[end + 1]], end + 2
    elif end < sheet.size and lowers[end] in words.statuses and words.statuses[lowers[end]] == "future":
        status, end = "future", end + 1
    noun = " ".join(lowers[start_of_noun(sheet, index, words, (start, noun_start)) : end]).replace(" - ", "-")
    title = TitleDraft(start=start, end=end, noun=noun, office=office, status=status, body=body)
    person = index.starts.get(skip_honorifics(sheet, words, end))
    if person is not None and person.cls == "Person" and lowers[noun_start] not in ("deputy",):
        title.person = person
        return title
    if title.body is None and end + 1 < sheet.size and lowers[end] in words.titles.of:
        after_of = end + 1
        if lowers[after_of] in ("the", "its", "their", "his"):
            after_of += 1
        owner = index.starts.get(after_of)
        if owner is not None and owner.cls in BODIES:
            title.body, title.end = owner, owner.end
    title.person = apposed(sheet, index, words, title)
    return title


def leftwards(sheet: Sheet, index: Index, words: Words, noun_start: int) -> tuple[int, Draft | None, Status]:
    """Return where the title begins, the body that it names, and its status."""
    lowers, start = sheet.lowers, noun_start
    body: Draft | None = None
    status: Status = "current"
    while start > 0:
        word = lowers[start - 1]
        name = index.ends.get(start)
        if name is None and word in ("'s", "’s", "'", "’") and start > 1:
            name = index.ends.get(start - 1)
        if name is not None:
            if body is not None or name.cls not in BODIES or name.plural and name.concept == "people":
                break
            body, start = name, name.start
        elif word in words.statuses:
            status, start = words.statuses[word], start - 1
            if start > 1 and lowers[start - 1] == "-" and lowers[start - 2] in words.statuses:
                start -= 2
        elif word in words.modifiers or (word in words.title_nouns and word not in ("head",)):
            start -= 1
        elif word == "-" and start > 1 and (lowers[start - 2] in words.statuses or lowers[start - 2] in words.modifiers):
            status = words.statuses.get(lowers[start - 2], status)
            start -= 2
        elif word == "and" and start > 1 and lowers[start - 2] in words.modifiers and lowers[start] in words.modifiers:
            start -= 2
        else:
            break
    return start, body, status


def start_of_noun(sheet: Sheet, index: Index, words: Words, span: tuple[int, int]) -> int:
    """Return where the office's own words begin: without status words and the body."""
    start, noun_start = span
    place = noun_start
    while place > start:
        inside = index.inside(place - 1)
        if inside is not None or sheet.lowers[place - 1] in words.statuses or sheet.lowers[place - 1] in ("'s", "’s", "-"):
            break
        place -= 1
    return place


def skip_honorifics(sheet: Sheet, words: Words, token: int) -> int:
    """Return the token after honorifics ("Gen.", "Mr")."""
    while token < sheet.size and sheet.lowers[token] in words.honorifics:
        token += 1
    return token


def apposed(sheet: Sheet, index: Index, words: Words, title: TitleDraft) -> Draft | None:
    """Return the person beside a title, set off by a comma: "Lavrov, Russia's foreign minister", "the minister, Lavrov"."""
    start, lowers = title.start, sheet.lowers
    while start > 0 and lowers[start - 1] in ("the", "a", "an", "its", "his", "their", "seorang", "sang"):
        start -= 1
    if start > 1 and lowers[start - 1] in (",", "(") and (
        title.end >= sheet.size or lowers[title.end] in (",", ".", ")", ";", "and", "dan", ":", "who", "yang", "in", "for", "at")
    ):
        person = index.ends.get(start - 1)
        # "told Bush, president of …" but not "Bush, Blair, Prime Minister Howard"
        if person is not None and person.cls == "Person":
            return person
    if title.end + 1 < sheet.size and lowers[title.end] == ",":
        person = index.starts.get(skip_honorifics(sheet, words, title.end + 1))
        closed = person is not None and person.cls == "Person" and (person.end >= sheet.size or lowers[person.end] in (",", "."))
        if person is not None and closed:
            return person
    return None


def after(sheet: Sheet, index: Index, words: Words, hit: tuple[int, int, str]) -> TitleDraft | None:
    """Read a title whose modifiers follow its noun (Indonesian), up to the name of its bearer."""
    start, end, office = hit
    lowers, noun_end = sheet.lowers, hit[1]
    status: Status = "current"
    body: Draft | None = None
    person: Draft | None = None
    while end < sheet.size:
        word = lowers[end]
        name = index.starts.get(end)
        if name is not None and name.cls == "Person":
            person = name
            break
        if name is not None and name.cls in BODIES:
            if body is not None and not (body.cls != "State" and name.cls == "State"):
                break
            body = body or name
            end = name.end
        elif word in words.statuses:
            status, end = words.statuses[word], end + 1
        elif more := words.title_nouns.at(lowers, end):
            end = more[0]
            office = office or more[1]
        elif word in words.modifiers and (word != "dan" or sheet.capital[end - 1] and end + 1 < sheet.size and sheet.capital[end + 1]):
            end += 1
            noun_end = end if body is None else noun_end
        elif word in ("ke", "ke-", "-") or word.startswith("ke-") or (word.isdigit() and lowers[end - 1] in ("ke", "-", "ke-", "komisi")):
            end += 1
        elif word in words.titles.of and index.starts.get(end + 1) is not None and body is None and index.starts[end + 1].cls in BODIES:
            end += 1
        elif word in words.honorifics and end + 1 < sheet.size and sheet.capital[end + 1]:
            end += 1
        else:
            break
    while end > noun_end and lowers[end - 1] in ("ke", "-", "dan", *words.titles.of):
        end -= 1
    begin = start
    while begin > 0 and (lowers[begin - 1] in words.statuses or lowers[begin - 1] == "-"):
        status = words.statuses.get(lowers[begin - 1], status)
        begin -= 1
    noun = " ".join(lowers[start:noun_end]).replace(" - ", "-")
    title = TitleDraft(start=begin, end=end, noun=noun, office=office, status=status, body=body, person=person)
    if person is None:
        title.person = unknown_name(sheet, index, words, title.end) or apposed(sheet, index, words, title)
    comma = title.end
    if title.person is None and comma + 1 < sheet.size and lowers[comma] == "," and index.inside(comma + 1) is None:
        # "juru bicara Pentagon, Bryan Whitman."
        title.person = unknown_name(sheet, index, words, comma + 1, closed=True)
    return title


def unknown_name(
    sheet: Sheet, index: Index, words: Words, place: int, *, closed: bool = False
) -> Draft | None:
    """Return the person whose name follows a title, though the recogniser did not see it: capitals tell."""
    start = skip_honorifics(sheet, words, place)
    end = start
    while end < sheet.size and end - start < 6 and index.inside(end) is None:
        text = sheet.texts[end]
        if sheet.capital[end] and text[:1].isalpha() and sheet.lowers[end] not in words.not_names:
            end += 1
        elif end > start and end + 1 < sheet.size and sheet.capital[end + 1] and (
            sheet.lowers[end] in words.particles or text in ("-", "'", "’")
        ):
            end += 1
        else:
            break
    if end == start or sheet.doc[start].is_sent_start:
        return None
    if closed and (end - start < 2 or end < sheet.size and sheet.texts[end] not in (",", ".")):
        return None
    if end - start == 1 and (sheet.texts[start].isupper() or sheet.lowers[start] in words.modifiers):
        return None
    if words.nouns.at(sheet.lowers, start) or words.classes.at(sheet.lowers, start):
        return None
    person = Draft(start=start, end=end, form="name", cls="Person", surname=end - start == 1)
    index.add(person)
    return person


