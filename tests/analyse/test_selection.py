"""What counts: the filter that all analyses share."""

from __future__ import annotations

from typing import Any

import pytest

from kg.analyse import Selection
from kg.analyse.dates import dates, meets, period
from kg.analyse.selection import select
from kg.errors import KgError, QueryError, UnknownNameError
from kg.graph import KnowledgeGraph
from tests.analyse.graphs import claim, graph_of, name_of, with_aliases


@pytest.fixture
def graph() -> KnowledgeGraph:
    return graph_of(
        claim("A attacks B"),
        claim("A arms B", negated=True),
        claim("A aids B", modality="planned"),
        claim("A meets B", status="past"),
        claim("A regardsAsThreat B"),
        claim("A praises C", by="B", confidence=0.4),
        claim("A threatens B", certainty="possible"),
        claim("C holdsOffice A", document="d2"),
        classes={"C": "Person"},
    )


def kinds(graph: KnowledgeGraph, **options: Any) -> set[str]:
    return {s.type for s in select(graph, Selection(**options)).statements}


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, {"attacks", "praises", "holdsOffice"}),
        ({"negated": "only"}, {"arms"}),
        ({"negated": "include"}, {"attacks", "arms", "praises", "holdsOffice"}),
        ({"modalities": ("planned",)}, {"aids"}),
        ({"statuses": ("past",)}, {"meets"}),
        ({"certainties": ("possible", "probable")}, {"threatens"}),
        ({"families": ("perception",)}, {"regardsAsThreat"}),
        ({"families": ("structural",), "types": ("attacks",)}, {"holdsOffice", "attacks"}),
        ({"min_confidence": 0.5}, {"attacks", "holdsOffice"}),
        ({"claimant": "narrator"}, {"attacks", "holdsOffice"}),
        ({"claimant": "B"}, {"praises"}),
        ({"documents": ("d2",)}, {"holdsOffice"}),
        ({"classes": ("State",)}, {"attacks"}),
        ({"classes": ("State", "Person")}, {"attacks", "praises", "holdsOffice"}),
    ],
)
def test_each_filter(graph: KnowledgeGraph, options: dict[str, Any], expected: set[str]) -> None:
    assert kinds(graph, **options) == expected


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"families": ("love",)}, UnknownNameError, "unknown family 'love'; known: material"),
        ({"types": ("loves",)}, UnknownNameError, "unknown relation type 'loves'"),
        ({"modalities": ("real",)}, UnknownNameError, "unknown modality 'real'"),
        ({"statuses": ("now",)}, UnknownNameError, "unknown status 'now'"),
        ({"certainties": ("sure",)}, UnknownNameError, "unknown certainty 'sure'"),
        ({"since": "2026", "until": "2025"}, QueryError, "nothing lies between 2026 and 2025"),
        ({"classes": ("Country",)}, UnknownNameError, "unknown actor class 'Country'"),
        ({"documents": ("d9",)}, QueryError, "no document 'd9'"),
        ({"since": "spring"}, QueryError, "'spring' is not a day, month or year"),
        ({"claimant": "Z"}, QueryError, "no actor is named 'Z'"),
    ],
)
def test_what_cannot_be_met_is_said(
    graph: KnowledgeGraph, options: dict[str, Any], error: type[KgError], message: str
) -> None:
    with pytest.raises(error, match=message):
        select(graph, Selection(**options))


def test_a_claimant_is_known_by_any_name(graph: KnowledgeGraph) -> None:
    named = with_aliases(graph, {"B": ("Negeri Beta",)})
    assert kinds(named, claimant="negeri beta") == {"praises"}


@pytest.mark.parametrize(
    ("start", "end", "since", "until", "expected"),
    [
        ("2025-03-04", "2025-03-04", "2025-03", "2025-03", True),
        ("2025-03-04", "2025-03-04", "2025-03-05", None, False),
        ("2025-03-04", "2025-03-04", None, "2025-03-03", False),
        ("2025", "2025", "2025-06", "2025-06", True),  # it may have been in June
        ("2025-06", "2025-06", "2025", "2025", True),
        ("2024", "2024", "2025", None, False),
        ("2026-01", "2026-01", None, "2025", False),
        ("2020", None, "2025", "2025", True),  # since 2020, and still so
        ("2026", None, None, "2025", False),
        (None, "2020", "2019", "2019", True),
        (None, "2020", "2021", None, False),
        (None, None, "2020", None, False),
        ("2019", "2021", "2020", "2020", True),
    ],
)
def test_dates_that_may_lie_within(
    start: str | None, end: str | None, since: str | None, until: str | None, expected: bool
) -> None:
    assert meets((start, end), since=since, until=until) is expected


@pytest.mark.parametrize(
    ("found", "year", "quarter", "month"),
    [
        (("2025-03-31", "2025-04-01"), "2025", "2025-Q1", "2025-03"),
        (("2025-04", "2025-04"), "2025", "2025-Q2", "2025-04"),
        (("2025-12-01", None), "2025", "2025-Q4", "2025-12"),
        ((None, "2025-07"), "2025", "2025-Q3", "2025-07"),
        (("2025", "2025"), "2025", None, None),
        ((None, None), None, None, None),
    ],
)
def test_periods(
    found: tuple[str | None, str | None], year: str | None, quarter: str | None, month: str | None
) -> None:
    assert period(found, by="year") == year
    assert period(found, by="quarter") == quarter
    assert period(found, by="month") == month


def test_a_time_that_is_no_date_counts_as_none() -> None:
    graph = graph_of(claim("A attacks B", start="soon after"), published={"d1": "2025-xx"})
    (source,) = graph.sources()
    (statement,) = graph.statements()
    assert dates(statement, source, clock="either") == (None, None)
    assert kinds(graph, since="1900") == set()


def test_a_month_lies_in_its_year() -> None:
    graph = graph_of(claim("A attacks B", start="2025-03"))
    assert kinds(graph, since="2025-03", until="2025") == {"attacks"}


def test_clocks() -> None:
    graph = graph_of(
        claim("A attacks B", start="2024-02", end="2024-02"),
        claim("A meets B"),
        published={"d1": "2025-01-08"},
    )
    (source,) = graph.sources()
    found = {
        (s.type, clock): dates(s, source, clock=clock)[0]
        for s in graph.statements()
        for clock in ("either", "event", "publication")
    }
    assert found["attacks", "either"] == found["attacks", "event"] == "2024-02"
    assert found["meets", "either"] == found["meets", "publication"] == "2025-01-08"
    assert found["meets", "event"] is None
    assert kinds(graph, until="2024") == {"attacks"}
    assert kinds(graph, until="2024", clock="publication") == set()
    assert kinds(graph, since="2025", clock="event") == set()


def test_names_of_actors_come_along(graph: KnowledgeGraph) -> None:
    view = select(graph, Selection())
    assert {name_of(key) for key in view.actors} == {"A", "B", "C"}
