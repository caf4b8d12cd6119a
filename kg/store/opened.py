"""Any graph on disk, opened: an export folder or a store that grows."""

from __future__ import annotations

from pathlib import Path

from kg.folder import read_folder
from kg.graph import KnowledgeGraph


def read_graph(path: str | Path) -> KnowledgeGraph:
    """Return the graph at `path`; raises `GraphError` if there is none."""
    return read_folder(path)
