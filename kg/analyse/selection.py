"""Which statements an analysis counts: one filter for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from kg.analyse.dates import Clock, checked_date, dates, meets
from kg.errors import QueryError, UnknownNameError
from kg.export.flat import View, view
from kg.graph import KnowledgeGraph
from kg.model import (
    ACTOR_CLASSES,
    CERTAINTIES,
    MODALITIES,
    STATUSES,
    ActorClass,
    Certainty,
    Modality,
    Statement,
    Status,
)
from kg.naming import find_actor
from kg.ontology import FAMILIES

Negated: TypeAlias = Literal["exclude", "include", "only"]

PERCEPTION: Final = "perception"
NARRATOR: Final = "narrator"


def select(graph: KnowledgeGraph, selection: Selection) -> View:
    """Return the graph's actors, documents and those of its statements that pass the filter."""
    whole = view(graph)
    selection = _checked(selection, whole)
    return replace(whole, statements=[s for s in whole.statements if _passes(s, selection, whole)])


def _passes(s: Statement, selection: Selection, whole: View) -> bool:
    relation = whole.relations.get(s.type)
    family = relation.family if relation else None
    if selection.families is None and not selection.types:
        kind = family != PERCEPTION
    else:
        kind = s.type in selection.types or family in (selection.families or ())
    always = selection.since is None and selection.until is None
    return (
        kind
        and (selection.negated == "include" or s.negated == (selection.negated == "only"))
        and s.modality in selection.modalities
        and s.status in selection.statuses
        and s.certainty in selection.certainties
        and s.confidence >= selection.min_confidence
        and selection.claimant in (None, s.attributed_to or NARRATOR)
        and (not selection.documents or s.document in selection.documents)
        and all(
            not selection.classes or whole.actors[end].cls in selection.classes
            for end in (s.source, s.target)
        )
        and (
            always
            or meets(
                dates(s, whole.sources[s.document], clock=selection.clock),
                since=selection.since,
                until=selection.until,
            )
        )
    )


def _checked(selection: Selection, whole: View) -> Selection:
    """Return the selection with the claimant's id for its name; raises an error for what cannot be met."""
    _known("relation type", selection.types, {*whole.relations, *(s.type for s in whole.statements)})
    for document in selection.documents:
        if document not in whole.sources:
            raise QueryError(f"the graph has no document {document!r}")
    if selection.claimant in (None, NARRATOR):
        return selection
    return replace(selection, claimant=find_actor(selection.claimant, whole.actors))


def _known(kind: str, given: Iterable[str], known: Iterable[str]) -> None:
    for name in given:
        if name not in known:
            raise UnknownNameError(kind, name, known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What counts. As it stands: what the texts assert as certain, current and actual, perceptions apart.

    `families` and `types` add up: a statement passes that is of any of them; with neither given, all
    families but perception count. `claimant` is an actor (by id or name) or `narrator`; None is anybody.
    `since` and `until` are partial dates and let through what may lie between them by the `clock`;
    `classes` hold for both ends of a statement. Raises an error for a name or a date that is none.
    """

    families: tuple[str, ...] | None = None
    types: tuple[str, ...] = ()
    negated: Negated = "exclude"
    modalities: tuple[Modality, ...] = ("actual",)
    statuses: tuple[Status, ...] = ("current",)
    certainties: tuple[Certainty, ...] = ("certain",)
    min_confidence: float = 0.0
    claimant: str | None = None
    documents: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    clock: Clock = "either"
    classes: tuple[ActorClass, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what no graph can meet."""
        _known("family", self.families or (), FAMILIES)
        _known("modality", self.modalities, MODALITIES)
        _known("status", self.statuses, STATUSES)
        _known("certainty", self.certainties, CERTAINTIES)
        _known("actor class", self.classes, ACTOR_CLASSES)
        for date in (self.since, self.until):
            if date is not None:
                checked_date(date)
        if self.since and self.until and self.since > self.until + "~":
            raise QueryError(f"nothing lies between {self.since} and {self.until}")


ASSERTED: Final = Selection()
