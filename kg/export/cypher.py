"""A Cypher script: one command a line, so that any shell or driver runs it line by line.

Everything is merged by its id, so that running the script again, or one of a later build, changes only what
is new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias, cast

from kg.export.escape import cypher, spelled
from kg.export.files import write_text
from kg.export.flat import STATEMENT_COLUMNS, Value, View, actor_row, statement_rows, upper_snake, view
from kg.graph import KnowledgeGraph, Source
from kg.model import Actor, Mention

BATCH: Final = 200
DATES: Final = frozenset(name for name, kind in STATEMENT_COLUMNS.items() if kind == "date")
Literal: TypeAlias = str | bool | int | float | Sequence[str] | None


def write(graph: KnowledgeGraph, folder: Path) -> None:
    """Write `graph.cypher`."""
    write_text(folder / "graph.cypher", (f"{line};\n" for line in commands(graph)))


def commands(graph: KnowledgeGraph) -> Iterator[str]:
    """Yield the commands: constraints, actors, documents, statements, mentions."""
    found = view(graph)
    for label in ("Actor", "Document"):
        yield (f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE")
    yield from _actors(found)
    yield from _batches(
        map(_document, found.sources.values()), "MERGE (n:Document {id: row.id}) SET n += row"
    )
    yield from _statements(found)
    yield from _batches(
        map(_mention, graph.mentions()),
        "MATCH (d:Document {id: row.document}) MATCH (a:Actor {id: row.actor}) "
        "MERGE (d)-[r:MENTIONS {start: row.start, end: row.end, form: row.form}]->(a) SET r.text = row.text",
    )


def _actors(view: View) -> Iterator[str]:
    by_class: defaultdict[str, list[Actor]] = defaultdict(list)
    for actor in view.actors.values():
        by_class[actor.cls].append(actor)
    for cls, actors in sorted(by_class.items()):
        rows = ({"id": a.id, "name": a.name, **actor_row(a), "aliases": a.aliases} for a in actors)
        yield from _batches(rows, f"MERGE (n:Actor {{id: row.id}}) SET n:{cls} SET n += row")


def _statements(view: View) -> Iterator[str]:
    by_type: defaultdict[str, list[str]] = defaultdict(list)
    for s, row in statement_rows(view):
        ends = _map({"source": s.source, "target": s.target})
        by_type[s.type].append(f"{ends[:-1]}, claim: {_map({'id': s.id, **row})}}}")
    for name, rows in sorted(by_type.items()):
        yield from _batches(
            rows,
            "MATCH (a:Actor {id: row.source}) MATCH (b:Actor {id: row.target}) "
            f"MERGE (a)-[r:{upper_snake(name)} {{id: row.claim.id}}]->(b) SET r += row.claim",
        )


def _document(source: Source) -> dict[str, Literal]:
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


def _mention(mention: Mention) -> dict[str, Literal]:
    return {
        "document": mention.document,
        "actor": mention.actor,
        "start": mention.span.start,
        "end": mention.span.end,
        "form": mention.form,
        "text": mention.span.text,
    }


def _batches(rows: Iterable[Mapping[str, Literal] | str], command: str) -> Iterator[str]:
    batch: list[str] = []
    for row in rows:
        batch.append(row if isinstance(row, str) else _map(row))
        if len(batch) == BATCH:
            yield f"UNWIND [{', '.join(batch)}] AS row {command}"
            batch = []
    if batch:
        yield f"UNWIND [{', '.join(batch)}] AS row {command}"


def _map(row: Mapping[str, Literal]) -> str:
    kept = {key: value for key, value in row.items() if value is not None}
    strings = iter(cypher([value for value in kept.values() if isinstance(value, str)]))
    texts = []
    for key, value in kept.items():
        text = f"'{next(strings)}'" if isinstance(value, str) else _other(value)
        texts.append(f"{key}: date({text})" if key in DATES else f"{key}: {text}")
    return "{" + ", ".join(texts) + "}"


def _other(value: Literal) -> str:
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(f"'{text}'" for text in cypher(value)) + "]" if value else "[]"
    return spelled(cast(Value, value))
