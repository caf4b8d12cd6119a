"""GraphML with declared types and statement ids as edge ids.

One file serves two conventions: viewers take the `label` keys, while Neo4j's APOC takes the XML attributes
`labels` of a node and `label` of an edge, which other readers pass over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from kg.export.escape import xml
from kg.export.files import write_text
from kg.export.flat import (
    STATEMENT_COLUMNS,
    Kind,
    View,
    actor_columns,
    actor_row,
    statement_rows,
    upper_snake,
    view,
)
from kg.graph import KnowledgeGraph

TYPES: Final[Mapping[Kind, str]] = {
    "string": "string",
    "boolean": "boolean",
    "integer": "int",
    "double": "double",
    "date": "string",
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
    node_columns: dict[str, Kind] = {"label": "string", **actor_columns(view)}
    # Readers know `weight` as the strength of an edge; here it is the confidence once more.
    edge_columns: dict[str, Kind] = {"label": "string", "weight": "double", **STATEMENT_COLUMNS}
    yield HEAD
    yield _declared("node", node_columns)
    yield _declared("edge", edge_columns)
    yield '  <graph id="polkg" edgedefault="directed">\n'
    for actor in view.actors.values():
        row = {"label": actor.name, **actor_row(actor)}
        kept = [name for name in node_columns if row.get(name) is not None]
        key, *data = xml([actor.id, *map(row.get, kept)])
        yield f'    <node id="{key}" labels=":Actor:{actor.cls}">{_data("node", kept, data)}</node>\n'
    for s, values in statement_rows(view):
        row = {"label": values["relation_label"], "weight": s.confidence, **values}
        kept = [name for name, value in row.items() if value is not None]
        key, source, target, *data = xml([s.id, s.source, s.target, *map(row.get, kept)])
        yield (
            f'    <edge id="{key}" source="{source}" target="{target}" label="{upper_snake(s.type)}">'
            f"{_data('edge', kept, data)}</edge>\n"
        )
    yield "  </graph>\n</graphml>\n"


def _declared(cls: str, columns: Mapping[str, Kind]) -> str:
    return "".join(
        f'  <key id="{cls}_{name}" for="{cls}" attr.name="{name}" attr.type="{TYPES[kind]}"/>\n'
        for name, kind in columns.items()
    )


def _data(cls: str, names: Sequence[str], values: Sequence[str]) -> str:
    pairs = zip(names, values, strict=True)
    return "".join([f'<data key="{cls}_{name}">{value}</data>' for name, value in pairs])
