"""Cooperation and conflict by state and period, and whom persons and bodies act for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analyse import Matrix, Selection, matrix
from kg.analyse.rollup import states_of
from kg.errors import QueryError
from kg.export.flat import view
from kg.graph import KnowledgeGraph
from kg.model import ActorClass
from kg.ontology import relation_types
from tests.analyse.graphs import claim, graph_of, name_of

CLASSES: dict[str, ActorClass] = {
    "minister": "Person",
    "general": "Person",
    "navy": "ArmedForce",
    "army": "ArmedForce",
    "ministry": "GovernmentBody",
    "league": "IntergovernmentalOrganisation",
}


def cells(found: Matrix) -> dict[tuple[str | None, str, str], Any]:
    return {(cell.period, cell.source_name, cell.target_name): cell for cell in found.cells}


def test_a_cell_by_hand() -> None:
    graph = graph_of(
        "A praises B",  # quad 1, +.4
        "A aids B",  # quad 2, +.7
        "A accuses B",  # quad 3, −.3
        "A attacks B",  # quad 4, −.9
        "B attacks A",
        "A partOf B",  # neither cooperation nor conflict
        "A regardsAsThreat B",  # perceptions are apart
    )
    found = cells(matrix(graph))
    assert found.keys() == {(None, "A", "B"), (None, "B", "A")}
    cell = found[None, "A", "B"]
    quads = cell.verbal_cooperation, cell.material_cooperation, cell.verbal_conflict, cell.material_conflict
    assert quads == (1, 1, 1, 1)
    assert (cell.statements, cell.valence, cell.rolled_up) == (4, -0.1, 0)
    assert cell.mean == pytest.approx(-0.025)
    both = cells(matrix(graph, directed=False))
    assert both.keys() == {(None, "A", "B")}
    assert both[None, "A", "B"].material_conflict == 2
    assert both[None, "A", "B"].valence == -1.0


def test_symmetric_types_stand_in_both_cells_but_once_in_an_undirected_one() -> None:
    graph = graph_of("B meets A")
    assert cells(matrix(graph)).keys() == {(None, "A", "B"), (None, "B", "A")}
    (cell,) = matrix(graph, directed=False).cells
    assert (cell.source_name, cell.target_name, cell.statements) == ("A", "B", 1)


def test_only_states_unless_others_are_asked_for() -> None:
    graph = graph_of("A attacks navy", "navy attacks army", classes=CLASSES)
    assert not matrix(graph).cells
    (cell,) = matrix(graph, Selection(classes=("ArmedForce",))).cells
    assert (cell.source_name, cell.target_name) == ("navy", "army")


def test_periods_and_clocks() -> None:
    graph = graph_of(
        claim("A attacks B", start="2024-03-30", end="2024-04-02"),
        claim("A accuses B", start="2024", end="2024"),
        claim("A aids B"),
        claim("A praises B", document="undated"),
        published={"d1": "2025-01-08"},
    )
    by_year = cells(matrix(graph, by="year"))
    assert [by_year[year, "A", "B"].statements for year in ("2024", "2025", None)] == [2, 1, 1]
    by_quarter = cells(matrix(graph, by="quarter"))
    assert {key[0]: cell.statements for key, cell in by_quarter.items()} == {
        "2024-Q1": 1,
        "2025-Q1": 1,
        None: 2,
    }
    published = cells(matrix(graph, Selection(clock="publication"), by="month"))
    assert {key[0]: cell.statements for key, cell in published.items()} == {"2025-01": 3, None: 1}


def test_what_is_negated_has_no_sign() -> None:
    graph = graph_of(claim("A attacks B", negated=True), "A aids B")
    assert cells(matrix(graph))[None, "A", "B"].statements == 1
    with pytest.raises(QueryError, match="negated"):
        matrix(graph, Selection(negated="include"))


OFFICES = (
    "minister holdsOffice ministry",
    "ministry partOf A",
    "general holdsOffice navy",
    "navy partOf army",
    "army partOf B",
)


def affiliations(graph: KnowledgeGraph) -> dict[str, str]:
    return {name_of(key): name_of(found.state) for key, found in states_of(view(graph)).items()}


def test_persons_and_bodies_roll_up_to_their_state() -> None:
    graph = graph_of(
        *OFFICES, "minister accuses general", "A accuses general", "minister praises A", classes=CLASSES
    )
    assert affiliations(graph) == {
        "army": "B",
        "general": "B",
        "minister": "A",
        "ministry": "A",
        "navy": "B",
    }
    assert not matrix(graph).cells
    found = matrix(graph, roll_up=True)
    (cell,) = found.cells  # what the minister says of his own state is no relation between states
    assert (cell.source_name, cell.target_name, cell.statements, cell.rolled_up) == ("A", "B", 2, 2)
    grounds = {name_of(a.actor): len(a.statements) for a in found.rolled_up}
    assert grounds == {"army": 1, "general": 1, "minister": 1, "ministry": 1, "navy": 1}


def test_a_filter_of_the_matrix_does_not_hide_who_belongs_where() -> None:
    graph = graph_of(*OFFICES, "minister attacks navy", classes=CLASSES)
    found = matrix(graph, Selection(families=("materialConflict",)), roll_up=True)
    assert cells(found).keys() == {(None, "A", "B")}


def test_an_unsure_office_is_no_ground_where_sure_statements_are_asked_for() -> None:
    graph = graph_of(claim("minister holdsOffice A", confidence=0.6), "minister attacks B", classes=CLASSES)
    assert matrix(graph, roll_up=True).cells
    assert not matrix(graph, Selection(min_confidence=0.7), roll_up=True).cells


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        (("minister holdsOffice A", claim("minister holdsOffice B", status="past")), "A"),
        (("minister holdsOffice A", claim("minister holdsOffice B", negated=True)), "A"),
        (("minister holdsOffice A", claim("minister holdsOffice B", modality="planned")), "A"),
        (("minister holdsOffice A", "minister holdsOffice B"), None),  # undecided
        (
            ("minister holdsOffice A", claim("minister holdsOffice A", document="d2"), "minister partOf B"),
            "A",
        ),
        (("minister holdsOffice league",), None),
        (("minister memberOf A",), None),
        (("navy partOf army", "army partOf navy", "minister holdsOffice navy"), None),
        # The nearest decides: what is one step away before what is two.
        (("minister holdsOffice A", "minister holdsOffice navy", "navy partOf B"), "A"),
        # Who is undecided stays so, whatever a longer way would say.
        (("minister holdsOffice A", "minister holdsOffice B", "minister partOf navy", "navy partOf B"), None),
    ],
)
def test_who_belongs_to_which_state(claims: tuple[Any, ...], expected: str | None) -> None:
    assert affiliations(graph_of(*claims, classes=CLASSES)).get("minister") == expected


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("ABCD"), st.sampled_from(sorted(relation_types())), st.sampled_from("ABCD")
        ),
        min_size=1,
        max_size=20,
    )
)
def test_cells_add_up_to_the_statements(claims: list[tuple[str, str, str]]) -> None:
    graph = graph_of(*(claim(" ".join(words), document=f"d{i}") for i, words in enumerate(claims)))
    kinds = relation_types()
    counted = [
        words
        for words in claims
        if words[0] != words[2] and kinds[words[1]].quad and kinds[words[1]].family != "perception"
    ]
    undirected = matrix(graph, directed=False).cells
    assert sum(cell.statements for cell in undirected) == len(counted)
    assert sum(cell.valence for cell in undirected) == pytest.approx(
        sum(kinds[words[1]].valence for words in counted)
    )
    twice = sum(kinds[words[1]].symmetric for words in counted)
    assert sum(cell.statements for cell in matrix(graph).cells) == len(counted) + twice
