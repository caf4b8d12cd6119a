"""A language's words of time made into regular expressions, once.

A pattern of `time.yaml` is text with slots, `"{day} {month}[, {year}]"`: `{…}` is a slot of the table
`_slots` (a second one of a kind ends in 2), what stands in `[…]` may be missing, a blank is any blank, a
hyphen any dash. Which slots it fills says what it means, so that the order of patterns does not matter: of
all that fit, the longest is taken. Every part has a greatest length: no text costs more than its length.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeVar

from kg.errors import ResourceError
from kg.lang import load
from kg.statements.when_words import Part, TimeWords, Unit, Words

T = TypeVar("T")
Regex = re.Pattern[str]
Side = Literal["since", "until", "both"]

WORD = re.compile(r"\w+")
NUMBER = "0"  # stands for every number among the first words of an expression
GAP = r"(?:[^\S\n]{1,3}|[^\S\n]?\n[^\S\n]{0,3})"  # a line break is a gap, an empty line is none
_DASH = r"[^\S\n]?(?:--|[-‐‑–—])[^\S\n]?"
_END = r"(?!\w|[.,]\d|%)"
_NAMED = re.compile(r"\(\?P<\w+>")
_PIECE = re.compile(r"\{(\w+)\}|(\w+)|(.)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """Words that open a range: `join` stands between its two ends, without it the range has one end."""

    regex: Regex
    side: Side
    join: Regex | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """Words that are a time by themselves; without a unit nobody can say which, only whether it is past."""

    regex: Regex
    unit: Unit | None
    shift: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The compiled words of a language; expressions are found by the first word that each can start with."""

    words: TimeWords
    points: Mapping[str, tuple[Regex, ...]]
    fixed: Mapping[str, tuple[Fixed, ...]]
    parts: Mapping[str, tuple[tuple[Regex, Part], ...]]
    openers: Mapping[str, tuple[Opener, ...]]
    bare_joins: tuple[Regex, ...]
    now: Regex
    unit: Regex
    cue: Regex
    gates: Mapping[str, Regex]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    units: Mapping[str, Unit]
    fused: Mapping[str, Unit]


@cache
def table(code: str) -> Table:
    """Return the compiled words of time of a language."""
    words = load(code, "time", TimeWords)
    slots = _slots(words)
    points = _by_first(
        (first, regex)
        for pattern in words.patterns
        for regex, firsts in [_compiled(pattern, slots, code)]
        for first in firsts
    )
    fixed = _by_first(_fixed(words))
    parts = _by_first(
        (first, (re.compile(rf"{_any([word])}(?:{GAP}|[-‐–])", re.IGNORECASE), part))
        for part, listed in words.parts.items()
        for word in listed
        for first in _firsts([word])
    )
    openers = _by_first(_openers(words))
    return Table(
        words=words,
        points=points,
        fixed=fixed,
        parts=parts,
        openers=openers,
        bare_joins=tuple(_join(r.join, words) for r in words.ranges if not r.open),
        now=_whole(words.now),
        unit=_whole(word for listed in words.units.values() for word in listed),
        cue=re.compile(
            rf"(?<!\w)(?:(?P<future>{_any(words.future)})|(?P<reporting>{_any(words.reporting)}))(?!\w)", re.I
        ),
        gates=_gates(points, fixed, parts, openers),
        months={name: number for number, names in enumerate(words.months, 1) for name in names},
        weekdays={name: number for number, names in enumerate(words.weekdays) for name in names},
        units={word: unit for unit, listed in words.units.items() for word in listed},
        fused={word: unit for unit, listed in words.fused.items() for word in listed},
    )


def _gates(
    points: Mapping[str, tuple[Regex, ...]],
    fixed: Mapping[str, tuple[Fixed, ...]],
    parts: Mapping[str, tuple[tuple[Regex, Part], ...]],
    openers: Mapping[str, tuple[Opener, ...]],
) -> dict[str, Regex]:
    """Return, by first word, one expression for all that it can start: most words are refused in one step."""
    regexes = [(first, regex) for first, listed in points.items() for regex in listed]
    regexes += [(first, item.regex) for first, items in fixed.items() for item in items]
    regexes += [(first, regex) for first, pairs in parts.items() for regex, _ in pairs]
    regexes += [(first, opener.regex) for first, openings in openers.items() for opener in openings]
    return {
        first: re.compile(
            "|".join(sorted({_NAMED.sub("(?:", regex.pattern) for regex in listed})), re.IGNORECASE
        )
        for first, listed in _by_first(regexes).items()
    }


def _slots(words: TimeWords) -> dict[str, tuple[str, frozenset[str]]]:
    """Return each slot's expression and the first words that it can start with."""
    counting = (*words.numbers, *words.multipliers)
    unit = _any(word for listed in words.units.values() for word in listed)
    fused = [word for listed in words.fused.values() for word in listed]
    number = rf"(?:\d{{1,4}}|(?:{_any(counting)})(?:[- ](?:{_any(counting)})){{0,4}})"
    ordinal_words = "".join(f"|{re.escape(word)}" for word in sorted(words.ordinals, key=len, reverse=True))
    roman = r"(?-i:X{0,2}(?:IX|IV|V?I{1,3}|V)|X{1,2})"
    month = rf"(?:{_any(w for names in words.months for w in names)})(?:\.(?={GAP}\d))?"
    weekday = _any(w for names in words.weekdays for w in names)
    vague = rf"(?P<vague>{_any(words.vague_numbers)}){GAP}(?P<unit_v>{unit})"
    count = rf"(?:{vague}|(?P<number>{number}){GAP}(?P<unit_n>{unit})|(?P<fused>{_any(fused)}))"
    day = rf"(?:0?[1-9]|[12]\d|3[01])(?:{_any(words.ordinal_suffixes)})?(?!\d|:\d)"
    digits = frozenset({NUMBER})
    all_parts = [word for listed in words.parts.values() for word in listed]
    named: dict[str, tuple[str, Iterable[str]]] = {
        "month": (month, (w for names in words.months for w in names)),
        "weekday": (weekday, (w for names in words.weekdays for w in names)),
        "unit": (unit, (w for listed in words.units.values() for w in listed)),
        "daypart": (_any(words.dayparts), words.dayparts),
        "ordinal": (
            rf"(?:(?:{_any(words.ordinal_prefixes)})?\d{{1,2}}(?:{_any(words.ordinal_suffixes)})?|{roman}{ordinal_words})",
            (NUMBER, *words.ordinals),
        ),
        "count": (count, (NUMBER, *counting, *words.vague_numbers, *fused)),
        "part": (_any(all_parts), all_parts),
        "last": (_any(words.last), words.last),
        "this": (_any(words.this), words.this),
        "next": (_any(words.next), words.next),
        "ago": (_any(words.ago), words.ago),
        "ahead": (_any(words.ahead), words.ahead),
        "within_last": (_any(words.within_last), words.within_last),
        "within_next": (_any(words.within_next), words.within_next),
    }
    numeric = {
        "day": day,
        "month_number": r"(?:0?[1-9]|1[0-2])(?!\d)",
        "year": r"(?:1[4-9]|20)\d\d(?!\d)",
        "short_year": r"\d\d(?!\d)",
        "decade": rf"(?:1[4-9]|20)\d0(?:{_any(words.decade_suffixes)})",
    }
    return {name: (regex, _firsts(listed)) for name, (regex, listed) in named.items()} | {
        name: (regex, digits) for name, regex in numeric.items()
    }


def _compiled(
    pattern: str, slots: Mapping[str, tuple[str, frozenset[str]]], code: str
) -> tuple[Regex, frozenset[str]]:
    """Return a pattern's regular expression and the first words that it can start with."""
    regex: list[str] = []
    firsts: set[str] = set()
    depth, open_start = 0, [True]  # by depth of brackets: can the next piece still be the first?
    for slot, word, sign in _PIECE.findall(pattern):
        name = slot.rstrip("2")
        if slot and name not in slots:
            raise ResourceError(
                f"{pattern!r} has an unknown slot {slot!r}; known: {', '.join(sorted(slots))}",
                path=f"kg/lang/{code}/time.yaml",
                key="patterns",
            )
        if sign == "[":
            open_start.append(open_start[depth])
            depth += 1
            regex.append("(?:")
        elif sign == "]":
            open_start.pop()
            depth -= 1
            regex.append(")?")
        elif sign:
            regex.append({" ": GAP, "-": _DASH, ",": "[^\\S\\n]?,"}.get(sign, re.escape(sign)))
        else:
            if open_start[depth]:
                firsts |= slots[name][1] if slot else {word.lower()}
                open_start[depth] = False
            regex.append(f"(?P<{slot}>{slots[name][0]})" if slot else re.escape(word))
    return re.compile("".join(regex) + _END, re.IGNORECASE), frozenset(firsts)


def _fixed(words: TimeWords) -> Iterable[tuple[str, Fixed]]:
    listed: list[tuple[Words, Unit | None, int]] = [(d.words, d.unit, d.shift) for d in words.deictic]
    listed += [(words.vague_past, None, -1), (words.vague_future, None, 1)]
    for phrases, unit, shift in listed:
        for first, same in _by_first((first, p) for p in phrases for first in _firsts([p])).items():
            yield first, Fixed(regex=_whole(same), unit=unit, shift=shift)


def _openers(words: TimeWords) -> Iterable[tuple[str, Opener]]:
    sides: tuple[tuple[Words, Side], ...] = ((words.since, "since"), (words.until, "until"))
    for listed, side in sides:
        regex = _before_time(listed, words)
        yield from ((first, Opener(regex=regex, side=side)) for first in _firsts(listed))
    for pair in words.ranges:
        regex, join = _before_time(pair.open, words), _join(pair.join, words)
        yield from ((first, Opener(regex=regex, side="both", join=join)) for first in _firsts(pair.open))


def _before_time(listed: Words, words: TimeWords) -> Regex:
    return re.compile(rf"(?:{_any(listed)}){GAP}(?:(?:{_any(words.joins)}){GAP}){{0,2}}", re.IGNORECASE)


def _join(joins: Words, words: TimeWords) -> Regex:
    """Return what may stand between the two ends of a range: ' to ', ' sampai pada ', ' – '."""
    spoken = _any(word for word in joins if word != "-")
    regex = rf"{GAP}(?:{spoken}){GAP}(?:(?:{_any(words.joins)}){GAP}){{0,2}}"
    return re.compile(f"{regex}|{_DASH}" if "-" in joins else regex, re.IGNORECASE)


def _whole(words: Iterable[str]) -> Regex:
    return re.compile(rf"(?:{_any(words)})(?!\w)", re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    """Return an alternation, longest first; without words one that matches nothing."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", GAP) for word in ordered) or "(?!)"


def _firsts(words: Iterable[str]) -> frozenset[str]:
    return frozenset(match[0] for word in words if (match := WORD.search(word)))


def _by_first(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    grouped: defaultdict[str, list[T]] = defaultdict(list)
    for first, value in pairs:
        grouped[first].append(value)
    return {first: tuple(values) for first, values in grouped.items()}
