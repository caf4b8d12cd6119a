"""Structural balance: how many triangles are of which kind, and the most unbalanced ones as drawings."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.analyse.balance import BALANCED, Balance, Triangle
from kg.analyse.plots.canvas import heading, name, panel, sheet, style

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDE: Final = 8.2
BARS: Final = 1.5
TOP: Final = 0.85
ACROSS: Final = 3
SHOWN: Final = 9
BOX: Final = 2.6
CORNERS: Final = ((-0.75, -0.5), (0.75, -0.5), (0.0, 0.75))
WORDS: Final = {
    "+++": "all friends",
    "+--": "friends with a common enemy",
    "++-": "enemies with a common friend",
    "---": "all enemies",
}


def draw_balance(result: Balance, path: Path) -> bool:
    """Draw bars and triangles; say whether there was anything to draw."""
    if not result.triangles:
        return False
    shown = result.unbalanced[:SHOWN]
    rows = math.ceil(len(shown) / ACROSS)
    with sheet(path, (WIDE, TOP + BARS + 0.5 + rows * BOX)) as figure:
        heading(
            figure,
            f"{result.balanced} of {result.triangles} triangles are balanced",
            "balanced where the product of the signs is positive; below, the most unbalanced",
        )
        axes = panel(figure, (2.5, TOP, WIDE - 3.2, BARS))
        numbers = [number for _, number in result.kinds]
        kinds = [kind for kind, _ in result.kinds]
        colours = [style().signs[-1] if kind in BALANCED else style().signs[1] for kind in kinds]
        axes.barh(range(len(kinds)), numbers, height=0.66, color=colours)
        axes.set_yticks(range(len(kinds)), [f"{WORDS[kind]}  {_spaced(kind)}" for kind in kinds])
        axes.set_ylim(len(kinds) - 0.5, -0.5)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        for i, (kind, number) in enumerate(result.kinds):
            words = f"{number}  {'balanced' if kind in BALANCED else 'unbalanced'}"
            axes.annotate(words, (number, i), xytext=(4, 0), textcoords="offset points", va="center")
        axes.set_xlim(0, max(numbers) * 1.3)
        for place, triangle in enumerate(shown):
            row, column = divmod(place, ACROSS)
            side = (WIDE - 0.2) / ACROSS
            _triangle(
                panel(figure, (0.1 + column * side, TOP + BARS + 0.5 + row * BOX, side, BOX - 0.1)), triangle
            )
    return True


def _spaced(kind: str) -> str:
    return " ".join(kind.replace("-", "−"))


def _triangle(axes: Axes, triangle: Triangle) -> None:
    names = {key: label for t in triangle.ties for key, label in ((t.one, t.one_name), (t.two, t.two_name))}
    keys = sorted(names, key=lambda key: (names[key], key))
    places = dict(zip(keys, CORNERS, strict=True))
    axes.set_xlim(-1.35, 1.35)
    axes.set_ylim(-0.95, 1.15)
    axes.set_axis_off()
    for tie in triangle.ties:
        (x1, y1), (x2, y2) = places[tie.one], places[tie.two]
        friends = tie.strength > 0
        colour = style().signs[-1] if friends else style().signs[0]
        axes.plot(
            (x1, x2),
            (y1, y2),
            color=colour,
            linewidth=2.2,
            linestyle="-" if friends else (0, (4, 2)),
            zorder=1,
        )
        axes.text(
            (x1 + x2) / 2,
            (y1 + y2) / 2,
            f"{tie.strength:+.1f}".replace("-", "−"),
            ha="center",
            va="center",
            fontsize=8,
            color=colour,
            bbox={"facecolor": style().paper, "edgecolor": "none", "pad": 1.5},
            zorder=2,
        )
    for key in keys:
        x, y = places[key]
        axes.scatter([x], [y], s=60, color=style().ink, zorder=3)
        low = y < 0
        axes.text(
            x,
            y + (-0.13 if low else 0.13),
            name(names[key], longest=20),
            ha="center",
            va="top" if low else "bottom",
            fontsize=8,
        )
