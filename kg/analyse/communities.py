"""Which actors belong together: groups with more statements inside than chance would put there."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from kg.analyse.network import Group, Pair, groups, igraph, igraph_of, pairs
from kg.analyse.selection import ASSERTED, Selection, select
from kg.export.flat import View
from kg.graph import KnowledgeGraph
from kg.model import ActorClass

Method: TypeAlias = Literal["leiden", "louvain"]
RUNS: Final = 10


def communities(
    graph: KnowledgeGraph,
    selection: Selection = ASSERTED,
    *,
    per: Group | None = None,
    method: Method = "leiden",
    seed: int = 0,
) -> tuple[Partition, ...]:
    """Return the groups of actors that talk and act among themselves; with `per` so for each family or type.

    Both methods seek the partition of highest modularity over the pairs of actors, weighted by statements,
    whatever their direction: Leiden (Traag, Waltman & van Eck 2019) and Louvain (Blondel et al. 2008). They
    visit the actors in an order drawn from the seed; the best of ten such draws counts. Cooperation and
    conflict both link: to see camps, select the families of cooperation alone.
    """
    view = select(graph, selection)
    found = []
    for name, statements in groups(view, per=per):
        if links := pairs(statements):
            found.append(_partition(links, view, relation=name, method=method, seed=seed))
    return tuple(found)


def _partition(
    links: Counter[Pair], view: View, *, relation: str | None, method: Method, seed: int
) -> Partition:
    network = igraph_of(links, directed=False)
    best, modularity = _best(network, method=method, seed=seed)
    groups: dict[int, list[str]] = {}
    for node, number in zip(network.vs["name"], best, strict=True):
        groups.setdefault(number, []).append(node)
    home = dict(zip(network.vs["name"], best, strict=True))
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for (one, two), number in links.items():
        for end in (one, two):
            (inside if home[one] == home[two] else outside)[end] += number
    ordered = sorted(
        (_members(group, view, inside=inside, outside=outside) for group in groups.values()),
        key=lambda members: (-len(members), members[0].name, members[0].actor),
    )
    return Partition(
        relation=relation,
        method=method,
        modularity=modularity,
        communities=tuple(
            Community(
                number=number,
                inside=sum(member.inside for member in members) // 2,
                outside=sum(member.outside for member in members),
                members=members,
            )
            for number, members in enumerate(ordered, 1)
        ),
        links=tuple(Link(one=one, two=two, statements=links[one, two]) for one, two in sorted(links)),
    )


def _members(
    group: list[str], view: View, *, inside: Mapping[str, int], outside: Mapping[str, int]
) -> tuple[Member, ...]:
    members = [
        Member(
            actor=key,
            name=view.actors[key].name,
            cls=view.actors[key].cls,
            inside=inside[key],
            outside=outside[key],
        )
        for key in group
    ]
    return tuple(sorted(members, key=lambda m: (-m.inside, m.name, m.actor)))


def _best(network: Any, *, method: Method, seed: int) -> tuple[list[int], float]:
    """Return the first of the best memberships, and its modularity."""
    best: tuple[list[int], float] = ([], float("-inf"))
    for membership in _draws(network, method=method, seed=seed):
        modularity = float(network.modularity(membership, weights="weight"))
        if round(modularity, 12) > round(best[1], 12):
            best = membership, modularity
    return best


def _draws(network: Any, *, method: Method, seed: int) -> Iterator[list[int]]:
    library = igraph()
    try:
        for run in range(RUNS):
            library.set_random_number_generator(random.Random(f"{seed}/{run}"))
            if method == "leiden":
                found = network.community_leiden("modularity", weights="weight", n_iterations=-1)
            else:
                found = network.community_multilevel(weights="weight")
            yield list(found.membership)
    finally:
        library.set_random_number_generator(random)  # what igraph itself begins with


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An actor of a community, with the number of its statements that stay inside and that leave it."""

    actor: str
    name: str
    cls: ActorClass
    inside: int
    outside: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """A group of actors, with the number of statements inside it and across its border."""

    number: int
    inside: int
    outside: int
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two actors and the number of statements between them."""

    one: str
    two: str
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """All communities of a network, the largest first, and how far they lie from chance (−0.5 to 1)."""

    relation: str | None
    method: Method
    modularity: float
    communities: tuple[Community, ...]
    links: tuple[Link, ...]
