"""Where a text's paragraphs are: lines, except that the lines of soft-wrapped text belong together."""

from __future__ import annotations

import re
from itertools import pairwise

Range = tuple[int, int]

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BLANK_BETWEEN = re.compile(r"\n[^\S\n]*\n|\r[^\S\r]*\r|\u2029")
_WIDTHS = range(40, 131)  # characters a line of soft-wrapped text: longer ones are paragraphs of their own
_LEAST = 2  # wrapped lines that prove anything: after the widest line any word would have been too much
_SHARE = 0.5  # of the line breaks without a blank line must look wrapped and stand inside a sentence
_FINAL = re.compile(r"[.!?:…][\"'”’»)\]*]*$")
_WORDS = re.compile(r"[\"'“‘«(\[*_–—-]?\w")
_ITEM = re.compile(r"(?:[-–—*•·▪►‣]|\d{1,2}[.)])(?:\s|$)")


def paragraphs(text: str) -> list[Range]:
    """Return the ranges of the paragraphs of `text`, without the white space around them."""
    lines = _lines(text)
    joints = _joints(text, lines)
    found: list[Range] = []
    for number, line in enumerate(lines):
        if number and (joints[number - 1] or _continues(text, lines[number - 1], line)):
            found[-1] = (found[-1][0], line[1])
        else:
            found.append(line)
    return found


def _joints(text: str, lines: list[Range]) -> list[bool]:
    """Tell of each line but the first whether it was wrapped off the one before; none in unwrapped text."""
    never = [False] * (len(lines) - 1)
    width = max((end - start for start, end in lines), default=0)
    if width not in _WIDTHS:
        return never
    joints = [_wrapped(text, a, b, width=width) for a, b in pairwise(lines)]
    breaks = sum(not _apart(text, a, b) for a, b in pairwise(lines))
    inside = sum(joint and not _ends(text, line) for joint, line in zip(joints, lines, strict=False))
    return joints if inside >= max(_LEAST, _SHARE * breaks) else never


def _lines(text: str) -> list[Range]:
    """Return the ranges of the lines that have something on them, without the white space around it."""
    found = []
    for match in _LINE.finditer(text):
        line = match.group()
        if core := line.strip():
            start = match.start() + line.index(core[0])
            found.append((start, start + len(core)))
    return found


def _apart(text: str, a: Range, b: Range) -> bool:
    """Tell whether a blank line stands between two lines."""
    return _BLANK_BETWEEN.search(text, a[1], b[0]) is not None or text[a[1] : b[0]].count("\n") > 1


def _wrapped(text: str, a: Range, b: Range, *, width: int) -> bool:
    """Tell whether `b` was wrapped off `a`: its first word would have made `a` wider than the column."""
    if _apart(text, a, b) or not _WORDS.match(text, b[0]) or _ITEM.match(text, b[0]):
        return False
    word = text[b[0] : b[1]].split(None, 1)[0]
    return a[1] - a[0] + 1 + len(word) > width


def _ends(text: str, line: Range) -> bool:
    """Tell whether a line ends with a sentence."""
    return _FINAL.search(text, max(line[0], line[1] - 8), line[1]) is not None


def _continues(text: str, a: Range, b: Range) -> bool:
    """Tell whether `b` goes on with a sentence that `a` left open, whatever the width of the column."""
    return (
        text[b[0]].islower()
        and a[1] - a[0] >= _WIDTHS.start
        and not _ends(text, a)
        and not _apart(text, a, b)
    )
