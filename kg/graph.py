"""The knowledge graph: documents, actors, mentions and statements, with a networkx view."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Final

import networkx as nx

from kg.errors import GraphError
from kg.model import Actor, Mention, Span, Statement

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]  # its stubs are a package of their own

# Behind a backslash JSON can say even what XML 1.0 and UTF-8 cannot hold.
_UNSAFE: Final = re.compile("[\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_json: Final = json.JSONEncoder(ensure_ascii=False).encode


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


def united(variants: Collection[Actor]) -> Actor:
    """Return an actor as all documents together know it, from the forms that each knows.

    It depends on which forms there are and on nothing else: not on the order of the documents, nor on how
    many have a form. So a store can take a document away without reading the others.
    """
    if len(variants) == 1:
        return next(iter(variants))
    first = min(variants, key=lambda actor: (actor.name, actor.cls, actor.labels, actor.aliases))
    labels: dict[str, str] = {}
    for lang, label in sorted({pair for actor in variants for pair in actor.labels}):
        labels.setdefault(lang, label)
    aliases = {name for actor in variants for name in (actor.name, *actor.aliases)} - {first.name}
    return replace(first, labels=tuple(labels.items()), aliases=tuple(sorted(aliases)))


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
        found: defaultdict[str, set[Actor]] = defaultdict(set)
        for extraction in self._extractions.values():
            for actor in extraction.actors:
                found[actor.id].add(actor)
        return {key: united(found[key]) for key in sorted(found)}

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

    def to_pandas(self) -> dict[str, pd.DataFrame]:
        """Return the tables `statements`, `actors`, `mentions` and `documents` as pandas' data frames.

        They have the columns that `docs/tables.md` explains. Raises `KgError` if pandas is not installed.
        """
        # Tables are a later room; the method stands here because this is where people look for it.
        found: dict[str, pd.DataFrame] = import_module("kg.export.frames").frames(self)
        return found


def actor_attributes(actor: Actor) -> dict[str, str]:
    """Return an actor's node attributes; lists are joined by ` | `."""
    labels = {f"label_{lang}": name for lang, name in actor.labels}
    return {"label": actor.name, "class": actor.cls, "aliases": joined(actor.aliases), **labels}


def statement_attributes(statement: Statement, *, source: Source) -> Mapping[str, str | float | bool]:
    """Return a statement's edge attributes, without those that have no value."""
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
        "confidence": statement.confidence,
        "extractor": statement.extractor,
        "inferred": statement.inferred,
        "quote": quote(statement),
        **placed("trigger", statement.trigger),
        **placed("source_mention", statement.source_mention),
        **placed("target_mention", statement.target_mention),
        **placed("sentence", statement.sentence),
        "evidence": spans_json(statement.evidence),
    }
    return {key: value for key, value in values.items() if value is not None}


def quote(statement: Statement) -> str:
    """Return the quotes that a statement stands on as one text."""
    return " … ".join(span.text for span in statement.evidence)


def joined(values: Sequence[str]) -> str:
    r"""Return the values as one text, ` | ` between them; inside of a value `|` and `\` get a `\`."""
    return " | ".join(re.sub(r"([\\|])", r"\\\1", value) for value in values)


def spans_json(spans: Iterable[Span]) -> str:
    """Return spans as a JSON array of objects, for what has no lists of structures."""
    text: str = _json([{"start": span.start, "end": span.end, "text": span.text} for span in spans])
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def placed(name: str, span: Span) -> dict[str, str | int]:
    """Return a span as three columns: its words, where they start and where they end."""
    return {name: span.text, f"{name}_start": span.start, f"{name}_end": span.end}
