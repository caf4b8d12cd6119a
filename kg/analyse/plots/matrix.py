"""The matrix as a heat map, one for each period."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.analyse.matrix import Cell, Matrix
from kg.analyse.plots.canvas import heading, name, panel, sheet, signs, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STATES: Final = 18
PERIODS: Final = 12
ACROSS: Final = 3
CELL: Final = 0.34
SMALL: Final = 0.26
LETTER: Final = 0.078  # inches that a letter of a name takes
TOP: Final = 0.9
DARK: Final = 0.7  # from this valence on the cell is too dark for dark letters


def draw_matrix(result: Matrix, path: Path) -> bool:
    """Draw the states with most statements; say whether there was anything to draw."""
    dated = [cell for cell in result.cells if cell.period or not result.by]
    if not dated:
        return False
    periods = sorted({cell.period or "" for cell in dated})[-PERIODS:]
    shown = [cell for cell in dated if (cell.period or "") in periods]
    names = {
        key: label for c in shown for key, label in ((c.source, c.source_name), (c.target, c.target_name))
    }
    weight: Counter[str] = Counter()
    for cell in shown:
        weight[cell.source] += cell.statements
        weight[cell.target] += cell.statements
    states = sorted(weight, key=lambda key: (-weight[key], names[key], key))[:STATES]
    cell_size = CELL if len(periods) == 1 else SMALL
    side = cell_size * len(states)
    columns = min(ACROSS, len(periods))
    rows = math.ceil(len(periods) / columns)
    # Only the first panel of a row has names beside it, and only the first row has them above.
    high = side + 0.45
    labels = [name(names[state]) for state in states]
    left_of = 0.25 + LETTER * max(map(len, labels))
    above = 0.2 + LETTER * max(map(len, labels))
    size = left_of + columns * (side + 0.3) + 0.2, TOP + above + rows * high + 0.5
    with sheet(path, (max(size[0], 7.0), size[1])) as figure:
        heading(figure, "Cooperation and conflict", _note(result, periods, states=len(weight)))
        for place, when in enumerate(periods):
            row, column = divmod(place, columns)
            left, top = left_of + column * (side + 0.3), TOP + above + row * high
            axes = panel(figure, (left, top, side, side))
            cells = [c for c in shown if (c.period or "") == when]
            _heat(axes, cells, states, directed=result.directed)
            axes.set_yticks(range(len(states)), labels if column == 0 else [""] * len(states))
            axes.set_xticks(range(len(states)), labels if row == 0 else [""] * len(states))
            axes.xaxis.tick_top()
            axes.tick_params(axis="x", rotation=90 if len(periods) > 1 else 60, colors=style().ink)
            for label in axes.get_xticklabels():
                label.set_horizontalalignment("center" if len(periods) > 1 else "left")
                label.set_rotation_mode("anchor" if len(periods) == 1 else "default")
            if when:
                axes.set_xlabel(when, fontweight="bold", labelpad=6)
        _key(figure, left=left_of, top=TOP + above + rows * high + 0.05)
    return True


def _note(result: Matrix, periods: Sequence[str], *, states: int) -> str:
    """Return how to read the plot, and in a second line what is not on it."""
    arrow = "the row to the column" if result.directed else "the two"
    note = f"colour: mean valence of what is said of {arrow}; number: statements"
    undated = sum(cell.statements for cell in result.cells if result.by and not cell.period)
    earlier = {cell.period for cell in result.cells if cell.period} - set(periods)
    hidden = [
        f"{words} ({number})"
        for number, words in (
            (max(states - STATES, 0), "actors with fewer statements"),
            (len(earlier), "earlier periods"),
            (undated, "statements without such a date"),
        )
        if number
    ]
    return note + (f"\nnot drawn: {', '.join(hidden)}" if hidden else "")


def _heat(axes: Axes, cells: Sequence[Cell], states: Sequence[str], *, directed: bool) -> None:
    from matplotlib.patches import Rectangle

    colours, index = signs(), {state: i for i, state in enumerate(states)}
    axes.set_xlim(-0.5, len(states) - 0.5)
    axes.set_ylim(len(states) - 0.5, -0.5)
    for side in axes.spines.values():
        side.set_visible(False)
    for i in range(len(states) + 1):
        axes.axhline(i - 0.5, color=style().rule, linewidth=0.5)
        axes.axvline(i - 0.5, color=style().rule, linewidth=0.5)
    for i in range(len(states)):
        axes.add_patch(Rectangle((i - 0.5, i - 0.5), 1, 1, facecolor=style().empty, linewidth=0))
    for cell in cells:
        if cell.source not in index or cell.target not in index:
            continue
        places = [(index[cell.target], index[cell.source])]
        if not directed:
            places.append(places[0][::-1])
        for x, y in places:
            colour = colours((cell.mean + 1) / 2)
            axes.add_patch(
                Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colour, edgecolor=style().paper, linewidth=1)
            )
            ink = style().paper if abs(cell.mean) > DARK else style().ink
            axes.text(x, y, str(cell.statements), ha="center", va="center", fontsize=7, color=ink)


def _key(figure: Figure, *, left: float, top: float) -> None:
    """Draw what the colours mean."""
    axes = panel(figure, (left, top, 2.4, 0.12))
    axes.imshow([[i / 100 for i in range(101)]], aspect="auto", cmap=signs(), extent=(-1, 1, 0, 1))
    axes.set_yticks([])
    axes.set_xticks([-1, 0, 1], ["−1 conflict", "0", "cooperation +1"])
    for side in axes.spines.values():
        side.set_visible(False)
