"""Places for nodes, so that a graph opens readable everywhere: forces as between magnets and springs.

Only sums, products and roots of fixed order go in, so that another processor gives the same places; that
rules out `networkx.spring_layout`, which also takes minutes beyond some thousand nodes. The cost grows with
the number of nodes: beyond `EXACT` of them each is pushed by groups of neighbours, not by every node.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

EXACT: Final = 400
STRIPS: Final = 12
BLOCK: Final = 16  # rows at a time stay in the processor's cache
NEAR: Final = 8  # neighbours in a strip that push one by one
SOFT: Final = 0.01  # keeps the force finite where two nodes meet
ROUNDS: Final = 50
SPACING: Final = 40.0
GRAVITY: Final = 1.0  # with it unlinked nodes would spread over a disc as wide as the square they start in
GOLDEN_ANGLE: Final = math.pi * (3 - math.sqrt(5))

Floats: TypeAlias = NDArray[np.float64]


def positions(nodes: Sequence[str], links: Iterable[tuple[str, str]]) -> list[tuple[float, float]]:
    """Return a place for each node: linked ones by their links, the others on rings around them."""
    pairs = sorted({(min(pair), max(pair)) for pair in links if pair[0] != pair[1]})
    linked = sorted({node for pair in pairs for node in pair})
    index = {node: i for i, node in enumerate(linked)}
    ends = np.array([[index[a], index[b]] for a, b in pairs], dtype=np.int64).reshape(-1, 2)
    x, y = _settled(len(linked), ends[:, 0], ends[:, 1])
    places = {node: (_rounded(x[i]), _rounded(y[i])) for node, i in index.items()}
    radius = max((math.hypot(*place) for place in places.values()), default=0.0) / SPACING
    alone = (node for node in nodes if node not in index)
    for i, node in enumerate(alone):
        # A sunflower that starts where the linked nodes end keeps the same room for each.
        distance = SPACING * math.sqrt((radius + 1) ** 2 + i)
        angle = i * GOLDEN_ANGLE
        places[node] = _rounded(distance * math.cos(angle)), _rounded(distance * math.sin(angle))
    return [places[node] for node in nodes]


def _settled(count: int, one: NDArray[np.int64], two: NDArray[np.int64]) -> tuple[Floats, Floats]:
    steps = np.arange(count, dtype=np.float64)
    side = math.sqrt(count)
    # The R2 sequence spreads evenly over the square and needs no random numbers.
    x = (steps * 0.7548776662466927 % 1 - 0.5) * side
    y = (steps * 0.5698402909980532 % 1 - 0.5) * side
    degree = np.bincount(one, minlength=count) + np.bincount(two, minlength=count)
    # A hub would draw its many neighbours into one heap, if each link pulled with full strength.
    strength = 1 / np.sqrt(np.minimum(degree[one], degree[two]))
    for turn in range(ROUNDS if count else 0):
        # Strips that stand and lie by turns leave no stripes.
        push_x, push_y = _repulsion(x, y) if turn % 2 else _repulsion(y, x)[::-1]
        dx, dy = x[two] - x[one], y[two] - y[one]
        pull = strength * np.sqrt(dx * dx + dy * dy)
        push_x += np.bincount(one, dx * pull, count) - np.bincount(two, dx * pull, count) - GRAVITY * x
        push_y += np.bincount(one, dy * pull, count) - np.bincount(two, dy * pull, count) - GRAVITY * y
        size = np.sqrt(push_x * push_x + push_y * push_y) + 1e-9
        step = np.minimum(size, side / 8 * (1 - turn / ROUNDS)) / size
        x, y = x + push_x * step, y + push_y * step
    return x * SPACING, y * SPACING


def _repulsion(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    if len(x) <= EXACT:
        return _push(x, y, (x, y, np.ones(len(x))))
    order, cell = _cells(x, y)
    mass = np.bincount(cell, minlength=STRIPS * STRIPS).astype(np.float64)
    centre_x, centre_y = (np.bincount(cell, values, len(mass)) / np.maximum(mass, 1) for values in (x, y))
    push_x, push_y = _push(x, y, (centre_x, centre_y, mass))
    # The centre of its own cell does not keep a node off the nodes right beside it.
    for shift in range(1, NEAR + 1):
        one, two = order[shift:], order[:-shift]
        dx, dy = x[one] - x[two], y[one] - y[two]
        force = 1 / (dx * dx + dy * dy + SOFT)
        push_x[one] += dx * force
        push_y[one] += dy * force
        push_x[two] -= dx * force
        push_y[two] -= dy * force
    return push_x, push_y


def _push(x: Floats, y: Floats, bodies: tuple[Floats, Floats, Floats]) -> tuple[Floats, Floats]:
    body_x, body_y, mass = bodies
    push_x, push_y = np.zeros(len(x)), np.zeros(len(x))
    for first in range(0, len(mass), BLOCK):
        block = slice(first, first + BLOCK)
        dx, dy = x - body_x[block, None], y - body_y[block, None]
        force = mass[block, None] / (dx * dx + dy * dy + SOFT)
        # Along the first axis numpy adds row by row; along the last the order hangs on the processor.
        push_x += (dx * force).sum(axis=0)
        push_y += (dy * force).sum(axis=0)
    return push_x, push_y


def _cells(x: Floats, y: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the nodes strip by strip, each from bottom to top, and the cell of each node."""
    cell = np.empty(len(x), dtype=np.int64)
    strips = []
    for i, strip in enumerate(np.array_split(np.argsort(x, kind="stable"), STRIPS)):
        strips.append(strip[np.argsort(y[strip], kind="stable")])
        cell[strips[i]] = i * STRIPS + np.arange(len(strip)) * STRIPS // len(strip)
    return np.concatenate(strips), cell


def _rounded(value: Any) -> float:
    return round(float(value), 1) + 0.0
