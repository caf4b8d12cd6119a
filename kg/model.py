"""The things the pipeline hands from room to room: frozen, with no behaviour beyond what their fields say."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

ActorClass = Literal[
    "State",
    "Person",
    "GovernmentBody",
    "IntergovernmentalOrganisation",
    "PoliticalParty",
    "ArmedForce",
    "ArmedGroup",
    "MediaOrganisation",
    "Company",
    "CivilOrganisation",
    "ActorGroup",
]
Form = Literal["name", "acronym", "title", "metonym", "demonym", "nominal", "pronoun", "clitic"]
Modality = Literal["actual", "attempted", "planned", "proposed", "hypothetical"]
Status = Literal["past", "current", "future"]
Certainty = Literal["certain", "probable", "possible"]

ACTOR_CLASSES: tuple[ActorClass, ...] = get_args(ActorClass)
FORMS: tuple[Form, ...] = get_args(Form)
MODALITIES: tuple[Modality, ...] = get_args(Modality)
STATUSES: tuple[Status, ...] = get_args(Status)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as it was read: `text` is kept unchanged, so that every offset refers to it."""

    id: str
    text: str
    lang: str | None = None
    title: str | None = None
    published: datetime.date | None = None
    url: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (half-open) of a document's text, and those characters themselves."""

    start: int
    end: int
    text: str


def outermost(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order, without those that lie within another."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return tuple(kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who is meant: `id` is a Wikidata IRI where the link is sure, else one minted from name and class.

    `name` is the preferred English name where known; `labels` are (language, name) pairs; `aliases` are
    other names, all sorted.
    """

    id: str
    name: str
    cls: ActorClass
    labels: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span of a document that stands for an actor; metonymy belongs here, never to the actor."""

    document: str
    span: Span
    form: Form
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """When: partial ISO dates (`2025`, `2025-01`, `2025-01-21`) or None, and the words that say so."""

    start: str | None = None
    end: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One claim in one document: `source --type--> target`, with who claims it, how, when, in which words.

    `source`, `target` and `attributed_to` are actor ids; `attributed_to` None means the narrator.
    `evidence` are the quotes it stands on, never empty; `sentence` is the sentence around the trigger.
    """

    id: str
    document: str
    type: str
    source: str
    target: str
    source_mention: Span
    target_mention: Span
    trigger: Span
    evidence: tuple[Span, ...]
    sentence: Span
    attributed_to: str | None = None
    negated: bool = False
    modality: Modality = "actual"
    status: Status = "current"
    certainty: Certainty = "certain"
    time: Time = Time()
    office: str | None = None
    characterisation: str | None = None
    confidence: float = 1.0
    extractor: str = ""
    inferred: bool = False

    @property
    def asserted(self) -> bool:
        """Tell whether it is said plainly that something is, was or will be so; no denial, plan or guess."""
        return (
            not self.negated
            and not self.inferred
            and self.modality == "actual"
            and self.certainty == "certain"
        )
