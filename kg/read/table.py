"""CSV and TSV: one row is one document; the first line names the columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from kg.errors import InputError
from kg.model import Document
from kg.read.encoding import MAX_CHARACTERS
from kg.read.record import document
from kg.read.source import Source, opened
from kg.read.streams import lines

_DELIMITERS = (
    ",;\t|"  # tried in this order: spreadsheets write the semicolon where the comma is the decimal mark
)
COLUMNS = ("id", "text")  # without which there is no document


def read_table(source: Source) -> Iterator[Document | InputError]:
    """Yield one document a row; a row with too many or too few columns is a fault of its own."""
    # The limit is the whole process's and 131,072 at first, less than a long article.
    csv.field_size_limit(max(csv.field_size_limit(), 2 * MAX_CHARACTERS))
    with opened(source) as stream:
        numbered = lines(stream, path=source.place)
        header = next(_rows(numbered), "")
        if not header.strip():
            raise InputError("empty, without a line that names the columns", path=source.place)
        delimiter, names = _columns(header, path=source.place)
        reader = csv.reader(_rows(numbered), delimiter=delimiter, strict=True)
        start = 2
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield _document(row, names, path=source.place, line=start)
                start = reader.line_num + 2
        except csv.Error as error:
            raise InputError(f"broken table: {error}", path=source.place, line=start) from error


def _columns(header: str, *, path: str) -> tuple[str, list[str]]:
    """Return the delimiter that makes sense of the header, and the names of the columns."""
    for delimiter in _DELIMITERS:
        names = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])]
        if all(column in names for column in COLUMNS):
            return delimiter, names
    raise InputError(
        f"no columns {' and '.join(COLUMNS)} in the first line: {header.strip()!r:.80}", path=path, line=1
    )


def _document(row: list[str], names: list[str], *, path: str, line: int) -> Document | InputError:
    if len(row) != len(names):
        return InputError(
            f"a row of {len(row)} columns; the first line has {len(names)}", path=path, line=line
        )
    return document({name: cell or None for name, cell in zip(names, row, strict=True)}, path=path, line=line)


def _rows(numbered: Iterator[tuple[int, str | InputError]]) -> Iterator[str]:
    """Yield lines as csv wants them; one that cannot be read ends the table, since it may be inside a row."""
    for number, line in numbered:
        if isinstance(line, InputError):
            raise line
        yield line.removeprefix("\ufeff") if number == 1 else line
