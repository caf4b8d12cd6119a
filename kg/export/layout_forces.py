"""Where springs and magnets come to rest: linked nodes attract each other, all nodes push each other away.

The cost grows with the number of nodes: beyond `EXACT` of them each is pushed by those in its own cell one by
one, and by the other cells as wholes.
"""

from __future__ import annotations

import math
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

EXACT: Final = 600
CELL: Final = 24  # nodes, until there are so many strips of so many cells each
STRIPS: Final = 24
BLOCK: Final = 16384  # so many numbers at a time stay in the processor's cache
SOFT: Final = 0.01  # keeps the force finite where two nodes meet
ROUNDS: Final = 120
GRAVITY: Final = 0.3
PIVOTS: Final = 16
# Multiples of these, of which only the fraction counts, spread evenly and need no random numbers.
SPREAD: Final = (0.7548776662466927, 0.5698402909980532)

Floats: TypeAlias = NDArray[np.float64]
Whole: TypeAlias = NDArray[np.int64]


def settled(count: int, ends: Whole) -> tuple[Floats, Floats]:
    """Return places for `count` nodes that `ends`, a row a link, connects into one part."""
    one, two = ends[:, 0], ends[:, 1]
    degree = np.bincount(one, minlength=count) + np.bincount(two, minlength=count)
    # Nodes with many links push harder, or their neighbours' neighbours would all stand around them.
    mass = np.sqrt(degree.astype(np.float64))
    # A hub would draw its many neighbours into one heap, if each link pulled with full strength.
    strength = 1 / np.sqrt(np.sqrt(np.minimum(degree[one], degree[two])))
    side = math.sqrt(count)
    x, y = _start(count, one, two)
    cosine, sine = 1.0, 0.0
    for turn in range(ROUNDS):
        # Cells have straight sides. They lie in another direction each time, so as to leave no stripes; the
        # angle is that of a triangle with the sides 3, 4 and 5, which needs no trigonometry.
        cosine, sine = 0.6 * cosine - 0.8 * sine, 0.8 * cosine + 0.6 * sine
        push_u, push_v = _repulsion(cosine * x - sine * y, sine * x + cosine * y, mass)
        push_x, push_y = cosine * push_u + sine * push_v, cosine * push_v - sine * push_u
        dx, dy = x[two] - x[one], y[two] - y[one]
        pull = strength * np.sqrt(np.sqrt(dx * dx + dy * dy))
        push_x += np.bincount(one, dx * pull, count) - np.bincount(two, dx * pull, count)
        push_y += np.bincount(one, dy * pull, count) - np.bincount(two, dy * pull, count)
        push_x, push_y = push_x / np.sqrt(mass), push_y / np.sqrt(mass)
        push_x, push_y = push_x - GRAVITY * np.sqrt(mass) * x, push_y - GRAVITY * np.sqrt(mass) * y
        size = np.sqrt(push_x * push_x + push_y * push_y) + 1e-9
        left = 1 - turn / ROUNDS
        step = np.minimum(size, side * 0.1 * left * left + 0.02) / size
        x, y = x + push_x * step, y + push_y * step
    return x, y


def _start(count: int, one: Whole, two: Whole) -> tuple[Floats, Floats]:
    """Return first places: along the two widest directions of the graph, so that it need not unfold."""
    steps = np.arange(count, dtype=np.float64)
    side = math.sqrt(count)
    places = [(steps * spread % 1 - 0.5) * side for spread in SPREAD]
    if count > PIVOTS:
        axes = _axes(_distances(count, one, two))
        for i, axis in enumerate(axes):
            wide = math.sqrt(_total(axis * axis) / count) or 1.0
            places[i] = axis / wide * side * 0.3 + places[i] * 0.1
    return places[0], places[1]


def _distances(count: int, one: Whole, two: Whole) -> list[Floats]:
    """Return for each pivot how many links lead from it to each node; pivots lie far from each other."""
    ends, others = np.concatenate([one, two]), np.concatenate([two, one])
    order = np.argsort(ends, kind="stable")
    others = others[order]
    first = np.searchsorted(ends[order], np.arange(count + 1))
    found: list[Floats] = []
    nearest = np.full(count, np.inf)
    pivot = int(np.argmax(first[1:] - first[:-1]))
    for _ in range(PIVOTS):
        distance = np.full(count, -1, dtype=np.int64)
        distance[pivot] = 0
        front, steps = np.array([pivot]), 0
        while len(front):
            steps += 1
            lengths = first[front + 1] - first[front]
            offset = np.repeat(first[front] - np.cumsum(lengths) + lengths, lengths)
            reached = np.unique(others[offset + np.arange(len(offset))])
            front = reached[distance[reached] < 0]
            distance[front] = steps
        found.append(distance.astype(np.float64))
        nearest = np.minimum(nearest, found[-1])
        pivot = int(np.argmax(nearest))
    return found


def _axes(distances: list[Floats]) -> list[Floats]:
    """Return the two main directions of the squared distances (multidimensional scaling by pivots)."""
    count = len(distances[0])
    columns = [d * d - _total(d * d) / count for d in distances]
    mean = sum(columns[1:], columns[0]) / len(columns)
    columns = [mean - column for column in columns]
    axes: list[Floats] = []
    for spread in SPREAD:
        axis = np.arange(count, dtype=np.float64) * spread % 1 - 0.5
        for _ in range(30):
            for other in axes:
                axis = axis - other * (_total(axis * other) / (_total(other * other) or 1.0))
            weights = [_total(column * axis) for column in columns]
            parts = [column * weight for column, weight in zip(columns, weights, strict=True)]
            axis = sum(parts[1:], parts[0])
            axis = axis / (math.sqrt(_total(axis * axis)) or 1.0)
        axes.append(axis)
    return axes


def _repulsion(x: Floats, y: Floats, mass: Floats) -> tuple[Floats, Floats]:
    if len(x) <= EXACT:
        return _push(x, y, (x, y, mass))
    cells = _cells(x, y)
    real = cells >= 0
    # A column a cell, so that sums run along the first axis.
    own_x, own_y = x[cells], y[cells]
    own_mass = np.where(real, mass[cells], 0.0)
    whole = own_mass.sum(axis=0)
    middle_x, middle_y = (own_x * own_mass).sum(axis=0) / whole, (own_y * own_mass).sum(axis=0) / whole
    push_x, push_y = _push(x, y, (middle_x, middle_y, whole))
    # A node's own cell pushed it as a whole too: that is taken back.
    dx, dy = own_x - middle_x, own_y - middle_y
    force = whole / (dx * dx + dy * dy + SOFT)
    near_x, near_y = -dx * force, -dy * force
    for other_x, other_y, other_mass in zip(own_x, own_y, own_mass, strict=True):
        dx, dy = own_x - other_x, own_y - other_y
        force = other_mass / (dx * dx + dy * dy + SOFT)
        near_x += dx * force
        near_y += dy * force
    push_x[cells[real]] += near_x[real]
    push_y[cells[real]] += near_y[real]
    return push_x, push_y


def _push(x: Floats, y: Floats, bodies: tuple[Floats, Floats, Floats]) -> tuple[Floats, Floats]:
    body_x, body_y, mass = bodies
    push_x, push_y = np.zeros(len(x)), np.zeros(len(x))
    rows = max(1, BLOCK // len(x))
    room = np.empty((4, rows, len(x)))
    for first in range(0, len(mass), rows):
        block = slice(first, first + rows)
        dx, dy, force, part = room[:, : len(mass[block])]
        np.subtract(x, body_x[block, None], out=dx)
        np.subtract(y, body_y[block, None], out=dy)
        np.multiply(dx, dx, out=force)
        force += np.multiply(dy, dy, out=part)
        force += SOFT
        np.divide(mass[block, None], force, out=force)
        # Along the first axis numpy adds row by row; along the last the order hangs on the processor.
        push_x += np.multiply(dx, force, out=dx).sum(axis=0)
        push_y += np.multiply(dy, force, out=dy).sum(axis=0)
    return push_x, push_y


def _cells(x: Floats, y: Floats) -> Whole:
    """Return the nodes of each cell, a column a cell, with -1 at the end of those that have one less."""
    strips = max(2, min(STRIPS, int(math.sqrt(len(x) / CELL))))
    pieces = [
        piece
        for strip in np.array_split(np.argsort(x, kind="stable"), strips)
        for piece in np.array_split(strip[np.argsort(y[strip], kind="stable")], strips)
    ]
    cells = np.full((max(map(len, pieces)), len(pieces)), -1, dtype=np.int64)
    for i, piece in enumerate(pieces):
        cells[: len(piece), i] = piece
    return cells


def _total(values: Floats) -> float:
    """Return the sum, added one by one: numpy's own order hangs on the processor."""
    return float(np.cumsum(values)[-1])
