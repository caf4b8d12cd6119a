"""Answers to SPARQL in the W3C's media types, as the SPARQL 1.1 protocol wants them."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError
from kg.export.rdf_terms import PREFIXES
from kg.store.place import is_store
from kg.store.querying import Store, rdf_source
from kg.store.updating import load_annotations

if TYPE_CHECKING:
    import pyoxigraph as ox

# In order of preference, for clients that take anything.
TABLES: Final = MappingProxyType(
    {
        "application/sparql-results+json": "JSON",
        "application/json": "JSON",
        "application/sparql-results+xml": "XML",
        "application/xml": "XML",
        "text/xml": "XML",
        "text/csv": "CSV",
        "text/tab-separated-values": "TSV",
    }
)
TRIPLES: Final = MappingProxyType(
    {
        "text/turtle": "TURTLE",
        "application/n-triples": "N_TRIPLES",
        "application/rdf+xml": "RDF_XML",
        "application/n-quads": "N_QUADS",
        "application/trig": "TRIG",
        "application/ld+json": "JSON_LD",
        "text/n3": "N3",
    }
)


class MediaTypeError(QueryError):
    """None of the media types that the client accepts can hold the answer."""


class SizeError(QueryError):
    """An answer that is larger than what was agreed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A query as the protocol has it: its dataset, what the client accepts, how large an answer may be."""

    sparql: str
    accept: str = "*/*"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    limit: int = 1 << 25


def open_store(path: Path) -> Store:
    """Return the graph at `path` in memory: a store on disk, an export folder or an RDF file."""
    store = Store(rdf_source(path), in_memory=True)
    if is_store(path):
        load_annotations(store, path)
    return store


def answer(store: Store, asked: Asked) -> tuple[str, bytes]:
    """Return the media type and the body of the answer.

    Raises `QueryError` for what is no query, `MediaTypeError` and `SizeError`.
    """
    import pyoxigraph as ox

    output = _Limited(asked.limit)
    try:
        found = store.evaluate(asked.sparql, **_dataset(asked))
        if isinstance(found, ox.QueryTriples):
            media_type = preferred(asked.accept, TRIPLES)
            syntax = getattr(ox.RdfFormat, TRIPLES[media_type])
            ox.serialize(found, output, syntax, prefixes=dict(PREFIXES))
        else:
            media_type = preferred(asked.accept, TABLES)
            found.serialize(output, getattr(ox.QueryResultsFormat, TABLES[media_type]))
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"the query failed: {error}") from error
    return media_type, output.getvalue()


def preferred(accept: str, offered: Mapping[str, str]) -> str:
    """Return the offered media type that an Accept header likes best, the first of those it likes equally."""
    ranges = [part.strip().lower() for part in accept.split(",") if part.strip()] or ["*/*"]
    best = max(offered, key=lambda media_type: _quality(media_type, ranges))
    if not _quality(best, ranges):
        raise MediaTypeError(f"the answer can be {', '.join(offered)}; the request accepts {accept!r}")
    return best


def _quality(media_type: str, ranges: Sequence[str]) -> float:
    """Return the quality that the most specific range gives to a media type."""
    kind = media_type.partition("/")[0]
    found: dict[int, float] = {}
    for text in ranges:
        name, *parameters = (part.strip() for part in text.split(";"))
        if name in (media_type, f"{kind}/*", "*/*"):
            rank = 2 if name == media_type else 1 if name != "*/*" else 0
            quality = next((_number(p[2:]) for p in parameters if p.startswith("q=")), 1.0)
            found[rank] = max(quality, found.get(rank, 0.0))
    return found[max(found)] if found else 0.0


def _number(text: str) -> float:
    return float(text) if re.fullmatch(r"[01](?:\.[0-9]{0,3})?", text) else 0.0


def _dataset(asked: Asked) -> dict[str, list[ox.NamedNode]]:
    """Return the dataset that a request names in place of the query's own; nothing where it names none."""
    import pyoxigraph as ox

    if not asked.default_graphs and not asked.named_graphs:
        return {}
    try:
        return {
            "default_graph": [ox.NamedNode(iri) for iri in asked.default_graphs],
            "named_graphs": [ox.NamedNode(iri) for iri in asked.named_graphs],
        }
    except ValueError as error:
        raise QueryError(f"a graph of the dataset is not named by an absolute IRI: {error}") from error


class _Limited(io.BytesIO):
    """A buffer that refuses to grow beyond a limit, so that a huge answer stops while it is made."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: object) -> int:
        written = super().write(data)  # type: ignore[arg-type]
        if self.tell() > self._limit:
            raise SizeError(f"the answer is larger than {self._limit:,} bytes; ask for less with LIMIT")
        return written
