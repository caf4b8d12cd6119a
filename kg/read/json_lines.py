"""JSON lines: one object a line is one document."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kg.errors import InputError
from kg.model import Document
from kg.read.record import document
from kg.read.source import Source, opened
from kg.read.streams import lines


def read_json_lines(source: Source) -> Iterator[Document | InputError]:
    """Yield one document a line; blank lines are passed over, a broken line does not touch the next."""
    with opened(source) as stream:
        for number, line in lines(stream, path=source.place):
            if isinstance(line, InputError):
                yield line
            elif line.strip():
                yield _document(line, path=source.place, number=number)


def _document(line: str, *, path: str, number: int) -> Document | InputError:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return InputError(f"broken JSON: {getattr(error, 'msg', error)}", path=path, line=number)
    if not isinstance(value, dict):
        return InputError("expected an object with id and text", path=path, line=number)
    return document(value, path=path, line=number)
