"""The schema of a language's words of time, `time.yaml`; `when_patterns.py` makes expressions of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pydantic import ConfigDict

STRICT = ConfigDict(extra="forbid", frozen=True)
Unit = Literal["hour", "day", "week", "weekend", "month", "year", "decade", "century"]
Part = Literal["start", "middle", "end"]
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deictic:
    """Words that name a day or another unit by its distance from the day of publication."""

    __pydantic_config__ = STRICT
    unit: Unit
    shift: int
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeWords:
    """The words before the first and between the two times of a range; without `open` it starts bare."""

    __pydantic_config__ = STRICT
    open: Words
    join: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """All words of time of one language, in lower case.

    `needs_lead` are month and weekday names that mean something else as well ("May"): alone they count only
    after one of `name_leads`. A bare year counts only after one of `year_leads`, and neither before
    `not_after_year` ("1990 people") nor after a `numbered` thing ("UU Nomor 5 Tahun 2004"). After one of
    `never_after` ("every Friday", "Pasar Minggu") nothing is a time. `reporting` verbs take a `future` word
    away from a time that comes after them.
    """

    __pydantic_config__ = STRICT
    months: tuple[Words, ...]
    weekdays: tuple[Words, ...]
    units: dict[Unit, Words]
    numbers: dict[str, int]
    vague_numbers: Words
    last: Words
    this: Words
    next: Words
    ago: Words
    ahead: Words
    within_last: Words
    within_next: Words
    parts: dict[Part, Words]
    deictic: tuple[Deictic, ...]
    now: Words
    vague_past: Words
    vague_future: Words
    patterns: Words
    year_leads: Words
    name_leads: Words
    since: Words
    until: Words
    ranges: tuple[RangeWords, ...]
    future: Words
    reporting: Words
    fused: dict[Unit, Words] = field(default_factory=dict)
    multipliers: dict[str, int] = field(default_factory=dict)
    ordinals: dict[str, int] = field(default_factory=dict)
    ordinal_prefixes: Words = ()
    ordinal_suffixes: Words = ()
    decade_suffixes: Words = ()
    dayparts: Words = ()
    joins: Words = ()
    needs_lead: Words = ()
    not_after_year: Words = ()
    not_after_unit: Words = ()
    numbered: Words = ()
    never_after: Words = ()
