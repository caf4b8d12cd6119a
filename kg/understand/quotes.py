"""Direct quotations by their marks: straight and curly, nested, over paragraphs; no apostrophes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Side = Literal["open", "close", "either", "neither"]

CLOSERS = {
    "“": "”",
    "„": "”",
    "‟": "”",
    "«": "»",
    "‘": "’",
    "‚": "’",
    "‹": "›",
    '"': '"',
    "'": "'",
    "``": "''",
}
OPENERS = {"”": "“„‟", "»": "«", "’": "‘‚", "›": "‹", '"': '"', "'": "'", "''": "``"}

_AHEAD = 40  # marks that are looked at for the end of a single quotation; without a limit, time is quadratic
_MARK = re.compile(r"``|''|[\"“”„‟«»'‘’‚‹›]")
_OPENING_CONTEXT = "([{<—–-/" + "".join(CLOSERS)
_CLOSING_CONTEXT = ".,;:!?)]}>…—–-/" + "".join(OPENERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Characters inside of a pair of marks; over how many paragraphs; inside of how many other quotations."""

    start: int
    end: int
    paragraphs: int = 1
    depth: int = 0


@dataclass(slots=True, kw_only=True)
class _Open:
    mark: str
    start: int
    paragraphs: int = 1
    depth: int = 0


def find_quotes(text: str, paragraphs: Sequence[int] = ()) -> tuple[Quote, ...]:
    """Return the quotations of `text` in order; `paragraphs` are the offsets at which paragraphs begin.

    A quotation that is open at the end of a paragraph goes on if the next paragraph repeats the opening mark,
    as newspapers do; otherwise its mark is a slip and ignored, so that one slip never swallows an article.
    """
    found: list[Quote] = []
    bounds = sorted({0, *paragraphs, len(text)})
    stack: list[_Open] = []
    for start, end in pairwise(bounds):
        marks = list(_MARK.finditer(text, start, end))
        stack = _carried(text, start, stack, marks)
        skip = 1 if stack else 0
        for place, mark in enumerate(marks):
            if place >= skip:
                later = marks[place + 1 : place + 1 + _AHEAD]
                _step(text, mark, later, stack=stack, found=found)
    return tuple(sorted(found, key=lambda q: (q.start, -q.end)))


def _carried(text: str, start: int, stack: list[_Open], marks: list[re.Match[str]]) -> list[_Open]:
    """Return the quotation that goes on into the paragraph at `start`, if there is one."""
    if not stack or not marks:
        return []
    outer, mark = stack[0], marks[0]
    if mark[0] != outer.mark or text[start : mark.start()].strip():
        return []
    outer.paragraphs += 1
    return [outer]


def _step(
    text: str, mark: re.Match[str], later: list[re.Match[str]], *, stack: list[_Open], found: list[Quote]
) -> None:
    """Let one mark open a quotation, close one, or mean nothing."""
    sign = mark[0]
    if sign in "'‘’‚" and not _is_single_quote(text, mark, later, stack):
        return
    side = _side(text, mark)
    opened = next((i for i in range(len(stack) - 1, -1, -1) if stack[i].mark in OPENERS.get(sign, "")), None)
    if sign in CLOSERS and sign in OPENERS:  # straight marks: what stands around them decides
        if opened is not None and side == "open":
            del stack[opened:]
            opened = None
        if opened is None and side in ("open", "either"):
            stack.append(_Open(mark=sign, start=mark.end(), depth=len(stack)))
        elif opened is not None:
            _close(mark, opened, stack=stack, found=found)
    elif sign in CLOSERS:
        stack.append(_Open(mark=sign, start=mark.end(), depth=len(stack)))
    elif opened is not None:
        _close(mark, opened, stack=stack, found=found)
    elif sign in "”»" and side == "open":  # one curly mark for both ends: ”We agree,” he said
        stack.append(_Open(mark="“" if sign == "”" else "«", start=mark.end(), depth=len(stack)))


def _close(mark: re.Match[str], opened: int, *, stack: list[_Open], found: list[Quote]) -> None:
    """End the quotation at `opened`; those that were opened inside and never closed are dropped."""
    quote = stack[opened]
    del stack[opened:]
    length = mark.start() - quote.start
    if length > (quote.mark in "'‘"):  # one letter between single marks is "rock 'n' roll"
        found.append(
            Quote(start=quote.start, end=mark.start(), paragraphs=quote.paragraphs, depth=quote.depth)
        )


def _side(text: str, mark: re.Match[str]) -> Side:
    """Tell from its neighbours whether a mark can open, close, do either or neither."""
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end()] if mark.end() < len(text) else " "
    opens = (before.isspace() or before in _OPENING_CONTEXT) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in _CLOSING_CONTEXT)
    if opens == closes:
        both_spaces = before.isspace() and after.isspace()
        return "either" if opens or both_spaces else "neither"
    return "open" if opens else "close"


def _is_single_quote(text: str, mark: re.Match[str], later: list[re.Match[str]], stack: list[_Open]) -> bool:
    """Tell a single quotation mark from an apostrophe: "the parties' plan", "'90s", "Ma'ruf", "don't"."""
    before = text[mark.start() - 1] if mark.start() else " "
    after = text[mark.end()] if mark.end() < len(text) else " "
    if before.isalnum() and after.isalnum():
        return False
    if _side(text, mark) == "open":
        closers = [m for m in later if m[0] == CLOSERS.get(mark[0], mark[0]) and _side(text, m) == "close"]
        return not after.isdigit() and bool(closers)
    own = OPENERS.get(mark[0], "")
    if not stack or stack[-1].mark not in own:
        return False
    # "the 'parties' plan' ..." — after a plural s the mark ends the quotation only if no better one follows.
    rest = [m for m in later if m[0] == mark[0] and _side(text, m) == "close"]
    return not (before == "s" and rest and not _opens_between(text, later, rest[0]))


def _opens_between(text: str, later: list[re.Match[str]], end: re.Match[str]) -> bool:
    """Tell whether another single quotation opens before `end`, so that `end` belongs to that one."""
    return any(m.start() < end.start() and m[0] in "'‘‚" and _side(text, m) == "open" for m in later)
