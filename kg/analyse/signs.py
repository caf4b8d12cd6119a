"""Which statements are for and which against: cooperation and conflict as signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.analyse.network import Pair, pair
from kg.analyse.said import Said, said, surest
from kg.errors import QueryError
from kg.export.flat import View
from kg.model import Statement


def signed(view: View) -> Iterator[Statement]:
    """Yield the statements that are cooperation or conflict (quad classes 1 to 4).

    That an attack is denied is no cooperation and makes no conflict: what is negated has no sign. A
    selection with such statements raises `QueryError`.
    """
    for s in view.statements:
        if s.negated:
            raise QueryError("a negated statement is neither cooperation nor conflict; leave those out here")
        relation = view.relations.get(s.type)
        if relation and relation.quad and s.source != s.target:
            yield s


def ties(view: View) -> dict[Pair, Tie]:
    """Return the tie of every pair of actors that has one, whatever its direction.

    Its strength is the sum of the valences of all their statements, and its sign the sign of that. Where they
    sum up to nothing there is no tie.
    """
    found: dict[Pair, list[Statement]] = {}
    for s in signed(view):
        found.setdefault(pair(s), []).append(s)
    all_ties = {ends: _tie(ends, found[ends], view) for ends in sorted(found)}
    return {ends: tie for ends, tie in all_ties.items() if tie.strength}


def _tie(ends: Pair, statements: list[Statement], view: View) -> Tie:
    valences = {s.id: view.relations[s.type].valence for s in statements}
    strength = round(sum(valences.values()), 9)
    # The quote should show why the tie has the sign it has.
    for_it = [s for s in statements if valences[s.id] * strength > 0] or statements
    one, two = ends
    return Tie(
        one=one,
        one_name=view.actors[one].name,
        two=two,
        two_name=view.actors[two].name,
        strength=strength,
        statements=len(statements),
        quote=said(surest(for_it)[0], view),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What two actors are to each other on the whole, and the surest statement that speaks for it."""

    one: str
    one_name: str
    two: str
    two_name: str
    strength: float
    statements: int
    quote: Said
