"""Which reader reads what: one table, by suffix, and outsiders' entry points beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import entry_points

from kg.errors import InputError, UnknownNameError
from kg.model import Document
from kg.read.html import read_html
from kg.read.json_lines import read_json_lines
from kg.read.json_values import read_json
from kg.read.parquet import read_parquet, rows
from kg.read.plain import read_plain
from kg.read.source import Source, head, suffix
from kg.read.table import read_table

# A reader yields documents, and `InputError` for a part that cannot be read where it can go on after it;
# it raises `InputError` where it cannot.
Reader = Callable[[Source], Iterator[Document | InputError]]

READERS: dict[str, Reader] = {
    "csv": read_table,
    "htm": read_html,
    "html": read_html,
    "json": read_json,
    "jsonl": read_json_lines,
    "ndjson": read_json_lines,
    "parquet": read_parquet,
    "text": read_plain,
    "tsv": read_table,
    "txt": read_plain,
    "xhtml": read_html,
}
ENTRY_POINTS = "kg.readers"

_ONE = (read_plain, read_html)  # readers of exactly one document a file
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body|\?xml|article|div|p)\b", re.I | re.S)


def reader(source: Source, format: str | None) -> Reader:
    """Return the reader that `format` names, or else the suffix, or else the content."""
    if format is not None:
        name = format.lower().removeprefix(".")
        if name not in known():
            raise UnknownNameError("format", format, known())
        return _table()[name]
    name = suffix(source.path) if source.path else ""
    if not name:
        return _table()[sniff(source)]
    if name not in known():
        raise InputError(
            f"no reader for .{name} files; give the format ({', '.join(known())})", path=source.place
        )
    return _table()[name]


def known() -> tuple[str, ...]:
    """Return the names of all formats, which are the suffixes, sorted."""
    return tuple(sorted(_table()))


def count(source: Source, format: str | None) -> int | None:
    """Return the number of documents in a source if that is cheap to know."""
    try:
        chosen = reader(source, format) if source.path or format else None
    except InputError:
        return None
    if chosen in _ONE:
        return 1
    return rows(source) if chosen is read_parquet else None


def sniff(source: Source) -> str:
    """Return the format that the first bytes look like; tables of text cannot be told from text."""
    start = head(source).removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"PAR1"):
        return "parquet"
    if _HTML.match(start):
        return "html"
    if start.startswith(b"["):
        return "json"
    if start.startswith(b"{"):
        return "jsonl" if b"}" in start.split(b"\n", 1)[0] else "json"
    return "txt"


@cache
def _table() -> dict[str, Reader]:
    """Return all readers by name; an outsider cannot take the place of one of ours."""
    outside = {point.name: point.load() for point in sorted(entry_points(group=ENTRY_POINTS), key=str)}
    return {**outside, **READERS}
