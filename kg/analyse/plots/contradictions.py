"""Contradictions side by side: what one says, and what the other says against it."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.analyse.contradictions import Contradiction
from kg.analyse.plots.canvas import heading, name, panel, sheet, style
from kg.analyse.said import Said
from kg.export.flat import relation_label
from kg.ontology import relation_types

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SHOWN: Final = 12
WIDE: Final = 9.4
ROW: Final = 1.18
TOP: Final = 0.85
CARD: Final = 3.95  # inches
QUOTE: Final = 62


def draw_contradictions(result: Sequence[Contradiction], path: Path) -> bool:
    """Draw the first contradictions; say whether there was anything to draw."""
    if not result:
        return False
    shown = result[:SHOWN]
    more = f"; {len(result) - len(shown)} more are not drawn" if len(result) > len(shown) else ""
    with sheet(path, (WIDE, TOP + len(shown) * ROW)) as figure:
        heading(
            figure, "Where the texts disagree", "left: what is said; right: what is said against it" + more
        )
        for place, one in enumerate(shown):
            axes = panel(figure, (0.1, TOP + place * ROW, WIDE - 0.2, ROW - 0.1))
            axes.set_xlim(0, WIDE - 0.2)
            axes.set_ylim(0, ROW - 0.1)
            axes.set_axis_off()
            _card(axes, 0.0, one.says, colour=style().signs[-1])
            _card(axes, WIDE - 0.2 - CARD, one.denies, colour=style().signs[0])
            axes.text(
                (WIDE - 0.2) / 2, (ROW - 0.1) / 2, one.kind, ha="center", va="center", color=style().quiet
            )
    return True


def _card(axes: Axes, left: float, said: Said, *, colour: str) -> None:
    from matplotlib.patches import Rectangle

    high = ROW - 0.1
    axes.add_patch(Rectangle((left, 0), CARD, high, facecolor=style().empty, linewidth=0))
    axes.add_patch(Rectangle((left, 0), 0.05, high, facecolor=colour, linewidth=0))
    relation = relation_label(relation_types().get(said.relation), name=said.relation)
    ends = [name(end, longest=22) for end in (said.source_name, said.target_name)]
    claim = f"{'not: ' if said.negated else ''}{ends[0]} {relation} {ends[1]}"
    axes.text(left + 0.15, high - 0.08, claim, va="top", fontweight="bold", fontsize=8)
    quote = "\n".join(textwrap.wrap("“" + name(said.quote, longest=QUOTE * 3 - 6) + "”", QUOTE)[:3])
    axes.text(left + 0.15, high - 0.3, quote, va="top", fontsize=7.5, linespacing=1.2)
    date = said.time_start or said.published
    who = ", ".join(filter(None, (said.claimant_name or "narrator", date, said.document)))
    axes.text(left + 0.15, 0.07, name(who, longest=70), va="bottom", fontsize=7, color=style().quiet)
