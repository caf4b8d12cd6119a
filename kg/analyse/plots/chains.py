"""Chains as rows of boxes and arrows, with the surest quote under each step."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.analyse.chains import Chain, Step
from kg.analyse.plots.canvas import heading, name, panel, sheet, signs, style
from kg.export.flat import relation_label
from kg.ontology import relation_types

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN: Final = 8
BOX: Final = 1.55  # inches
STEP: Final = 2.1
ROW: Final = 1.35
TOP: Final = 0.8
QUOTE: Final = 34  # characters in a line of a quote
LINES: Final = 3


def draw_chains(result: Sequence[Chain], path: Path) -> bool:
    """Draw the first chains; say whether there was anything to draw."""
    if not result:
        return False
    shown = result[:SHOWN]
    longest = max(len(chain.steps) for chain in shown)
    wide = BOX + longest * (BOX + STEP) + 0.4
    first, last = shown[0].steps[0], shown[0].steps[-1]
    with sheet(path, (max(wide, 7.0), TOP + len(shown) * ROW)) as figure:
        heading(
            figure,
            f"From {name(first.one_name)} to {name(last.two_name)}",
            "under each step its surest quote; red: conflict; blue: cooperation; grey: neither",
        )
        for place, chain in enumerate(shown):
            axes = panel(figure, (0.1, TOP + place * ROW, wide, ROW))
            axes.set_xlim(0, wide)
            axes.set_ylim(0, ROW)
            axes.set_axis_off()
            _box(axes, 0.1, chain.steps[0].one_name)
            for number, step in enumerate(chain.steps):
                left = 0.1 + BOX + number * (BOX + STEP)
                _step(axes, left, step)
                _box(axes, left + STEP, step.two_name)
    return True


def _box(axes: Axes, left: float, actor: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    axes.add_patch(
        FancyBboxPatch(
            (left + 0.05, 0.72),
            BOX - 0.1,
            0.42,
            boxstyle="round,pad=0,rounding_size=0.08",
            facecolor=style().empty,
            edgecolor=style().rule,
            linewidth=0.8,
        )
    )
    words = "\n".join(textwrap.wrap(name(actor, longest=36), 19)[:2])
    axes.text(left + BOX / 2, 0.93, words, ha="center", va="center", fontsize=8.5, linespacing=1.1)


def _step(axes: Axes, left: float, step: Step) -> None:
    quote = step.quotes[0]
    relation = relation_types().get(quote.relation)
    sign = relation.valence if relation else 0.0
    # What is neither would be too pale for a line.
    colour = signs()((1 + (max(sign, 0.55) if sign > 0 else min(sign, -0.55))) / 2) if sign else style().quiet
    start, end = (left + 0.02, 0.93), (left + STEP - 0.02, 0.93)
    if quote.source != step.one:
        start, end = end, start
    both = relation is not None and relation.symmetric
    axes.annotate(
        "",
        xy=end,
        xytext=start,
        arrowprops={
            "arrowstyle": "<|-|>" if both else "-|>",
            "color": colour,
            "linewidth": 1.6,
            "shrinkA": 0,
            "shrinkB": 0,
            "mutation_scale": 11,
        },
    )
    more = f"  (+{step.statements - 1})" if step.statements > 1 else ""
    words = ("not: " if quote.negated else "") + relation_label(relation, name=quote.relation)
    axes.text(left + STEP / 2, 1.0, words + more, ha="center", va="bottom", fontsize=8.5)
    lines = textwrap.wrap("“" + name(quote.quote, longest=QUOTE * LINES) + "”", QUOTE)[:LINES]
    axes.text(
        left + STEP / 2,
        0.62,
        "\n".join(lines),
        ha="center",
        va="top",
        fontsize=7,
        color=style().quiet,
        linespacing=1.15,
    )
