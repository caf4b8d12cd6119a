"""Who bears a title: the person beside it, set off by a comma, or capitalised words that follow it."""

from __future__ import annotations

from kg.mentions.draft import Draft, Sheet, TitleDraft
from kg.mentions.words import Words

MOST_TOKENS = 6
MOST_IN_BRACKETS = 9
MOST_IN_DOMAIN = 6
CLOSING = frozenset({",", ".", ")", ";", ":"})


class Index:
    """Mentions by the tokens at which they start and end."""

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

    def person_at(self, token: int) -> Draft | None:
        """Return the person whose name starts at a token."""
        found = self.starts.get(token)
        return found if found is not None and found.cls == "Person" else None

    def names(self) -> list[Draft]:
        """Return the mentions that are kept, sorted."""
        return sorted((n for n in self._names if n.keep), key=lambda n: (n.start, -n.end))


def apposed(sheet: Sheet, index: Index, words: Words, title: TitleDraft) -> Draft | None:
    """Return the person set off from a title by a comma: "Lavrov, the minister", "the minister, Lavrov"."""
    start, lowers = title.start, sheet.lowers
    while start > 0 and lowers[start - 1] in words.articles:
        start -= 1
    after = lowers[title.end] if title.end < sheet.size else "."
    if start > 1 and lowers[start - 1] in (",", "(") and (after in CLOSING or after in words.followers):
        person = index.ends.get(start - 1)
        if person is not None and person.cls == "Person":
            return person
    place = past_domain(sheet, words, past_insertion(sheet, words, title.end))
    if place + 1 < sheet.size and lowers[place] == ",":
        person = index.person_at(skip_honorifics(sheet, words, place + 1))
        # Indonesian leaves the second comma out: "Presiden AS, George W. Bush mengatakan …"
        if person is not None and (
            words.titles.order == "after" or person.end >= sheet.size or lowers[person.end] in CLOSING
        ):
            return person
    return None


def past_insertion(sheet: Sheet, words: Words, place: int) -> int:
    """Return where a name may follow a title: past "itu", "-nya" and a short remark in brackets."""
    if place < sheet.size and (
        sheet.lowers[place] in words.demonstratives
        or (words.titles.order == "after" and owning(words, sheet.lowers[place]))
    ):
        place += 1
    if place < sheet.size and sheet.texts[place] == "(":
        for close in range(place + 1, min(place + MOST_IN_BRACKETS, sheet.size)):
            if sheet.texts[close] == ")":
                return close + 1
    return place


def past_domain(sheet: Sheet, words: Words, place: int) -> int:
    """Return the comma after what an office is for ("special envoy to west Africa, …"), else the place."""
    if place < sheet.size and sheet.lowers[place] in words.titles.domains:
        for token in range(place + 1, min(place + MOST_IN_DOMAIN, sheet.size)):
            if sheet.lowers[token] == ",":
                return token
            if sheet.pos[token] in ("VERB", "AUX", "PRON", "PUNCT"):
                break
    return place


def owning(words: Words, word: str) -> bool:
    """Tell whether a pronoun may stand for the body of a title: "its president", "presidennya"."""
    pronoun = words.clitics.get(word) or words.personal.get(word)
    return pronoun is not None and pronoun.kind in ("thing", "several", "any")


def skip_honorifics(sheet: Sheet, words: Words, token: int) -> int:
    """Return the token after honorifics ("Gen.", "Mr")."""
    start = token
    while token < sheet.size and (
        sheet.lowers[token] in words.honorifics or (token > start and sheet.texts[token] == "-")
    ):
        token += 1
    return token


def unknown_name(
    sheet: Sheet, index: Index, words: Words, place: int, *, closed: bool = False
) -> Draft | None:
    """Return the person whose name follows a title, though the recogniser did not see it: capitals tell."""
    start = skip_honorifics(sheet, words, place)
    end = start
    while end < sheet.size and end - start < MOST_TOKENS and index.inside(end) is None:
        text = sheet.texts[end]
        if (sheet.capital[end] and text[:1].isalpha() and sheet.lowers[end] not in words.not_names) or (
            end > start
            and end + 1 < sheet.size
            and sheet.capital[end + 1]
            and (sheet.lowers[end] in words.particles or text in ("-", "'", "’"))
        ):
            end += 1
        else:
            break
    if end == start or sheet.doc[start].is_sent_start:
        return None
    if closed and (end - start < 2 or (end < sheet.size and sheet.texts[end] not in CLOSING)):
        return None
    if end - start == 1 and (sheet.texts[start].isupper() or sheet.lowers[start] in words.modifiers):
        return None
    if words.nouns.at(sheet.lowers, start) or words.classes.at(sheet.lowers, start):
        return None
    region = words.regions.at(sheet.lowers, start)
    if region is not None and region[0] >= end:  # "Uskup Agung Kupang"
        return None
    person = Draft(start=start, end=end, form="name", cls="Person", surname=end - start == 1)
    index.add(person)
    return person
