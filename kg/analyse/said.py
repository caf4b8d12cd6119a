"""A statement as an analysis shows it: with its quote, who says so, where and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.export.flat import View
from kg.graph import quote
from kg.model import Certainty, Modality, Statement, Status


def said(statement: Statement, view: View) -> Said:
    """Return a statement with the names of its actors and what its document tells."""
    s, source = statement, view.sources[statement.document]
    return Said(
        id=s.id,
        source=s.source,
        source_name=view.actors[s.source].name,
        relation=s.type,
        target=s.target,
        target_name=view.actors[s.target].name,
        negated=s.negated,
        modality=s.modality,
        status=s.status,
        certainty=s.certainty,
        claimant=s.attributed_to,
        claimant_name=view.actors[s.attributed_to].name if s.attributed_to else None,
        quote=quote(s),
        document=s.document,
        published=source.published,
        time_start=s.time.start,
        time_end=s.time.end,
        confidence=s.confidence,
    )


def surest(statements: Iterable[Statement]) -> list[Statement]:
    """Return the statements by confidence, the surest first; by id where they are equally sure."""
    return sorted(statements, key=lambda s: (-s.confidence, s.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement with its quote; `claimant` None is the narrator."""

    id: str
    source: str
    source_name: str
    relation: str
    target: str
    target_name: str
    negated: bool
    modality: Modality
    status: Status
    certainty: Certainty
    claimant: str | None
    claimant_name: str | None
    quote: str
    document: str
    published: str | None
    time_start: str | None
    time_end: str | None
    confidence: float
