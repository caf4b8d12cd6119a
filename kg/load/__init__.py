"""The graph in databases: one module a kind of database, one row of the table each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from typing import TypeAlias, cast

from kg.errors import KgError, UnknownNameError
from kg.export import check
from kg.graph import KnowledgeGraph


class LoadError(KgError):
    """A database that cannot be reached, refuses, or gives up in the middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to do where: `replace` also takes away the documents that the graph does not have.

    `progress` is told how many documents are done since it was told the last time.
    """

    target: str
    user: str | None = None
    password: str | None = None
    database: str | None = None
    replace: bool = False
    progress: Callable[[int], object] = int  # takes the number and does nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """How many nodes and relationships a load has made and taken away; none if all was there already."""

    created: int = 0
    removed: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(created=self.created + other.created, removed=self.removed + other.removed)


Load: TypeAlias = Callable[[KnowledgeGraph, Order], Loaded]


def load(graph: KnowledgeGraph, order: Order) -> Loaded:
    """Bring `graph` into a database, whatever it has of it already.

    Each document of the graph is afterwards there as the graph has it: what an earlier version of it said is
    gone, and so are actors that nothing mentions any more. Other documents stay unless `order.replace`.
    """
    known = loaders()
    scheme = order.target.partition(":")[0]
    if scheme not in known:
        raise UnknownNameError("kind of database", scheme, known)
    check(graph)
    module, _, function = known[scheme].partition(":")
    return cast(Load, getattr(import_module(module), function))(graph, order)


def loaders() -> dict[str, str]:
    """Return what loads, as `module:function` by URL scheme: `LOADERS`, then entry points in `kg.loaders`."""
    known = dict(LOADERS)
    for point in sorted(entry_points(group="kg.loaders"), key=lambda point: point.name):
        known.setdefault(point.name, point.value)
    return known


LOADERS = {
    **dict.fromkeys(
        ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"),
        "kg.load.bolt:load",
    ),
    "ladybug": "kg.load.embedded:load",
}
