"""Names from scores of tags: the best row of tags, and never one that continues nothing."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest

from kg.understand.encoder_names import best_tags

LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")


def allowed(tags: tuple[str, ...]) -> bool:
    return all(tag[0] != "I" or before[2:] == tag[2:] for before, tag in pairwise(("O", *tags)))


def spelled(numbers: np.ndarray) -> tuple[str, ...]:
    return tuple(LABELS[number] for number in numbers)


@pytest.mark.parametrize("seed", range(30))
def test_finds_the_best_of_all_rows(seed: int) -> None:
    size = 1 + seed % 5
    scores = np.random.default_rng(seed).normal(scale=3, size=(size, len(LABELS)))
    rows = [row for row in product(range(len(LABELS)), repeat=size) if allowed(spelled(np.array(row)))]
    best = max(rows, key=lambda row: sum(scores[place, tag] for place, tag in enumerate(row)))
    [found] = best_tags([scores], LABELS)
    assert tuple(found.tolist()) == best


def test_a_name_begins_before_it_goes_on() -> None:
    scores = np.full((4, len(LABELS)), -9.0)
    scores[:, LABELS.index("I-PER")] = 9.0
    assert spelled(best_tags([scores], LABELS)[0]) == ("B-PER", "I-PER", "I-PER", "I-PER")


def test_no_row_is_broken_however_long_and_wild() -> None:
    scores = np.random.default_rng(5).normal(scale=20, size=(300, len(LABELS)))
    assert allowed(spelled(best_tags([scores], LABELS)[0]))


def test_sentences_do_not_see_each_other() -> None:
    wild = np.random.default_rng(7)
    sentences = [wild.normal(scale=5, size=(size, len(LABELS))) for size in (3, 1, 9, 4)]
    together = best_tags(sentences, LABELS)
    alone = [best_tags([one], LABELS)[0] for one in sentences]
    assert [row.tolist() for row in together] == [row.tolist() for row in alone]


def test_nothing_in_nothing_out() -> None:
    assert best_tags([], LABELS) == []
