"""Plots can be read: no name lies on another, and what is left out is said."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

from kg.analyse import Selection, balance, centrality, communities, contradictions, ego, matrix, plot, trend
from kg.folder import read_folder
from kg.graph import KnowledgeGraph
from tests.analyse.graphs import claim, graph_of

ROOT = Path(__file__).parents[2]
DRAWN: dict[str, Callable[[KnowledgeGraph], Any]] = {
    "balance": balance,
    "centrality": lambda graph: centrality(graph, per="family"),
    "communities": communities,
    "contradictions": contradictions,
    "ego": lambda graph: ego(graph, "Indonesia"),
    "matrix": lambda graph: matrix(graph, roll_up=True),
    "trend": lambda graph: trend(graph, ("Indonesia", "Turki"), roll_up=True),
}


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str, Any], list[Text]]:
    """Return a function that draws and gives all texts of the figure, with their places."""
    figures: list[Figure] = []
    save = Figure.savefig

    def keep(self: Figure, *args: Any, **kwargs: Any) -> None:
        save(self, *args, **kwargs)
        figures.append(self)

    monkeypatch.setattr(Figure, "savefig", keep)

    def draw(question: str, result: Any) -> list[Text]:
        plot(question, result, tmp_path / "x.png")
        return list(written(figures[-1]))

    return draw


def written(figure: Figure) -> Iterator[Text]:
    for one in figure.findobj(Text):
        if isinstance(one, Text) and one.get_visible() and one.get_text().strip():
            yield one


@pytest.mark.parametrize("question", DRAWN)
def test_no_text_lies_on_another(question: str, texts: Callable[[str, Any], list[Text]]) -> None:
    found = texts(question, DRAWN[question](read_folder(ROOT / "exports")))
    level = [one for one in found if one.get_rotation() == 0]
    boxes = [(one.get_text(), one.get_window_extent()) for one in level]
    touching = [
        (one, two)
        for (one, a), (two, b) in itertools.combinations(boxes, 2)
        # A hair's breadth is allowed: two pixels of 150 to the inch.
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 2 and min(a.y1, b.y1) - max(a.y0, b.y0) > 2
    ]
    assert touching == []
    assert len(boxes) > 8


def test_what_is_left_out_of_a_heat_map_is_said(texts: Callable[[str, Any], list[Text]]) -> None:
    names = [f"S{i:02}" for i in range(21)]
    claims = [claim(f"{a} attacks {b}", start="2024") for a, b in itertools.pairwise(names)]
    graph = graph_of(*claims, claim("S00 aids S01", document="undated"))
    shown = "\n".join(text.get_text() for text in texts("matrix", matrix(graph, by="year")))
    assert "not drawn: actors with fewer statements (3), statements without such a date (1)" in shown
    years = [claim("A attacks B", start=str(year)) for year in range(2000, 2015)]
    shown = "\n".join(text.get_text() for text in texts("matrix", matrix(graph_of(*years), by="year")))
    assert "not drawn: earlier periods (3)" in shown
    assert "2002" not in shown
    assert "2003" in shown


def test_names_in_any_script_are_drawn(texts: Callable[[str, Any], list[Text]]) -> None:
    graph = graph_of("Türkiye meets $x^2$", "حزب meets {$id}", "中国 attacks حزب")
    shown = {text.get_text() for text in texts("matrix", matrix(graph, Selection()))}
    assert {"Türkiye", "$x^2$", "حزب", "{$id}", "中国"} <= shown
