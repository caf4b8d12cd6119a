"""Statements as a network of pairs, and the fast library that measures it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from kg.errors import KgError
from kg.export.flat import View
from kg.model import Statement
from kg.ontology import FAMILIES

if TYPE_CHECKING:
    from kg.ontology import RelationType

Group: TypeAlias = Literal["family", "type"]
Pair: TypeAlias = tuple[str, str]


def groups(view: View, *, per: Group | None) -> Iterator[tuple[str | None, list[Statement]]]:
    """Yield the statements by family or by type, with its name; all of them at once, with None, for no group.

    A statement of an actor about itself links nobody and is left out.
    """
    statements = [s for s in view.statements if s.source != s.target]
    if per is None:
        yield None, statements
        return
    found: dict[str, list[Statement]] = {}
    for s in statements:
        relation = view.relations.get(s.type)
        if name := s.type if per == "type" else relation and relation.family:
            found.setdefault(name, []).append(s)
    order = FAMILIES if per == "family" else sorted(found)
    yield from ((name, found[name]) for name in order if name in found)


def arrows(statements: Iterable[Statement], relations: Mapping[str, RelationType]) -> Counter[Pair]:
    """Return how many statements lead from one actor to another; those of a symmetric type lead both ways."""
    found: Counter[Pair] = Counter()
    for s in statements:
        found[s.source, s.target] += 1
        if (relation := relations.get(s.type)) and relation.symmetric:
            found[s.target, s.source] += 1
    return found


def pairs(statements: Iterable[Statement]) -> Counter[Pair]:
    """Return how many statements link two actors, whatever their direction; the lesser id comes first."""
    return Counter(pair(s) for s in statements)


def pair(statement: Statement) -> Pair:
    """Return both actors of a statement, the lesser id first."""
    one, two = statement.source, statement.target
    return (one, two) if one <= two else (two, one)


def igraph_of(weights: Mapping[Pair, int], *, directed: bool) -> Any:
    """Return an `igraph.Graph` with `name` on its vertices and `weight` on its edges, both in order."""
    nodes = sorted({node for ends in weights for node in ends})
    index = {node: i for i, node in enumerate(nodes)}
    ordered = sorted(weights)
    graph = igraph().Graph(n=len(nodes), edges=[(index[a], index[b]) for a, b in ordered], directed=directed)
    graph.vs["name"] = nodes
    graph.es["weight"] = [weights[ends] for ends in ordered]
    return graph


def igraph() -> Any:
    """Return the library igraph, which comes with an extra."""
    try:
        import igraph
    except ImportError as error:
        raise KgError("this analysis needs igraph: pip install 'polkg[analyse]'") from error
    return igraph
