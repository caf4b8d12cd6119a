"""SERVICE and LOAD, however they are written: none may reach the parser as a keyword."""

from __future__ import annotations

import itertools

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.questions import questions
from kg.store.refusal import refuse_load, refuse_service

# Oxigraph refuses this port before it opens a socket, so that a call shows without a network.
PLACE = "<http://127.0.0.1:9/>"
PREFIXES = {"": "http://127.0.0.1:9/"}
BEFORE: tuple[str, ...] = (
    "",
    "BIND (1 AS ?a) FILTER (?a<5)",
    "#\r",
    "?s ?p 'a' .",
    "FILTER (1<2)",
    "{} ",
    "?s ?p :a.",
    "#'\n",
)
BEFORE += (
    "FILTER ('>' != '<')",
    "BIND (1 AS ?a) FILTER(?a<:b#>'''\n)",
    "?s ?p <urn:a#'> .",
    '?s ?p """\'""" .',
)
WORDS = (
    "SERVICE",
    "service",
    "SERVICE SILENT",
    "SERVICESILENT",
    "SERVICE#>\n",
    "SERVICE#'\r",
    "\\u0053ERVICE",
)
NAMES = (PLACE, ":x", "?g")
AFTER = (" {}", "{ ?s ?p 'x' }", "{ ?s ?p '''x''' }", "#'\n{}")


def called(query: str) -> bool:
    """Tell whether Oxigraph would ask another server."""
    try:
        found = ox.Store().query(query, prefixes=PREFIXES)
        assert isinstance(found, ox.QuerySolutions)
        list(found)
    except SyntaxError:
        return False
    except (OSError, RuntimeError) as error:
        return "port" in str(error) or "service name is unbound" in str(error)
    return False


def test_no_call_gets_through() -> None:
    calls = 0
    for before, word, name, after in itertools.product(BEFORE, WORDS, NAMES, AFTER):
        query = f"SELECT * WHERE {{ {before}{word}{name}{after} }}"
        if called(query):
            calls += 1
            with pytest.raises(QueryError, match="SERVICE is refused"):
                refuse_service(query)
    assert calls > 100


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service a polkg:SecretService }",
        "SELECT * { ?s <https://example.org/service#x> 'the SERVICE of' } # no SERVICE",
        'SELECT * { ?s ?p """LOAD\nSERVICE""" , "a \\" SERVICE" , \'SERVICE\'@service }',
        "PREFIX s: <http://example.org/service/> SELECT * { ?s s:service ?o }",
        *(question.sparql for question in questions().values()),
    ],
)
def test_the_word_alone_is_no_call(query: str) -> None:
    refuse_service(query)


@pytest.mark.parametrize(
    "update", ["LOAD <urn:x>", "load silent <urn:x>", "#\rLOAD<urn:x>", "CLEAR ALL;LOAD:x"]
)
def test_load_is_refused(update: str) -> None:
    with pytest.raises(QueryError, match="LOAD is refused"):
        refuse_load(update)
