"""Communities: what everybody would see in a small graph, and modularity as networkx counts it."""

from __future__ import annotations

import itertools

import networkx as nx
import pytest
from hypothesis import given, settings

from kg.analyse import Partition, Selection, communities
from kg.analyse.communities import Method
from tests.analyse.graphs import claim, graph_of
from tests.analyse.test_centrality import CLAIMS

CAMPS = [f"{a} meets {b}" for camp in ("ABCD", "WXYZ") for a, b in itertools.combinations(camp, 2)]
METHODS: tuple[Method, ...] = ("leiden", "louvain")


def groups(partition: Partition) -> list[str]:
    return ["".join(sorted(m.name for m in community.members)) for community in partition.communities]


@pytest.mark.parametrize("method", METHODS)
def test_two_camps(method: Method) -> None:
    (found,) = communities(graph_of(*CAMPS, "A attacks W"), method=method)
    assert groups(found) == ["ABCD", "WXYZ"]
    # Inside 6 of 13 links in each half: 12/13 − 2·(13/26)² .
    assert found.modularity == pytest.approx(12 / 13 - 1 / 2)
    assert [(c.inside, c.outside) for c in found.communities] == [(6, 1), (6, 1)]
    first = found.communities[0].members[0]
    assert (first.name, first.inside, first.outside) == ("A", 3, 1)
    assert sum(link.statements for link in found.links) == 13


def test_statements_weigh() -> None:
    # A square, whose sides differ in weight only.
    square = ["A meets B", "B meets C", "C meets D", "D meets A"]
    heavy = [claim(words, document=f"d{i}") for i in range(5) for words in (square[0], square[2])]
    (found,) = communities(graph_of(*square, *heavy))
    assert groups(found) == ["AB", "CD"]


def test_camps_by_cooperation_alone() -> None:
    graph = graph_of("A aids B", "C aids D", *(claim("B attacks C", document=f"d{i}") for i in range(9)))
    (mixed,) = communities(graph)
    assert "BC" in groups(mixed)[0]
    (camps,) = communities(graph, Selection(families=("materialCooperation",)))
    assert groups(camps) == ["AB", "CD"]


def test_for_each_family_and_for_nothing() -> None:
    found = communities(graph_of("A meets B", "C attacks D"), per="family")
    assert [(one.relation, groups(one)) for one in found] == [
        ("verbalCooperation", ["AB"]),
        ("materialConflict", ["CD"]),
    ]
    assert communities(graph_of(claim("A meets B", negated=True))) == ()


def test_the_seed_decides_and_the_users_random_numbers_stay() -> None:
    import random

    graph = graph_of(*CAMPS, "A attacks W", "B attacks X", "C attacks Y")
    random.seed(7)
    expected = random.Random(7).random()
    assert communities(graph, seed=3) == communities(graph, seed=3)
    assert random.random() == expected


@settings(max_examples=60, deadline=None, derandomize=True)
@given(CLAIMS)
def test_modularity_is_that_of_networkx_and_hard_to_beat(claims: list[tuple[str, str, str]]) -> None:
    graph = graph_of(*(claim(" ".join(words), document=f"d{i}") for i, words in enumerate(claims)))
    for method in METHODS:
        for found in communities(graph, method=method):
            network: nx.Graph[str] = nx.Graph()
            network.add_weighted_edges_from((link.one, link.two, link.statements) for link in found.links)
            sets = [{m.actor for m in community.members} for community in found.communities]
            assert sorted(key for one in sets for key in one) == sorted(network.nodes)
            assert found.modularity == pytest.approx(nx.community.modularity(network, sets))
            other = nx.community.louvain_communities(network, seed=1)
            assert found.modularity >= nx.community.modularity(network, other) - 1e-9
