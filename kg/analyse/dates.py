"""Partial dates (`2025`, `2025-01`, `2025-01-21`): which period each lies in, and whether two spans meet."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from kg.errors import QueryError
from kg.graph import Source
from kg.model import Statement

Clock: TypeAlias = Literal["either", "event", "publication"]
Period: TypeAlias = Literal["year", "quarter", "month"]
Dates: TypeAlias = tuple[str | None, str | None]

NEVER: Dates = (None, None)
_DATE: Final = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")


def dates(statement: Statement, source: Source, *, clock: Clock) -> Dates:
    """Return the first and last date of a statement; both None where nothing tells.

    The clock `event` is the time that the text gives, `publication` the document's date, and `either` the
    first of the two that is known. A time with a start only is open at its end, and the other way round;
    what is no date, in a graph that somebody else wrote, is not known.
    """
    event = (_known(statement.time.start), _known(statement.time.end))
    published = (_known(source.published), _known(source.published))
    if clock == "publication" or (clock == "either" and event == NEVER):
        return published
    return event


def meets(found: Dates, *, since: str | None, until: str | None) -> bool:
    """Say whether dates may lie between two others, both included; without any date they do not."""
    start, end = found
    if start is None and end is None:
        return False
    # A text comparison orders dates; "~" comes after every digit, so that "2025~" is after all of 2025.
    return not ((until and start and start > until + "~") or (since and end and end + "~" < since))


def period(found: Dates, *, by: Period) -> str | None:
    """Return the year, quarter or month in which dates begin (end, where only that is known).

    None where no date is known, or only a year and a month is asked for.
    """
    date = found[0] or found[1]
    if date is None or (by != "year" and len(date) < 7):
        return None
    if by == "quarter":
        return f"{date[:4]}-Q{(int(date[5:7]) + 2) // 3}"
    return date[: 4 if by == "year" else 7]


def checked_date(text: str) -> str:
    """Return the text if it is a day, month or year, else raise `QueryError`."""
    if not _DATE.fullmatch(text):
        raise QueryError(f"{text!r} is not a day, month or year such as 2025-01-21, 2025-01 or 2025")
    return text


def _known(text: str | None) -> str | None:
    return text if text and _DATE.fullmatch(text) else None
