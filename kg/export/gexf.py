"""GEXF 1.3 for Gephi and its kin: a directed graph with parallel edges, one a statement.

Written here and not by networkx, whose writer knows neither `kind` nor declared types, and breaks on control
characters. Gephi folds parallel edges of the same kind into one; other readers keep each.
"""

from __future__ import annotations

import calendar
import datetime
import math
from collections import Counter
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
    view,
)
from kg.export.layout import positions
from kg.export.palette import class_colour, opacity, valence_colour
from kg.graph import KnowledgeGraph
from kg.model import Time

TYPES: Final[Mapping[Kind, str]] = {"date": "string"}  # the others have the same names in GEXF
HEAD: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
  <meta>
    <creator>polkg</creator>
    <description>Political actors and the statements that news texts make about them</description>
  </meta>
"""


def write(graph: KnowledgeGraph, folder: Path) -> None:
    """Write `graph.gexf`."""
    write_text(folder / "graph.gexf", _document(view(graph)))


def period(time: Time) -> tuple[str | None, str | None]:
    """Return first and last day of a statement's time, which GEXF wants in full: 2024 runs to 2024-12-31.

    What is no date, or ends before it begins, gives None; the words stay in the attributes.
    """
    start, end = _day(time.start, last=False), _day(time.end, last=True)
    return (None, None) if start and end and end < start else (start, end)


def _document(view: View) -> Iterator[str]:
    dynamic = any(any(period(statement.time)) for statement in view.statements)
    mode = 'mode="dynamic" timeformat="date"' if dynamic else 'mode="static"'
    node_columns = actor_columns(view)
    yield HEAD
    yield f'  <graph defaultedgetype="directed" idtype="string" {mode}>\n'
    yield _declared("node", node_columns)
    yield _declared("edge", STATEMENT_COLUMNS)
    yield f'    <nodes count="{len(view.actors)}">\n'
    yield from _nodes(view, node_columns)
    yield f'    </nodes>\n    <edges count="{len(view.statements)}">\n'
    yield from _edges(view)
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _declared(cls: str, columns: Mapping[str, Kind]) -> str:
    rows = "".join(
        f'      <attribute id="{name}" title="{name}" type="{TYPES.get(kind, kind)}"/>\n'
        for name, kind in columns.items()
    )
    return f'    <attributes class="{cls}" mode="static">\n{rows}    </attributes>\n'


def _nodes(view: View, columns: Mapping[str, Kind]) -> Iterator[str]:
    links = [(s.source, s.target) for s in view.statements]
    degree = Counter(end for link in links for end in link)
    places = positions(list(view.actors), links)
    for actor, (x, y) in zip(view.actors.values(), places, strict=True):
        red, green, blue = class_colour(actor.cls)
        row = actor_row(actor)
        kept = [name for name in columns if row.get(name) is not None]
        key, label, *values = xml([actor.id, actor.name, *map(row.get, kept)])
        yield (
            f'      <node id="{key}" label="{label}">\n'
            f"        <attvalues>{_values(kept, values)}</attvalues>\n"
            f'        <viz:color r="{red}" g="{green}" b="{blue}"/>\n'
            f'        <viz:position x="{x}" y="{y}"/>\n'
            f'        <viz:size value="{round(4 + 6 * math.log2(1 + degree[actor.id]), 1)}"/>\n'
            f"      </node>\n"
        )


def _edges(view: View) -> Iterator[str]:
    colours = {name: valence_colour(relation.valence) for name, relation in view.relations.items()}
    for s, row in statement_rows(view):
        red, green, blue = colours.get(s.type) or valence_colour(0)
        start, end = period(s.time)
        spell = (f' start="{start}"' if start else "") + (f' end="{end}"' if end else "")
        kept = [name for name, value in row.items() if value is not None]
        key, source, target, kind, label, *values = xml(
            [s.id, s.source, s.target, s.type, row["relation_label"], *map(row.get, kept)]
        )
        yield (
            f'      <edge id="{key}" source="{source}" target="{target}" type="directed"'
            f' kind="{kind}" label="{label}" weight="{s.confidence}"{spell}>\n'
            f"        <attvalues>{_values(kept, values)}</attvalues>\n"
            f'        <viz:color r="{red}" g="{green}" b="{blue}" a="{opacity(s)}"/>\n'
            f"      </edge>\n"
        )


def _values(names: Sequence[str], values: Sequence[str]) -> str:
    pairs = zip(names, values, strict=True)
    return "".join([f'<attvalue for="{name}" value="{value}"/>' for name, value in pairs])


def _day(partial: str | None, *, last: bool) -> str | None:
    if partial is None:
        return None
    parts = partial.split("-")
    try:
        year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else 12 if last else 1
        day = int(parts[2]) if len(parts) > 2 else calendar.monthrange(year, month)[1] if last else 1
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
