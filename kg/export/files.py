"""How an exporter puts a file in place: whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
SURROGATE: Final = re.compile("[\ud800-\udfff]")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a name in the same folder to write to; what was written there becomes `path` if nothing failed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_text(path: Path, chunks: Iterable[str]) -> None:
    """Write the chunks as UTF-8; half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD."""
    with replacing(path) as part, part.open("wb") as file:
        for chunk in chunks:
            try:
                file.write(chunk.encode())
            except UnicodeEncodeError:
                file.write(SURROGATE.sub(REPLACEMENT, chunk).encode())
