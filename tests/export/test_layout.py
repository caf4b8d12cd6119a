from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict

import numpy as np
import pytest

from kg.export.layout import node_size, positions

SIZES = (40, 12, 12, 7, 5, 3, 3, 3)

PAIRS = [(f"a{i}", f"a{j}") for i in range(6) for j in range(i)] + [
    (f"b{i}", f"b{j}") for i in range(6) for j in range(i)
]
NODES = sorted({node for pair in PAIRS for node in pair})


def test_no_nodes_no_places() -> None:
    assert positions([], []) == []


def test_every_node_has_a_place_of_its_own() -> None:
    nodes = [*NODES, *(f"alone{i}" for i in range(50))]
    places = positions(nodes, [*PAIRS, ("a1", "a1")])
    assert len(set(places)) == len(places) == len(nodes)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places)


def test_groups_stay_together_and_apart_from_each_other() -> None:
    place = dict(zip(NODES, positions(NODES, [*PAIRS, ("a0", "b0")]), strict=True))
    centre_a, centre_b = (
        tuple(sum(place[node][axis] for node in NODES if node[0] == group) / 6 for axis in (0, 1))
        for group in "ab"
    )
    apart = math.dist(centre_a, centre_b)
    assert all(math.dist(place[n], centre_a if n[0] == "a" else centre_b) < apart / 2 for n in NODES)


def test_the_order_of_links_does_not_matter() -> None:
    turned = [(b, a) for a, b in reversed(PAIRS)]
    assert positions(NODES, PAIRS) == positions(NODES, turned)


def test_no_node_lies_on_another() -> None:
    names = [f"n{i}" for i in range(1200)]
    links = [(name, names[i // 3]) for i, name in enumerate(names) if i]
    degree = Counter(end for link in links for end in link)
    places = np.array(positions(names, links))
    radius = np.array([node_size(degree[name]) / 2 for name in names])
    apart = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2))
    np.fill_diagonal(apart, np.inf)
    assert (apart - radius[:, None] - radius[None]).min() > -0.5


def test_parts_do_not_reach_into_each_other() -> None:
    parts = [
        [(f"{part}-{i}", f"{part}-{(i + 1) % size}") for i in range(size)] for part, size in enumerate(SIZES)
    ]
    links = [link for part in parts for link in part]
    nodes = sorted({node for link in links for node in link}) + [f"alone{i}" for i in range(9)]
    groups: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for node, place in zip(nodes, positions(nodes, links), strict=True):
        groups[node.partition("-")[0]].append(place)
    circles = []
    for places in groups.values():
        (low_x, high_x), (low_y, high_y) = ((min(axis), max(axis)) for axis in zip(*places, strict=True))
        middle = (low_x + high_x) / 2, (low_y + high_y) / 2
        circles.append((middle, max(math.dist(middle, place) for place in places)))
    for (one, reach), (two, other) in itertools.combinations(circles, 2):
        assert math.dist(one, two) > reach + other
    largest = max(circles, key=lambda circle: circle[1])
    assert largest[0] == pytest.approx((0, 0), abs=0.1)


def test_a_large_graph_uses_its_ground() -> None:
    names = [f"n{i}" for i in range(3000)]
    links = [(names[i], names[i * 7 % (i // 2 + 1)]) for i in range(1, 3000)]
    places = np.array(positions(names, links))
    low, high = places.min(axis=0), places.max(axis=0)
    squares = {tuple(square) for square in ((places - low) / (high - low + 1) * 10).astype(int).tolist()}
    assert len(squares) > 50
    assert 0.5 < (high - low)[0] / (high - low)[1] < 2


def test_the_caller_may_change_the_answer() -> None:
    first = positions(NODES, PAIRS)
    expected = list(first)
    first.clear()
    assert positions(NODES, PAIRS) == expected
