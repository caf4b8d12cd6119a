"""Graphs of claims written as words: "A attacks B", with the options of a statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kg.graph import Extraction, KnowledgeGraph, Source
from kg.ids import digest
from kg.model import Actor, ActorClass, Mention, Span, Statement, Time

HOME = "https://w3id.org/polkg/actor/"


def claim(words: str, /, *, document: str = "d1", by: str | None = None, **fields: Any) -> Statement:
    """Return the statement "SOURCE type TARGET"; `by` is who claims it, `start` and `end` are its time."""
    source, kind, target = words.split()
    time = Time(start=fields.pop("start", None), end=fields.pop("end", None))
    span = Span(0, len(words), words)
    return Statement(
        id=digest(document, words, str(by), repr(sorted(fields.items())), str(time))[:12],
        document=document,
        type=kind,
        source=iri(source),
        target=iri(target),
        source_mention=Span(0, len(source), source),
        target_mention=Span(len(words) - len(target), len(words), target),
        trigger=Span(len(source) + 1, len(source) + 1 + len(kind), kind),
        evidence=(span,),
        sentence=span,
        attributed_to=iri(by) if by else None,
        time=time,
        **fields,
    )


def graph_of(
    *claims: Statement | str,
    classes: Mapping[str, ActorClass] | None = None,
    published: Mapping[str, str] | None = None,
) -> KnowledgeGraph:
    """Return the graph of some claims; actors are states unless `classes` says otherwise."""
    statements = [claim(one) if isinstance(one, str) else one for one in claims]
    ids = {end for s in statements for end in (s.source, s.target, s.attributed_to or s.source)}
    graph = KnowledgeGraph()
    for document in sorted({s.document for s in statements}):
        own = tuple(s for s in statements if s.document == document)
        actors = tuple(
            Actor(id=key, name=name_of(key), cls=(classes or {}).get(name_of(key), "State"))
            for key in sorted(ids)
        )
        mentions = tuple(
            Mention(document=document, span=s.source_mention, form="name", actor=s.source) for s in own
        )
        source = Source(id=document, lang="en", published=(published or {}).get(document))
        graph.add(Extraction(source=source, actors=actors, mentions=mentions, statements=own))
    return graph


def with_aliases(graph: KnowledgeGraph, aliases: Mapping[str, tuple[str, ...]]) -> KnowledgeGraph:
    """Return the graph with other names for some actors."""
    new = KnowledgeGraph()
    for extraction in graph.extractions():
        actors = tuple(replace(a, aliases=aliases.get(a.name, ())) for a in extraction.actors)
        new.add(replace(extraction, actors=actors))
    return new


def iri(name: str) -> str:
    return HOME + name


def name_of(key: str) -> str:
    return key.removeprefix(HOME)
