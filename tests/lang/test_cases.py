"""Every sentence of `tests/lang/<code>/cases.yaml`: which statements must be found in it, and which must not.

A case is `{text, expect: [...], forbid: [...], xfail: reason}`. A line of `expect` reads

    Russia partnerOf China | negated | planned | by: Joe Biden | time: 2022-02

An actor goes by any of its names. `negated`, a modality and a status are checked whether they are named or
not (the default is plain, actual, current); certainty, `by:`, `time:`, `office:`, `characterisation:` and
`quote:` only where they are named; `by: narrator` wants no claimant. A line of `forbid` is the same, with `*`
for any actor, and it checks only what it names. Symmetric types match either way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, ClassVar

import pytest
from pydantic import BeforeValidator, ConfigDict

from kg.annotating import annotate
from kg.extracting import extraction
from kg.ids import WIKIDATA, normalise
from kg.lang import checked, read_yaml
from kg.model import CERTAINTIES, MODALITIES, STATUSES, Actor, Document, Span, Statement
from kg.ontology import relation_types
from kg.show import flags

HERE = Path(__file__).parent
DETAILS = ("by", "time", "office", "characterisation", "quote")


def unquoted(lines: object) -> object:
    """Put `… | by: Biden` together again, which YAML takes for a mapping where it is not in quotes."""
    if not isinstance(lines, list):
        return lines
    return [next(f"{k}: {v}" for k, v in x.items()) if isinstance(x, dict) else x for x in lines]


Lines = Annotated[tuple[str, ...], BeforeValidator(unquoted)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    text: str
    expect: Lines = ()
    forbid: Lines = ()
    xfail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A parsed line of `expect` or `forbid`."""

    source: str
    type: str
    target: str
    flags: frozenset[str]
    details: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    actors: dict[str, Actor]
    statements: tuple[Statement, ...]

    def __str__(self) -> str:
        return "\n".join(self._line(s) for s in self.statements) or "nothing"

    def _line(self, s: Statement) -> str:
        ends = f"{self.actors[s.source].name} {s.type} {self.actors[s.target].name}"
        quote = " … ".join(span.text for span in s.evidence)
        return " | ".join(["  " + ends, *flags(s, actors=self.actors), f"“{quote}”"])


def all_cases() -> Iterator[object]:
    for path in sorted(HERE.glob("*/cases.yaml")):
        code = path.parent.name
        for number, case in enumerate(read(code)):
            marks = [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else []
            yield pytest.param(code, number, id=f"{code}-{number + 1}: {case.text[:60]}", marks=marks)


@cache
def read(code: str) -> tuple[Case, ...]:
    path = HERE / code / "cases.yaml"
    return checked(read_yaml(path), tuple[Case, ...], path=f"tests/lang/{code}/cases.yaml")


@cache
def found_in(code: str) -> tuple[Found, ...]:
    """Return what is found in every case of a language: one pass, so that the pipeline loads once."""
    documents = [Document(id=str(n), text=case.text, lang=code) for n, case in enumerate(read(code))]
    found = map(extraction, annotate(documents))
    return tuple(Found(actors={a.id: a for a in e.actors}, statements=e.statements) for e in found)


@pytest.mark.parametrize(("code", "number"), list(all_cases()))
def test_statements_of_sentence(code: str, number: int) -> None:
    case, found = read(code)[number], found_in(code)[number]
    lines = {text: parse(text) for text in (*case.expect, *case.forbid)}
    missing = [
        t for t in case.expect if not any(fits(lines[t], s, found, strict=True) for s in found.statements)
    ]
    wrong = [t for t in case.forbid if any(fits(lines[t], s, found, strict=False) for s in found.statements)]
    report = f"\n{case.text}\n  missing: {missing}\n  forbidden but found: {wrong}\nfound:\n{found}"
    assert not missing, report
    assert not wrong, report


@pytest.mark.parametrize("code", sorted(path.parent.name for path in HERE.glob("*/cases.yaml")))
def test_no_sentence_stands_twice(code: str) -> None:
    texts = [case.text for case in read(code)]
    assert sorted(set(texts)) == sorted(texts)


def parse(text: str) -> Line:
    claim, *qualifiers = (part.strip() for part in text.split(" | "))
    names = "|".join(relation_types())
    match = re.fullmatch(rf"(.+?) ({names}) (.+)", claim)
    assert match, f"no relation type stands between two actors in {text!r}"
    details = dict(part.split(": ", 1) for part in qualifiers if ": " in part)
    flagged = frozenset(part for part in qualifiers if ": " not in part)
    unknown = (flagged - {"negated", *MODALITIES, *STATUSES, *CERTAINTIES}) | (details.keys() - set(DETAILS))
    assert not unknown, f"unknown qualifier in {text!r}: {sorted(unknown)}"
    return Line(source=match[1], type=match[2], target=match[3], flags=flagged, details=details)


def is_in(found: Found, line: Line, *, strict: bool) -> bool:
    return any(fits(line, statement, found, strict=strict) for statement in found.statements)


def fits(line: Line, statement: Statement, found: Found, *, strict: bool) -> bool:
    if statement.type != line.type:
        return False
    ends = [
        (found.actors[statement.source], statement.source_mention),
        (found.actors[statement.target], statement.target_mention),
    ]
    ways = [ends, ends[::-1]] if relation_types()[line.type].symmetric else [ends]
    if not any(named(line.source, *way[0]) and named(line.target, *way[1]) for way in ways):
        return False
    return flags_fit(line, statement, strict=strict) and details_fit(line, statement, found)


def flags_fit(line: Line, s: Statement, *, strict: bool) -> bool:
    has = {"negated"} if s.negated else set()
    has |= {s.modality, s.status, s.certainty}
    if not line.flags <= has:
        return False
    if not strict:
        return True
    return all(
        value in line.flags or value == default
        for value, default in ((s.modality, "actual"), (s.status, "current"))
    ) and s.negated == ("negated" in line.flags)


def details_fit(line: Line, s: Statement, found: Found) -> bool:
    quotes = " … ".join(span.text for span in s.evidence)
    for key, wanted in line.details.items():
        if key == "by":
            claimant = found.actors.get(s.attributed_to or "")
            fit = claimant is None if wanted == "narrator" else bool(claimant and named(wanted, claimant))
        elif key == "time":
            fit = wanted in (s.time.start, s.time.end, s.time.text)
        elif key == "quote":
            fit = quotes == wanted
        else:
            fit = normalise(wanted) == normalise((s.office if key == "office" else s.characterisation) or "")
        if not fit:
            return False
    return True


def named(wanted: str, actor: Actor, mention: Span | None = None) -> bool:
    """Say whether `wanted` names the actor; the words of the text do only where it is not linked."""
    names = {actor.name, *actor.aliases, *(name for _, name in actor.labels)}
    if mention and not actor.id.startswith(WIKIDATA):
        names.add(mention.text)
    return wanted == "*" or normalise(wanted) in {normalise(name) for name in names}
