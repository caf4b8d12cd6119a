"""A pair over time: cooperation above the line, conflict below it, a panel for each direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.analyse.dates import Period
from kg.analyse.matrix import Cell
from kg.analyse.plots.canvas import heading, legend, name, panel, sheet, style, surface
from kg.analyse.trend import Trend

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDE: Final = 8.0
HIGH: Final = 1.7
LEFT: Final = 0.5
TOP: Final = 1.15
STEP: Final = HIGH + 0.62
LABELLED: Final = 16  # periods with a label under them, at most
# Field of a cell, its direction from the line, and its place in the palette of signs.
PARTS: Final = (
    ("verbal_cooperation", 1, -2, "verbal cooperation"),
    ("material_cooperation", 1, -1, "material cooperation"),
    ("verbal_conflict", -1, 1, "verbal conflict"),
    ("material_conflict", -1, 0, "material conflict"),
)


def draw_trend(result: Trend, path: Path) -> bool:
    """Draw both directions; say whether there was anything to draw."""
    dated = [cell for cell in result.cells if cell.period]
    if not dated:
        return False
    periods = filled([cell.period or "" for cell in dated], by=result.by)
    undated = sum(cell.statements for cell in result.cells if not cell.period)
    most = max(
        max(
            cell.verbal_cooperation + cell.material_cooperation, cell.verbal_conflict + cell.material_conflict
        )
        for cell in dated
    )
    with sheet(path, (LEFT + WIDE + 0.2, TOP + 2 * STEP)) as figure:
        heading(
            figure,
            f"{name(result.one_name)} and {name(result.other_name)}",
            f"statements by {result.by}" + (f"; {undated} more have no such date" if undated else ""),
        )
        legend(surface(figure), [(style().signs[place], words) for _, _, place, words in PARTS])
        ends = (result.one_name, result.other_name)
        for row, source in enumerate((result.one, result.other)):
            axes = panel(figure, (LEFT, TOP + row * STEP, WIDE, HIGH))
            cells = {cell.period: cell for cell in dated if cell.source == source}
            _bars(axes, periods, cells, most=most)
            title = " → ".join(name(end) for end in (ends if row == 0 else ends[::-1]))
            axes.set_title(title, fontsize=9, loc="left", fontweight="bold")
    return True


def filled(periods: Sequence[str], *, by: Period) -> list[str]:
    """Return all periods from the first to the last, those in which nothing happened too."""
    numbers = [_number(period, by) for period in periods]
    return [_period(number, by) for number in range(min(numbers), max(numbers) + 1)]


def _number(period: str, by: Period) -> int:
    year = int(period[:4])
    if by == "year":
        return year
    return year * 4 + int(period[6:]) - 1 if by == "quarter" else year * 12 + int(period[5:]) - 1


def _period(number: int, by: Period) -> str:
    if by == "year":
        return f"{number:04}"
    size = 4 if by == "quarter" else 12
    year, part = divmod(number, size)
    return f"{year:04}-Q{part + 1}" if by == "quarter" else f"{year:04}-{part + 1:02}"


def _bars(axes: Axes, periods: Sequence[str], cells: Mapping[str | None, Cell], *, most: int) -> None:
    for field, way, place, _ in PARTS:
        start = field.replace("material", "verbal")
        # What is material lies beyond what is verbal.
        base = [0 if field == start else _value(cells, p, start) * way for p in periods]
        values = [_value(cells, p, field) * way for p in periods]
        axes.bar(range(len(periods)), values, bottom=base, width=0.8, color=style().signs[place], linewidth=0)
    axes.axhline(0, color=style().quiet, linewidth=0.8)
    axes.set_ylim(-most * 1.1, most * 1.1)
    axes.set_xlim(-0.6, max(len(periods), 6) - 0.4)
    axes.spines["bottom"].set_visible(False)
    step = -(-len(periods) // LABELLED)
    places = range(0, len(periods), step)
    axes.set_xticks(list(places), [periods[i] for i in places], fontsize=8)
    half = max(most // 2, 1)
    ticks = sorted({-most, -half, 0, half, most})
    axes.set_yticks(ticks, [str(abs(tick)) for tick in ticks], fontsize=8)


def _value(cells: Mapping[str | None, Cell], period: str, field: str) -> int:
    return int(getattr(cells[period], field)) if period in cells else 0
