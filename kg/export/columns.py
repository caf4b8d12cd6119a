"""The graph as columns, which take a third of the room that a line for each statement takes.

A statement names actors, documents, types and sentences by their number. Its spans count from where its
sentence begins; one that lies outside of the sentence brings its words as a third value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

from kg.export.flat import View, relation_label
from kg.export.layout import positions
from kg.export.palette import palette
from kg.model import ACTOR_CLASSES, CERTAINTIES, MODALITIES, STATUSES, Span, Statement
from kg.ontology import FAMILIES, relation_types, term_labels

VERSION: Final = 1
OTHER: Final = "relatedTo"  # the family of a type that the ontology lacks
DOCUMENT_FIELDS: Final = ("id", "lang", "title", "published", "url", "publisher")

Columns: TypeAlias = dict[str, list[Any]]


def columns(view: View) -> dict[str, Any]:
    """Return all that the explorer shows: first words and colours, then actors, documents and statements."""
    names = list(dict.fromkeys([*view.relations, *(s.type for s in view.statements)]))
    sentences = _numbered((s.document, s.sentence) for s in view.statements)
    return {
        "version": VERSION,
        "classes": [{**_term(name), "colour": palette().classes[name]} for name in ACTOR_CLASSES],
        "families": [_term(name) for name in (*FAMILIES, OTHER)],
        "modalities": [_term(name) for name in MODALITIES],
        "statuses": [_term(name) for name in STATUSES],
        "certainties": [_term(name) for name in CERTAINTIES],
        "types": [_type(name) for name in names],
        "valence": {end: getattr(palette().valence, end) for end in ("negative", "neutral", "positive")},
        "actors": _actors(view),
        "documents": {
            name: [getattr(source, name) for source in view.sources.values()] for name in DOCUMENT_FIELDS
        },
        "sentences": {
            "text": [span.text for _, span in sentences],
            "start": [span.start for _, span in sentences],
        },
        "statements": _statements(view, types=_numbered(names), sentences=sentences),
    }


def _term(name: str) -> dict[str, Any]:
    return {"name": name, "labels": dict(term_labels()[name])}


def _type(name: str) -> dict[str, Any]:
    relation = relation_types().get(name)
    if relation is None:
        label = relation_label(None, name=name)
        return {"name": name, "family": OTHER, "valence": 0.0, "symmetric": False, "labels": {"en": label}}
    return {
        "name": name,
        "family": relation.family,
        "valence": relation.valence,
        "symmetric": relation.symmetric,
        "labels": dict(relation.labels),
        "definitions": dict(relation.definitions),
    }


def _actors(view: View) -> Columns:
    actors = list(view.actors.values())
    places = positions(list(view.actors), [(s.source, s.target) for s in view.statements])
    classes = _numbered(ACTOR_CLASSES)
    return {
        "id": [actor.id for actor in actors],
        "name": [actor.name for actor in actors],
        "class": [classes[actor.cls] for actor in actors],
        "labels": [dict(actor.labels) for actor in actors],
        "aliases": [list(actor.aliases) for actor in actors],
        "x": [x for x, _ in places],
        "y": [y for _, y in places],
    }


def _statements(
    view: View, *, types: Mapping[str, int], sentences: Mapping[tuple[str, Span], int]
) -> Columns:
    actors, documents = _numbered(view.actors), _numbered(view.sources)
    modalities, statuses, certainties = map(_numbered, (MODALITIES, STATUSES, CERTAINTIES))
    rows = view.statements
    return {
        "id": [s.id for s in rows],
        "document": [documents[s.document] for s in rows],
        "type": [types[s.type] for s in rows],
        "source": [actors[s.source] for s in rows],
        "target": [actors[s.target] for s in rows],
        "claimant": [None if s.attributed_to is None else actors[s.attributed_to] for s in rows],
        "negated": [int(s.negated) for s in rows],
        "modality": [modalities[s.modality] for s in rows],
        "status": [statuses[s.status] for s in rows],
        "certainty": [certainties[s.certainty] for s in rows],
        "start": [s.time.start for s in rows],
        "end": [s.time.end for s in rows],
        "when": [s.time.text for s in rows],
        "office": [s.office for s in rows],
        "characterisation": [s.characterisation for s in rows],
        "confidence": [s.confidence for s in rows],
        "extractor": [s.extractor for s in rows],
        "inferred": [int(s.inferred) for s in rows],
        "sentence": [sentences[s.document, s.sentence] for s in rows],
        "evidence": [[_within(s, span) for span in s.evidence] for s in rows],
        "trigger": [_within(s, s.trigger) for s in rows],
        "sourceMention": [_within(s, s.source_mention) for s in rows],
        "targetMention": [_within(s, s.target_mention) for s in rows],
    }


def _within(statement: Statement, span: Span) -> list[int | str]:
    start, end = (place - statement.sentence.start for place in (span.start, span.end))
    inside = start >= 0 and statement.sentence.text[start:end] == span.text
    return [start, end] if inside else [start, end, span.text]


def _numbered(values: Iterable[Any]) -> dict[Any, int]:
    return {value: number for number, value in enumerate(dict.fromkeys(values))}
