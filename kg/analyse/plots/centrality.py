"""Centrality as bars: the same actors by each measure, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.analyse.centrality import Centrality
from kg.analyse.plots.canvas import heading, legend, name, sheet, style, surface
from kg.export.palette import palette
from kg.model import ACTOR_CLASSES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MEASURES: Final = (
    ("pagerank", "PageRank", "{:.3f}"),
    ("degree", "other actors", "{:.0f}"),
    ("statements", "statements", "{:.0f}"),
    ("betweenness", "betweenness", "{:.3f}"),
)
SHOWN: Final = 25
GROUPED: Final = 8  # actors of each group, where there are several
GROUPS: Final = 12
ROW: Final = 0.24  # inches, as all that follows
BAR: Final = 0.17
LABELS: Final = 2.35
WIDE: Final = 1.45  # of the longest bar
STEP: Final = 2.05  # from one measure to the next
TOP: Final = 0.95
HEAD: Final = 0.28  # above the bars, for the names of the measures
GAP: Final = 0.46  # above a group, for its name


def draw_centrality(result: Sequence[Centrality], path: Path) -> bool:
    """Draw the first actors of each group; say whether there was anything to draw."""
    groups = [(relation, list(rows)) for relation, rows in groupby(result, key=lambda row: row.relation)]
    if not groups:
        return False
    limit = SHOWN if len(groups) == 1 else GROUPED
    shown = [(relation, rows[:limit]) for relation, rows in groups[:GROUPS]]
    heights = [HEAD + len(rows) * ROW + (GAP if relation else 0.0) for relation, rows in shown]
    more = f"; {len(groups) - GROUPS} more groups are not drawn" if len(groups) > GROUPS else ""
    with sheet(path, (LABELS + len(MEASURES) * STEP, TOP + sum(heights))) as figure:
        heading(figure, "Who stands in the middle", f"colour: class of the actor{more}")
        axes = surface(figure)
        classes = {row.cls for _, rows in shown for row in rows}
        legend(axes, [(palette().classes[cls], cls) for cls in ACTOR_CLASSES if cls in classes])
        top = TOP
        for (relation, rows), height in zip(shown, heights, strict=True):
            if relation:
                axes.text(0.1, top + GAP - 0.08, relation, fontweight="bold", va="bottom")
            _group(axes, rows, top=top + height - len(rows) * ROW)
            top += height
    return True


def _group(axes: Axes, rows: Sequence[Centrality], *, top: float) -> None:
    from matplotlib.patches import Rectangle

    for i, row in enumerate(rows):
        axes.text(LABELS - 0.08, top + (i + 0.5) * ROW, name(row.name), ha="right", va="center_baseline")
    for place, (field, title, form) in enumerate(MEASURES):
        left = LABELS + place * STEP
        values = [float(getattr(row, field)) for row in rows]
        longest = max(values) or 1.0
        axes.text(left, top - 0.05, title, va="bottom", color=style().quiet)
        axes.plot((left, left), (top, top + len(rows) * ROW), color=style().rule, linewidth=0.8)
        for i, (row, value) in enumerate(zip(rows, values, strict=True)):
            middle, length = top + (i + 0.5) * ROW, WIDE * value / longest
            colour = palette().classes[row.cls]
            axes.add_patch(Rectangle((left, middle - BAR / 2), length, BAR, facecolor=colour, linewidth=0))
            words = form.format(value)
            axes.text(
                left + length + 0.05, middle, words, va="center_baseline", fontsize=7, color=style().quiet
            )
