"""`kg serve` as a command: addresses, ports, stopping, and mistakes of its user."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from kg.export import export
from kg.graph import KnowledgeGraph
from tests.serve.servers import ROOT, serving


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "serve", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=ROOT)


def test_a_port_in_use_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("exports", "--port", str(port))
    assert done.returncode == 2
    assert done.stderr == f"error: 127.0.0.1:{port} is in use; --port 0 takes a free port\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nowhere",), "nowhere"),
        (("README.md", "--port", "0"), "README.md"),
        (
            ("exports", "--port", "0", "--host", "no.such.host.invalid"),
            "cannot listen on no.such.host.invalid",
        ),
        (("exports", "--port", "0", "--host", "192.0.2.1"), "cannot listen on 192.0.2.1"),
        (("exports", "--port", "70000"), "--port"),
        (("exports", "--port", "0", "--cors", "example.org/page"), "example.org/page"),
    ],
)
def test_mistakes_end_in_one_line(arguments: tuple[str, ...], words: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_in_order(number: signal.Signals) -> None:
    with serving(ROOT / "exports") as served:
        assert served.client.get("questions").status_code == 200
        served.process.send_signal(number)
        assert served.process.wait(timeout=20) == 0


def test_it_says_nothing_of_requests_unless_asked() -> None:
    for options, logged in (((), False), (("--log",), True)):
        with serving(ROOT / "exports", *options) as served:
            served.client.get("sparql?query=ASK%7B%7D")
            served.process.send_signal(signal.SIGINT)
            served.process.wait(timeout=20)
            assert ("GET /sparql" in served.log.read_text("utf8")) is logged


def test_a_folder_without_rdf_and_a_file_are_served_too(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    export(small_graph, tmp_path / "lines", formats=["jsonl"])
    export(small_graph, tmp_path / "rdf", formats=["rdf"])
    for graph, explorer in ((tmp_path / "lines", True), (tmp_path / "rdf" / "graph.ttl", False)):
        with serving(graph) as served:
            names = served.ask("SELECT ?n { ?s a polkg:Person ; rdfs:label ?n }", "text/csv").text
            assert "Ratna Wibowo" in names
            page = served.client.get("")
            assert page.status_code == (200 if explorer else 303)
            assert served.client.get("explorer.json").status_code == (200 if explorer else 404)


def test_web_pages_may_read_it_only_where_asked() -> None:
    origin = "https://notebooks.example"
    question = "sparql?query=ASK%7B%7D"
    with serving(ROOT / "exports", "--cors", origin) as served:
        answer = served.client.get(question, headers={"Origin": origin})
        assert answer.headers["access-control-allow-origin"] == origin
        preflight = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        assert served.client.options("sparql", headers=preflight).status_code == 200
        refused = served.client.get(question, headers={"Origin": "https://other.example"})
        assert refused.status_code == 403
        assert "access-control-allow-origin" not in refused.headers


def test_names_of_the_server_can_be_added() -> None:
    with serving(ROOT / "exports", "--allow-host", "graph.example") as served:
        for host, status in (("graph.example", 200), ("graph.example:80", 200), ("evil.example", 421)):
            assert served.client.get("questions", headers={"Host": host}).status_code == status


def test_it_listens_on_ipv6() -> None:
    with serving(ROOT / "exports", "--host", "::1") as served:
        assert re.fullmatch(r"http://\[::1\]:\d+/", served.address)
        assert httpx.get(f"{served.address}questions").status_code == 200
