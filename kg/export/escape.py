"""Text as XML 1.0 and Cypher can hold it.

A row has some forty values and few that need a change, so the patterns run over all values of a row at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from kg.export.files import REPLACEMENT
from kg.export.flat import Row, Value

Change: TypeAlias = Callable[[re.Match[str]], str]

_NUL: Final = "\x00"
# Neither pattern may match NUL, which parts the values while a pattern runs.
_XML: Final = re.compile('[&<>"\t\n\r\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\ud800-\udfff\ufffe\uffff]')
_LOST: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_CYPHER: Final = re.compile("[\\\\'\x01-\x1f\x7f-\x9f\u2028\u2029]|(?<=\\\\)u")
_ESCAPES: Final = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def xml(values: Sequence[Value]) -> list[str]:
    """Return the values for attributes in double quotes or for elements' content.

    Line breaks and tabs become character references, because a parser turns raw ones into spaces or drops
    them. Control characters, which XML 1.0 cannot even refer to, become U+FFFD: offsets stay right.
    """
    return _changed([spelled(value) for value in values], _XML, _reference, nul=REPLACEMENT)


def exact(row: Row) -> str | None:
    """Return those texts of a row that `xml` changes for good, as a JSON object; None if there are none."""
    texts = {name: value for name, value in row.items() if isinstance(value, str)}
    if not _LOST.search("".join(texts.values())):
        return None
    return json.dumps({name: text for name, text in texts.items() if _LOST.search(text)})


def cypher(strings: Sequence[str]) -> list[str]:
    r"""Return the strings for literals in single quotes.

    Neo4j resolves `\u` even before it knows where a string begins, and so would take the second half of a
    doubled backslash: behind a backslash the letter itself is written as `\u0075`.
    """
    return _changed(strings, _CYPHER, _escape, nul="\\u0000")


def spelled(value: Value) -> str:
    """Return a value as XML Schema, JSON and Cypher spell it."""
    if isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)


def _changed(strings: Sequence[str], pattern: re.Pattern[str], change: Change, *, nul: str) -> list[str]:
    joined = _NUL.join(strings)
    if joined.count(_NUL) == len(strings) - 1:
        return pattern.sub(change, joined).split(_NUL)
    return [pattern.sub(change, string).replace(_NUL, nul) for string in strings]


def _reference(match: re.Match[str]) -> str:
    char = match.group()
    if char in _ENTITIES:
        return _ENTITIES[char]
    return f"&#{ord(char)};" if char in "\t\n\r\x85\u2028" or "\x7f" <= char <= "\x9f" else REPLACEMENT


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    return _ESCAPES.get(char) or f"\\u{ord(char):04x}"
