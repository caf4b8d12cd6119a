"""One point in time at one place of a text: which pattern fits, and whether its words mean a time there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from kg.statements.when_calendar import YEARS, Reading
from kg.statements.when_patterns import GAP, NUMBER, WORD, Table
from kg.statements.when_words import Unit

_BEFORE = re.compile(r"(\w+)\s{1,3}\Z")
_AFTER = re.compile(rf"(?:{GAP}|-)?(\w+)")
_NUMBERED = re.compile(r"(\w+)\.?[^\S\n]{0,2}\d{1,5}[^\S\n](?:\w+[^\S\n])?\Z")
_OPENS_SENTENCE = re.compile(r"(?:\A|[.!?:;\n—–])[\s\"'“”‘’(]*\Z")
_LOOK_BACK = 30
_SMALL_UNITS: frozenset[Unit | None] = frozenset(
    {"hour", "day"}
)  # "last minute", "next day": no fixed distance


# What a point wants before it: a lead word for years or names, or at least not to be within a longer name.
Need = Literal["", "year", "name", "no name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A text up to `limit`, and the words to read it with."""

    text: str
    limit: int
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A reading of the text up to `stop`; `needs` is the kind of lead word without which it is none."""

    stop: int
    reading: Reading
    needs: Need = ""


def point_at(scan: Scan, at: int, *, within_part: bool = False) -> Point | None:
    """Return the longest point in time that starts exactly at `at`; the caller checks `is_licensed`."""
    word = WORD.match(scan.text, at, scan.limit)
    if word is None:
        return None
    first = NUMBER if word[0][0].isdigit() else word[0].lower()
    best: Point | None = None
    for point in _points(scan, at, first):
        if best is None or point.stop > best.stop:
            best = point
    if not within_part:
        for regex, part in scan.table.parts.get(first, ()):
            match = regex.match(scan.text, at, scan.limit)
            inner = point_at(scan, match.end(), within_part=True) if match else None
            if inner and (best is None or inner.stop > best.stop):
                best = Point(stop=inner.stop, reading=replace(inner.reading, part=part))
    return best


def is_licensed(scan: Scan, at: int, point: Point) -> bool:
    """Say whether the word before allows a time: a bare year or 'May' wants 'in', 'every' forbids it."""
    text, words = scan.text, scan.table.words
    if point.needs == "year" and text[at - 1 : at] == "(" and text[point.stop : point.stop + 1] == ")":
        return True
    before = _BEFORE.search(text[max(0, at - _LOOK_BACK) : at])
    word = before[1].lower() if before else ""
    if word in words.never_after or (word.isdecimal() and point.reading.weekday is not None):  # "2 Minggu"
        return False
    if point.needs == "no name":
        follower = _AFTER.match(text, point.stop, scan.limit)
        named = (
            before is not None and before[1][0].isupper() and not opens_sentence(text, at - len(before[0]))
        )
        return word in words.name_leads or not (named or (follower is not None and follower[1][0].isupper()))
    return not point.needs or word in (words.year_leads if point.needs == "year" else words.name_leads)


def opens_sentence(text: str, at: int) -> bool:
    """Say whether a sentence starts at `at`."""
    return _OPENS_SENTENCE.search(text[max(0, at - _LOOK_BACK) : at]) is not None


def _points(scan: Scan, at: int, first: str) -> Iterator[Point]:
    for fixed in scan.table.fixed.get(first, ()):
        match = fixed.regex.match(scan.text, at, scan.limit)
        if match:
            reading = Reading(unit=fixed.unit, shift=fixed.shift, vague=fixed.unit is None)
            yield Point(stop=match.end(), reading=reading)
    for regex in scan.table.points.get(first, ()):
        match = regex.match(scan.text, at, scan.limit)
        if match:
            reading_or_none = _reading(scan.table, match)
            needs = _needs(scan, match, reading_or_none) if reading_or_none else None
            if reading_or_none and needs is not None:
                yield Point(stop=match.end(), reading=reading_or_none, needs=needs)


def _reading(table: Table, match: re.Match[str]) -> Reading | None:
    """Return what the filled slots of a pattern say; None where they contradict each other ('2014-11')."""
    slots = {name: value.lower() for name, value in match.groupdict().items() if value}
    day, day_end = _digits(slots.get("day")), _digits(slots.get("day2"))
    month = table.months.get(slots.get("month", "").rstrip(".")) or _digits(slots.get("month_number"))
    month_end = table.months.get(slots.get("month2", "").rstrip("."))
    year, year_end = _digits(slots.get("year")), None
    if "short_year" in slots:
        short = int(slots["short_year"])
        if year:
            year_end = year // 100 * 100 + short
        else:
            year = 2000 + short
    if "decade" in slots:
        year = int(slots["decade"][:4])
        year_end = year + 9
    if "ordinal" in slots and (century := _ordinal(table, slots["ordinal"])):
        year, year_end = century * 100 - 99, century * 100
    if (year and year_end and year_end <= year) or (day and day_end and day_end <= day):
        return None
    unit, shift = _distance(table, slots)
    return Reading(
        year=year,
        year_end=year_end,
        month=month,
        month_end=month_end,
        day=day,
        day_end=day_end,
        weekday=table.weekdays.get(slots.get("weekday", "")),
        unit=unit,
        shift=shift,
        through="within_last" in slots or "within_next" in slots,
        vague="vague" in slots,
        part=next((part for part, listed in table.words.parts.items() if slots.get("part") in listed), None),
    )


def _distance(table: Table, slots: dict[str, str]) -> tuple[Unit | None, int | None]:
    """Return the unit and how many: 'two years ago' is ("year", -2), 'next week' is ("week", 1)."""
    sign = -1 if {"last", "ago", "within_last"} & slots.keys() else 1
    if "fused" in slots:
        return _in_years(table.fused[slots["fused"]], sign)
    counted = slots.get("unit_n") or slots.get("unit_v")
    if counted:
        unit = table.units[_plain(counted)]
        return _in_years(unit, sign * (_number(table, slots["number"]) if "number" in slots else 1))
    named = slots.get("unit")
    if "this" in slots or (named and not {"last", "next"} & slots.keys()):
        sign = 0
    directed = bool({"last", "this", "next"} & slots.keys()) or named
    return table.units[_plain(named)] if named else None, sign if directed else None


def _in_years(unit: Unit, count: int) -> tuple[Unit, int]:
    """Return counted decades and centuries as years: 'a decade ago' is one year, 'last decade' are ten."""
    return ("year", count * YEARS[unit]) if unit in YEARS else (unit, count)


def _needs(scan: Scan, match: re.Match[str], reading: Reading) -> Need | None:
    """Return what the expression needs before it, None where its words mean something else."""
    words, slots = scan.table.words, match.groupdict()
    after = _AFTER.match(scan.text, match.end(), scan.limit)
    follower = after[1].lower() if after else ""
    dated = bool(reading.day or (reading.month and reading.year))
    if slots.get("unit") and not _is_unit(scan, match, reading, follower):
        return None
    for slot in ("month", "weekday"):
        if slots.get(slot) and not _is_name(scan, match, slot, reading):
            return None
    if reading.year and not reading.month:
        before = scan.text[max(0, match.start() - _LOOK_BACK) : match.start()]
        numbered = _NUMBERED.search(before)
        if follower in words.not_after_year or (numbered and numbered[1].lower() in words.numbered):
            return None
    if match[0].isdigit():
        return "year"
    name = (slots.get("month") or slots.get("weekday") or "").rstrip(".").lower()
    if dated or reading.shift is not None or match[0].rstrip(".").lower() != name:
        return ""
    return "name" if name in words.needs_lead else "no name" if reading.month else ""


def _is_unit(scan: Scan, match: re.Match[str], reading: Reading, follower: str) -> bool:
    """Say whether a unit means a stretch of time: not 'last minute', 'last week of', or 'Minggu', Sunday."""
    named = match["unit"]
    if (
        named.lower() in scan.table.weekdays
        and named[0].isupper()
        and not opens_sentence(scan.text, match.start("unit"))
    ):
        return False
    alone = reading.month is None and reading.weekday is None and reading.day is None
    if alone and reading.unit in _SMALL_UNITS:
        return False
    return not (alone and reading.shift and follower in scan.table.words.not_after_unit)


def _is_name(scan: Scan, match: re.Match[str], slot: str, reading: Reading) -> bool:
    """Say whether a month or weekday is one here: 'May', not 'may'; 'hari minggu', not 'minggu ini'."""
    name, at = match[slot], match.start(slot)
    plain = name.rstrip(".").lower()
    opening = at == match.start()
    if slot == "weekday" and plain in scan.table.units and opening and not reading.day:
        return name[0].isupper() and not (reading.shift is not None and opens_sentence(scan.text, at))
    if name[0].isupper() or (reading.day and reading.year):
        return True
    related = reading.shift is not None or bool(reading.day or reading.year)
    return plain not in scan.table.words.needs_lead and (related or not opening)


def _ordinal(table: Table, word: str) -> int | None:
    """Return the number of 'ke-19', '19th', 'nineteenth' or 'xix'."""
    roman = {"i": 1, "v": 5, "x": 10}
    if word in table.words.ordinals:
        return table.words.ordinals[word]
    if all(sign in roman for sign in word):
        values = [roman[sign] for sign in word]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return sum(-value if value < following else value for value, following in pairs)
    return _digits(word)


def _number(table: Table, words: str) -> int:
    """Return the value of '12', 'twenty-six' or 'dua puluh enam'."""
    if words.isdecimal():
        return int(words)
    value = 0
    for word in WORD.findall(words):
        multiplier = table.words.multipliers.get(word)
        value = max(value, 1) * multiplier if multiplier else value + table.words.numbers[word]
    return value


def _digits(word: str | None) -> int | None:
    digits = re.search(r"\d+", word) if word else None
    return int(digits[0]) if digits else None


def _plain(words: str) -> str:
    return " ".join(words.split())
