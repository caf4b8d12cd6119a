"""What a process that was killed left half done, done before a reader looks."""

from __future__ import annotations

from pathlib import Path

from kg.errors import GraphError
from kg.store import ledger
from kg.store.growing import GrowingStore
from kg.store.place import records
from kg.store.vocabulary import made_by


def settled(path: str | Path) -> Path:
    """Return the folder of a store, after what a killed process left half done is done.

    Where that cannot be, because somebody is writing or because the disk may only be read, it stays; but
    quads that are only now being made are no answer, and an error.
    """
    folder = Path(path)
    maker, pending = _quads_state(folder)
    if pending or maker != made_by():
        try:
            GrowingStore(folder).close()
        except GraphError as error:
            if not _quads_state(folder)[0]:
                raise GraphError(
                    f"the quads of {folder} are being made, or were not made to the end: {error}"
                ) from error
    return folder


def _quads_state(folder: Path) -> tuple[str, bool]:
    """Return what made the quads, "" while that is not done, and whether changes wait for them."""
    db = records(folder)
    try:
        return ledger.state(db, "quads"), db.execute("SELECT 1 FROM pending").fetchone() is not None
    finally:
        db.close()
