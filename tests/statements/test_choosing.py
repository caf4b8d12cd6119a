"""Tests for the choice of what is sure enough."""

from __future__ import annotations

import pytest

from kg.statements.choosing import chosen
from kg.statements.scoring import Thresholds

LEAST = Thresholds(first=0.2, further=0.4)
Found = tuple[str, str, str, float]


def kept(*found: Found) -> list[Found]:
    return chosen(found, LEAST, between=lambda one: frozenset(one[:2]), rank=lambda one: (one[3], one[2]))


def test_the_likeliest_type_between_two_actors_needs_less_than_a_further_one() -> None:
    criticised, accused = ("Brazil", "Ecuador", "criticises", 0.3), ("Brazil", "Ecuador", "accuses", 0.29)
    assert kept(accused, criticised) == [criticised]


def test_a_further_type_stays_where_it_is_sure() -> None:
    met, praised = ("Peru", "Chile", "meets", 0.9), ("Chile", "Peru", "praises", 0.4)
    assert kept(met, praised) == [met, praised]


def test_each_two_actors_have_their_own_likeliest_type() -> None:
    found: list[Found] = [("Peru", "Chile", "meets", 0.9), ("Peru", "Bolivia", "meets", 0.2)]
    assert kept(*found) == found


def test_the_likeliest_type_is_kept_as_often_as_it_is_said() -> None:
    found: list[Found] = [("Peru", "Chile", "meets", 0.9), ("Peru", "Chile", "meets", 0.25)]
    assert kept(*found) == found


def test_what_is_less_sure_than_any_threshold_is_left_out() -> None:
    assert kept(("Peru", "Chile", "meets", 0.19)) == []


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_types_as_sure_the_same_one_is_the_likeliest_in_any_order(order: int) -> None:
    found: list[Found] = [("Peru", "Chile", "meets", 0.3), ("Peru", "Chile", "praises", 0.3)]
    assert kept(*found[::order]) == [("Peru", "Chile", "praises", 0.3)]
