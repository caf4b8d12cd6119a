"""Chains between two actors, against going through all of them."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given, settings

from kg.analyse import Chain, Selection, chains
from kg.errors import QueryError
from kg.ontology import relation_types
from tests.analyse.graphs import claim, graph_of, iri, with_aliases
from tests.analyse.test_centrality import CLAIMS


def way(chain: Chain) -> str:
    return chain.steps[0].one_name + "".join(step.two_name for step in chain.steps)


def test_shortest_first_then_the_surest() -> None:
    graph = graph_of(
        claim("A attacks B", confidence=0.6),
        claim("B meets D", confidence=0.9),
        claim("A meets C", confidence=0.8),
        claim("C meets D", confidence=0.8),
        claim("A aids E", confidence=1.0),
        claim("E aids F", confidence=1.0),
        claim("F aids D", confidence=1.0),
    )
    assert [way(chain) for chain in chains(graph, ("A", "D"), count=9)] == ["ACD", "ABD", "AEFD"]
    assert [way(chain) for chain in chains(graph, ("A", "D"), count=1)] == ["ACD"]


def test_each_step_has_its_surest_quotes() -> None:
    graph = graph_of(
        *(claim("A attacks B", document=f"d{i}", confidence=i / 10) for i in range(1, 6)),
        claim("C meets B", by="A"),
    )
    (chain,) = chains(graph, ("A", "C"))
    first, second = chain.steps
    assert (first.statements, [quote.confidence for quote in first.quotes]) == (5, [0.5, 0.4, 0.3])
    (quote,) = second.quotes
    assert (quote.source_name, quote.target_name, quote.claimant_name) == ("C", "B", "A")
    assert quote.quote == "C meets B"


def test_direction() -> None:
    graph = graph_of("A attacks B", "C meets B", "A attacks D", "E attacks D")
    assert [way(chain) for chain in chains(graph, ("A", "C"), directed=True)] == ["ABC"]
    assert [way(chain) for chain in chains(graph, ("A", "E"))] == ["ADE"]
    assert chains(graph, ("A", "E"), directed=True) == ()


def test_actors_by_any_name() -> None:
    graph = with_aliases(graph_of("A meets B"), {"A": ("Negeri Alfa",), "B": ("Negeri Beta", "NB")})
    assert [way(chain) for chain in chains(graph, ("negeri alfa", "NB"))] == ["AB"]
    assert [way(chain) for chain in chains(graph, (iri("A"), iri("B")))] == ["AB"]
    for between, message in (
        (("A", "Negeri Gama"), "no actor is named 'Negeri Gama'; close: Negeri Beta, Negeri Alfa"),
        (("A", "Negeri Alfa"), "the same actor"),
        (("A", "Q5"), "the graph has no actor 'Q5'"),
    ):
        with pytest.raises(QueryError, match=message):
            chains(graph, between)


def test_unlinked_actors_and_filters() -> None:
    graph = graph_of("A meets B", "C meets D", claim("B attacks C", negated=True))
    assert chains(graph, ("A", "D")) == ()
    assert [way(chain) for chain in chains(graph, ("A", "D"), Selection(negated="include"))] == ["ABCD"]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(CLAIMS)
def test_the_same_as_all_simple_paths(claims: list[tuple[str, str, str]]) -> None:
    graph = graph_of(
        *(claim(" ".join(words), document=f"d{i}") for i, words in enumerate(claims)), "A meets Z"
    )
    for directed in (False, True):
        network: nx.DiGraph[str] = nx.DiGraph()
        for a, kind, b in [*claims, ("A", "meets", "Z")]:
            network.add_edge(iri(a), iri(b))
            if not directed or relation_types()[kind].symmetric:
                network.add_edge(iri(b), iri(a))
        for end in sorted({name for a, _, b in claims for name in (a, b)} - {"Z"}):
            expected = sorted(len(path) for path in nx.all_simple_paths(network, iri("Z"), iri(end)))[:5]
            found = chains(graph, ("Z", end), count=5, directed=directed)
            assert [len(chain.steps) + 1 for chain in found] == expected
            assert len({way(chain) for chain in found}) == len(found)
            for chain in found:
                assert all(one.two == two.one for one, two in pairwise(chain.steps))
