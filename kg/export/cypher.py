"""A Cypher script: one command a line, so that any shell or driver runs it line by line.

Everything is merged by its id, so that running the script again, or one of a later build, changes only what
is new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, cast

from kg.export.escape import cypher, spelled
from kg.export.files import write_text
from kg.export.flat import Value, View, document_row, view
from kg.export.property_graph import (
    CONSTRAINTS,
    DATES,
    MERGE_ACTORS,
    MERGE_DOCUMENTS,
    MERGE_MENTIONS,
    Property,
    actor_properties,
    mention_properties,
    merge_statements,
    statements_by_type,
)
from kg.graph import KnowledgeGraph

BATCH: Final = 200


def write(graph: KnowledgeGraph, folder: Path) -> None:
    """Write `graph.cypher`."""
    write_text(folder / "graph.cypher", (f"{line};\n" for line in commands(graph)))


def commands(graph: KnowledgeGraph) -> Iterator[str]:
    """Yield the commands: constraints, actors, documents, statements, mentions."""
    found = view(graph)
    yield from CONSTRAINTS
    yield from _actors(found)
    yield from _batches(map(document_row, found.sources.values()), MERGE_DOCUMENTS)
    for name, rows in statements_by_type(found).items():
        yield from _batches(
            (
                f"{_map({'source': source, 'target': target})[:-1]}, claim: {_map(claim)}}}"
                for source, target, claim in rows
            ),
            merge_statements(name),
        )
    yield from _batches(map(mention_properties, graph.mentions()), MERGE_MENTIONS)


def _actors(view: View) -> Iterator[str]:
    yield from _batches(map(actor_properties, view.actors.values()), MERGE_ACTORS)
    # A command of its own: ArcadeDB moves a node to give it a label, and cannot in the command that made it.
    by_class: defaultdict[str, list[str]] = defaultdict(list)
    for actor in view.actors.values():
        by_class[actor.cls].append(f"'{cypher([actor.id])[0]}'")
    for cls, ids in sorted(by_class.items()):
        yield from _batches(ids, f"MATCH (n:Actor {{id: row}}) SET n:{cls}")


def _batches(rows: Iterable[Mapping[str, Property] | str], command: str) -> Iterator[str]:
    batch: list[str] = []
    for row in rows:
        batch.append(row if isinstance(row, str) else _map(row))
        if len(batch) == BATCH:
            yield f"UNWIND [{', '.join(batch)}] AS row {command}"
            batch = []
    if batch:
        yield f"UNWIND [{', '.join(batch)}] AS row {command}"


def _map(row: Mapping[str, Property]) -> str:
    kept = {key: value for key, value in row.items() if value is not None}
    strings = iter(cypher([value for value in kept.values() if isinstance(value, str)]))
    texts = []
    for key, value in kept.items():
        text = f"'{next(strings)}'" if isinstance(value, str) else _other(value)
        texts.append(f"{key}: date({text})" if key in DATES else f"{key}: {text}")
    return "{" + ", ".join(texts) + "}"


def _other(value: Property) -> str:
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(f"'{text}'" for text in cypher(value)) + "]" if value else "[]"
    return spelled(cast(Value, value))
