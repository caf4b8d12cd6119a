"""JSON: an array of objects, one object, or several one after the other; each object is one document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain

from kg.errors import InputError
from kg.model import Document
from kg.read.encoding import MAX_CHARACTERS
from kg.read.record import document
from kg.read.source import Source, opened
from kg.read.streams import pieces

_BETWEEN = re.compile(r"[\s,]*")
_LIMIT = 8 * MAX_CHARACTERS  # characters of one value: escapes take up to six for one of its text


def read_json(source: Source) -> Iterator[Document | InputError]:
    """Yield one document an object, holding no more than one of them; a sole object may do without an id."""
    with opened(source) as stream:
        before: tuple[int, object] | None = None
        sole = True
        for found in _values(pieces(stream, path=source.place), path=source.place):
            if before:
                sole = False
                yield _document(*before, source=source, sole=False)
            before = found
        if before:
            yield _document(*before, source=source, sole=sole)


def _document(line: int, value: object, *, source: Source, sole: bool) -> Document | InputError:
    if not isinstance(value, dict):
        return InputError("expected an object with id and text", path=source.place, line=line)
    return document(value, path=source.place, line=line, name=source.name if sole else None)


def _values(parts: Iterator[str], *, path: str) -> Iterator[tuple[int, object]]:
    """Yield the elements of a top-level array, or the top-level values, and the lines where they begin."""
    decoder = json.JSONDecoder()
    buffer, at, line, in_array, wanted = "", 0, 1, False, 1
    for part in chain(parts, [None]):
        buffer, at = buffer[at:] + (part or ""), 0
        if part is not None and len(buffer) < wanted:
            continue
        while True:
            space = _BETWEEN.match(buffer, at).end()  # type: ignore[union-attr]  # matches the empty string
            line, at = line + buffer.count("\n", at, space), space
            if at == len(buffer):
                break
            if buffer[at] == ("]" if in_array else "["):
                in_array, at = not in_array, at + 1
                continue
            try:
                value, end = decoder.raw_decode(buffer, at)
            except (ValueError, RecursionError) as error:
                # Cut off, or broken: more text decides. Doubling keeps the work in proportion to the text.
                wanted = 2 * (len(buffer) - at)
                if part is not None and wanted < 2 * _LIMIT:
                    break
                fault = error.pos if isinstance(error, json.JSONDecodeError) else at
                message = f"broken JSON: {getattr(error, 'msg', error)}"
                raise InputError(message, path=path, line=line + buffer.count("\n", at, fault)) from error
            yield line, value
            line, at, wanted = line + buffer.count("\n", at, end), end, 1
    if in_array:
        raise InputError("broken JSON: the array is not closed", path=path, line=line)
