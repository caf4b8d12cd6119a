"""A result drawn into a file: one module a question, one row of the table each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from kg.analyse.plots.balance import draw_balance
from kg.analyse.plots.canvas import checked_path
from kg.analyse.plots.centrality import draw_centrality
from kg.analyse.plots.chains import draw_chains
from kg.analyse.plots.communities import draw_communities
from kg.analyse.plots.contradictions import draw_contradictions
from kg.analyse.plots.ego import draw_ego
from kg.analyse.plots.matrix import draw_matrix
from kg.analyse.plots.trend import draw_trend
from kg.analyse.tables import Result
from kg.errors import KgError, UnknownNameError


def plot(question: str, result: Result, path: str | Path) -> None:
    """Draw what `centrality`, `communities` … has found into an .svg or .png file, the same bytes each time.

    Raises `KgError` where nothing was found, so that nobody takes an empty picture for an answer.
    """
    if question not in PLOTS:
        raise UnknownNameError("plot", question, PLOTS)
    path = checked_path(Path(path))
    if not PLOTS[question](result, path):
        raise KgError(f"nothing to draw for {question}: the result is empty, or nothing in it has a date")


PLOTS: Final[Mapping[str, Callable[[Any, Path], bool]]] = {
    "balance": draw_balance,
    "centrality": draw_centrality,
    "chains": draw_chains,
    "communities": draw_communities,
    "contradictions": draw_contradictions,
    "ego": draw_ego,
    "matrix": draw_matrix,
    "trend": draw_trend,
}
