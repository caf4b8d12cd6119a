"""The network around one actor, and a pair of actors over time."""

from __future__ import annotations

import pytest

from kg.analyse import Selection, ego, trend
from kg.analyse.plots.trend import filled
from kg.errors import QueryError
from tests.analyse.graphs import claim, graph_of, with_aliases


def test_neighbours_and_what_is_between_them() -> None:
    graph = graph_of(
        claim("A aids B", confidence=0.7),
        claim("B meets A", confidence=0.9),
        "C attacks A",
        "A holdsOffice D",
        "B attacks C",
        "D meets E",
        "E attacks F",
        "A regardsAsThreat C",
    )
    found = ego(with_aliases(graph, {"A": ("Negeri Alfa",)}), "Negeri Alfa")
    assert [n.name for n in found.neighbours] == ["B", "C", "D"]
    b, c, d = found.neighbours
    assert (b.statements, b.outgoing, b.incoming, b.valence) == (2, 2, 1, 0.8)
    assert b.families == (("verbalCooperation", 1), ("materialCooperation", 1))
    assert b.quote.quote == "B meets A"
    assert (c.statements, c.outgoing, c.incoming, c.valence) == (1, 0, 1, -0.9)
    assert (d.valence, d.families) == (0, (("structural", 1),))
    (tie,) = found.among
    assert (tie.statements, tie.valence) == (1, -0.9)


def test_what_is_negated_counts_where_it_is_asked_for_but_has_no_valence() -> None:
    graph = graph_of(claim("A attacks B", negated=True))
    assert ego(graph, "A").neighbours == ()
    (n,) = ego(graph, "A", Selection(negated="include")).neighbours
    assert (n.statements, n.valence, n.quote.negated) == (1, 0, True)


def test_classes_are_those_of_the_neighbours() -> None:
    graph = graph_of("P meets A", "P meets Q", classes={"P": "Person", "Q": "Person"})
    assert [n.name for n in ego(graph, "P", Selection(classes=("State",))).neighbours] == ["A"]


def test_a_person_asked_for_is_not_rolled_up_into_a_state() -> None:
    graph = graph_of(
        claim("P meets Q", start="2024"), "P holdsOffice A", classes={"P": "Person", "Q": "Person"}
    )
    assert [c.source_name for c in trend(graph, ("P", "Q"), roll_up=True).cells] == ["P", "Q"]


def test_a_pair_over_time() -> None:
    graph = graph_of(
        claim("A aids B", start="2023"),
        claim("B attacks A", start="2024-05"),
        claim("A meets B", start="2024-06"),
        claim("P attacks B", start="2024"),
        claim("A attacks C", start="2024"),
        "P holdsOffice A",
        "A praises B",
        classes={"P": "Person"},
    )
    found = trend(graph, ("A", "B"))
    assert [(c.period, c.source_name, c.statements, c.valence) for c in found.cells] == [
        (None, "A", 1, 0.4),
        ("2023", "A", 1, 0.7),
        ("2024", "A", 1, 0.1),
        ("2024", "B", 2, -0.8),
    ]
    rolled = trend(graph, ("A", "B"), roll_up=True)
    assert [c.statements for c in rolled.cells if c.period == "2024" and c.source_name == "A"] == [2]
    assert [c.source_name for c in trend(graph, ("P", "B")).cells] == ["P"]
    with pytest.raises(QueryError, match="the same actor"):
        trend(graph, ("A", "a"))


def test_periods_in_which_nothing_happens() -> None:
    assert filled(["2023", "2025"], by="year") == ["2023", "2024", "2025"]
    assert filled(["2025-Q1", "2024-Q3"], by="quarter") == ["2024-Q3", "2024-Q4", "2025-Q1"]
    assert filled(["2024-11", "2025-02"], by="month") == ["2024-11", "2024-12", "2025-01", "2025-02"]
