"""Which statements are sure enough to be shown, where the user names no threshold."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from kg.model import Statement
from kg.statements.scoring import Thresholds, weights

T = TypeVar("T")


def likely(statements: Iterable[Statement], lang: str) -> tuple[Statement, ...]:
    """Return the statements of a text in a language that the learned thresholds let through, in order."""
    listed = tuple(statements)
    return tuple(
        chosen(
            listed,
            weights().least(lang),
            between=lambda s: frozenset((s.source, s.target)),
            rank=lambda s: (s.confidence, s.type),
        )
    )


def chosen(
    found: Iterable[T],
    least: Thresholds,
    *,
    between: Callable[[T], Hashable],
    rank: Callable[[T], tuple[float, str]],
) -> list[T]:
    """Return what is sure enough, in order; `between` says for which actors, `rank` how sure and which type.

    "Brazil criticised Ecuador" shows how likely `criticises` is and, less so, `accuses`. The likeliest type
    between two actors says who has to do with whom, which a reader wants even where it is not quite sure;
    any further one only says it again, unless it is right.
    """
    listed = list(found)
    best: dict[Hashable, tuple[float, str]] = {}
    for one in listed:
        best[between(one)] = max(best.get(between(one), (0.0, "")), rank(one))
    return [
        one
        for one in listed
        if rank(one)[0] >= (least.first if rank(one)[1] == best[between(one)][1] else least.further)
    ]
