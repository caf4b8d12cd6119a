"""From what an expression of time says to partial ISO dates, counted from the day of publication."""

from __future__ import annotations

import datetime
from calendar import monthrange
from dataclasses import dataclass

from kg.statements.when_words import Part, Unit

Dates = tuple[str | None, str | None]
UNKNOWN: Dates = (None, None)
FAR_BACK = datetime.timedelta(days=330)  # "on 2 March", written in February, is the one to come
YEARS: dict[Unit, int] = {"year": 1, "decade": 10, "century": 100}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the words of an expression say, before anybody asks which day it is.

    `shift` counts units, or says in which direction a named day or month lies: last -1, this 0, next 1.
    `through` makes a count a range up to or from the day of publication ("the last two years").
    """

    year: int | None = None
    year_end: int | None = None
    month: int | None = None
    month_end: int | None = None
    day: int | None = None
    day_end: int | None = None
    weekday: int | None = None
    unit: Unit | None = None
    shift: int | None = None
    through: bool = False
    vague: bool = False
    part: Part | None = None


def resolve(reading: Reading, published: datetime.date | None, *, toward: int | None = None) -> Dates | None:
    """Return the start and end of a reading, (None, None) where it cannot be known, None for no date at all.

    `toward` says where a day or month without a year is looked for if the words do not: -1 before, 1 after
    the publication, None in the past unless the next one is much nearer.
    """
    if reading.month and not all(
        day <= monthrange(reading.year or 2000, reading.month_end or reading.month)[1]
        for day in (reading.day or 1, reading.day_end or 1)
    ):
        return None
    if reading.year:
        return _in_year(reading, reading.year)
    if published is None or reading.vague:
        return UNKNOWN
    try:
        return _relative(reading, published, toward)
    except (OverflowError, ValueError):  # before the year 1 or after 9999: "5,000 years ago"
        return UNKNOWN


def is_past(dates: Dates, published: datetime.date | None, *, shift: int | None = None) -> bool | None:
    """Return whether the dates lie before (True) or after (False) the publication; else None."""
    today = published.isoformat() if published else ""
    start, end = dates
    if today and end and end < today[: len(end)]:
        return True
    if today and start and start > today[: len(start)]:
        return False
    if dates == UNKNOWN or not today:
        return shift < 0 if shift else None
    return None


def _in_year(reading: Reading, year: int) -> Dates:
    if not 0 < year < 10000 or (
        reading.day and reading.month and reading.day > monthrange(year, reading.month)[1]
    ):
        return UNKNOWN
    if not reading.month:
        return f"{year:04}", f"{reading.year_end or year:04}"
    start, end = f"{year:04}-{reading.month:02}", f"{year:04}-{reading.month_end or reading.month:02}"
    if reading.month_end and reading.month_end < reading.month:  # "December–January 2025"
        start = f"{year - 1:04}-{reading.month:02}"
    if reading.day:
        start, end = f"{start}-{reading.day:02}", f"{end}-{reading.day_end or reading.day:02}"
    return start, end


def _relative(reading: Reading, published: datetime.date, toward: int | None) -> Dates:
    shift, unit = reading.shift, reading.unit
    if reading.through and unit and shift:
        there = _period(unit, shift, published)
        return (there[0], published.isoformat()) if shift < 0 else (published.isoformat(), there[1])
    if reading.month:
        if unit == "year" and shift is not None:
            return _in_year(reading, published.year + shift)
        return _in_year(reading, _year_of(reading, published, toward)) if unit is None else UNKNOWN
    if reading.weekday is not None:
        if unit == "week" and shift is not None:
            return _one(_monday(published) + datetime.timedelta(weeks=shift, days=reading.weekday))
        return _one(_weekday(reading.weekday, published, shift, toward)) if unit is None else UNKNOWN
    if reading.day:
        return _day_of_month(reading, published, toward)
    return _period(unit, shift, published) if unit and shift is not None else UNKNOWN


def _period(unit: Unit, shift: int, published: datetime.date) -> Dates:
    """Return the unit that lies `shift` units from the publication's: last week, this month, a year ago."""
    if unit == "hour":
        return UNKNOWN
    if unit == "day":
        return _one(published + datetime.timedelta(days=shift))
    if unit in ("week", "weekend"):
        monday = _monday(published) + datetime.timedelta(weeks=shift)
        first = monday + datetime.timedelta(days=5 if unit == "weekend" else 0)
        return first.isoformat(), (monday + datetime.timedelta(days=6)).isoformat()
    if unit == "month":
        months = published.year * 12 + published.month - 1 + shift
        month = _checked(months // 12).replace(month=months % 12 + 1).isoformat()[:7]
        return month, month
    year = _checked(published.year + shift * YEARS[unit]).year
    first_year = (year - 1) // 100 * 100 + 1 if unit == "century" else year // YEARS[unit] * YEARS[unit]
    return f"{first_year:04}", f"{first_year + YEARS[unit] - 1:04}"


def _year_of(reading: Reading, published: datetime.date, toward: int | None) -> int:
    """Return the year of a month or day that comes without one."""
    if reading.shift == 0:
        return published.year
    months, days = reading.month or 1, reading.day or reading.day_end
    here = (published.month, published.day) if days else (published.month,)
    named = (months, days) if days else (months,)
    last = published.year - (named > here or (reading.shift == -1 and named == here))
    following = published.year + (named < here or (reading.shift == 1 and named == here))
    direction = reading.shift or toward
    if direction is None:
        end_of_last = _checked(last).replace(month=months, day=min(days or 28, 28))
        direction = 1 if published - end_of_last > FAR_BACK else -1
    return following if direction > 0 else last


def _weekday(weekday: int, published: datetime.date, shift: int | None, toward: int | None) -> datetime.date:
    if shift == 0:
        return _monday(published) + datetime.timedelta(days=weekday)
    back = (published.weekday() - weekday) % 7
    if (shift or toward or -1) < 0:
        return published - datetime.timedelta(days=back or (7 if shift else 0))
    return published + datetime.timedelta(days=(7 - back) % 7 or (7 if shift else 0))


def _day_of_month(reading: Reading, published: datetime.date, toward: int | None) -> Dates:
    day = reading.day or 1
    shift = reading.shift
    if reading.unit not in (None, "month"):
        return UNKNOWN
    if reading.unit is None or shift is None:
        forward = (toward or -1) > 0
        shift = (day < published.day) if forward else -(day > published.day)
    month = _period("month", shift, published)[0]
    return _one(datetime.date.fromisoformat(f"{month}-{day:02}"))


def _monday(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=day.weekday())


def _one(day: datetime.date) -> Dates:
    return day.isoformat(), day.isoformat()


def _checked(year: int) -> datetime.date:
    return datetime.date(year, 1, 1)
