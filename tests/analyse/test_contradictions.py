"""Where the texts disagree."""

from __future__ import annotations

from typing import Any

import pytest

from kg.analyse import Selection, contradictions
from kg.errors import UnknownNameError
from kg.graph import KnowledgeGraph
from tests.analyse.graphs import claim, graph_of


def found(graph: KnowledgeGraph, *args: Any, **options: Any) -> list[tuple[str, str, str]]:
    return [(one.kind, one.says.quote, one.denies.quote) for one in contradictions(graph, *args, **options)]


def test_one_says_and_another_denies() -> None:
    graph = graph_of(
        claim("A attacks B", by="B", document="d1", confidence=0.9),
        claim("A attacks B", by="A", document="d2", negated=True, confidence=0.8),
        published={"d1": "2025-01-01", "d2": "2025-01-03"},
    )
    (one,) = contradictions(graph)
    assert (one.kind, one.confidence) == ("denied", 0.72)
    assert (one.says.claimant_name, one.says.negated, one.says.published) == ("B", False, "2025-01-01")
    assert (one.denies.claimant_name, one.denies.negated, one.denies.document) == ("A", True, "d2")


@pytest.mark.parametrize(
    ("says", "denies", "expected"),
    [
        (claim("A attacks B"), claim("A attacks B", negated=True), 0),  # one narrator, one document
        (claim("A attacks B"), claim("A attacks B", negated=True, document="d2"), 1),
        (claim("A attacks B"), claim("A attacks B", negated=True, by="A"), 1),
        (claim("A attacks B", by="A"), claim("A attacks B", negated=True, by="A"), 0),
        (claim("A attacks B"), claim("B attacks A", negated=True, by="A"), 0),  # the other way round
        (claim("A fights B"), claim("B fights A", negated=True, by="A"), 1),  # symmetric
        (claim("A attacks B"), claim("A fights B", negated=True, by="A"), 0),
        (claim("A attacks B", modality="planned"), claim("A attacks B", negated=True, by="A"), 0),
        (claim("A attacks B", status="past"), claim("A attacks B", negated=True, by="A"), 0),
    ],
)
def test_what_counts_as_denied(says: Any, denies: Any, expected: int) -> None:
    assert len(found(graph_of(says, denies), kinds=["denied"])) == expected


def test_any_type_of_the_family_in_either_direction() -> None:
    graph = graph_of("A attacks B", claim("B fights A", negated=True, by="A"))
    assert found(graph, match="family") == [("denied", "A attacks B", "B fights A")]


def test_a_rejection_answers_an_accusation_in_its_document() -> None:
    graph = graph_of(
        "A accuses B",
        claim("B arms C", by="A"),
        "A praises B",
        claim("A threatens B", document="d2"),
        "B rejects A",
    )
    assert sorted(found(graph, kinds=["rejected"])) == [
        ("rejected", "A accuses B", "B rejects A"),
        ("rejected", "B arms C", "B rejects A"),
    ]


def test_clearly_for_and_clearly_against() -> None:
    graph = graph_of(
        claim("A aids B", by="A"),
        claim("A attacks B", by="B"),
        claim("A criticises B", by="B"),  # friends may criticise
        claim("B attacks A", by="A"),  # another direction
        claim("B alliedWith A", document="d2"),  # symmetric: holds for both
    )
    assert sorted(found(graph, kinds=["opposite"])) == [
        ("opposite", "A aids B", "A attacks B"),
        ("opposite", "B alliedWith A", "A attacks B"),
        ("opposite", "B alliedWith A", "B attacks A"),
    ]


def test_the_same_voice_on_the_same_matter_counts_once_by_its_surest_words() -> None:
    graph = graph_of(
        claim("A attacks B", by="B", confidence=0.5),
        claim("A attacks B", by="B", confidence=0.7),
        claim("A attacks B", by="A", negated=True),
    )
    (one,) = contradictions(graph)
    assert one.says.confidence == 0.7


def test_filters_and_kinds() -> None:
    graph = graph_of(
        claim("A attacks B", modality="planned"),
        claim("A attacks B", negated=True, by="A", modality="planned"),
        claim("A regardsAsThreat B", by="B"),
        claim("A regardsAsThreat B", by="A", negated=True),
    )
    assert found(graph) == []
    assert len(found(graph, Selection(modalities=("planned",)))) == 1
    assert len(found(graph, Selection(families=("perception",)))) == 1
    with pytest.raises(UnknownNameError, match="unknown kind of contradiction 'doubted'; known: denied"):
        contradictions(graph, kinds=["doubted"])
