"""GEXF 1.3 for Gephi and its kin: a directed graph with parallel edges, one a statement.

Written here and not by networkx, whose writer knows neither `kind` nor declared types, and breaks on control
characters. There are two files, which differ only in what the timeline shows: when things happened, or when
they were published. Mixed into one, the two could not be told apart.
"""

from __future__ import annotations

import calendar
import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

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
from kg.export.palette import class_colour, opacity, valence_colour
from kg.graph import KnowledgeGraph
from kg.model import Mention, Statement, Time

Spell: TypeAlias = tuple[str | None, str | None]  # first and last day
Element: TypeAlias = tuple[str, str, str]  # id, attributes, content

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
    """Write `graph.gexf` with the time of events, and `graph.published.gexf` with that of publication."""
    found = view(graph)
    nodes, edges = list(_nodes(found)), list(_edges(found))
    events = {s.id: _known(period(s.time)) for s in found.statements}
    write_text(folder / "graph.gexf", _document(found, nodes, edges, spells=events))
    published = _published(found, graph.mentions())
    write_text(folder / "graph.published.gexf", _document(found, nodes, edges, spells=published))


def period(time: Time) -> Spell:
    """Return first and last day of a statement's time, which GEXF wants in full: 2024 runs to 2024-12-31.

    What is no date, or ends before it begins, gives None; the words stay in the attributes.
    """
    start, end = _day(time.start, last=False), _day(time.end, last=True)
    return (None, None) if start and end and end < start else (start, end)


def _known(spell: Spell) -> list[Spell]:
    return [spell] if any(spell) else []


def _published(view: View, mentions: Iterable[Mention]) -> dict[str, list[Spell]]:
    """Return the days on which each statement and each actor was in print; none where a day is not known."""
    documents: defaultdict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        documents[mention.actor].add(mention.document)
    for s in view.statements:
        for key in (s.id, s.source, s.target):
            documents[key].add(s.document)
    found: dict[str, list[Spell]] = {}
    for key, names in documents.items():
        days = {view.sources[name].published for name in names}
        found[key] = [] if None in days else [(day, day) for day in sorted(filter(None, days))]
    return found


def _document(
    view: View, nodes: Sequence[Element], edges: Sequence[Element], *, spells: Mapping[str, list[Spell]]
) -> Iterator[str]:
    mode = 'mode="dynamic" timeformat="date"' if any(spells.values()) else 'mode="static"'
    yield HEAD
    yield f'  <graph defaultedgetype="directed" idtype="string" {mode}>\n'
    yield _declared("node", {**actor_columns(view), "exact": "string"})
    yield _declared("edge", {**STATEMENT_COLUMNS, "exact": "string"})
    yield f'    <nodes count="{len(nodes)}">\n'
    yield from _filled("node", nodes, spells)
    yield f'    </nodes>\n    <edges count="{len(edges)}">\n'
    yield from _filled("edge", edges, spells)
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _filled(name: str, elements: Iterable[Element], spells: Mapping[str, list[Spell]]) -> Iterator[str]:
    for key, start, content in elements:
        found = [_days(spell) for spell in spells.get(key, ())]
        within = "".join(f"<spell{days}/>" for days in found) if len(found) > 1 else ""
        yield (
            f"      <{name} {start}{found[0] if len(found) == 1 else ''}>\n{content}"
            + (f"        <spells>{within}</spells>\n" if within else "")
            + f"      </{name}>\n"
        )


def _days(spell: Spell) -> str:
    start, end = spell
    return (f' start="{start}"' if start else "") + (f' end="{end}"' if end else "")


def _declared(cls: str, columns: Mapping[str, Kind]) -> str:
    rows = "".join(
        f'      <attribute id="{name}" title="{name}" type="{TYPES.get(kind, kind)}"/>\n'
        for name, kind in columns.items()
    )
    return f'    <attributes class="{cls}" mode="static">\n{rows}    </attributes>\n'


def _nodes(view: View) -> Iterator[Element]:
    columns = [*actor_columns(view), "exact"]
    links = [(s.source, s.target) for s in view.statements]
    degree = Counter(end for link in links for end in link)
    places = positions(list(view.actors), links)
    for actor, (x, y) in zip(view.actors.values(), places, strict=True):
        red, green, blue = class_colour(actor.cls)
        row = actor_row(actor)
        row["exact"] = exact({"id": actor.id, "label": actor.name, **row})
        kept = [name for name in columns if row.get(name) is not None]
        key, label, *values = xml([actor.id, actor.name, *map(row.get, kept)])
        yield (
            actor.id,
            f'id="{key}" label="{label}"',
            f"        <attvalues>{_values(kept, values)}</attvalues>\n"
            f'        <viz:color r="{red}" g="{green}" b="{blue}"/>\n'
            f'        <viz:position x="{x}" y="{y}"/>\n'
            f'        <viz:size value="{node_size(degree[actor.id])}"/>\n',
        )


def _edges(view: View) -> Iterator[Element]:
    colours = {name: valence_colour(relation.valence) for name, relation in view.relations.items()}
    seen: Counter[tuple[str, str, str]] = Counter()
    for s, row in statement_rows(view):
        red, green, blue = colours.get(s.type) or valence_colour(0)
        row["exact"] = exact({"source": s.source, "target": s.target, **row})
        kept = [name for name, value in row.items() if value is not None]
        key, source, target, kind, label, *values = xml(
            [s.id, s.source, s.target, _kind(s, seen), row["relation_label"], *map(row.get, kept)]
        )
        yield (
            s.id,
            f'id="{key}" source="{source}" target="{target}" type="directed"'
            f' kind="{kind}" label="{label}" weight="{s.confidence}"',
            f"        <attvalues>{_values(kept, values)}</attvalues>\n"
            f'        <viz:color r="{red}" g="{green}" b="{blue}" a="{opacity(s)}"/>\n',
        )


def _kind(statement: Statement, seen: Counter[tuple[str, str, str]]) -> str:
    """Return a kind that no other edge between the two has: Gephi folds edges of one kind, and keeps one."""
    claim = statement.source, statement.target, statement.type
    seen[claim] += 1
    return statement.type if seen[claim] == 1 else f"{statement.type} {seen[claim]}"


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
