from __future__ import annotations

import math

from kg.export.layout import positions

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


def test_many_nodes_do_not_fall_onto_each_other() -> None:
    names = [f"n{i}" for i in range(1200)]
    links = [(name, names[i // 3]) for i, name in enumerate(names) if i]
    places = positions(names, links)
    assert len(set(places)) > 1190
