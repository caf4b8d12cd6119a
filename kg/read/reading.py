"""Read the documents of all sources one after the other, and say how many there are."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, get_args

from kg.errors import InputError, UnknownNameError
from kg.model import Document
from kg.read.readers import count, reader
from kg.read.source import Source
from kg.read.sources import expand

OnError = Literal["stop", "skip"]

_log = logging.getLogger("kg")


def read(
    sources: Sequence[str | Path], *, format: str | None = None, on_error: OnError = "stop"
) -> Iterator[Document]:
    """Yield the documents of files, folders, glob patterns and standard input (`-`), in order, one at a time.

    `format` names the reader of all of them (`jsonl`, `html` …); without it the suffix tells, or the content
    of standard input and of a file without a suffix. What cannot be read raises `InputError`; with
    `on_error="skip"` it is logged as a warning and the rest is read: other records of the file, other files.
    """
    if on_error not in get_args(OnError):
        raise UnknownNameError("on_error", on_error, get_args(OnError))
    places: dict[str, str] = {}
    for source, number, found in _found(sources, format):
        problem: InputError | None = None
        if isinstance(found, InputError):
            problem = found
        elif found.id in places:
            message = f"id {found.id!r} of document {number} was given before, in {places[found.id]}"
            problem = InputError(message, path=source)
        else:
            places[found.id] = f"document {number} of {source}"
            yield found
        if problem and on_error == "stop":
            raise problem
        if problem:
            _log.warning("skipped %s", problem)


def estimate(sources: Sequence[str | Path], *, format: str | None = None) -> int | None:
    """Return how many documents the sources hold where that is cheap to know, else None."""
    total = 0
    for source in expand(sources, all_files=format is not None):
        number = count(source, format) if isinstance(source, Source) else None
        if number is None:
            return None
        total += number
    return total


def _found(
    sources: Sequence[str | Path], format: str | None
) -> Iterator[tuple[str, int, Document | InputError]]:
    """Yield documents and faults as they are met, each with the place of its source and its number in it."""
    for source in expand(sources, all_files=format is not None):
        if isinstance(source, InputError):
            yield source.path, 0, source
            continue
        number = 0
        try:
            for found in reader(source, format)(source):
                number += 1
                yield source.place, number, found
            if number == 0:
                raise InputError("holds no document", path=source.place)
        except InputError as error:
            yield source.place, number + 1, error
