"""SERVICE and LOAD, however they are written: none may reach the parser as a keyword."""

from __future__ import annotations

import itertools
import re

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
    "OPTIONAL { ?s ?p :a\\#b } ",
    "OPTIONAL { ?s ?p :é\\'b } ",
    "OPTIONAL { ?s ?p :\\'\\'\\'b } ",
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
    "update",
    [
        "LOAD <urn:x>",
        "load silent <urn:x>",
        "#\rLOAD<urn:x>",
        "CLEAR ALL;LOAD:x",
        "CLEAR GRAPH :a\\#b;LOAD:x",
    ],
)
def test_load_is_refused(update: str) -> None:
    with pytest.raises(QueryError, match="LOAD is refused"):
        refuse_load(update)


@pytest.mark.parametrize(
    "iri",
    [
        "urn:my:uploads",
        "urn:load",
        "mailto:service@example.org",
        "mailto:my.service+load@example.org",
        "urn:a#b",
        "urn:it's/a/service",
    ],
)
def test_an_iri_in_doubt_passes_as_the_prefixed_name_that_is_told(iri: str) -> None:
    update = "INSERT DATA { GRAPH %s { <http://x.org/loads> <http://x.org/services> 1 } }"

    def refuse(text: str) -> None:
        refuse_service(text)
        refuse_load(text)

    with pytest.raises(QueryError, match=f"if <{re.escape(iri)}> is an IRI") as told:
        refuse(update % f"<{iri}>")
    way = re.search("write (.+) for it, after (PREFIX .+)", str(told.value))
    assert way
    prefixed = f"{way[2]} {update % way[1]}"
    refuse(prefixed)
    store = ox.Store()
    store.update(prefixed)
    assert list(store.named_graphs()) == [ox.NamedNode(iri)]


@pytest.mark.parametrize("query", [f"SELECT * {{ SERVICE {PLACE} {{}} }}", "SELECT * { service:x{} }"])
def test_a_plain_call_is_refused_plainly(query: str) -> None:
    with pytest.raises(QueryError, match=r"leaves this machine$"):
        refuse_service(query)
