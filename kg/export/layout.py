"""Places for nodes, so that a graph opens readable everywhere: groups together, nothing on top of another.

Each connected part is laid out on its own: forces as between magnets and springs, then room for each node.
The largest part stands in the middle, the others and then the nodes without links on rings around it.

Only sums, products and roots of fixed order go in, so that another processor gives the same places; that
rules out `networkx.spring_layout`, which also takes minutes beyond some thousand nodes.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np

from kg.export.layout_forces import Floats, settled
from kg.export.layout_room import GAP, apart

SMALL: Final = 8  # parts of so many nodes have few shapes, each of which is laid out once
RING: Final = 24.0  # between nodes without links

Part: TypeAlias = Sequence[str]
Pair: TypeAlias = tuple[str, str]


def positions(nodes: Sequence[str], links: Iterable[Pair]) -> list[tuple[float, float]]:
    """Return a place for each node: linked ones by their links, the others on rings around them.

    The last answer is kept, since several formats ask for the places of one graph.
    """
    return list(_positions(tuple(nodes), tuple(links)))


def node_size(degree: int) -> float:
    """Return the diameter of a node with so many links, in the units of the places."""
    return round(4 + 6 * math.log2(1 + degree), 1)


@lru_cache(maxsize=1)
def _positions(nodes: Part, links: Sequence[Pair]) -> list[tuple[float, float]]:
    degree = Counter(end for link in links for end in link)
    pairs = sorted({(min(pair), max(pair)) for pair in links if pair[0] != pair[1]})
    shapes: dict[object, tuple[Floats, Floats]] = {}
    parts = [(part, *_placed(part, inner, degree=degree, shapes=shapes)) for part, inner in _parts(pairs)]
    linked = {node for part, _, _ in parts for node in part}
    none = np.zeros(1)
    parts += [((node,), none, none) for node in nodes if node not in linked]
    radii = [
        math.sqrt(float(np.max(x * x + y * y))) + max(node_size(degree[part[0]]), RING) / 2
        for part, x, y in parts
    ]
    order = sorted(range(len(parts)), key=lambda i: -radii[i])
    places: dict[str, tuple[float, float]] = {}
    for i, (middle_x, middle_y) in zip(order, _rings([radii[i] for i in order]), strict=True):
        part, x, y = parts[i]
        for node, own_x, own_y in zip(part, x.tolist(), y.tolist(), strict=True):
            places[node] = round(middle_x + own_x, 1) + 0.0, round(middle_y + own_y, 1) + 0.0
    return [places[node] for node in nodes]


def _parts(pairs: Sequence[Pair]) -> Iterator[tuple[Part, list[Pair]]]:
    """Yield the connected parts, the largest first, each with its links and its best linked node in front."""
    parent = {node: node for pair in pairs for node in pair}

    def root(node: str) -> str:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, two in pairs:
        low, high = sorted((root(one), root(two)))
        parent[high] = low
    members: defaultdict[str, list[str]] = defaultdict(list)
    for node in sorted(parent):
        members[root(node)].append(node)
    inner: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        inner[root(pair[0])].append(pair)
    degree = Counter(node for pair in pairs for node in pair)
    for key in sorted(members, key=lambda key: (-len(members[key]), key)):
        yield sorted(members[key], key=lambda node: (-degree[node], node)), inner[key]


def _placed(
    part: Part,
    pairs: Sequence[Pair],
    *,
    degree: Mapping[str, int],
    shapes: dict[object, tuple[Floats, Floats]],
) -> tuple[Floats, Floats]:
    index = {node: i for i, node in enumerate(part)}
    ends = sorted((index[one], index[two]) for one, two in pairs)
    sizes = [node_size(degree[node]) for node in part]
    key = (tuple(ends), tuple(sizes))
    if key in shapes:
        return shapes[key]
    x, y = apart(*settled(len(part), np.array(ends, dtype=np.int64)), np.array(sizes))
    # The middle of the box, so that a part needs the smallest ring.
    x, y = x - (x.min() + x.max()) / 2, y - (y.min() + y.max()) / 2
    if len(part) <= SMALL:
        shapes[key] = x, y
    return x, y


def _rings(radii: Sequence[float]) -> list[tuple[float, float]]:
    """Return middles for circles of falling radius: the first in the origin, the others on rings."""
    places = [(0.0, 0.0)] * min(1, len(radii))
    inner = radii[0] if radii else 0.0
    while len(places) < len(radii):
        widest = radii[len(places)]
        distance = inner + widest + 2 * GAP
        angles: list[float] = []
        full = 0.0
        for radius in radii[len(places) :]:
            angle = 2 * math.asin(min(1.0, (radius + GAP) / distance))
            if angles and full + angle > 2 * math.pi:
                break
            angles.append(angle)
            full += angle
        # What is left of a ring that is not full lies evenly between its circles.
        free = max(0.0, 2 * math.pi - full) / len(angles)
        turned = 0.0
        for angle in angles:
            middle = turned + angle / 2
            places.append((distance * math.cos(middle), distance * math.sin(middle)))
            turned += angle + free
        inner = distance + widest
    return places
