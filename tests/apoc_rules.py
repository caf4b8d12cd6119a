"""What Neo4j's APOC makes of a GraphML file with `readLabels`, after its source."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from lxml import etree

_NS: Final = "{http://graphml.graphdrawing.org/xmlns}"
_KINDS: Final[dict[str, Any]] = {
    "string": str,
    "boolean": {"true": True, "false": False}.__getitem__,
    "long": int,
    "double": float,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node by its id in the file, which APOC does not keep."""

    key: str
    labels: tuple[str, ...]
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """A relationship between nodes of the file."""

    source: str
    target: str
    type: str
    properties: dict[str, Any]


def read(path: Path) -> tuple[list[Node], list[Relationship]]:
    """Return the nodes and relationships of a file."""
    root = etree.parse(path).getroot()
    keys = {(key.get("for"), key.get("id")): key for key in root.iter(f"{_NS}key")}
    nodes = [
        Node(
            key=str(node.get("id")),
            labels=tuple(part for part in str(node.get("labels")).split(":") if part.strip()),
            properties=dict(_properties(node, keys, cls="node")),
        )
        for node in root.iter(f"{_NS}node")
    ]
    relationships = [
        Relationship(
            source=str(edge.get("source")),
            target=str(edge.get("target")),
            type=str(edge.get("label")),
            properties=dict(_properties(edge, keys, cls="edge")),
        )
        for edge in root.iter(f"{_NS}edge")
    ]
    return nodes, relationships


def _properties(element: Any, keys: dict[Any, Any], *, cls: str) -> Iterator[tuple[str, Any]]:
    for data in element.iter(f"{_NS}data"):
        key = keys[cls, data.get("key")]
        text = data.text or ""
        if not text.strip():  # APOC takes spaces alone for no text
            yield key.get("attr.name"), ""
        elif key.get("attr.list"):
            yield key.get("attr.name"), json.loads(text)
        else:
            yield key.get("attr.name"), _KINDS[key.get("attr.type")](text)
