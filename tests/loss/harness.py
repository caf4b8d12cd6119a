"""Which fields of a statement survive a trip out and back, as marks to compare with `docs/formats.md`.

A reader gets the graph and an empty folder, writes the graph there or loads it somewhere, reads it back with
a program that knows nothing of `kg`, and returns each statement's fields by its id. A field that it does not
return counts as lost; None says that the statement has no value.

    def read(graph: KnowledgeGraph, folder: Path) -> Found: ...

    def test_my_database(tmp_path: Path) -> None:
        check("My database", read, tmp_path)

The name stands in the head of one of the page's tables already, or is added there by hand (with a dash for
each in the line below). When a mark changes, look whether it should; then
`POLKG_WRITE_LOSS=1 pytest tests/loss` writes the page.
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from kg.graph import KnowledgeGraph
from kg.model import Span, Statement
from tests.loss.hostile import ORDINARY, hostile, letters_in_order

Value: TypeAlias = str | int | float | bool | tuple[Any, ...] | None
Fields: TypeAlias = Mapping[str, Value]
Found: TypeAlias = Mapping[str, Fields]
Reader: TypeAlias = Callable[[KnowledgeGraph, Path], Found]

PAGE: Final = Path(__file__).parents[2] / "docs" / "formats.md"
KEPT, LOST = "✓", "✗"


def fields(statement: Statement) -> dict[str, Value]:
    """Return all fields flat: `time.start`, `trigger.text`, and for evidence a tuple with a value a piece."""
    found: dict[str, Value] = {}
    for field in dataclasses.fields(statement):
        value = getattr(statement, field.name)
        if isinstance(value, tuple) and all(isinstance(item, Span) for item in value):
            for part in ("start", "end", "text"):
                found[f"{field.name}.{part}"] = tuple(getattr(span, part) for span in value)
        elif dataclasses.is_dataclass(value):
            parts = (part.name for part in dataclasses.fields(value))
            found |= {f"{field.name}.{part}": getattr(value, part) for part in parts}
        else:
            found[field.name] = value
    return found


def marks(read: Reader, folder: Path) -> dict[str, str]:
    """Return the mark of each field: kept, lost, or the letters of the values that come back changed."""
    graph, letters = hostile()
    found = read(graph, folder)
    unknown = {name for row in found.values() for name in row} - set(field_names())
    assert not unknown, f"no fields of a statement: {sorted(unknown)}"
    changed: dict[str, set[str]] = {name: set() for name in field_names()}
    for statement in graph.statements():
        row = found.get(statement.id, {})
        for name, value in fields(statement).items():
            if name not in row or not _same(row[name], value):
                changed[name].add(letters[statement.id])
    return {
        name: LOST if ORDINARY in found else letters_in_order(found) or KEPT
        for name, found in changed.items()
    }


def check(column: str, read: Reader, folder: Path) -> None:
    """Fail, naming the cells, if the page's table says something else of this column."""
    found = marks(read, folder)
    if os.environ.get("POLKG_WRITE_LOSS"):
        _write(column, found)
    assert committed(column) == found, f"{column}: docs/formats.md is not what happens"


def committed(column: str) -> dict[str, str]:
    """Return the marks that the page gives."""
    lines = page_text().splitlines()
    for number, line in enumerate(lines):
        names = _cells(line)
        if names[:1] == ["field"] and column in names:
            place = names.index(column)
            body = lines[number + 2 :]
            rows = [_cells(text) for text in body[: next(i for i, text in enumerate(body) if not text)]]
            return {cells[0].strip("`"): cells[place] for cells in rows}
    raise AssertionError(f"docs/formats.md has no column {column!r}")


def page_text() -> str:
    """Return the page."""
    return PAGE.read_text("utf8")


def page_columns() -> list[str]:
    """Return the names of all columns of the tables on the page."""
    heads = (_cells(line) for line in page_text().splitlines())
    return [name for cells in heads if cells[:1] == ["field"] for name in cells[1:]]


@cache
def field_names() -> tuple[str, ...]:
    """Return the names that `fields` gives."""
    return tuple(fields(hostile()[0].statements()[0]))


def _same(one: Value, two: Value) -> bool:
    if isinstance(one, tuple) and isinstance(two, tuple):
        return len(one) == len(two) and all(map(_same, one, two))
    return type(one) is type(two) and one == two


def _write(column: str, found: Mapping[str, str]) -> None:
    lines = page_text().splitlines()
    heads = (i for i, line in enumerate(lines) if _cells(line)[:1] == ["field"] and column in _cells(line))
    number = next(heads)
    names = _cells(lines[number])
    stop = next(i for i in range(number, len(lines) + 1) if i == len(lines) or not lines[i])
    old = {cells[0]: cells for cells in map(_cells, lines[number + 2 : stop])}
    place, table = names.index(column), []
    for name, mark in found.items():
        cells = old.get(f"`{name}`", [f"`{name}`"])
        cells += [LOST] * (len(names) - len(cells))
        cells[place] = mark
        table.append("| " + " | ".join(cells) + " |")
    lines[number + 2 : stop] = table
    PAGE.write_text("\n".join(lines) + "\n", "utf8")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
