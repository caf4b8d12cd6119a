"""Room for each node: what overlaps is moved apart, as little as needed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from kg.export.layout_forces import Floats, Whole

GAP: Final = 8.0  # between the rims of two nodes
SPACING: Final = 28.0
FILLED: Final = 0.25  # how much of the ground nodes may cover before all is drawn wider
PASSES: Final = 40


def apart(x: Floats, y: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    """Return the places in units of drawing, such that nodes with these diameters hardly overlap."""
    scale = SPACING
    covered = float(np.cumsum((sizes + GAP) * (sizes + GAP))[-1])
    spread = float(np.cumsum(x * x + y * y)[-1]) / len(x)
    if spread:
        scale = max(scale, math.sqrt(covered / (FILLED * 2 * math.pi * spread)))
    x, y = x * scale, y * scale
    room = sizes / 2 + GAP / 2
    for _ in range(PASSES):
        moved = False
        move_x, move_y = np.zeros(len(x)), np.zeros(len(x))
        for one, two in _neighbours(x, y, width=2 * float(room.max())):
            dx, dy = x[two] - x[one], y[two] - y[one]
            distance = np.sqrt(dx * dx + dy * dy)
            close = distance < room[one] + room[two] - 0.05
            if not close.any():
                continue
            moved = True
            one, two, dx, dy, distance = one[close], two[close], dx[close], dy[close], distance[close]
            # Of two in one spot the later moves to the right.
            dx, distance = np.where(distance > 0, dx, 1.0), np.where(distance > 0, distance, 1.0)
            push = (room[one] + room[two] - distance) / distance * 0.6
            # The smaller gives way.
            share = room[two] / (room[one] + room[two])
            for ends, part in ((one, -share), (two, 1 - share)):
                move_x += np.bincount(ends, dx * push * part, len(x))
                move_y += np.bincount(ends, dy * push * part, len(x))
        if not moved:
            break
        x, y = x + move_x, y + move_y
    return x, y


def _neighbours(x: Floats, y: Floats, *, width: float) -> Iterator[tuple[Whole, Whole]]:
    """Yield all pairs that may be closer than `width`, each once: in the same or adjacent squares."""
    column = np.floor((x - x.min()) / width).astype(np.int64) + 1
    row = np.floor((y - y.min()) / width).astype(np.int64) + 1
    tall = int(row.max()) + 2
    square = column * tall + row
    order = np.argsort(square, kind="stable")
    squares = square[order]
    for step in (0, 1, tall - 1, tall, tall + 1):
        first = np.searchsorted(squares, squares + step, side="left")
        last = np.searchsorted(squares, squares + step, side="right")
        if step == 0:
            first = np.arange(1, len(order) + 1)
        lengths = last - first
        one = np.repeat(np.arange(len(order)), lengths)
        two = (
            np.arange(len(one)) - np.repeat(np.cumsum(lengths) - lengths, lengths) + np.repeat(first, lengths)
        )
        yield order[one], order[two]
