"""The best tree of a sentence from its arcs' scores: the greedy one if it is a tree, else Chu-Liu/Edmonds."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[Any]
Heads = NDArray[np.int64]

_NEVER = -1e9


def best_tree(scores: Scores) -> Heads:
    """Return the head of each word, the root's head being itself.

    `scores[d, h]` is the score of word `h - 1` as the head of word `d`; column 0 stands for the root.
    """
    size = len(scores)
    if size == 1:
        return np.zeros(1, np.int64)
    full = np.full((size + 1, size + 1), _NEVER)
    full[1:] = scores
    full[1:] -= full[1:].max(axis=1, keepdims=True)
    np.fill_diagonal(full, _NEVER)
    heads = full.argmax(axis=1)
    heads[0] = 0
    if int((heads[1:] == 0).sum()) != 1 or _cycle(heads) is not None:
        heads = _single_rooted(full)
    out = heads[1:] - 1
    root = out < 0
    out[root] = np.flatnonzero(root)
    return np.asarray(out, np.int64)


def _single_rooted(full: Scores) -> Heads:
    """Return the best tree with one root: free first, then with each root that is worth a try."""
    # Log probabilities, so that the sums over a tree compare its arcs fairly.
    full = full.copy()
    full[1:] -= np.log(np.exp(full[1:]).sum(axis=1, keepdims=True))
    heads = _spanning(full)
    roots = np.flatnonzero(heads[1:] == 0) + 1
    if len(roots) == 1:
        return heads
    tried = []
    for root in roots:
        only = full.copy()
        only[:, 0] = _NEVER
        only[root] = _NEVER
        only[root, 0] = full[root, 0]
        found = _spanning(only)
        tried.append((float(full[np.arange(1, len(full)), found[1:]].sum()), found))
    return max(tried, key=lambda pair: pair[0])[1]


def _spanning(scores: Scores) -> Heads:
    """Return the maximum spanning arborescence from node 0 (Chu-Liu/Edmonds, cycle by cycle)."""
    scores = scores.copy()
    np.fill_diagonal(scores, _NEVER)
    heads = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return np.asarray(heads, np.int64)
    inside = np.zeros(len(scores), bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    size = len(rest)
    small = np.full((size + 1, size + 1), _NEVER)
    small[:size, :size] = scores[np.ix_(rest, rest)]
    leaving = scores[np.ix_(rest, cycle)]
    small[:size, size] = leaving.max(axis=1)
    entering = scores[np.ix_(cycle, rest)] - scores[cycle, heads[cycle]][:, None]
    small[size, :size] = entering.max(axis=0)
    small[0] = _NEVER
    found = _spanning(small)
    into = int(found[size])
    heads[cycle[int(entering[:, into].argmax())]] = rest[into]
    for place in range(1, size):
        parent = int(found[place])
        heads[rest[place]] = cycle[int(leaving[place].argmax())] if parent == size else rest[parent]
    return np.asarray(heads, np.int64)


def _cycle(heads: Heads) -> NDArray[np.int64] | None:
    """Return the nodes of one cycle, or None if every node leads to node 0."""
    parents = heads.tolist()
    seen = [0] * len(parents)
    seen[0] = -1
    for start in range(1, len(parents)):
        node = start
        while not seen[node]:
            seen[node] = start
            node = parents[node]
        if seen[node] == start:
            cycle = [node]
            while parents[cycle[-1]] != node:
                cycle.append(parents[cycle[-1]])
            return np.asarray(cycle, np.int64)
        node = start
        while seen[node] == start:
            seen[node] = -1
            node = parents[node]
    return None
