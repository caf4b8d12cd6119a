"""polkg: news in, a knowledge graph of political actors and statements out.

The names below are the public API. They are imported when first used, so that `import kg` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.errors import KgError as KgError
    from kg.extracting import extract as extract
    from kg.folder import read_folder as read_folder
    from kg.graph import Extraction as Extraction
    from kg.graph import KnowledgeGraph as KnowledgeGraph
    from kg.growing import grow as grow
    from kg.model import Actor as Actor
    from kg.model import Document as Document
    from kg.model import Mention as Mention
    from kg.model import Statement as Statement
    from kg.pipeline import build as build
    from kg.store import GrowingStore as GrowingStore
    from kg.store import Store as Store
    from kg.store import read_graph as read_graph

_HOMES = {
    "Actor": "kg.model",
    "Document": "kg.model",
    "Extraction": "kg.graph",
    "GrowingStore": "kg.store",
    "KgError": "kg.errors",
    "KnowledgeGraph": "kg.graph",
    "Mention": "kg.model",
    "Statement": "kg.model",
    "Store": "kg.store",
    "build": "kg.pipeline",
    "extract": "kg.extracting",
    "grow": "kg.growing",
    "read_folder": "kg.folder",
    "read_graph": "kg.store",
}
__all__ = ["__version__", *sorted(_HOMES)]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("polkg")
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
