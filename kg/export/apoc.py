"""GraphML as Neo4j's APOC reads it, with all of the property graph.

Labels stand in the attribute `labels` of a node, the relationship's type in `label` of an edge, and lists in
JSON. Other programs take `graph.graphml`, which has no documents and mentions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from kg.export.escape import exact, xml
from kg.export.files import write_text
from kg.export.flat import DOCUMENT_COLUMNS, STATEMENT_COLUMNS, Value, View, actor_columns, document_row, view
from kg.export.graphml import HEAD
from kg.export.property_graph import (
    MENTION_COLUMNS,
    MENTIONS,
    Properties,
    Property,
    actor_properties,
    mention_properties,
    statements_by_type,
)
from kg.graph import KnowledgeGraph

# APOC knows no dates in GraphML; `date(n.published)` makes them in Cypher.
TYPES: Final[Mapping[str, str]] = {
    "string": "string",
    "boolean": "boolean",
    "integer": "long",
    "double": "double",
    "date": "string",
}


def write(graph: KnowledgeGraph, folder: Path) -> None:
    """Write `graph.apoc.graphml`."""
    write_text(folder / "graph.apoc.graphml", _document(graph))


def _document(graph: KnowledgeGraph) -> Iterator[str]:
    found = view(graph)
    yield HEAD
    yield _declared("node", {"name": "string", **actor_columns(found), **DOCUMENT_COLUMNS, "exact": "string"})
    yield _declared("edge", {"id": "string", **STATEMENT_COLUMNS, **MENTION_COLUMNS, "exact": "string"})
    yield '  <graph id="polkg" edgedefault="directed">\n'
    # Numbers, because an actor and a document may have the same id.
    actors = {key: f"a{number}" for number, key in enumerate(found.actors)}
    documents = {key: f"d{number}" for number, key in enumerate(found.sources)}
    yield from _nodes(found, actors=actors, documents=documents)
    number = 0
    for name, rows in statements_by_type(found).items():
        for source, target, claim in rows:
            yield _edge(f"e{number}", ends=(actors[source], actors[target]), label=name, row=claim)
            number += 1
    for mention in graph.mentions():
        row = {name: mention_properties(mention)[name] for name in MENTION_COLUMNS}
        ends = (documents[mention.document], actors[mention.actor])
        yield _edge(f"e{number}", ends=ends, label=MENTIONS, row=row)
        number += 1
    yield "  </graph>\n</graphml>\n"


def _nodes(view: View, *, actors: Mapping[str, str], documents: Mapping[str, str]) -> Iterator[str]:
    for key, actor in view.actors.items():
        data = _data("node", actor_properties(actor))
        yield f'    <node id="{actors[key]}" labels=":Actor:{actor.cls}">{data}</node>\n'
    for key, source in view.sources.items():
        data = _data("node", document_row(source))
        yield f'    <node id="{documents[key]}" labels=":Document">{data}</node>\n'


def _edge(key: str, *, ends: tuple[str, str], label: str, row: Properties) -> str:
    source, target = ends
    data = _data("edge", row)
    return f'    <edge id="{key}" source="{source}" target="{target}" label="{label}">{data}</edge>\n'


def _declared(cls: str, columns: Mapping[str, str]) -> str:
    lines = []
    for name, kind in columns.items():
        is_list = ' attr.list="string"' if name == "aliases" else ""
        lines.append(
            f'  <key id="{cls}_{name}" for="{cls}" attr.name="{name}" attr.type="{TYPES[kind]}"{is_list}/>\n'
        )
    return "".join(lines)


def _data(cls: str, row: Properties) -> str:
    flat = {name: _flat(value) for name, value in row.items() if value is not None}
    if lost := exact(flat):
        flat["exact"] = lost
    values = xml(list(flat.values()))
    return "".join(
        f'<data key="{cls}_{name}">{value}</data>' for name, value in zip(flat, values, strict=True)
    )


def _flat(value: Property) -> Value:
    return value if value is None or isinstance(value, (str, int, float)) else json.dumps(value)
