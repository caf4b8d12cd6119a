"""The gazetteer: known actors with their names, and a matcher that finds the names in a Doc."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import cast, get_args

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from kg.errors import ResourceError
from kg.model import ActorClass, Form

DATA = Path(__file__).parent.parent / "actors" / "data"
PREFERRED = ("name", "people", "demonym", "metonym", "surname")
ENGLISH = ("en", "*")
"""Actors are called by English names whatever the text's language, so that one has the same id in all."""
FORMS: dict[str, Form] = {
    "name": "name",
    "metonym": "metonym",
    "demonym": "demonym",
    "people": "demonym",
    "surname": "name",
}


def terms_of(key: str) -> tuple[Term, ...]:
    """Return the terms of a known person, of somebody else none."""
    return _terms().get(key, ())


@cache
def _terms() -> dict[str, tuple[Term, ...]]:
    found: dict[str, list[Term]] = {}
    for term in gazetteer().terms:
        found.setdefault(term.key, []).append(term)
    return {key: tuple(terms) for key, terms in found.items()}


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer that the package ships."""
    entries: dict[str, Entry] = {}
    for row in read("actors.tsv"):
        if row["class"] not in get_args(ActorClass):
            raise ResourceError(
                f"no such class {row['class']!r}", path="kg/actors/data/actors.tsv", key=row["key"]
            )
        entries[row["key"]] = Entry(
            key=row["key"], qid=row["qid"], cls=cast(ActorClass, row["class"]), name=row["name"],
            label_id=row["label_id"], of=row["of"], concept=row["concept"], home=row["home"],
        )  # fmt: skip
    names = tuple(Name(**row) for row in read("names.tsv"))
    terms = tuple(
        Term(key=row["key"], office=row["office"], state=row["state"], start=row["from"], end=row["to"])
        for row in read("terms.tsv")
    )
    by_concept = {(e.of, e.concept): e.key for e in entries.values() if e.of and e.concept}
    adjectives = {
        name.key: name.text
        for name in reversed(names)
        if name.lang in ENGLISH
        and (
            name.form == "demonym"
            or (entries[name.key].cls == "IntergovernmentalOrganisation" and acronym(name.text))
        )
    }
    peoples = {
        name.key: name.text for name in reversed(names) if name.form == "people" and name.lang in ENGLISH
    }
    return Gazetteer(
        entries=entries,
        names=names,
        terms=terms,
        by_concept=by_concept,
        adjectives=adjectives,
        peoples=peoples,
    )


def read(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one of the tables."""
    try:
        with (DATA / name).open(encoding="utf8", newline="") as lines:
            yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    except FileNotFoundError as error:
        raise ResourceError("is missing", path=f"kg/actors/data/{name}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A known actor; `of` is the key of the body it is a part of, `concept` the noun that means it there.

    `home` is the key of a party's state.
    """

    key: str
    qid: str
    cls: ActorClass
    name: str
    label_id: str
    of: str
    concept: str
    home: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name of a known actor; `lang` is * where it is used in every language."""

    key: str
    lang: str
    form: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Who held an office of a state, from and to when (ISO dates, possibly only the year; empty: open)."""

    key: str
    office: str
    state: str
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """Known actors by key, their names and terms; `by_concept` maps (state, "parliament") to a body.

    `adjectives` and `peoples` have the English words by which a state's bodies and people are named.
    """

    entries: dict[str, Entry]
    names: tuple[Name, ...]
    terms: tuple[Term, ...]
    by_concept: dict[tuple[str, str], str]
    adjectives: dict[str, str]
    peoples: dict[str, str]

    def holder(self, office: str, state: str, date: str) -> str | None:
        """Return the key of the only person who held the office on a date, None if none or several did."""
        held = {
            term.key
            for term in self.terms
            if term.office == office
            and term.state == state
            and term.start <= date
            and (not term.end or date[: len(term.end)] < term.end)
        }
        return held.pop() if len(held) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Tokens that bear a name of the gazetteer, and whose."""

    start: int
    end: int
    form: Form
    people: bool
    surname: bool
    keys: tuple[str, ...]


class NameMatcher:
    """Finds the gazetteer's names of one language; the longest counts, and "US" is not "us"."""

    def __init__(self, nlp: Language) -> None:
        known = gazetteer()
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._names: dict[int, list[Name]] = {}
        by_lower: dict[str, list[Name]] = {}
        for name in known.names:
            if name.lang in ("*", nlp.lang):
                by_lower.setdefault(name.text.lower(), []).append(name)
        # Tokenised with the capitals of the name: tokenisers treat "U.S." and "u.s." differently.
        for lower, names in by_lower.items():
            patterns = [nlp.make_doc(text) for text in sorted({name.text for name in names})]
            self._matcher.add(lower, patterns)
            self._names[nlp.vocab.strings[lower]] = names

    def hits(self, doc: Doc) -> list[Hit]:
        """Return the names in a Doc, sorted; one inside another only if it names what that is a part of."""
        entries = gazetteer().entries
        found: list[Hit] = []
        around: Hit | None = None
        for match, start, end in sorted(self._matcher(doc), key=lambda m: (m[1], -m[2])):
            inside = around is not None and start < around.end
            if (
                around is not None
                and inside
                and (end > around.end or (start, end) == (around.start, around.end))
            ):
                continue
            hit = self._hit(match, start, end, doc)
            if hit is None:
                continue
            if around is not None and inside:
                whole = entries[around.keys[0]].of
                while whole and whole not in hit.keys:
                    whole = entries[whole].of
                if whole:
                    found.append(replace(hit, keys=(whole,)))
                continue
            found.append(hit)
            around = hit
        return found

    def _hit(self, match: int, start: int, end: int, doc: Doc) -> Hit | None:
        text = doc[start:end].text
        fitting = [name for name in self._names[match] if written_as(text, name.text)]
        if not fitting:
            return None
        best = min(fitting, key=lambda name: PREFERRED.index(name.form))
        keys = tuple(dict.fromkeys(name.key for name in fitting if name.form == best.form))
        return Hit(
            start=start, end=end, form=FORMS[best.form], people=best.form == "people",
            surname=best.form == "surname", keys=keys,
        )  # fmt: skip


def written_as(text: str, name: str) -> bool:
    """Tell whether a text may be that name: "AS" is not "As", "TALIBAN" may be Taliban, "israel" not."""
    if text == name:
        return True
    if acronym(name):
        return False
    if name[0].islower():
        return (text[0].isupper() and text[1:] == name[1:]) or text.lower() == name
    return text[0].isupper() and (len(name) > 4 or text[1:] == name[1:])


def acronym(name: str) -> bool:
    """Tell whether a name is written in capitals only, with or without dots."""
    return name.isupper() and len(name) <= 7 and " " not in name
