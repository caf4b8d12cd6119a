"""A graph as a human judged it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.graph import Extraction, KnowledgeGraph
from kg.judgements.claims import judged
from kg.judgements.identities import Names, directions, merge, merging, split, with_used
from kg.judgements.model import Judgement, Judgements
from kg.model import Statement, outermost
from kg.ontology import relation_types


def honour(graph: KnowledgeGraph, judgements: Judgements) -> tuple[KnowledgeGraph, tuple[Judgement, ...]]:
    """Return a graph by the judgements, and the judgements that met nothing in it; `graph` stays as it was.

    Statements are judged first, by the names that the documents have; then spellings are split off, and at
    last actors are merged. Doing it again changes nothing.
    """
    met: set[Judgement] = set()
    judged_once = {e.source.id: _judge(e, judgements, met) for e in graph.extractions()}
    apart = _split(judged_once, judgements, met)
    becomes, used = merging(judgements, Names(_graph(apart.values()).actors()))
    met |= {e for e in judgements.entries if e.kind == "same" and sum(r.key in used for r in e.actors) > 1}
    honoured = _graph(_settled(merge(extraction, becomes), extraction) for extraction in apart.values())
    return honoured, tuple(entry for entry in judgements.entries if entry not in met)


def _judge(extraction: Extraction, judgements: Judgements, met: set[Judgement]) -> Extraction:
    if extraction.source.id not in judgements.claims:
        return extraction
    actors = {actor.id: actor for actor in extraction.actors}
    statements: list[Statement] = []
    for statement in extraction.statements:
        found = judged(statement, judgements, actors=actors)
        met.update(found)
        verdict = found[-1].kind if found else None
        if verdict == "right":
            statements.append(replace(statement, confidence=1.0))
        elif verdict is None:
            statements.append(statement)
    if tuple(statements) == extraction.statements:
        return extraction
    return with_used(replace(extraction, statements=tuple(statements)), extraction.actors)


def _split(
    extractions: Mapping[str, Extraction], judgements: Judgements, met: set[Judgement]
) -> dict[str, Extraction]:
    found = dict(extractions)
    names = Names(_graph(found.values()).actors())
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for document, extraction in found.items():
        for actor in extraction.actors:
            holders[actor.id].append(document)
    for entry in (entry for entry in judgements.entries if entry.kind == "not_same"):
        for spelling, other in directions(entry, names):
            for id_ in [other.id] if other.id else names.find(other):
                for document in holders[id_]:
                    if entry.document in (None, document):
                        before = found[document]
                        found[document] = split(before, id_, spelling, local=entry.document is not None)
                        met |= {entry} if found[document] is not before else set()
        if all(names.find(ref) for ref in entry.actors):
            met.add(entry)
    return found


def _settled(merged: Extraction, before: Extraction) -> Extraction:
    """Drop what a merge made senseless, and unite what it made the same claim twice."""
    if merged is before:
        return merged
    classes = {actor.id: actor.cls for actor in merged.actors}
    found: dict[tuple[object, ...], list[Statement]] = {}
    for old, s in zip(before.statements, merged.statements, strict=True):
        kind = relation_types()[s.type]
        ends = (s.source, s.target)
        touched = ends != (old.source, old.target)
        if touched and (ends[0] == ends[1] or not kind.admits(classes[ends[0]], classes[ends[1]])):
            continue
        if s.attributed_to == s.source and old.attributed_to != old.source:
            s = replace(s, attributed_to=None)  # who acts by its own word is not quoted
        # An inferred statement has its own right to stand beside what was read.
        key = (s.type, *kind.ends(*ends), s.negated, s.modality, s.status, s.attributed_to, s.inferred)
        found.setdefault(key, []).append(s)
    return with_used(replace(merged, statements=tuple(map(_united, found.values()))), merged.actors)


def _united(findings: list[Statement]) -> Statement:
    best, *others = sorted(findings, key=lambda s: (-s.confidence, s.evidence, s.id))
    if not others:
        return best
    return replace(best, evidence=outermost({span for s in findings for span in s.evidence}))


def _graph(extractions: Iterable[Extraction]) -> KnowledgeGraph:
    graph = KnowledgeGraph()
    for extraction in extractions:
        graph.add(extraction)
    return graph
