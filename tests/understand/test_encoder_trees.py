"""The tree decoder: always a tree with one root, and the best one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from kg.understand.encoder_trees import best_tree


def is_tree(heads: tuple[int, ...]) -> bool:
    roots = [word for word, head in enumerate(heads) if head == word]
    if len(roots) != 1:
        return False
    for word in range(len(heads)):
        node = word
        for _ in heads:
            node = heads[node]
        if node != roots[0]:
            return False
    return True


def value(scores: np.ndarray, heads: tuple[int, ...]) -> float:
    return float(sum(scores[word, 0 if head == word else head + 1] for word, head in enumerate(heads)))


@pytest.mark.parametrize("seed", range(40))
def test_finds_the_best_of_all_trees(seed: int) -> None:
    size = 2 + seed % 4
    scores = np.random.default_rng(seed).normal(size=(size, size + 1))
    scores -= np.log(np.exp(scores).sum(1, keepdims=True))
    trees = [heads for heads in product(range(size), repeat=size) if is_tree(heads)]
    found = tuple(best_tree(scores).tolist())
    assert is_tree(found)
    assert value(scores, found) == pytest.approx(max(value(scores, heads) for heads in trees))


@pytest.mark.parametrize("size", [1, 2, 7, 60])
def test_gives_a_tree_of_every_size(size: int) -> None:
    scores = np.random.default_rng(size).normal(size=(size, size + 1)).astype(np.float32)
    assert is_tree(tuple(best_tree(scores).tolist()))


def test_keeps_a_greedy_tree() -> None:
    scores = np.full((3, 4), -9.0)
    scores[0, 2] = scores[1, 0] = scores[2, 2] = 9.0
    assert best_tree(scores).tolist() == [1, 1, 1]


def test_two_words_that_want_each_other_are_parted() -> None:
    scores = np.array([[0.0, -99.0, 5.0], [1.0, 5.0, -99.0]])
    assert best_tree(scores).tolist() == [1, 1]
