"""Is my friend's enemy my enemy: structural balance of the triangles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import comb
from typing import Final, Literal, TypeAlias, cast

from kg.analyse.network import Pair
from kg.analyse.selection import ASSERTED, Selection, select
from kg.analyse.signs import Tie, ties
from kg.graph import KnowledgeGraph

Kind: TypeAlias = Literal["+++", "++-", "+--", "---"]
KINDS: Final[tuple[Kind, ...]] = ("+++", "+--", "++-", "---")
BALANCED: Final[tuple[Kind, ...]] = ("+++", "+--")


def balance(graph: KnowledgeGraph, selection: Selection = ASSERTED, *, top: int = 10) -> Balance:
    """Return how many triangles are balanced, and the most unbalanced ones with their quotes.

    By Cartwright & Harary ("Structural balance: a generalization of Heider's theory", Psychological Review
    63, 1956) a cycle is balanced if the product of its signs is positive: three friends, or two friends
    with a common enemy. `share` is their degree of balance, taken over the cycles of three. (By Davis 1967
    three mutual enemies are no contradiction either; their number stands apart.) The sign of a pair is that
    of the sum of the valences of their statements. A triangle is as unbalanced as its weakest tie is strong.
    `expected` is the share that would be balanced on average if the same signs lay on the ties by chance.
    """
    found = ties(select(graph, selection))
    counts: Counter[Kind] = Counter()
    unbalanced: list[tuple[Tie, Tie, Tie]] = []
    for triangle in _triangles(found):
        kind = _kind(triangle)
        counts[kind] += 1
        if kind not in BALANCED:
            unbalanced.append(triangle)
    unbalanced.sort(key=_worst_first)
    total, good = counts.total(), sum(counts[kind] for kind in BALANCED)
    return Balance(
        triangles=total,
        balanced=good,
        share=good / total if total else None,
        expected=_expected(found.values()) if total else None,
        kinds=tuple((kind, counts[kind]) for kind in KINDS),
        unbalanced=tuple(
            Triangle(kind=_kind(triangle), strength=_weakest(triangle), ties=triangle)
            for triangle in unbalanced[:top]
        ),
    )


def _triangles(ties: Mapping[Pair, Tie]) -> Iterator[tuple[Tie, Tie, Tie]]:
    """Yield every three actors of which each two have a tie, once."""
    later: dict[str, list[str]] = {}
    for one, two in ties:
        later.setdefault(one, []).append(two)
    for (one, two), tie in ties.items():
        for three in later.get(two, ()):
            if (one, three) in ties:
                yield tie, ties[two, three], ties[one, three]


def _expected(ties: Iterable[Tie]) -> float:
    """Return how likely three ties, drawn without putting back, are one or three between friends."""
    signs = [tie.strength > 0 for tie in ties]
    friends, enemies = signs.count(True), signs.count(False)
    return (comb(friends, 3) + friends * comb(enemies, 2)) / comb(friends + enemies, 3)


def _kind(triangle: tuple[Tie, Tie, Tie]) -> Kind:
    against = sum(tie.strength < 0 for tie in triangle)
    return cast(Kind, "+" * (3 - against) + "-" * against)


def _weakest(triangle: tuple[Tie, Tie, Tie]) -> float:
    return min(abs(tie.strength) for tie in triangle)


def _worst_first(triangle: tuple[Tie, Tie, Tie]) -> tuple[float, float, list[str]]:
    total = round(sum(abs(tie.strength) for tie in triangle), 9)
    return -_weakest(triangle), -total, sorted({tie.one_name + tie.one for tie in triangle})


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangle:
    """Three actors and the ties between them; `strength` is that of the weakest."""

    kind: Kind
    strength: float
    ties: tuple[Tie, Tie, Tie]


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How balanced a network is; `share` and `expected` are None where there is no triangle."""

    triangles: int
    balanced: int
    share: float | None
    expected: float | None
    kinds: tuple[tuple[Kind, int], ...]
    unbalanced: tuple[Triangle, ...]
