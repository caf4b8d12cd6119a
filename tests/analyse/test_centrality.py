"""Degree, PageRank and betweenness against values by hand and against other implementations."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analyse import Selection, centrality
from kg.analyse.centrality import DAMPING, Centrality
from kg.ontology import relation_types
from tests.analyse.graphs import claim, graph_of, iri

NAMES = "ABCDEF"
KINDS = ("attacks", "meets", "arms", "fights")  # two of them are symmetric
CLAIMS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(KINDS), st.sampled_from(NAMES)), min_size=1, max_size=25
)


def by_name(rows: tuple[Centrality, ...]) -> dict[str, Centrality]:
    return {row.name: row for row in rows}


def test_a_star_by_hand() -> None:
    # B, C and D each say one thing of A, and B says it twice.
    graph = graph_of("B criticises A", "B accuses A", "C accuses A", "D accuses A")
    found = by_name(centrality(graph))
    assert [found[name].degree for name in "ABCD"] == [3, 1, 1, 1]
    assert [found[name].statements for name in "ABCD"] == [4, 2, 1, 1]
    assert [found[name].incoming for name in "ABCD"] == [4, 0, 0, 0]
    assert [found[name].outgoing for name in "ABCD"] == [0, 2, 1, 1]
    # A lies on all three paths between two others.
    assert [found[name].betweenness for name in "ABCD"] == [1, 0, 0, 0]
    # A leads nowhere and so to everybody alike: leaf = .15/4 + .85·A/4, and A = leaf + 3·.85·leaf.
    leaf = 1 / (4 + 3 * DAMPING)
    assert found["B"].pagerank == pytest.approx(leaf)
    assert found["A"].pagerank == pytest.approx(leaf + 3 * DAMPING * leaf)


def test_a_path_by_hand() -> None:
    found = by_name(centrality(graph_of("A meets B", "B meets C", "C meets D")))
    # Of the three pairs without B, two (A–C, A–D) are linked over it.
    assert [found[name].betweenness for name in "ABCD"] == pytest.approx([0, 2 / 3, 2 / 3, 0])
    assert found["B"].incoming == found["B"].outgoing == found["B"].statements == 2


def test_ranking_and_top() -> None:
    graph = graph_of("A meets B", "B meets C", "C meets D", "C attacks E", "C attacks F")
    assert [row.name for row in centrality(graph, rank="degree", top=2)] == ["C", "B"]
    assert [row.name for row in centrality(graph, rank="degree")] == ["C", "B", "A", "D", "E", "F"]


def test_one_ranking_for_each_family_or_type() -> None:
    graph = graph_of("A meets B", "A attacks B", "C holdsOffice A", "A regardsAsThreat B")
    rows = centrality(graph, per="family", rank="degree")
    assert [(row.relation, row.name) for row in rows] == [
        ("structural", "A"),
        ("structural", "C"),
        ("verbalCooperation", "A"),
        ("verbalCooperation", "B"),
        ("materialConflict", "A"),
        ("materialConflict", "B"),
    ]
    rows = centrality(graph, Selection(families=("perception",)), per="type", top=1)
    assert [(row.relation, row.name) for row in rows] == [("regardsAsThreat", "B")]


def test_nothing_selected_is_nothing_found() -> None:
    graph = graph_of("A meets A", claim("A attacks B", negated=True))
    assert centrality(graph) == ()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(CLAIMS)
def test_the_same_as_networkx_and_linear_algebra(claims: list[tuple[str, str, str]]) -> None:
    graph = graph_of(*(claim(" ".join(words), document=f"d{i}") for i, words in enumerate(claims)))
    found = {row.actor: row for row in centrality(graph)}
    multi: nx.MultiGraph[str] = nx.MultiGraph([(iri(a), iri(b)) for a, _, b in claims if a != b])
    assert found.keys() == set(multi.nodes)
    simple: nx.Graph[str] = nx.Graph(multi)
    between = nx.betweenness_centrality(simple)
    for actor, row in found.items():
        assert row.degree == simple.degree(actor)
        assert row.statements == multi.degree(actor)
        assert row.betweenness == pytest.approx(between[actor], abs=1e-12)
    ranks = solved([words for words in claims if words[0] != words[2]])
    for actor, row in found.items():
        assert row.pagerank == pytest.approx(ranks[actor], abs=1e-9)
    if found:
        assert sum(row.pagerank for row in found.values()) == pytest.approx(1)


def solved(claims: list[tuple[str, str, str]]) -> dict[str, float]:
    """Return PageRank as the solution of its equations, without any iteration."""
    nodes = sorted({iri(end) for one, _, two in claims for end in (one, two)})
    index = {node: i for i, node in enumerate(nodes)}
    moves = np.zeros((len(nodes), len(nodes)))
    for one, kind, two in claims:
        moves[index[iri(two)], index[iri(one)]] += 1
        if relation_types()[kind].symmetric:
            moves[index[iri(one)], index[iri(two)]] += 1
    sums = moves.sum(axis=0)
    moves = np.where(sums > 0, moves / np.where(sums > 0, sums, 1), 1 / max(len(nodes), 1))
    size = len(nodes)
    ranks = np.linalg.solve(np.eye(size) - DAMPING * moves, np.full(size, (1 - DAMPING) / max(size, 1)))
    return {node: float(ranks[i]) for node, i in index.items()}
