"""How two actors are connected: the shortest chains of statements between them, with their quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

import networkx as nx

from kg.analyse.network import Pair
from kg.analyse.said import Said, said, surest
from kg.analyse.selection import ASSERTED, Selection, select
from kg.errors import QueryError
from kg.export.flat import View
from kg.graph import KnowledgeGraph
from kg.model import Statement
from kg.naming import find_actor

QUOTES: Final = 3
DOUBT: Final = 1000  # parts of one step that its doubt may cost at most


def chains(
    graph: KnowledgeGraph,
    between: tuple[str, str],
    selection: Selection = ASSERTED,
    *,
    count: int = 3,
    directed: bool = False,
) -> tuple[Chain, ...]:
    """Return the `count` shortest chains between two actors, given by id or any of their names.

    Fewest steps come first, and of equally long ones the surest: those whose surest statements leave the
    least doubt, 1 − confidence summed over the steps. No actor comes twice in a chain (Yen 1971). `directed`
    follows the statements from source to target only, symmetric ones both ways.
    """
    view = select(graph, selection)
    start, end = (find_actor(name, view.actors) for name in between)
    if start == end:
        raise QueryError(f"{between[0]!r} and {between[1]!r} are the same actor: {start}")
    links = _links(view, directed=directed)
    network: nx.DiGraph[str] = nx.DiGraph()
    # Whole numbers, so that no sum depends on the order of its parts.
    step = DOUBT * (len(view.actors) + 1)
    for (one, two), statements in sorted(links.items()):
        network.add_edge(one, two, cost=step + round(DOUBT * (1 - statements[0].confidence)))
    if start not in network or end not in network or not nx.has_path(network, start, end):
        return ()
    paths = nx.shortest_simple_paths(network, start, end, weight="cost")
    return tuple(_chain(path, links, view) for path in islice(paths, count))


def _links(view: View, *, directed: bool) -> dict[Pair, list[Statement]]:
    found: dict[Pair, list[Statement]] = {}
    for s in surest(view.statements):
        relation = view.relations.get(s.type)
        found.setdefault((s.source, s.target), []).append(s)
        if not directed or (relation and relation.symmetric):
            found.setdefault((s.target, s.source), []).append(s)
    return {ends: statements for ends, statements in found.items() if ends[0] != ends[1]}


def _chain(path: Iterable[str], links: Mapping[Pair, list[Statement]], view: View) -> Chain:
    return Chain(
        steps=tuple(
            Step(
                one=one,
                one_name=view.actors[one].name,
                two=two,
                two_name=view.actors[two].name,
                statements=len(links[one, two]),
                quotes=tuple(said(s, view) for s in links[one, two][:QUOTES]),
            )
            for one, two in pairwise(path)
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Two neighbours in a chain: how many statements link them, and the surest of these."""

    one: str
    one_name: str
    two: str
    two_name: str
    statements: int
    quotes: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """A way from one actor to another."""

    steps: tuple[Step, ...]
