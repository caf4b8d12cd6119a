"""Where a store lies: a folder with records in SQLite and, beside them, quads in an Oxigraph database."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import GraphError

if TYPE_CHECKING:
    import pyoxigraph as ox

RECORDS: Final = "records.sqlite"
QUADS: Final = "quads"
READERS: Final = "readers"
FORMAT: Final = 1
# So many seconds a writer waits for a reader that takes a look at the records, and a reader for a writer.
PATIENCE: Final = 60.0
_APPLICATION: Final = 0x706F6B67  # "pokg", by which `file` and SQLite tell these records from others
_TABLES: Final = """
CREATE TABLE documents (node TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, raw TEXT NOT NULL, shown TEXT);
CREATE TABLE shared (line TEXT, node TEXT, PRIMARY KEY (line, node)) WITHOUT ROWID;
CREATE TABLE forms (actor TEXT, form TEXT, node TEXT, PRIMARY KEY (actor, form, node)) WITHOUT ROWID;
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pending (number INTEGER PRIMARY KEY, change TEXT NOT NULL);
"""


def is_store(path: str | Path) -> bool:
    """Tell whether a store lies at `path`, whole or damaged."""
    return (Path(path) / RECORDS).is_file()


def records(path: str | Path, *, write: bool = False) -> sqlite3.Connection:
    """Open the records of the store at `path`; to write, they are made if nothing lies there.

    Raises `GraphError` if there is no store, or one that cannot be read.
    """
    folder = Path(path)
    if write:
        _make(folder)
    elif not folder.exists():
        raise GraphError(f"{folder}: no such store; `kg add … --store {folder}` makes one")
    if not write and not is_store(folder):
        raise GraphError(f"{folder} is no store: it has no {RECORDS}")
    try:
        connection = _connected(folder / RECORDS, write=write)
        _check(connection, folder, write=write)
    except sqlite3.Error as error:
        raise fault(error, folder) from error
    return connection


def quads(folder: Path) -> ox.Store:
    """Open the quads of a store to write; raises `GraphError` if somebody else does, or they are damaged."""
    import pyoxigraph as ox

    try:
        return ox.Store(folder / QUADS)
    except (OSError, RuntimeError) as error:  # the latter for what is corrupt
        raise quads_fault(error, folder) from error


def fault(error: Exception, folder: Path) -> GraphError:
    """Return what a failure of the records means to a user."""
    if "locked" in str(error):
        return GraphError(f"{folder} is being written to by another process; try again when it is done")
    if "readonly" in str(error):
        return GraphError(f"{folder} may only be read")
    if "disk is full" in str(error) or "disk I/O error" in str(error):
        return GraphError(f"{folder} cannot be written to: {error}; what was reported is in it")
    return GraphError(f"{folder / RECORDS} cannot be opened, it may be damaged: {error}")


def quads_fault(error: Exception | str, folder: Path) -> GraphError:
    """Return what a failure of the quads means to a user: they are made again where they are missing."""
    if "lock hold by" in str(error) or "While lock file" in str(error):
        return GraphError(f"{folder} is being written to by another process; try again when it is done")
    if any(words in str(error) for words in ("Permission denied", "Read-only file system")):
        return GraphError(f"{folder} may only be read: {error}")
    if any(words in str(error) for words in ("No space left", "File too large")):
        return GraphError(f"{folder} cannot be written to: {error}; what was reported is in it")
    way = f"delete {folder / QUADS}, and `kg add --store {folder}` makes it again from the records"
    return GraphError(f"{folder / QUADS} cannot be opened ({error}). If it is damaged, {way}")


def _make(folder: Path) -> None:
    # What lies there is looked at first: another process may be making a store in the empty folder.
    taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    if taken and not is_store(folder):
        raise GraphError(f"{folder} is no store, and something else lies there already")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GraphError(f"cannot make a store at {folder}: {error.strerror or error}") from error


def _connected(file: Path, *, write: bool) -> sqlite3.Connection:
    if write:
        connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
        # What was committed outlives a power cut too, and readers are never in the way.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection
    place = file.resolve().as_uri()
    try:
        connection = sqlite3.connect(f"{place}?mode=ro", timeout=PATIENCE, isolation_level=None, uri=True)
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise
        # On a disk that may only be read nobody writes either.
        connection = sqlite3.connect(f"{place}?immutable=1", isolation_level=None, uri=True)
    return connection


def _check(connection: sqlite3.Connection, folder: Path, *, write: bool) -> None:
    # In this order: where there are tables, whoever makes the store has set the marks with them.
    tables, application, version = (
        connection.execute(query).fetchone()[0]
        for query in (
            "SELECT COUNT(*) FROM sqlite_master",
            "PRAGMA application_id",
            "PRAGMA user_version",
        )
    )
    if not tables and (folder / QUADS / "CURRENT").exists():
        raise GraphError(f"{folder / RECORDS} is damaged: nothing is in it")
    if not tables and not write:
        raise GraphError(f"{folder} is an empty store: `kg add … --store {folder}` fills it")
    if not tables:
        # Of two that make the same store at the same moment the second finds the tables made.
        made = _TABLES.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS")
        marks = f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {FORMAT};"
        connection.executescript(f"BEGIN IMMEDIATE; {made} {marks} COMMIT;")
    elif application != _APPLICATION:
        raise GraphError(f"{folder} is no store: {RECORDS} is the database of another program")
    elif version != FORMAT:
        raise GraphError(f"{folder} has the format {version}; this version of kg reads {FORMAT}")
