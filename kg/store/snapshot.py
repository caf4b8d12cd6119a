"""A store as it was at one moment, to be read while somebody else writes.

RocksDB says that reading beside a writer is undefined: files that a reader opens late may be gone by then.
A snapshot is a folder of hard links to the files that never change, and copies of those that do.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.store.place import QUADS, READERS, quads_fault

if TYPE_CHECKING:
    import pyoxigraph as ox

TRIES: Final = 50
_OWNER: Final = "owner"


def readable(store: Path) -> tuple[ox.Store, Callable[[], None]]:
    """Open the quads of a store as they are now, read-only; the function ends it and takes its files away."""
    database = store / QUADS
    if not (database / "CURRENT").is_file():
        raise quads_fault("it is not there", store)
    sweep(store / READERS)
    for _ in range(TRIES):
        if found := _tried(store, database):
            return found
        time.sleep(0.01)
    raise quads_fault("it changed too quickly, or lacks files", store)


def _tried(store: Path, database: Path) -> tuple[ox.Store, Callable[[], None]] | None:
    """Take a snapshot; None if the writer was in the way."""
    import pyoxigraph as ox

    try:
        folder, end = _place(store)
    except FileNotFoundError:
        return None  # another reader swept the folder away before it was locked
    try:
        if _taken(database, folder):
            return ox.Store.read_only(str(folder)), end
    except FileNotFoundError:
        pass  # the writer took a file away that was about to be linked
    except (OSError, RuntimeError) as error:  # the latter for what is corrupt
        end()
        raise quads_fault(error, store) from error
    end()
    return None


def sweep(folder: Path) -> None:
    """Take away what readers left that were killed."""
    for place in folder.glob("*") if folder.is_dir() else ():
        with suppress(OSError):
            lock = _lock(place / _OWNER)
            if lock is not None:
                shutil.rmtree(place, ignore_errors=True)
                os.close(lock)


def _place(store: Path) -> tuple[Path, Callable[[], None]]:
    """Return a new folder that is locked as long as this process reads from it."""
    parent = store / READERS
    try:
        parent.mkdir(exist_ok=True)
        folder = parent / secrets.token_hex(8)
        folder.mkdir()
    except OSError:  # a store that may only be read
        folder = Path(tempfile.mkdtemp(prefix="polkg-"))
    lock = _lock(folder / _OWNER)

    def end() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        if lock is not None:
            with suppress(OSError):
                os.close(lock)

    return folder, end


def _taken(database: Path, folder: Path) -> bool:
    """Link and copy the database's files; False if the writer changed the list of files meanwhile.

    Files go only after the manifest says so. As long as it stays the same, nothing can be missing, and what
    the log lacks at its end had not been written when the reading began.
    """
    before = _manifest(database)
    for name in sorted(entry.name for entry in os.scandir(database)):
        if name.endswith(".sst"):
            _link(database / name, folder / name)
        elif name.endswith(".log"):
            shutil.copyfile(database / name, folder / name)
    for name, content in before.items():
        (folder / name).write_bytes(content)
    return _manifest(database) == before


def _manifest(database: Path) -> dict[str, bytes]:
    current = (database / "CURRENT").read_bytes()
    name = current.decode().strip()
    return {"CURRENT": current, name: (database / name).read_bytes()}


def _link(source: Path, target: Path) -> None:
    try:
        target.hardlink_to(source)
    except FileNotFoundError:
        raise
    except OSError:  # another disk, or somebody else's files
        shutil.copyfile(source, target)


def _lock(path: Path) -> int | None:
    """Lock a file for as long as this process lives; None if another process does so."""
    import fcntl

    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle
