"""Statements and actors as flat rows: one meaning and one name a column in every format that has columns.

`docs/tables.md` explains each column. Texts without a value are None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from kg.graph import KnowledgeGraph, Source, joined, placed, quote, spans_json
from kg.model import Actor, Statement
from kg.ontology import RelationType, relation_types

Kind: TypeAlias = Literal["string", "boolean", "integer", "double", "date"]
Value: TypeAlias = str | bool | int | float | None
Row: TypeAlias = dict[str, Value]

STATEMENT_COLUMNS: Final[Mapping[str, Kind]] = {
    "relation": "string",
    "relation_label": "string",
    "family": "string",
    "quad_class": "integer",
    "valence": "double",
    "quote": "string",
    "attributed_to": "string",
    "attributed_to_name": "string",
    "negated": "boolean",
    "modality": "string",
    "status": "string",
    "certainty": "string",
    "time_start": "string",
    "time_end": "string",
    "time_text": "string",
    "office": "string",
    "characterisation": "string",
    "document": "string",
    "document_title": "string",
    "document_url": "string",
    "published": "date",
    "publisher": "string",
    "language": "string",
    "confidence": "double",
    "extractor": "string",
    "inferred": "boolean",
    "trigger": "string",
    "trigger_start": "integer",
    "trigger_end": "integer",
    "source_mention": "string",
    "source_mention_start": "integer",
    "source_mention_end": "integer",
    "target_mention": "string",
    "target_mention_start": "integer",
    "target_mention_end": "integer",
    "sentence": "string",
    "sentence_start": "integer",
    "sentence_end": "integer",
    "evidence": "string",
}

DOCUMENT_COLUMNS: Final[Mapping[str, Kind]] = {
    "id": "string",
    "language": "string",
    "title": "string",
    "published": "date",
    "url": "string",
    "publisher": "string",
    "sha256": "string",
    "length": "integer",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What an exporter reads, sorted once."""

    actors: Mapping[str, Actor]
    sources: Mapping[str, Source]
    statements: Sequence[Statement]
    relations: Mapping[str, RelationType]


def view(graph: KnowledgeGraph) -> View:
    """Return the sorted contents of a graph with the ontology's relation types."""
    return View(
        actors=graph.actors(),
        sources={source.id: source for source in graph.sources()},
        statements=graph.statements(),
        relations=relation_types(),
    )


def statement_rows(view: View) -> Iterator[tuple[Statement, Row]]:
    """Yield each statement with its row of `STATEMENT_COLUMNS`."""
    for s in view.statements:
        relation, source = view.relations.get(s.type), view.sources[s.document]
        yield (
            s,
            {
                "relation": s.type,
                "relation_label": relation_label(relation, name=s.type),
                "family": relation.family if relation else None,
                "quad_class": relation.quad if relation else None,
                "valence": relation.valence if relation else None,
                "quote": quote(s),
                "attributed_to": s.attributed_to,
                "attributed_to_name": s.attributed_to and view.actors[s.attributed_to].name,
                "negated": s.negated,
                "modality": s.modality,
                "status": s.status,
                "certainty": s.certainty,
                "time_start": s.time.start,
                "time_end": s.time.end,
                "time_text": s.time.text,
                "office": s.office,
                "characterisation": s.characterisation,
                "document": s.document,
                "document_title": source.title,
                "document_url": source.url,
                "published": source.published,
                "publisher": source.publisher,
                "language": source.lang,
                "confidence": float(s.confidence),
                "extractor": s.extractor,
                "inferred": s.inferred,
                **placed("trigger", s.trigger),
                **placed("source_mention", s.source_mention),
                **placed("target_mention", s.target_mention),
                **placed("sentence", s.sentence),
                "evidence": spans_json(s.evidence),
            },
        )


def actor_columns(view: View) -> dict[str, Kind]:
    """Return the columns of `actor_row`: `label_…` for each language in which any actor has a name."""
    langs = {_label_column(lang) for actor in view.actors.values() for lang, _ in actor.labels}
    return {"class": "string", "aliases": "string", **dict.fromkeys(sorted(langs), "string")}


def actor_row(actor: Actor) -> Row:
    """Return an actor's row of `actor_columns`; each format has places of its own for id and name."""
    labels = {_label_column(lang): name for lang, name in actor.labels}
    return {"class": actor.cls, "aliases": joined(actor.aliases) or None, **labels}


def document_row(source: Source) -> Row:
    """Return a document's row of `DOCUMENT_COLUMNS`."""
    return {
        "id": source.id,
        "language": source.lang,
        "title": source.title,
        "published": source.published,
        "url": source.url,
        "publisher": source.publisher,
        "sha256": source.sha256,
        "length": source.length,
    }


def relation_label(relation: RelationType | None, *, name: str) -> str:
    """Return the English label of a relation type; its name in words for one that the ontology lacks."""
    return relation.labels["en"] if relation else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def upper_snake(name: str) -> str:
    """Return a relation type's name as property graphs spell it, `regardsAsRival` -> `REGARDS_AS_RIVAL`."""
    return re.sub(r"\W", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)).upper()


def _label_column(lang: str) -> str:
    return "label_" + re.sub(r"[^A-Za-z0-9]", "_", lang)
