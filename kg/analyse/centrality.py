"""Who stands in the middle: degree, PageRank and betweenness."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from kg.analyse.network import Group, arrows, groups, igraph_of, pairs
from kg.analyse.selection import ASSERTED, Selection, select
from kg.export.flat import View
from kg.graph import KnowledgeGraph
from kg.model import ActorClass, Statement

Measure: TypeAlias = Literal["degree", "statements", "pagerank", "betweenness"]
DAMPING: Final = 0.85


def centrality(
    graph: KnowledgeGraph,
    selection: Selection = ASSERTED,
    *,
    per: Group | None = None,
    rank: Measure = "pagerank",
    top: int | None = None,
) -> tuple[Centrality, ...]:
    """Return the actors by a measure, the highest first; with `per` so for each family or type.

    - `degree` is the number of other actors that a statement links it to, `statements` the number of
      statements that do so (the weighted degree), of which some say what it does (`outgoing`) and some what
      is done to it (`incoming`); those of a symmetric type are both.
    - `pagerank` (Brin & Page 1998, damping 0.85, weighted by statements) follows the direction of the
      statements, symmetric ones both ways; over all actors it sums up to 1.
    - `betweenness` (Freeman 1977) is the share of the shortest paths between all two others that lead over
      it, whatever the direction, 0 to 1.
    """
    view = select(graph, selection)
    found: list[Centrality] = []
    for name, statements in groups(view, per=per):
        rows = _measured(statements, view, relation=name)
        rows.sort(key=lambda row: (-round(float(getattr(row, rank)), 12), row.name, row.actor))
        found += rows[:top]
    return tuple(found)


def _measured(statements: list[Statement], view: View, *, relation: str | None) -> list[Centrality]:
    links, ways = pairs(statements), arrows(statements, view.relations)
    neighbours: Counter[str] = Counter()
    total: Counter[str] = Counter()
    outgoing: Counter[str] = Counter()
    incoming: Counter[str] = Counter()
    for (one, two), number in links.items():
        for end in (one, two):
            neighbours[end] += 1
            total[end] += number
    for (source, target), number in ways.items():
        outgoing[source] += number
        incoming[target] += number
    directed = igraph_of(ways, directed=True)
    undirected = igraph_of(links, directed=False)
    ranks = directed.pagerank(damping=DAMPING, weights="weight") if ways else []
    between = undirected.betweenness(directed=False)
    size = len(between)
    paths = (size - 1) * (size - 2) / 2 or 1.0
    return [
        Centrality(
            actor=key,
            name=view.actors[key].name,
            cls=view.actors[key].cls,
            relation=relation,
            degree=neighbours[key],
            statements=total[key],
            outgoing=outgoing[key],
            incoming=incoming[key],
            pagerank=ranks[i],
            betweenness=between[i] / paths,
        )
        for i, key in enumerate(undirected.vs["name"])
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Centrality:
    """An actor's place in the network of all selected statements, or of those of one family or type."""

    actor: str
    name: str
    cls: ActorClass
    relation: str | None
    degree: int
    statements: int
    outgoing: int
    incoming: int
    pagerank: float
    betweenness: float
