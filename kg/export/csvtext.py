"""Rows as CSV: RFC 4180, but with line feeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.export.escape import spelled
from kg.export.flat import Value


def csv_lines(rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """Yield a line a row. None is an empty field and an empty text is `""`, which `csv.writer` cannot do."""
    for row in rows:
        yield ",".join(map(_field, row)) + "\n"


def _field(value: Value) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return spelled(value)
    if (
        '"' in value
        or "," in value
        or "\n" in value
        or "\r" in value
        or not value
        or value != value.strip(" ")
    ):
        return '"' + value.replace('"', '""') + '"'
    return value
