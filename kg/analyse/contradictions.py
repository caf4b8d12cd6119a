"""Where the texts disagree: A says so, B denies it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from kg.analyse.network import pair
from kg.analyse.said import Said, said
from kg.analyse.selection import ASSERTED, Selection, select
from kg.errors import QueryError, UnknownNameError
from kg.export.flat import View
from kg.graph import KnowledgeGraph
from kg.model import Statement

Kind: TypeAlias = Literal["denied", "rejected", "opposite"]
Match: TypeAlias = Literal["type", "family"]
About: TypeAlias = tuple[str, str, str]
Voice: TypeAlias = tuple[str | None, str]
KINDS: Final[tuple[Kind, ...]] = ("denied", "rejected", "opposite")
REJECTION: Final = "rejects"
MARKED: Final = 0.5  # from here on a type is clearly for or against; allies too may criticise and demand


def contradictions(
    graph: KnowledgeGraph,
    selection: Selection = ASSERTED,
    *,
    kinds: Sequence[str] = KINDS,
    match: Match = "type",
) -> tuple[Contradiction, ...]:
    """Return pairs of statements that contradict each other, of different claimants or documents.

    - `denied`: one asserts what the other negates, of the same two actors in the same direction and the same
      type; with `match="family"` any type of the family, in either direction.
    - `rejected`: in one document A accuses, threatens or criticises B or claims something about it, and B
      rejects A (the type `rejects` is where the ontology puts a denial as an act).
    - `opposite`: of the same two actors in the same direction, one says that it is clearly for the other and
      one that it is clearly against it: a valence of +0.5 or more, and of −0.5 or less, which is a tension
      rather than a contradiction where time has passed between them.

    Denials are looked for in any case, so the selection may not ask for them. The surest pairs come first,
    kind by kind. One claimant or document that says the same several times is one pair, by its surest quotes.
    """
    for name in kinds:
        if name not in KINDS:
            raise UnknownNameError("kind of contradiction", name, KINDS)
    if selection.negated != "exclude":
        raise QueryError("contradictions always look at what is denied too: leave `negated` out")
    view = select(graph, replace(selection, negated="include"))
    found = []
    for kind in KINDS:
        if kind in kinds:
            pairs = _surest(_PAIRS[kind](view, match), about=lambda s: _about(s, view, match))
            found += [
                Contradiction(kind=kind, confidence=sure, says=said(one, view), denies=said(two, view))
                for sure, one, two in pairs
            ]
    return tuple(found)


def _surest(
    pairs: Iterable[tuple[Statement, Statement]], *, about: Callable[[Statement], About]
) -> list[tuple[float, Statement, Statement]]:
    """Return the pairs with their confidence, the surest first; one for the same voices on a matter."""
    best: dict[tuple[About, Voice, About, Voice], tuple[float, Statement, Statement]] = {}
    for one, two in pairs:
        key = about(one), _voice(one), about(two), _voice(two)
        row = round(one.confidence * two.confidence, 9), one, two
        if key not in best or _order(row) < _order(best[key]):
            best[key] = row
    return sorted(best.values(), key=_order)


def _order(row: tuple[float, Statement, Statement]) -> tuple[float, str, str]:
    return -row[0], row[1].id, row[2].id


def _denied(view: View, match: Match) -> Iterator[tuple[Statement, Statement]]:
    says = [s for s in view.statements if not s.negated]
    denies = [s for s in view.statements if s.negated]
    return _crossed(says, denies, about=lambda s: [_about(s, view, match)])


def _rejected(view: View, _match: Match) -> Iterator[tuple[Statement, Statement]]:
    plain = [s for s in view.statements if not s.negated]
    denials: dict[str, list[Statement]] = {}
    for s in plain:
        if s.type == REJECTION and s.source != s.target:
            denials.setdefault(s.document, []).append(s)
    for s in plain:
        kind = view.relations.get(s.type)
        for denial in denials.get(s.document, ()) if s.type != REJECTION else ():
            accuser, accused = denial.target, denial.source
            accuses = kind is not None and kind.quad in (3, 4) and (s.source, s.target) == (accuser, accused)
            if accuses or (s.attributed_to == accuser and accused in (s.source, s.target)):
                yield s, denial


def _opposite(view: View, _match: Match) -> Iterator[tuple[Statement, Statement]]:
    valences = {name: kind.valence for name, kind in view.relations.items() if kind.quad}
    plain = [s for s in view.statements if not s.negated]
    for_it = [s for s in plain if valences.get(s.type, 0) >= MARKED]
    against = [s for s in plain if valences.get(s.type, 0) <= -MARKED]

    def ways(s: Statement) -> list[About]:
        there, back = (s.source, s.target, ""), (s.target, s.source, "")
        return [there, back] if view.relations[s.type].symmetric else [there]

    return _crossed(for_it, against, about=ways)


def _crossed(
    ones: Iterable[Statement], twos: Iterable[Statement], *, about: Callable[[Statement], list[About]]
) -> Iterator[tuple[Statement, Statement]]:
    """Yield the statements of both sides that are about the same and not of the same voice."""
    known: dict[About, list[Statement]] = {}
    for two in twos:
        for matter in about(two):
            known.setdefault(matter, []).append(two)
    for one in ones:
        for matter in about(one):
            yield from ((one, two) for two in known.get(matter, ()) if _voice(one) != _voice(two))


def _about(s: Statement, view: View, match: Match) -> About:
    kind = view.relations.get(s.type)
    if kind and match == "family":
        return (*pair(s), kind.family)
    return (*(kind.ends(s.source, s.target) if kind else (s.source, s.target)), s.type)


def _voice(s: Statement) -> Voice:
    return s.attributed_to, s.document


_PAIRS: Final[Mapping[Kind, Callable[[View, Match], Iterator[tuple[Statement, Statement]]]]] = {
    "denied": _denied,
    "rejected": _rejected,
    "opposite": _opposite,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two statements of which one says what the other denies; `confidence` is that both are read right."""

    kind: Kind
    confidence: float
    says: Said
    denies: Said
