"""One file, or standard input, that documents are read from."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import InputError

_GZIP = b"\x1f\x8b"
_HEAD = 4096


@contextmanager
def opened(source: Source, *, unpack: bool = True) -> Iterator[BinaryIO]:
    """Open a source for reading bytes, unpacking gzip; what the system refuses becomes an `InputError`."""
    try:
        if source.path is None:
            yield _unpacked(sys.stdin.buffer) if unpack else sys.stdin.buffer
        else:
            with source.path.open("rb") as file:
                yield _unpacked(file) if unpack else file
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"broken gzip: {error}", path=source.place) from error
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", path=source.place) from error


def head(source: Source) -> bytes:
    """Return the first bytes of a source, unpacked, without taking them out of standard input."""
    with opened(source, unpack=False) as stream:
        data = cast(io.BufferedReader, stream).peek(_HEAD)[:_HEAD]
    if data.startswith(_GZIP):
        with suppress(zlib.error):  # reading it will say so
            return zlib.decompressobj(wbits=31).decompress(data, _HEAD)
    return data


def suffix(path: Path) -> str:
    """Return the suffix of a file in lower case, without the dot and without `.gz`."""
    return Path(path.name.lower().removesuffix(".gz")).suffix.removeprefix(".")


def _unpacked(file: BinaryIO) -> BinaryIO:
    buffered = file if isinstance(file, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, file))
    if buffered.peek(2)[:2] == _GZIP:
        return cast(BinaryIO, gzip.GzipFile(fileobj=buffered))
    return cast(BinaryIO, buffered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where to read: `name` is relative to what the user gave, the same everywhere; `place` is for errors."""

    name: str
    place: str
    path: Path | None
