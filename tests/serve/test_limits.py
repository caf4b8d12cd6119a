"""A query that costs too much is stopped, says so, and is in nobody's way."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.serve.servers import ROOT, Served, children, eventually, serving

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?c < ?f) }"


@pytest.fixture(scope="module")
def hasty() -> Iterator[Served]:
    """A server that has little time and two turns."""
    with serving(ROOT / "exports", "--timeout", "1", "--queries", "2") as found:
        yield found


@pytest.fixture(scope="module")
def narrow() -> Iterator[Served]:
    """A server that has time, but little room."""
    with serving(ROOT / "exports", "--timeout", "100", "--max-result", "1", "--memory", "256") as found:
        yield found


@pytest.mark.parametrize(
    "query",
    [
        SLOW,
        "SELECT (GROUP_CONCAT(?c) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        'ASK { ?a ?b ?c . ?d ?e ?f FILTER (REGEX(CONCAT(STR(?c), STR(?f)), "(a|b)*never$")) }',
        "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?a ?b ?c . ?d ?e ?f . BIND (SHA512(STR(?f)) AS ?x) }",
    ],
)
def test_a_slow_query_is_stopped(hasty: Served, query: str) -> None:
    answer = hasty.ask(query)
    assert answer.status_code == 422
    assert answer.json()["error"] == "the query takes longer than 1 second"
    assert hasty.ask("ASK {}").json()["boolean"] is True


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "larger than 1,048,576 bytes"),
        ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "larger than 1,048,576 bytes"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f", "more than 256 MB of memory"),
        (f"SELECT * {'{' * 90_000}{'}' * 90_000}", "nested too deeply"),
        (f"ASK {{ FILTER ({'!' * 200_000}true) }}", "nested too deeply"),
        (f"ASK {{ FILTER ({'(' * 90_000}1{')' * 90_000}) }}", "nested too deeply"),
        (f"ASK {{ ?s {'/'.join(['<urn:p>'] * 60_000)} ?o }}", "nested too deeply"),
    ],
)
def test_what_needs_too_much_room_is_refused(narrow: Served, query: str, words: str) -> None:
    answer = narrow.ask(query, "application/sparql-results+json, application/n-triples")
    assert answer.status_code == 422
    assert words in answer.json()["error"]
    assert narrow.ask("ASK {}").json()["boolean"] is True


def test_many_slow_queries_are_turned_away_and_quick_ones_work_again(hasty: Served) -> None:
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda _: hasty.ask(SLOW), range(12)))
    statuses = sorted(answer.status_code for answer in answers)
    assert set(statuses) == {422, 503}
    assert statuses.count(422) >= 2
    assert {answer.headers["retry-after"] for answer in answers if answer.status_code == 503} == {"2"}
    assert hasty.ask("ASK {}").status_code == 200


def test_a_query_ends_when_its_client_goes(served: Served) -> None:
    holder = children(served.process.pid)[0]
    body = SLOW.encode()
    with socket.create_connection(("127.0.0.1", served.port)) as client:
        head = (
            f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nContent-Length: {len(body)}\r\n"
            "Content-Type: application/sparql-query\r\n\r\n"
        )
        client.sendall(head.encode() + body)
        assert eventually(lambda: bool(children(holder)))
    assert eventually(lambda: not children(holder))


def test_the_server_outlives_the_process_that_holds_the_graph(hasty: Served) -> None:
    before = children(hasty.process.pid)
    os.kill(before[0], signal.SIGKILL)
    assert eventually(lambda: hasty.ask("ASK {}").status_code == 200)
    assert children(hasty.process.pid) != before


def is_dead(pid: int) -> bool:
    """Tell whether a process is gone with all its threads, and only waits to be asked after."""
    state = Path(f"/proc/{pid}/stat").read_text("ascii").split()[2]
    return state == "Z" and len(list(Path(f"/proc/{pid}/task").iterdir())) == 1


def test_one_process_comes_for_one_that_died_however_many_wait(small_store: Path) -> None:
    with serving(small_store) as found:
        (before,) = children(found.process.pid)
        os.kill(before, signal.SIGKILL)
        assert eventually(lambda: is_dead(before))
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: found.ask("ASK {}"), range(4)))
        assert [answer.status_code for answer in answers] == [200] * 4
        assert len(children(found.process.pid)) == 1


def test_nothing_is_left_when_the_server_is_killed() -> None:
    with serving(ROOT / "exports") as found:
        holder = children(found.process.pid)[0]
        with ThreadPoolExecutor(1) as pool:
            asked = pool.submit(found.ask, SLOW)
            assert eventually(lambda: bool(children(holder)))
            found.process.kill()
            assert isinstance(asked.exception(), httpx.HTTPError)
        gone = [holder, *children(holder)]
        assert eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in gone))


def test_a_slow_upload_is_given_up(hasty: Served) -> None:
    with socket.create_connection(("127.0.0.1", hasty.port)) as client:
        client.settimeout(40)
        head = (
            f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{hasty.port}\r\nContent-Length: 1000\r\n"
            "Content-Type: application/sparql-query\r\n\r\nASK"
        )
        client.sendall(head.encode())
        assert client.recv(4096).startswith(b"HTTP/1.1 408 ")
