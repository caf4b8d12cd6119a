"""An actor in the middle of its neighbours, from friends to enemies, clockwise from the top."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.analyse.ego import Ego, Neighbour
from kg.analyse.plots.canvas import heading, legend, name, sheet, signs, style, surface
from kg.export.palette import palette
from kg.model import ACTOR_CLASSES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN: Final = 40
RADIUS: Final = 2.3
TOP: Final = 1.0
LETTER: Final = 0.075
FEW: Final = 14  # up to so many, the names have room to lie level
PALE: Final = 0.5  # a weaker valence would leave no colour to see


def draw_ego(result: Ego, path: Path) -> bool:
    """Draw the neighbours with most statements; say whether there was anything to draw."""
    shown = sorted(result.neighbours[:SHOWN], key=lambda n: (-n.valence / n.statements, n.name, n.actor))
    if not shown:
        return False
    more = len(result.neighbours) - len(shown)
    half = RADIUS + 0.3 + LETTER * max(len(name(n.name)) for n in shown)
    high = RADIUS + 0.4 if len(shown) <= FEW else half
    middle = (max(half, 3.5), TOP + high)
    with sheet(path, (2 * middle[0], TOP + 2 * high)) as figure:
        heading(
            figure,
            f"Around {name(result.name)}",
            "blue lines: cooperation; red: conflict; grey: neither; the wider, the more statements"
            + (f"; {more} more are not drawn" if more else ""),
        )
        axes = surface(figure)
        classes = {result.cls, *(n.cls for n in shown)}
        legend(axes, [(palette().classes[cls], cls) for cls in ACTOR_CLASSES if cls in classes])
        angles = {n.actor: -math.pi / 2 + 2 * math.pi * (i + 0.5) / len(shown) for i, n in enumerate(shown)}
        places = {
            key: (middle[0] + RADIUS * math.cos(angle), middle[1] + RADIUS * math.sin(angle))
            for key, angle in angles.items()
        }
        for tie in result.among:
            if tie.one in places and tie.two in places:
                line = {"linewidth": 0.6 + 0.2 * min(tie.statements, 8), "alpha": 0.45, "zorder": 1}
                _line(axes, places[tie.one], places[tie.two], colour=_colour(tie.valence), **line)
        for n in shown:
            width = 1.0 + 0.5 * min(n.statements, 12)
            _line(axes, middle, places[n.actor], colour=_colour(n.valence / n.statements), linewidth=width)
        for n in shown:
            _named(axes, n, middle, angles[n.actor], level=len(shown) <= FEW)
        axes.scatter(
            *middle,
            s=420,
            color=palette().classes[result.cls],
            edgecolors=style().paper,
            linewidths=2,
            zorder=4,
        )
        ground = {"facecolor": style().paper, "alpha": 0.85, "edgecolor": "none", "pad": 1.5}
        axes.text(
            middle[0],
            middle[1] + 0.3,
            name(result.name),
            ha="center",
            va="center",
            fontweight="bold",
            bbox=ground,
            zorder=5,
        )
    return True


def _line(axes: Axes, one: tuple[float, float], two: tuple[float, float], *, colour: Any, **how: Any) -> None:
    axes.plot(
        (one[0], two[0]), (one[1], two[1]), color=colour, solid_capstyle="round", **{"zorder": 2, **how}
    )


def _colour(valence: float) -> Any:
    if not valence:
        return style().others
    seen = max(valence, PALE) if valence > 0 else min(valence, -PALE)
    return signs()((1 + max(-1.0, min(1.0, seen))) / 2)


def _named(axes: Axes, n: Neighbour, middle: tuple[float, float], angle: float, *, level: bool) -> None:
    """Draw the dot, and the name beside it: level, or along its radius, never upside down."""
    x, y = math.cos(angle), math.sin(angle)
    axes.scatter(
        middle[0] + RADIUS * x,
        middle[1] + RADIUS * y,
        s=70,
        color=palette().classes[n.cls],
        edgecolors=style().paper,
        linewidths=1,
        zorder=3,
    )
    left, reach = x < 0, RADIUS + 0.14
    axes.text(
        middle[0] + reach * x,
        middle[1] + reach * y,
        name(n.name),
        fontsize=8.5,
        ha="center" if level and abs(x) < 0.1 else "right" if left else "left",
        va=("bottom" if y < -0.9 else "top" if y > 0.9 else "center") if level else "center",
        rotation=0 if level else -math.degrees(angle) + (180 if left else 0),
        rotation_mode="anchor",
    )
