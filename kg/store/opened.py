"""Any graph on disk, opened: an export folder or a store that grows."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kg.folder import read_folder
from kg.graph import KnowledgeGraph
from kg.store import ledger
from kg.store.place import fault, is_store, records


def read_graph(path: str | Path, *, raw: bool = False) -> KnowledgeGraph:
    """Return the graph in an export folder or a store; raises `GraphError` if there is none.

    Of a store, `raw` gives what it was before anybody judged it.
    """
    if not is_store(path):
        return read_folder(path)
    db = records(path)
    try:
        return ledger.graph(db, raw=raw)
    except sqlite3.Error as error:
        raise fault(error, Path(path)) from error
    finally:
        db.close()
