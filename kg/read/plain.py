"""Plain text: one file is one document."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import InputError
from kg.model import Document
from kg.read.encoding import MAX_CHARACTERS, decode
from kg.read.record import document
from kg.read.source import Source, opened


def read_plain(source: Source) -> Iterator[Document | InputError]:
    """Yield the file's text as it is, under the file's name."""
    text = decode(whole(source), path=source.place)
    yield document({"text": text}, path=source.place, name=source.name)


def whole(source: Source) -> bytes:
    """Return all bytes of a source that is one document; one that is far too long is not even read."""
    limit = 4 * MAX_CHARACTERS
    with opened(source) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"more than {limit} bytes, too long for one document", path=source.place)
    if not data:
        raise InputError("empty", path=source.place)
    return data
