"""The SPARQL 1.1 protocol, asked over HTTP."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from lxml import etree

from tests.serve.servers import Served

COUNT = "SELECT (COUNT(?s) AS ?n) WHERE { ?s a polkg:Statement }"
STATEMENTS = len((Path(__file__).parents[2] / "exports" / "statements.jsonl").read_text("utf8").splitlines())
SOME = "CONSTRUCT { ?s a polkg:Statement } WHERE { ?s a polkg:Statement }"


def count_in(text: str, kind: str) -> int:
    if kind == "json":
        return int(json.loads(text)["results"]["bindings"][0]["n"]["value"])
    if kind == "xml":
        namespace = {"r": "http://www.w3.org/2005/sparql-results#"}
        found = etree.fromstring(text.encode()).xpath("string(//r:literal)", namespaces=namespace)
        return int(str(found))
    if kind == "csv":
        return int(list(csv.reader(io.StringIO(text)))[1][0])
    return int(text.splitlines()[1])


@pytest.mark.parametrize(
    ("accept", "sent", "kind"),
    [
        ("", "application/sparql-results+json", "json"),
        ("*/*", "application/sparql-results+json", "json"),
        ("application/*", "application/sparql-results+json", "json"),
        ("application/json", "application/json", "json"),
        ("application/sparql-results+xml", "application/sparql-results+xml", "xml"),
        ("text/xml", "text/xml; charset=utf-8", "xml"),
        ("text/csv", "text/csv; charset=utf-8", "csv"),
        ("TEXT/CSV;charset=utf-8", "text/csv; charset=utf-8", "csv"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", "tsv"),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.9", "application/sparql-results+xml", "xml"),
        ("text/turtle, text/csv;q=0.5, */*;q=0.1", "text/csv; charset=utf-8", "csv"),
        ("application/sparql-results+json;q=0, */*", "application/json", "json"),
    ],
)
def test_a_table_comes_in_the_media_type_that_is_accepted(
    served: Served, accept: str, sent: str, kind: str
) -> None:
    answer = served.client.get("sparql", params={"query": COUNT}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, sent)
    assert count_in(answer.text, kind) == STATEMENTS
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("accept", "syntax"),
    [
        ("*/*", ox.RdfFormat.TURTLE),
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/trig", ox.RdfFormat.TRIG),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("text/n3", ox.RdfFormat.N3),
    ],
)
def test_triples_come_in_the_media_type_that_is_accepted(
    served: Served, accept: str, syntax: ox.RdfFormat
) -> None:
    answer = served.ask(SOME, accept)
    assert answer.headers["content-type"].startswith(syntax.media_type)
    assert len(set(ox.parse(answer.content, format=syntax))) == STATEMENTS


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv", "application/xml"])
def test_ask_is_answered(served: Served, accept: str) -> None:
    answer = served.ask("ASK { ?s a polkg:Statement }", accept)
    assert answer.status_code == 200
    assert "true" in answer.text


def test_three_ways_to_ask_give_the_same(served: Served) -> None:
    direct = {"Content-Type": "application/sparql-query; charset=UTF-8"}
    answers = [
        served.client.get("sparql", params={"query": COUNT}),
        served.client.post("sparql", data={"query": COUNT}),
        served.client.post("sparql", content=COUNT, headers=direct),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({answer.text for answer in answers}) == 1
    assert served.client.head("sparql", params={"query": COUNT}).status_code == 200


@pytest.mark.parametrize("method", ["get", "form", "direct"])
def test_a_request_may_name_the_dataset(served: Served, method: str) -> None:
    graphs = served.ask("SELECT DISTINCT ?g { GRAPH ?g {} } ORDER BY ?g", "text/csv").text.split()[1:]
    one, other = graphs[:2]
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    inside = served.ask(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{one}> {{ ?s ?p ?o }} }}", "text/csv").text

    def ask(sparql: str, *pairs: tuple[str, str]) -> str:
        if method == "get":
            found = served.client.get(
                f"sparql?{urlencode([('query', sparql), *pairs])}", headers={"Accept": "text/csv"}
            )
        elif method == "form":
            body = urlencode([("query", sparql), *pairs])
            kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/csv"}
            found = served.client.post("sparql", content=body, headers=kind)
        else:
            kind = {"Content-Type": "application/sparql-query", "Accept": "text/csv"}
            found = served.client.post(f"sparql?{urlencode(pairs)}", content=sparql, headers=kind)
        assert found.status_code == 200, found.text
        return found.text

    assert ask(query, ("default-graph-uri", one)) == inside
    # The request wins over the query's own FROM.
    clause = query.replace("{", f"FROM <{other}> {{", 1)
    assert ask(clause, ("default-graph-uri", one)) == inside
    assert ask("SELECT ?g { GRAPH ?g {} }", ("named-graph-uri", other)).split() == ["g", other]
    assert ask(query, ("named-graph-uri", other)).split() == ["n", "0"]
    assert ask("SELECT ?g { GRAPH ?g {} }", ("default-graph-uri", one)).split() == ["g"]


@pytest.mark.parametrize(
    ("method", "url", "headers", "content", "status"),
    [
        ("GET", "sparql?query=SELECT", {}, b"", 400),
        ("GET", "sparql?query=", {}, b"", 400),
        ("GET", "sparql?query=ASK%7B%7D&query=ASK%7B%7D", {}, b"", 400),
        ("GET", "sparql?query=%ff", {}, b"", 400),
        ("GET", "sparql?update=CLEAR%20ALL", {}, b"", 400),
        ("GET", "sparql?query=ASK%7B%7D&default-graph-uri=no%20iri", {}, b"", 400),
        ("GET", f"sparql?query={quote('SELECT * { ?s ?p ?o }')}", {"Accept": "text/turtle"}, b"", 406),
        ("GET", f"sparql?query={quote(SOME)}", {"Accept": "text/csv"}, b"", 406),
        ("GET", f"sparql?query={'x' * 20_000}", {}, b"", 414),
        ("POST", "sparql", {"Content-Type": "application/sparql-query"}, b"\xff\xfe", 400),
        ("POST", "sparql", {"Content-Type": "application/sparql-query"}, b"ASK{}" + b" " * (1 << 20), 413),
        ("POST", "sparql", {"Content-Type": "text/plain"}, b"ASK{}", 415),
        ("POST", "sparql", {}, b"ASK{}", 415),
        ("POST", "sparql", {"Content-Type": "application/sparql-query; charset=utf-16"}, b"ASK{}", 415),
        (
            "POST",
            "sparql",
            {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"},
            b"x",
            415,
        ),
        (
            "POST",
            "sparql",
            {"Content-Type": "application/x-www-form-urlencoded"},
            b"query=ASK{}&update=x",
            400,
        ),
        ("POST", "sparql", {"Content-Type": "application/x-www-form-urlencoded"}, b"q=ASK{}", 400),
        ("POST", "sparql", {"Content-Type": "application/x-www-form-urlencoded"}, b"a&" * 200, 400),
        ("POST", "sparql", {"Content-Type": "application/x-www-form-urlencoded"}, b"update=CLEAR+ALL", 403),
        ("POST", "sparql", {"Content-Type": "application/sparql-update"}, b"CLEAR ALL", 403),
        ("PUT", "sparql", {}, b"", 405),
        ("DELETE", "sparql?query=ASK%7B%7D", {}, b"", 405),
        ("GET", "nothing", {}, b"", 404),
    ],
)
@pytest.mark.parametrize("as_json", [False, True])
def test_errors_have_their_status_and_say_why(  # noqa: PLR0913 - the columns of the table
    served: Served, method: str, url: str, headers: dict[str, str], content: bytes, status: int, as_json: bool
) -> None:
    accept = f"{headers.get('Accept', 'text/plain')}{', application/problem+json' if as_json else ''}"
    answer = served.client.request(method, url, headers={**headers, "Accept": accept}, content=content)
    assert answer.status_code == status
    if as_json:
        assert answer.headers["content-type"] == "application/json"
        assert answer.json()["status"] == status
        assert answer.json()["error"]
    elif method != "HEAD":
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.text.strip()
    if status == 405:
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}
    if status == 415 and b"ASK" in content and "charset" not in str(headers):
        assert "application/sparql-query" in answer.headers["accept-post"]


def test_a_fault_in_a_query_is_located(served: Served) -> None:
    answer = served.ask("SELECT ?s\nWHERE { ?s foo:bar 1 }")
    assert answer.status_code == 400
    assert answer.json()["line"] == 2
    assert answer.json()["column"] > 1
    assert "foo:bar" in answer.json()["error"]


def test_the_endpoint_describes_itself(served: Served) -> None:
    answer = served.client.get("sparql")
    triples = list(ox.parse(answer.content, format=ox.RdfFormat.TURTLE, base_iri=str(answer.url)))
    predicate = "http://www.w3.org/ns/sparql-service-description#endpoint"
    assert [t.object.value for t in triples if t.predicate.value == predicate] == [f"{served.address}sparql"]
    browser = served.client.get("sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (browser.status_code, browser.headers["location"]) == (303, "query")
