"""Parquet: one row is one document."""

from __future__ import annotations

from collections.abc import Iterator

from kg.errors import InputError
from kg.model import Document
from kg.read.record import FIELDS, document
from kg.read.source import Source, opened

_BATCH = 64  # rows held at a time


def read_parquet(source: Source) -> Iterator[Document | InputError]:
    """Yield one document a row, a batch of rows at a time; faults name the row."""
    import pyarrow as pa  # type: ignore[import-untyped]  # ships no types
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # ships no types

    with opened(source) as stream:
        try:
            file = pq.ParquetFile(stream if stream.seekable() else pa.BufferReader(stream.read()))
            names = {name.lower(): name for name in file.schema_arrow.names}
            if "id" not in names or "text" not in names:
                found = ", ".join(file.schema_arrow.names)
                raise InputError(f"no columns id and text; columns found: {found}", path=source.place)
            chosen = [names[field] for field in FIELDS if field in names]
            number = 0
            for batch in file.iter_batches(batch_size=_BATCH, columns=chosen):
                for row in batch.to_pylist():
                    number += 1
                    record = {key.lower(): value for key, value in row.items()}
                    found_or_fault = document(record, path=source.place)
                    if isinstance(found_or_fault, InputError):
                        message = str(found_or_fault).removeprefix(f"{source.place}: ")
                        found_or_fault = InputError(f"row {number}: {message}", path=source.place)
                    yield found_or_fault
        except pa.ArrowException as error:
            raise InputError(f"not a readable Parquet file: {error}", path=source.place) from error


def rows(source: Source) -> int | None:
    """Return the number of rows from the file's footer, None if it has none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if source.path is None:
        return None
    try:
        return int(pq.read_metadata(source.path).num_rows)
    except (pa.ArrowException, OSError):
        return None
