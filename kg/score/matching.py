"""Which predicted statement is which statement of the gold."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from enum import IntEnum

from kg.gold import GoldItem, GoldStatement, PredictedStatement

Grades = Mapping[tuple[int, int], "Grade"]


def grade(
    gold: GoldStatement, found: PredictedStatement, *, item: GoldItem, symmetric: Collection[str]
) -> Grade:
    """Return how far a predicted statement agrees with a gold one of its item."""
    sources = [item.actors[key] for key in (gold.source, *gold.accept_sources)]
    targets = [item.actors[key] for key in (gold.target, *gold.accept_targets)]
    forth = any(a.accepts(found.source) for a in sources) and any(a.accepts(found.target) for a in targets)
    back = any(a.accepts(found.source) for a in targets) and any(a.accepts(found.target) for a in sources)
    if not forth and not back:
        return Grade.NONE
    right_way = forth or found.type in symmetric
    if not right_way or found.type not in (gold.type, *gold.accept_types):
        return Grade.PAIR
    return Grade.STRICT if found.negated == gold.negated else Grade.BUT_NEGATION


def matched(grades: Grades, *, item: GoldItem) -> dict[int, int]:
    """Return the gold statement of each prediction that is right, each given away once.

    Gold that counts goes before optional gold, earlier before later.
    """
    strict = [pair for pair, grade in grades.items() if grade == Grade.STRICT]
    strict.sort(key=lambda pair: (item.statements[pair[0]].tier == "optional", pair))
    return _given(strict, taken=(), used=())


def matched_but_for_negation(grades: Grades, *, item: GoldItem, gold_of: Mapping[int, int]) -> dict[int, int]:
    """Return the gold of predictions that only their negation makes wrong, among what `matched` left over."""
    pairs = [
        (i, j)
        for (i, j), grade in sorted(grades.items())
        if grade == Grade.BUT_NEGATION and item.statements[i].tier != "optional"
    ]
    return _given(pairs, taken=set(gold_of.values()), used=gold_of)


def _given(
    pairs: Iterable[tuple[int, int]], *, taken: Container[int], used: Container[int]
) -> dict[int, int]:
    gold_of: dict[int, int] = {}
    for i, j in pairs:
        if not (i in taken or j in used or j in gold_of or i in gold_of.values()):
            gold_of[j] = i
    return gold_of


class Grade(IntEnum):
    """How far a predicted statement agrees with a gold one."""

    NONE = 0
    PAIR = 1
    BUT_NEGATION = 2
    STRICT = 3
