"""Communities as a network: linked actors near each other, a colour for each of the largest groups."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from kg.analyse.communities import Community, Member, Partition
from kg.analyse.plots.canvas import heading, name, panel, sheet, style
from kg.export.layout import positions

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Box: TypeAlias = tuple[float, float, float, float]

SIDE: Final = 8.2
TOP: Final = 0.8
NAMED: Final = 36  # labels at most
LARGE: Final = 20  # dots that no label may hide
LETTER: Final = 0.062  # inches
DISTANCES: Final = (0.03, 0.2, 0.38)  # from a dot to its label
LINE: Final = 0.15
DRAWN: Final = 400  # actors at most: those of the largest groups
PAIR: Final = 2


def draw_communities(result: Sequence[Partition], path: Path) -> bool:
    """Draw a network for each partition; say whether there was anything to draw."""
    if not result:
        return False
    with sheet(path, (SIDE + 0.2, TOP + len(result) * (SIDE + 0.4))) as figure:
        heading(figure, "Who belongs together", "colour: the largest communities; size: statements")
        for place, partition in enumerate(result):
            axes = panel(figure, (0.1, TOP + place * (SIDE + 0.4), SIDE, SIDE))
            axes.set_axis_off()
            _network(axes, partition)
            axes.set_title(
                _title(partition),
                fontsize=9,
                loc="left",
                color=style().quiet,
            )
    return True


def _title(partition: Partition) -> str:
    parts = [f"{partition.relation}: "] if partition.relation else []
    parts.append(f"{len(partition.communities)} communities, modularity {partition.modularity:.2f}")
    if left_out := len(partition.communities) - len(_drawn(partition)):
        parts.append(f"; {left_out} small ones are not drawn")
    return "".join(parts)


def _drawn(partition: Partition) -> list[Community]:
    """Return the communities that are drawn: no mere pairs where there are larger ones."""
    least = min(len(partition.communities[0].members), PAIR + 1)
    drawn: list[Community] = []
    actors = 0
    for community in partition.communities:
        actors += len(community.members)
        if len(community.members) >= least and (not drawn or actors <= DRAWN):
            drawn.append(community)
    return drawn


def _network(axes: Axes, partition: Partition) -> None:
    members: list[Member] = []
    colours: dict[str, str] = {}
    palette = cycle(style().groups)
    for community in _drawn(partition):
        members += community.members
        # Beyond the eighth a colour would say nothing any more.
        colour = next(palette) if community.number <= len(style().groups) else style().others
        colours.update((member.actor, colour) for member in community.members)
    keys = [member.actor for member in members]
    links = [link for link in partition.links if link.one in colours and link.two in colours]
    places = dict(zip(keys, positions(keys, [(link.one, link.two) for link in links]), strict=True))
    scaled = _scaled(places)
    for link in links:
        same = colours[link.one] == colours[link.two]
        (x1, y1), (x2, y2) = scaled[link.one], scaled[link.two]
        axes.plot(
            (x1, x2),
            (y1, y2),
            color=colours[link.one] if same else style().others,
            linewidth=min(0.5 + 0.35 * link.statements, 3.5),
            alpha=0.45,
            zorder=1,
            solid_capstyle="round",
        )
    sizes = {member.actor: 18.0 + 9.0 * (member.inside + member.outside) for member in members}
    axes.scatter(
        [scaled[key][0] for key in keys],
        [scaled[key][1] for key in keys],
        s=[min(sizes[key], 500.0) for key in keys],
        c=[colours[key] for key in keys],
        edgecolors=style().paper,
        linewidths=0.8,
        zorder=2,
    )
    axes.set_xlim(0, SIDE)
    axes.set_ylim(0, SIDE)
    _labels(axes, members, scaled, sizes)


def _scaled(places: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return the places in inches, with room for labels at the sides."""
    xs, ys = zip(*places.values(), strict=True)
    wide, high = (max(xs) - min(xs)) or 1.0, (max(ys) - min(ys)) or 1.0
    return {
        key: (0.8 + (x - min(xs)) / wide * (SIDE - 1.6), 0.4 + (y - min(ys)) / high * (SIDE - 0.8))
        for key, (x, y) in places.items()
    }


def _labels(
    axes: Axes,
    members: Sequence[Member],
    places: dict[str, tuple[float, float]],
    sizes: dict[str, float],
) -> None:
    """Name the actors with most statements, each where it hides no other name and no large dot.

    Who finds no such place stays unnamed.
    """
    ranked = sorted(members, key=lambda m: (-(m.inside + m.outside), m.name, m.actor))
    # A dot of area s (in points²) has a radius of √s / 2 points.
    radius = {key: min(size, 500.0) ** 0.5 / 2 / 72 for key, size in sizes.items()}
    dots = [
        (x - radius[m.actor], y - radius[m.actor], x + radius[m.actor], y + radius[m.actor])
        for m in ranked
        for x, y in [places[m.actor]]
    ]
    ground = {"facecolor": style().paper, "alpha": 0.7, "edgecolor": "none", "pad": 0.4}
    taken = dots[:LARGE]
    for member in ranked[:NAMED]:
        text = name(member.name, longest=24)
        place, wide = places[member.actor], LETTER * len(text)
        for distance in DISTANCES:
            free = [
                box
                for box in _around(place, wide, gap=radius[member.actor] + distance)
                if box[0] >= 0 and box[2] <= SIDE and not any(_overlap(box, other) for other in taken)
            ]
            if free:
                break
        else:
            continue
        box = min(free, key=lambda box: (sum(_overlap(box, dot) for dot in dots), free.index(box)))
        taken.append(box)
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if distance != DISTANCES[0]:
            line = (place[0], middle[0]), (place[1], middle[1])
            axes.plot(*line, color=style().quiet, linewidth=0.5, zorder=1.5)
        axes.text(*middle, text, fontsize=7.5, ha="center", va="center", zorder=3, bbox=ground)


def _around(place: tuple[float, float], wide: float, *, gap: float) -> list[Box]:
    """Return the places for a label around a dot: above and below, at its sides, at its corners."""
    x, y = place
    aside = gap * 0.7
    corners = (
        (x - wide / 2, y + gap),
        (x - wide / 2, y - gap - LINE),
        (x + gap, y - LINE / 2),
        (x - gap - wide, y - LINE / 2),
        (x + aside, y + aside),
        (x - aside - wide, y + aside),
        (x + aside, y - aside - LINE),
        (x - aside - wide, y - aside - LINE),
    )
    return [(left, low, left + wide, low + LINE) for left, low in corners]


def _overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]
