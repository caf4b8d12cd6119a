"""Times in a text, resolved against the day of publication: 'last Friday', 'sejak 2014', '(21/1/2025)'."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.model import Span, Time
from kg.statements.when_calendar import UNKNOWN, Dates, Reading, is_past, resolve
from kg.statements.when_patterns import NUMBER, WORD, Opener, table
from kg.statements.when_reading import Point, Scan, is_licensed, point_at

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]?\s|\n")
_CONTEXT = 120  # characters around an expression in which a word of the future counts
_INTRODUCTION = 16  # 'On Tuesday', 'Pada hari Selasa': what may stand before a time that opens its sentence
_GLUE, _MONEY = ".,/:-", "$€£¥#+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """An expression of time: where it stands, what it says, and whether that lies before the publication.

    A point has the same `time.start` and `time.end`; an open range has one of them. Without a publication
    `past` is what the word itself says (last, ago: True; next: False), and None where it says nothing.
    """

    span: Span
    time: Time
    past: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Expression:
    """A reading of the text up to `stop`."""

    stop: int
    dates: Dates
    past: bool | None


def find_times(
    text: str, *, code: str, published: datetime.date | None, start: int = 0, end: int | None = None
) -> list[Dated]:
    """Return the expressions of time between two places of a text, in order and without overlaps.

    What is counted from a day unknown (no publication date) keeps its words and has no dates.
    """
    scan = Scan(text=text, limit=len(text) if end is None else end, table=table(code))
    found: list[Dated] = []
    free = start
    for word in WORD.finditer(text, start, scan.limit):
        at = word.start()
        if at < free or not _may_start(scan, word):
            continue
        best = max(_expressions(scan, at, published), key=lambda expression: expression.stop, default=None)
        if best:
            free = best.stop
            found.append(_dated(text, at, best))
    return found


def _may_start(scan: Scan, word: re.Match[str]) -> bool:
    """Say whether a time can start here: not within a number ('1.990'), a price ('$2000') or 'Covid-19'."""
    first, at = word[0], word.start()
    digit = first[0].isdigit()
    gate = scan.table.gates.get(NUMBER if digit else first.lower())
    if gate is None or gate.match(scan.text, at, scan.limit) is None:
        return False
    before = scan.text[max(0, at - 2) : at] if digit else ""
    return not before or not (before[-1] in _MONEY or (before[-1] in _GLUE and before[0].isalnum()))


def _expressions(scan: Scan, at: int, published: datetime.date | None) -> Iterator[_Expression]:
    """Yield the readings of the text at `at`: a point, a range, a range with one end open."""
    point = point_at(scan, at)
    if point:
        toward = _toward(scan, at, point)
        for join in scan.table.bare_joins:
            yield from _range(scan, point, join, published, toward)
        dates = resolve(point.reading, published, toward=toward) if is_licensed(scan, at, point) else None
        if dates:
            yield _Expression(stop=point.stop, dates=dates, past=_past(point.reading, dates, published))
    word = WORD.match(scan.text, at, scan.limit)
    for opener in scan.table.openers.get(word[0].lower(), ()) if word else ():
        match = opener.regex.match(scan.text, at, scan.limit)
        if match:
            yield from _opened(scan, at, match.end(), opener, published)


def _opened(
    scan: Scan, at: int, inner: int, opener: Opener, published: datetime.date | None
) -> Iterator[_Expression]:
    """Yield what stands after 'since', 'until', 'between' …"""
    now = scan.table.now.match(scan.text, inner, scan.limit)
    today = published.isoformat() if published else None
    if now and opener.side == "until":
        yield _Expression(stop=now.end(), dates=(None, today), past=None)
    point = point_at(scan, inner)
    if point is None:
        return
    toward = _toward(scan, at, point)
    if opener.join:
        yield from _range(scan, point, opener.join, published, toward)
        return
    forward = opener.side == "until"
    dates = resolve(point.reading, published, toward=toward or (1 if forward else -1))
    if dates:
        open_dates = (None, dates[1]) if forward else (dates[0], None)
        by_word = point.reading.shift if forward else None
        yield _Expression(
            stop=point.stop, dates=open_dates, past=is_past(open_dates, published, shift=by_word)
        )


def _range(
    scan: Scan, first: Point, join: re.Pattern[str], published: datetime.date | None, toward: int | None
) -> Iterator[_Expression]:
    """Yield the range from a point over a joining word to a second point, or to now."""
    joined = join.match(scan.text, first.stop, scan.limit)
    if joined is None:
        return
    now = scan.table.now.match(scan.text, joined.end(), scan.limit)
    if now:
        since = (resolve(first.reading, published, toward=toward or -1) or UNKNOWN)[0]
        yield _Expression(
            stop=now.end(), dates=(since, published.isoformat() if published else None), past=None
        )
    second = point_at(scan, joined.end())
    if second is None:
        return
    begin, finish = _ends(first.reading, second.reading, published, toward)
    if begin and finish and not (begin[0] and finish[1] and begin[0] > finish[1]):
        both = (begin[0], finish[1])
        yield _Expression(stop=second.stop, dates=both, past=is_past(both, published))


def _ends(
    first: Reading, second: Reading, published: datetime.date | None, toward: int | None
) -> tuple[Dates | None, Dates | None]:
    """Return the dates of both ends of a range; each takes the year that only the other one has."""
    if first.month and not first.year and second.year:
        first = replace(first, year=second.year - (first.month > (second.month or 12)))
    elif second.month and not second.year and first.year:
        second = replace(second, year=first.year + (second.month < (first.month or 1)))
    begin = resolve(first, published, toward=toward)
    if begin and begin[0] and len(begin[0]) > 4 and second.shift is None and not second.year:
        after = datetime.date.fromisoformat((begin[0] + "-01")[:10])
        return begin, resolve(second, after, toward=1)
    return begin, resolve(second, published, toward=toward)


def _toward(scan: Scan, at: int, point: Point) -> int | None:
    """Return 1 where a word of the future governs a day or month without a year, else None.

    It does so before the time in its sentence, unless a verb of saying stands between ("will meet, he said on
    Monday"), and after a time that opens the sentence ("On Monday, they will meet").
    """
    reading = point.reading
    if reading.year or reading.shift is not None:
        return None
    before = _SENTENCE_END.split(scan.text[max(0, at - _CONTEXT) : at])[-1]
    cue = max(scan.table.cue.finditer(before), key=lambda match: match.start(), default=None)
    if cue is None and len(before.strip()) <= _INTRODUCTION:
        after = _SENTENCE_END.split(
            scan.text[point.stop : min(scan.limit, point.stop + _CONTEXT)], maxsplit=1
        )[0]
        cue = scan.table.cue.search(after)
    return 1 if cue and cue["future"] else None


def _past(reading: Reading, dates: Dates, published: datetime.date | None) -> bool | None:
    """Return whether a point is past; of a year or month not over yet the start is past, the end is not."""
    past = is_past(dates, published, shift=reading.shift)
    if past is None and published and dates != UNKNOWN and reading.part in ("start", "end"):
        return reading.part == "start"
    return past


def _dated(text: str, at: int, expression: _Expression) -> Dated:
    span = Span(at, expression.stop, text[at : expression.stop])
    start, end = expression.dates
    return Dated(
        span=span, time=Time(start=start, end=end, text=" ".join(span.text.split())), past=expression.past
    )
