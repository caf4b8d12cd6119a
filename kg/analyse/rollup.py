"""Whom a person or a body acts for: its state, where the graph's own statements say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.export.flat import View
from kg.model import Statement

LINKS: Final = ("holdsOffice", "partOf")


def states_of(view: View) -> dict[str, Affiliation]:
    """Return the state of every actor that holds an office in one or is a part of it, by actor.

    An inference, and a cautious one: only what is asserted as current counts; several steps count ("general →
    navy → armed forces → state"), the shortest way first; and of several states the one that most statements
    name, none if two have as many.
    """
    votes: dict[str, list[Statement]] = {}
    for s in view.statements:
        if s.type in LINKS and not s.negated and s.modality == "actual" and s.status == "current":
            votes.setdefault(s.source, []).append(s)
    states = {key: key for key, actor in view.actors.items() if actor.cls == "State"}
    found: dict[str, Affiliation] = {}
    open_ = {key for key in votes if key not in states}
    while reached := _step(open_, votes, states):
        # Who is undecided between two states is settled too, so that a longer way cannot decide it.
        open_ -= reached.keys()
        for key in sorted(reached):
            if affiliation := reached[key]:
                found[key] = affiliation
                states[key] = affiliation.state
    return dict(sorted(found.items()))


def _step(
    open_: set[str], votes: Mapping[str, list[Statement]], states: Mapping[str, str]
) -> dict[str, Affiliation | None]:
    """Return what the actors known so far decide about those next to them."""
    reached: dict[str, Affiliation | None] = {}
    for key in open_:
        linked = [s for s in votes[key] if s.target in states]
        if not linked:
            continue
        ranked = Counter(states[s.target] for s in linked).most_common()
        if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
            reached[key] = None
            continue
        state = ranked[0][0]
        grounds = tuple(sorted(s.id for s in linked if states[s.target] == state))
        reached[key] = Affiliation(actor=key, state=state, statements=grounds)
    return reached


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """An actor's state, and the ids of the statements from which that follows."""

    actor: str
    state: str
    statements: tuple[str, ...]
