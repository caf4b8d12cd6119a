"""What tells on the disk that a graph has changed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import TypeAlias

from kg.store.updating import FILE

Stamp: TypeAlias = tuple[tuple[str, int, int], ...]


def stamp_of(source: Path) -> Stamp:
    """Return what tells that a graph has changed; the user's own graphs are the server's to change."""
    try:
        if source.is_file():
            return _marks([source])
        return _marks(path for path in sorted(source.iterdir()) if _tells(path.name))
    except OSError:
        return ()


def _tells(name: str) -> bool:
    """Return whether a file in a graph's folder says anything about the graph: some change by reading it."""
    return not name.startswith(FILE) and not name.endswith(("-shm", ".part"))


def _marks(paths: Iterable[Path]) -> Stamp:
    found = []
    for path in paths:
        with suppress(FileNotFoundError):  # a file may go at any moment
            state = path.stat()
            # Whoever reads records makes an empty log beside them.
            if S_ISREG(state.st_mode) and (state.st_size or not path.name.endswith("-wal")):
                found.append((path.name, state.st_mtime_ns, state.st_size))
    return tuple(found)
