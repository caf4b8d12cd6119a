"""How two actors get on over time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.analyse.dates import Period
from kg.analyse.matrix import Cell, affiliated, counted
from kg.analyse.selection import ASSERTED, Selection
from kg.errors import QueryError
from kg.graph import KnowledgeGraph
from kg.model import ACTOR_CLASSES
from kg.naming import find_actor


def trend(
    graph: KnowledgeGraph,
    between: tuple[str, str],
    selection: Selection = ASSERTED,
    *,
    by: Period = "year",
    roll_up: bool = False,
) -> Trend:
    """Return the cells of the matrix that are between two actors, given by id or any of their names.

    Cells, symmetric types and `roll_up` are those of `matrix`; actors of any class may be asked for, and
    these two count for themselves.
    """
    actors = graph.actors()
    one, other = (find_actor(name, actors) for name in between)
    if one == other:
        raise QueryError(f"{between[0]!r} and {between[1]!r} are the same actor: {one}")
    everybody = replace(selection, classes=selection.classes or ACTOR_CLASSES)
    rolled = affiliated(graph, selection) if roll_up else {}
    rolled = {actor: held for actor, held in rolled.items() if actor not in (one, other)}
    found = counted(graph, everybody, by=by, directed=True, affiliations=rolled)
    cells = [cell for cell in found.cells if {cell.source, cell.target} == {one, other}]
    return Trend(
        one=one,
        one_name=actors[one].name,
        other=other,
        other_name=actors[other].name,
        by=by,
        cells=tuple(sorted(cells, key=lambda cell: (cell.period or "", cell.source != one))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """What two actors do to each other, by period; a cell for each direction in which anything is said."""

    one: str
    one_name: str
    other: str
    other_name: str
    by: Period
    cells: tuple[Cell, ...]
