"""The knowledge graph: documents, actors, mentions and statements, with a networkx view."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import networkx as nx

from kg.errors import GraphError
from kg.model import Actor, Mention, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What the graph keeps of a document: everything but the article's body, of which only the hash stays."""

    id: str
    lang: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    sha256: str = ""
    length: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What the rooms before found in one document."""

    source: Source
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()


def named(mentions: Iterable[Mention], statements: Iterable[Statement]) -> set[str]:
    """Return the ids of all actors that mentions and statements name."""
    used = {mention.actor for mention in mentions}
    for statement in statements:
        used |= {statement.source, statement.target, statement.attributed_to or statement.source}
    return used


@dataclass(slots=True)
class KnowledgeGraph:
    """Extractions by document id; views are sorted, whatever the order of reading."""

    _extractions: dict[str, Extraction] = field(default_factory=dict)

    def add(self, extraction: Extraction) -> None:
        """Add a document's extraction; one with the same id is replaced."""
        self._extractions[extraction.source.id] = extraction

    def remove(self, document: str) -> None:
        """Take a document away with all that it brought; raises `GraphError` if it is not there."""
        if self._extractions.pop(document, None) is None:
            raise GraphError(f"no document {document!r} in the graph")

    def merge(self, other: KnowledgeGraph) -> None:
        """Add all documents of another graph."""
        for extraction in other.extractions():
            self.add(extraction)

    def extractions(self) -> Iterator[Extraction]:
        """Yield the extractions by document id."""
        for key in sorted(self._extractions):
            yield self._extractions[key]

    def sources(self) -> list[Source]:
        """Return the documents, by id."""
        return [extraction.source for extraction in self.extractions()]

    def actors(self) -> dict[str, Actor]:
        """Return the actors by id; labels and aliases are united over all documents."""
        found: dict[str, Actor] = {}
        for extraction in self.extractions():
            for actor in extraction.actors:
                known = found.get(actor.id)
                found[actor.id] = actor if known is None or known == actor else _united(known, actor)
        return dict(sorted(found.items()))

    def mentions(self) -> list[Mention]:
        """Return all mentions, by document and place."""
        return sorted(
            (m for e in self._extractions.values() for m in e.mentions),
            key=lambda m: (m.document, m.span, m.form, m.actor),
        )

    def statements(self) -> list[Statement]:
        """Return all statements, by document, place of the evidence and id."""
        return sorted(
            (s for e in self._extractions.values() for s in e.statements),
            key=lambda s: (s.document, s.evidence[0].start, s.evidence[0].end, s.id),
        )

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return a `networkx.MultiDiGraph`: actor ids as nodes, statements as edges keyed by their id.

        Attributes are strings, numbers and booleans, never None: every networkx writer takes them.
        """
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name="polkg")
        for actor in self.actors().values():
            graph.add_node(actor.id, **actor_attributes(actor))
        sources = {source.id: source for source in self.sources()}
        for statement in self.statements():
            attributes = statement_attributes(statement, source=sources[statement.document])
            graph.add_edge(statement.source, statement.target, key=statement.id, **attributes)
        return graph


def actor_attributes(actor: Actor) -> dict[str, str]:
    """Return an actor's node attributes; lists are joined by ` | `."""
    labels = {f"label_{lang}": name for lang, name in actor.labels}
    return {"label": actor.name, "class": actor.cls, "aliases": " | ".join(actor.aliases), **labels}


def statement_attributes(statement: Statement, *, source: Source) -> Mapping[str, str | float | bool]:
    """Return a statement's edge attributes, those without a value left out."""
    values: dict[str, str | float | bool | None] = {
        "relation": statement.type,
        "document": statement.document,
        "published": source.published,
        "attributed_to": statement.attributed_to,
        "negated": statement.negated,
        "modality": statement.modality,
        "status": statement.status,
        "certainty": statement.certainty,
        "time_start": statement.time.start,
        "time_end": statement.time.end,
        "time_text": statement.time.text,
        "office": statement.office,
        "characterisation": statement.characterisation,
        "evidence": " … ".join(span.text for span in statement.evidence),
        "trigger": statement.trigger.text,
        "confidence": statement.confidence,
        "extractor": statement.extractor,
        "inferred": statement.inferred,
    }
    return {key: value for key, value in values.items() if value is not None}


def _united(one: Actor, two: Actor) -> Actor:
    labels = dict(sorted({**dict(two.labels), **dict(one.labels)}.items()))
    aliases = {*one.aliases, *two.aliases, two.name} - {one.name}
    return Actor(
        id=one.id, name=one.name, cls=one.cls, labels=tuple(labels.items()), aliases=tuple(sorted(aliases))
    )
