"""JSON lines: the graph without loss, one object a line, sorted; `kg.folder` reads it back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kg.export.files import write_text
from kg.graph import Extraction, KnowledgeGraph
from kg.model import Actor, Mention, Span, Statement

_json: Final = json.JSONEncoder(ensure_ascii=False).encode


def write(graph: KnowledgeGraph, folder: Path) -> None:
    """Write `statements.jsonl`, `mentions.jsonl`, `actors.jsonl` and `documents.jsonl`."""
    actors = graph.actors()
    brief = {key: _brief(actor) for key, actor in actors.items()}
    write_text(folder / "statements.jsonl", _statements(graph.statements(), brief))
    write_text(folder / "mentions.jsonl", _mentions(graph.mentions(), brief))
    write_text(folder / "actors.jsonl", (_json(_actor(actor)) + "\n" for actor in actors.values()))
    write_text(folder / "documents.jsonl", _documents(graph.extractions()))


def _statements(statements: Iterable[Statement], brief: Mapping[str, str]) -> Iterator[str]:
    # Lines are put together from parts, because the same actors stand in thousands of them.
    for s in statements:
        claim = {
            "negated": s.negated,
            "modality": s.modality,
            "status": s.status,
            "certainty": s.certainty,
            "time": {"start": s.time.start, "end": s.time.end, "text": s.time.text},
            "office": s.office,
            "characterisation": s.characterisation,
            "confidence": s.confidence,
            "extractor": s.extractor,
            "inferred": s.inferred,
            "trigger": _span(s.trigger),
            "source_mention": _span(s.source_mention),
            "target_mention": _span(s.target_mention),
            "evidence": [_span(span) for span in s.evidence],
            "sentence": _span(s.sentence),
        }
        claimant = "null" if s.attributed_to is None else brief[s.attributed_to]
        yield (
            f'{{"id": {_json(s.id)}, "document": {_json(s.document)}, "type": {_json(s.type)}, '
            f'"source": {brief[s.source]}, "target": {brief[s.target]}, "attributed_to": {claimant}, '
            f"{_json(claim)[1:]}\n"
        )


def _mentions(mentions: Iterable[Mention], brief: Mapping[str, str]) -> Iterator[str]:
    for m in mentions:
        yield (
            f'{{"document": {_json(m.document)}, "start": {m.span.start}, "end": {m.span.end}, '
            f'"text": {_json(m.span.text)}, "form": "{m.form}", "actor": {brief[m.actor]}}}\n'
        )


def _documents(extractions: Iterable[Extraction]) -> Iterator[str]:
    # The actors stand here once more as this document knows them: actors.jsonl unites all documents, and
    # from the united form no document could be taken away again.
    known: dict[Actor, str] = {}
    for extraction in extractions:
        s = extraction.source
        fields = {
            "id": s.id,
            "lang": s.lang,
            "title": s.title,
            "published": s.published,
            "url": s.url,
            "publisher": s.publisher,
            "sha256": s.sha256,
            "length": s.length,
        }
        actors = ", ".join(known.get(a) or known.setdefault(a, _json(_actor(a))) for a in extraction.actors)
        yield f'{_json(fields)[:-1]}, "actors": [{actors}]}}\n'


def _brief(actor: Actor) -> str:
    return _json({"id": actor.id, "name": actor.name, "class": actor.cls, "aliases": list(actor.aliases)})


def _actor(actor: Actor) -> dict[str, Any]:
    return {
        "id": actor.id,
        "name": actor.name,
        "class": actor.cls,
        "labels": dict(actor.labels),
        "aliases": list(actor.aliases),
    }


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}
