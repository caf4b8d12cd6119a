"""What a request wants of the graph, in a process of its own: queries, questions, the explorer's data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from kg.errors import KgError, QueryError, UnknownNameError
from kg.export import html
from kg.questions import TYPES, bound, questions
from kg.store import Store, read_graph
from kg.store.answering import TABLES, TRIPLES, Asked, MediaTypeError, SizeError, answer
from kg.store.updating import update

_STATUS: Final = ((MediaTypeError, 406), (SizeError, 422), (UnknownNameError, 404), (QueryError, 400))
_SAMPLES: Final = {"actor": "-", "relation": "relatedTo", "date": "2024", "integer": "1"}


def do(job: Mapping[str, Any], store: Store, source: Path) -> tuple[dict[str, Any], bytes]:
    """Return the head (`status` and `type`, or `message` and place of an error) and the body of an answer."""
    try:
        media_type, body = JOBS[job["kind"]](job, store, source)
        return {"status": 200, "type": media_type}, body
    except KgError as error:
        return _error(error), b""


def warm(store: Store) -> None:
    """Load all that jobs load when it is first needed: they run where no file can be opened any more."""
    questions()
    for kind, value in _SAMPLES.items():
        with suppress(QueryError):  # no actor has such a name, but now all names have been looked through
            TYPES[kind](value, store)
    for media_type in (*TABLES, *TRIPLES):
        form = "CONSTRUCT { ?s ?p ?o }" if media_type in TRIPLES else "SELECT *"
        answer(store, Asked(sparql=f"{form} WHERE {{ ?s ?p ?o }} LIMIT 1", accept=media_type))


def _error(error: KgError) -> dict[str, Any]:
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    head: dict[str, Any] = {"status": status, "message": str(error)}
    if place := re.match(r"line ([0-9]+), column ([0-9]+): ", str(error)):
        head |= {"line": int(place[1]), "column": int(place[2])}
    return head


def _query(job: Mapping[str, Any], store: Store, _source: Path) -> tuple[str, bytes]:
    asked = Asked(
        sparql=job["sparql"],
        accept=job["accept"],
        default_graphs=tuple(job["default_graphs"]),
        named_graphs=tuple(job["named_graphs"]),
        limit=job["limit"],
    )
    return answer(store, asked)


def _question(job: Mapping[str, Any], store: Store, _source: Path) -> tuple[str, bytes]:
    asked = Asked(sparql=_bound(job, store), accept=job["accept"], limit=job["limit"])
    return answer(store, asked)


def _text(job: Mapping[str, Any], store: Store, _source: Path) -> tuple[str, bytes]:
    return "application/sparql-query", _bound(job, store).encode()


def _bound(job: Mapping[str, Any], store: Store) -> str:
    try:
        return bound(questions()[job["name"]], store, job["params"])
    except UnknownNameError as error:  # a parameter or relation: the question itself is known
        raise QueryError(str(error)) from error


def _update(job: Mapping[str, Any], store: Store, _source: Path) -> tuple[str, bytes]:
    quads = update(store, job["sparql"])
    if len(quads) > job["limit"]:
        raise SizeError(f"graphs of your own may have {job['limit']:,} bytes together")
    return "application/n-quads", quads


def _explorer(_job: Mapping[str, Any], _store: Store, source: Path) -> tuple[str, bytes]:
    return "application/json", html.data(read_graph(source))


JOBS: Final[Mapping[str, Callable[[Mapping[str, Any], Store, Path], tuple[str, bytes]]]] = MappingProxyType(
    {"query": _query, "question": _question, "question-text": _text, "update": _update, "explorer": _explorer}
)
