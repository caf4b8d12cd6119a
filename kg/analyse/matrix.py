"""Who cooperates with whom and who is in conflict, state by state and period by period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from kg.analyse.dates import Period, dates, period
from kg.analyse.rollup import LINKS, Affiliation, states_of
from kg.analyse.selection import ASSERTED, Selection, select
from kg.analyse.signs import signed
from kg.export.flat import View
from kg.graph import KnowledgeGraph
from kg.model import ActorClass, Statement

STATES: Final[tuple[ActorClass, ...]] = ("State",)


def matrix(
    graph: KnowledgeGraph,
    selection: Selection = ASSERTED,
    *,
    by: Period | None = None,
    roll_up: bool = False,
    directed: bool = True,
) -> Matrix:
    """Return the cells of the matrix that are not empty: source, target and, with `by`, period.

    A cell counts the statements by quad class, verbal and material cooperation and conflict, and adds up the
    valences of their types (−1 to +1, of the ontology). A symmetric type stands in the cells of both
    directions; with `directed=False` either direction of any type is one cell, the lesser name first.
    Instead of states the selection's classes may be asked for.

    `roll_up` counts what persons and bodies do for their state (`states_of`), whatever else the selection
    leaves out. That is an inference; each cell says how many of its statements it concerns.
    """
    affiliations = affiliated(graph, selection) if roll_up else {}
    return counted(graph, selection, by=by, directed=directed, affiliations=affiliations)


def affiliated(graph: KnowledgeGraph, selection: Selection) -> dict[str, Affiliation]:
    """Return the state for which each person and body counts, as sure as the selection wants it."""
    return states_of(select(graph, Selection(types=LINKS, min_confidence=selection.min_confidence)))


def counted(
    graph: KnowledgeGraph,
    selection: Selection,
    *,
    by: Period | None,
    directed: bool,
    affiliations: Mapping[str, Affiliation],
) -> Matrix:
    """Return the matrix in which these actors, and no others, count for their state."""
    classes = selection.classes or STATES
    chosen = select(graph, replace(selection, classes=()))
    tally: dict[tuple[str, str, str], list[tuple[Statement, bool]]] = {}
    for s in signed(chosen):
        ends = [_seat(end, classes, chosen, affiliations) for end in (s.source, s.target)]
        source, target = ends
        if source is None or target is None or source == target:
            continue
        when = period(dates(s, chosen.sources[s.document], clock=selection.clock), by=by) if by else None
        rolled = (source, target) != (s.source, s.target)
        cells = [(source, target)]
        if not directed:
            first, second = sorted((source, target), key=lambda key: (chosen.actors[key].name, key))
            cells = [(first, second)]
        elif chosen.relations[s.type].symmetric:
            cells.append((target, source))
        for one, two in cells:
            tally.setdefault((when or "", one, two), []).append((s, rolled))
    cells_ = [
        _cell(found, chosen, period=when or None, ends=(one, two))
        for (when, one, two), found in tally.items()
    ]
    cells_.sort(key=lambda c: (c.period or "", c.source_name, c.source, c.target_name, c.target))
    used = {end for cell in cells_ for end in (cell.source, cell.target)}
    return Matrix(
        by=by,
        directed=directed,
        cells=tuple(cells_),
        rolled_up=tuple(a for a in affiliations.values() if a.state in used),
    )


def _seat(
    actor: str, classes: tuple[ActorClass, ...], view: View, affiliations: Mapping[str, Affiliation]
) -> str | None:
    """Return the actor in whose row a statement counts, None if it counts nowhere."""
    if actor in affiliations:
        actor = affiliations[actor].state
    return actor if view.actors[actor].cls in classes else None


def _cell(
    found: list[tuple[Statement, bool]], view: View, *, period: str | None, ends: tuple[str, str]
) -> Cell:
    kinds = [view.relations[s.type] for s, _ in found]
    source, target = ends
    return Cell(
        period=period,
        source=source,
        source_name=view.actors[source].name,
        target=target,
        target_name=view.actors[target].name,
        verbal_cooperation=sum(kind.quad == 1 for kind in kinds),
        material_cooperation=sum(kind.quad == 2 for kind in kinds),
        verbal_conflict=sum(kind.quad == 3 for kind in kinds),
        material_conflict=sum(kind.quad == 4 for kind in kinds),
        statements=len(kinds),
        valence=round(sum(kind.valence for kind in kinds), 9),
        rolled_up=sum(rolled for _, rolled in found),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one actor does to another in a period; `valence` is the sum over its statements."""

    period: str | None
    source: str
    source_name: str
    target: str
    target_name: str
    verbal_cooperation: int
    material_cooperation: int
    verbal_conflict: int
    material_conflict: int
    statements: int
    valence: float
    rolled_up: int

    @property
    def mean(self) -> float:
        """Return the mean valence of a statement."""
        return self.valence / self.statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The cells by period, source and target; `period` None in them is "no date, or too coarse a one"."""

    by: Period | None
    directed: bool
    cells: tuple[Cell, ...]
    rolled_up: tuple[Affiliation, ...]
