"""Draw a graph folder as SVG for the README: `python docs/picture.py exports docs/graph.svg`.

Only cooperation and conflict that the text asserts plainly are drawn, so that no arrow is a denial, a plan or
somebody's claim; and of those the largest connected part.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import networkx as nx

from kg.export.layout import positions
from kg.export.palette import class_colour, valence_colour
from kg.folder import read_folder
from kg.graph import KnowledgeGraph
from kg.model import Statement
from kg.ontology import relation_types

WIDTH, HEIGHT, MARGIN = 1200, 800, 80
RADIUS = 9
CHARACTER = 6.4  # width of one at the size of the labels


def main() -> None:
    """Read the folder, write the picture."""
    folder, picture = map(Path, sys.argv[1:])
    picture.write_text("\n".join(svg(read_folder(folder))) + "\n", "utf8")


def svg(graph: KnowledgeGraph) -> Iterator[str]:
    """Yield the lines of an SVG drawing of the plain statements between the actors that have most of them."""
    statements = plain(graph)
    nodes = sorted({end for s in statements for end in (s.source, s.target)})
    places = scaled(
        dict(zip(nodes, positions(nodes, [(s.source, s.target) for s in statements]), strict=True))
    )
    actors = graph.actors()
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">'
    yield '<rect width="100%" height="100%" fill="white"/>'
    drawn: dict[frozenset[str], int] = {}
    for statement in statements:
        pair = frozenset((statement.source, statement.target))
        drawn[pair] = drawn.get(pair, -1) + 1
        start, end = places[statement.source], places[statement.target]
        yield from arrow(start, end, kind=statement.type, lane=drawn[pair])
    for node in nodes:
        x, y = places[node]
        colour = "rgb({},{},{})".format(*class_colour(actors[node].cls))
        yield f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{RADIUS}" fill="{colour}"/>'
        yield label(x, y - RADIUS - 5, actors[node].name, size=13, colour="#222")
    yield "</svg>"


def plain(graph: KnowledgeGraph) -> list[Statement]:
    """Return what is asserted without reserve, one statement for each pair and type, of the largest part."""
    found: dict[tuple[str, str, str], Statement] = {}
    for s in graph.statements():
        asserted = not s.negated and s.modality == "actual" and s.status == "current" and not s.attributed_to
        if asserted and s.source != s.target and relation_types()[s.type].quad:
            found.setdefault((s.source, s.type, s.target), s)
    parts = nx.connected_components(nx.Graph([(s.source, s.target) for s in found.values()]))
    largest = max(parts, key=lambda part: (len(part), min(part)))
    return [s for s in found.values() if s.source in largest]


def scaled(places: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Stretch the places over the whole picture."""
    xs, ys = zip(*places.values(), strict=True)
    width, height = (max(xs) - min(xs)) or 1, (max(ys) - min(ys)) or 1
    return {
        node: (
            MARGIN + (x - min(xs)) / width * (WIDTH - 2 * MARGIN),
            MARGIN / 2 + (y - min(ys)) / height * (HEIGHT - MARGIN),
        )
        for node, (x, y) in places.items()
    }


def arrow(start: tuple[float, float], end: tuple[float, float], *, kind: str, lane: int) -> Iterator[str]:
    """Yield a curved arrow; `lane` bends those between the same two apart."""
    (x1, y1), (x2, y2) = start, end
    length = math.hypot(x2 - x1, y2 - y1) or 1
    side = 1 if lane % 2 == (start < end) else -1  # seen from either end the same
    bend = (18 + 22 * (lane // 2)) * side
    mx, my = (x1 + x2) / 2 - (y2 - y1) / length * bend, (y1 + y2) / 2 + (x2 - x1) / length * bend
    relation = relation_types()[kind]
    colour = "rgb({},{},{})".format(*valence_colour(relation.valence))
    out = math.hypot(x2 - mx, y2 - my) or 1
    tip = x2 - (x2 - mx) / out * (RADIUS + 2), y2 - (y2 - my) / out * (RADIUS + 2)
    yield (
        f'<path d="M{x1:.0f} {y1:.0f}Q{mx:.0f} {my:.0f} {tip[0]:.0f} {tip[1]:.0f}" '
        f'fill="none" stroke="{colour}" stroke-width="1.6"/>'
    )
    if not relation.symmetric:
        yield head(tip, angle=math.atan2(y2 - my, x2 - mx), colour=colour)
    yield label((x1 + 2 * mx + x2) / 4, (y1 + 2 * my + y2) / 4 + 3, kind, size=11, colour=colour)


def head(tip: tuple[float, float], *, angle: float, colour: str) -> str:
    """Return the head of an arrow that arrives at `tip`."""
    corners = [tip] + [
        (tip[0] - 9 * math.cos(angle + side), tip[1] - 9 * math.sin(angle + side)) for side in (-0.4, 0.4)
    ]
    return f'<polygon points="{" ".join(f"{x:.0f},{y:.0f}" for x, y in corners)}" fill="{colour}"/>'


def label(x: float, y: float, text: str, *, size: int, colour: str) -> str:
    """Return a label around `x` that stays inside the picture, with a white rim to be read across lines."""
    half = len(text) * CHARACTER * size / 26
    x = min(max(x, half + 4), WIDTH - half - 4)
    place = f'x="{x:.0f}" y="{y:.0f}" font-size="{size}" text-anchor="middle"'
    rim = f'<text {place} stroke="white" stroke-width="3">{escape(text)}</text>'
    return f'{rim}<text {place} fill="{colour}">{escape(text)}</text>'


if __name__ == "__main__":
    main()
