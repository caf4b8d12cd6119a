"""GraphML with declared types and statement ids as edge ids.

Strictly GraphML, for readers are strict in different ways; what APOC wants beyond that has a file of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from kg.export.escape import exact, xml
from kg.export.files import write_text
from kg.export.flat import (
    STATEMENT_COLUMNS,
    Kind,
    View,
    actor_columns,
    actor_row,
    statement_rows,
    view,
)
from kg.export.layout import node_size, positions
from kg.export.palette import class_colour
from kg.graph import KnowledgeGraph

TYPES: Final[Mapping[Kind, str]] = {
    "string": "string",
    "boolean": "boolean",
    "integer": "int",
    "double": "double",
    "date": "string",
}
# How a node is drawn, by the names that Gephi takes for it.
DRAWING: Final[Mapping[str, Kind]] = {
    "x": "double",
    "y": "double",
    "size": "double",
    "r": "integer",
    "g": "integer",
    "b": "integer",
}
HEAD: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def write(graph: KnowledgeGraph, folder: Path) -> None:
    """Write `graph.graphml`."""
    write_text(folder / "graph.graphml", _document(view(graph)))


def _document(view: View) -> Iterator[str]:
    node_columns: dict[str, Kind] = {"label": "string", **actor_columns(view), "exact": "string", **DRAWING}
    # Readers know `weight` as the strength of an edge; here it is the confidence once more. The statement's
    # id stands here beside the edge's, since igraph takes the source's id for that.
    own: dict[str, Kind] = {"label": "string", "weight": "double", "statement": "string"}
    edge_columns = {**own, **STATEMENT_COLUMNS, "exact": "string"}
    yield HEAD
    yield _declared("node", node_columns)
    yield _declared("edge", edge_columns)
    yield '  <graph id="polkg" edgedefault="directed">\n'
    links = [(s.source, s.target) for s in view.statements]
    degree = Counter(end for link in links for end in link)
    places = positions(list(view.actors), links)
    for actor, place in zip(view.actors.values(), places, strict=True):
        drawing = (*place, node_size(degree[actor.id]), *class_colour(actor.cls))
        row = {"label": actor.name, **actor_row(actor), **dict(zip(DRAWING, drawing, strict=True))}
        row["exact"] = exact({"id": actor.id, **row})
        kept = [name for name in node_columns if row.get(name) is not None]
        key, *data = xml([actor.id, *map(row.get, kept)])
        yield f'    <node id="{key}">{_data("node", kept, data)}</node>\n'
    for s, values in statement_rows(view):
        row = {"label": values["relation_label"], "weight": s.confidence, "statement": s.id, **values}
        row["exact"] = exact({"source": s.source, "target": s.target, **row})
        kept = [name for name, value in row.items() if value is not None]
        key, source, target, *data = xml([s.id, s.source, s.target, *map(row.get, kept)])
        yield f'    <edge id="{key}" source="{source}" target="{target}">{_data("edge", kept, data)}</edge>\n'
    yield "  </graph>\n</graphml>\n"


def _declared(cls: str, columns: Mapping[str, Kind]) -> str:
    return "".join(
        f'  <key id="{cls}_{name}" for="{cls}" attr.name="{name}" attr.type="{TYPES[kind]}"/>\n'
        for name, kind in columns.items()
    )


def _data(cls: str, names: Sequence[str], values: Sequence[str]) -> str:
    pairs = zip(names, values, strict=True)
    return "".join([f'<data key="{cls}_{name}">{value}</data>' for name, value in pairs])
