"""The network around one actor: its neighbours, and the ties among them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from kg.analyse.network import pair
from kg.analyse.said import Said, said, surest
from kg.analyse.selection import ASSERTED, Selection, select
from kg.export.flat import View
from kg.graph import KnowledgeGraph
from kg.model import ACTOR_CLASSES, ActorClass, Statement
from kg.naming import find_actor
from kg.ontology import FAMILIES


def ego(graph: KnowledgeGraph, actor: str, selection: Selection = ASSERTED) -> Ego:
    """Return the actors that statements link to one, given by id or any of its names, the busiest first.

    The selection's classes are those of the neighbours. What is negated may be asked for, and then counts,
    but has no valence.
    """
    view = select(graph, replace(selection, classes=()))
    centre = find_actor(actor, view.actors)
    classes = selection.classes or ACTOR_CLASSES
    linked: dict[str, list[Statement]] = {}
    for s in view.statements:
        if centre in (s.source, s.target) and s.source != s.target:
            other = s.target if s.source == centre else s.source
            if view.actors[other].cls in classes:
                linked.setdefault(other, []).append(s)
    neighbours = [_neighbour(key, linked[key], view) for key in sorted(linked)]
    neighbours.sort(key=lambda n: (-n.statements, n.name, n.actor))
    among: dict[tuple[str, str], list[Statement]] = {}
    for s in view.statements:
        if s.source in linked and s.target in linked and s.source != s.target:
            among.setdefault(pair(s), []).append(s)
    return Ego(
        actor=centre,
        name=view.actors[centre].name,
        cls=view.actors[centre].cls,
        neighbours=tuple(neighbours),
        among=tuple(
            Among(one=one, two=two, statements=len(own), valence=_valence(own, view))
            for (one, two), own in sorted(among.items())
        ),
    )


def _neighbour(key: str, statements: list[Statement], view: View) -> Neighbour:
    relations = [view.relations.get(s.type) for s in statements]
    families = Counter(relation.family for relation in relations if relation)
    both = [relation is not None and relation.symmetric for relation in relations]
    return Neighbour(
        actor=key,
        name=view.actors[key].name,
        cls=view.actors[key].cls,
        statements=len(statements),
        outgoing=sum(s.target == key or way for s, way in zip(statements, both, strict=True)),
        incoming=sum(s.source == key or way for s, way in zip(statements, both, strict=True)),
        families=tuple((family, families[family]) for family in FAMILIES if family in families),
        valence=_valence(statements, view),
        quote=said(surest(statements)[0], view),
    )


def _valence(statements: list[Statement], view: View) -> float:
    relations = [view.relations.get(s.type) for s in statements if not s.negated]
    return round(sum(relation.valence for relation in relations if relation and relation.quad), 9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An actor that statements link to the one in the middle; `outgoing` is what that one does to it.

    `valence` is the sum over the statements of cooperation and conflict, and `quote` the surest of all.
    """

    actor: str
    name: str
    cls: ActorClass
    statements: int
    outgoing: int
    incoming: int
    families: tuple[tuple[str, int], ...]
    valence: float
    quote: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """Two neighbours that have to do with each other, too."""

    one: str
    two: str
    statements: int
    valence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ego:
    """An actor with its neighbours and the ties among them."""

    actor: str
    name: str
    cls: ActorClass
    neighbours: tuple[Neighbour, ...]
    among: tuple[Among, ...]
