"""Text of any size without holding it: line by line, or in pieces."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from kg.errors import InputError
from kg.read.encoding import HEAD, MAX_CHARACTERS, encoding_of

MAX_BYTES = 4 * MAX_CHARACTERS  # of one line, which is at most one document


def lines(stream: BinaryIO, *, path: str) -> Iterator[tuple[int, str | InputError]]:
    """Yield the lines of a stream, numbered, line ends kept; for one that cannot be read, the fault."""
    raw = _raw_lines(stream)
    first: list[bytes | int] = []
    while sum(len(line) for line in first if isinstance(line, bytes)) < HEAD and (line := next(raw, b"")):
        first.append(line)
    head = b"".join(line for line in first if isinstance(line, bytes))
    encoding = encoding_of(head, path=path)
    if encoding.startswith(("utf_16", "utf_32")):
        # A line end is more than one byte here, so the lines found above are none; such files are rare.
        text = _decoded(head + stream.read(), encoding, path=path, line=None)
        yield from enumerate(io.StringIO(text, newline="\n"), 1)
        return
    for number, line in enumerate(chain(first, raw), 1):
        try:
            if isinstance(line, int):
                raise InputError(f"a line of {line} bytes; at most {MAX_BYTES}", path=path, line=number)
            yield number, _decoded(line, encoding, path=path, line=number)
        except InputError as error:
            yield number, error


def pieces(stream: BinaryIO, *, path: str) -> Iterator[str]:
    """Yield the text of a stream piece by piece."""
    head = stream.read(HEAD)
    decoder = codecs.getincrementaldecoder(encoding_of(head, path=path))()
    done = 0
    try:
        while head:
            yield decoder.decode(head)
            done += len(head)
            head = stream.read(HEAD)
        yield decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise InputError(f"byte {done + error.start}: not valid {error.encoding}", path=path) from error


def _raw_lines(stream: BinaryIO) -> Iterator[bytes | int]:
    """Yield each line as bytes; of one that is too long only the number of bytes, to spare memory."""
    while line := stream.readline(MAX_BYTES + 1):
        size = len(line)
        if size <= MAX_BYTES or line.endswith(b"\n"):
            yield line
            continue
        while not line.endswith(b"\n") and (line := stream.readline(MAX_BYTES)):
            size += len(line)
        yield size


def _decoded(data: bytes, encoding: str, *, path: str, line: int | None) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"not valid {encoding}: {error.reason}", path=path, line=line) from error
