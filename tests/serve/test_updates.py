"""Updates of a store on disk: with the token, in graphs of one's own, and never in what documents brought."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from rdflib import URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLUpdateStore
from SPARQLWrapper import POST, SPARQLWrapper

from kg.export import export
from kg.graph import KnowledgeGraph
from tests.serve.servers import ROOT, Served, children, eventually, kg, serving

TOKEN = "a-token-for-tests-only"
NOTE = "INSERT DATA { GRAPH <urn:notes> { <urn:a> <urn:says> 'hello \"you\"'@en } }"
NOTES = "SELECT ?o { GRAPH <urn:notes> { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("secret") / "token"
    found.write_text(f"{TOKEN}\n", "utf8")
    return found


@pytest.fixture
def writable(store: Path, token: Path) -> Iterator[Served]:
    with serving(store, "--update-token-file", str(token)) as found:
        yield found


@pytest.fixture(scope="module")
def untouched(built: Path, token: Path) -> Iterator[Served]:
    """A server that refuses all that the tests send it."""
    with serving(built, "--update-token-file", str(token)) as found:
        yield found


def send(served: Served, update: str, token: str | None = TOKEN) -> httpx.Response:
    headers = {"Content-Type": "application/sparql-update", "Accept": "application/json"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    return served.client.post("sparql", content=update, headers=headers)


def test_an_update_is_seen_at_once_and_outlives_the_server(store: Path, token: Path) -> None:
    with serving(store, "--update-token-file", str(token)) as served:
        records = [line for line in served.dump() if not line.startswith("urn:notes")]
        assert send(served, NOTE).status_code == 204
        assert served.ask(NOTES).json()["results"]["bindings"][0]["o"]["value"] == 'hello "you"'
        tag = "INSERT { GRAPH <urn:notes> { ?s <urn:seen> true } } WHERE { ?s a polkg:Statement }"
        assert send(served, tag).status_code == 204
        served.process.kill()
        served.process.wait()
    assert "urn:seen" in (store / "annotations.nq").read_text("utf8")
    with serving(store) as served:
        assert len(served.ask(NOTES, "text/csv").text.splitlines()) > 100
        assert [line for line in served.dump() if not line.startswith("urn:notes")] == records
        assert send(served, "CLEAR GRAPH <urn:notes>").status_code == 403


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:a> <urn:b> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP DEFAULT",
        "DROP NAMED",
        "INSERT DATA { GRAPH <https://w3id.org/polkg/claims/mine> { <urn:a> <urn:b> 1 } }",
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "MOVE DEFAULT TO <urn:notes>",
        "INSERT DATA { GRAPH <urn:notes> { <urn:a> <urn:b> 1 } } ; DELETE WHERE { ?s polkg:negated ?o }",
        "DELETE { ?s polkg:negated false } INSERT { ?s polkg:negated true } WHERE { ?s polkg:negated false }",
    ],
)
def test_what_documents_brought_is_out_of_reach(untouched: Served, update: str) -> None:
    before = untouched.dump()
    answer = send(untouched, update)
    assert answer.status_code == 400
    assert "named graphs of your own" in answer.json()["error"]
    assert untouched.dump() == before


@pytest.mark.parametrize(
    ("update", "given", "status"),
    [
        (NOTE, None, 401),
        (NOTE, "x", 401),
        (NOTE, TOKEN[:-1], 401),
        (NOTE, f"{TOKEN}x", 401),
        ("CLEAR", TOKEN, 400),
        ("ASK {}", TOKEN, 400),
        ("LOAD <http://127.0.0.1:9/x> INTO GRAPH <urn:notes>", TOKEN, 400),
        ("LOAD SILENT <file:///etc/hostname> INTO GRAPH <urn:notes>", TOKEN, 400),
        ("INSERT { GRAPH <urn:n> { ?s ?p ?o } } WHERE { SERVICE <urn:x> { ?s ?p ?o } }", TOKEN, 400),
    ],
)
def test_what_is_not_allowed_is_refused(
    untouched: Served, update: str, given: str | None, status: int
) -> None:
    answer = send(untouched, update, given)
    assert answer.status_code == status
    assert answer.json()["error"]
    if status == 401:
        assert answer.headers["www-authenticate"] == "Bearer"
    assert untouched.ask("ASK { GRAPH <urn:notes> { ?s ?p ?o } }").json()["boolean"] is False


def test_clients_can_send_updates(writable: Served) -> None:
    wrapper = SPARQLWrapper(f"{writable.address}sparql")
    wrapper.setMethod(POST)
    wrapper.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
    wrapper.setQuery(NOTE)
    wrapper.query()
    rdflib_store = SPARQLUpdateStore(
        f"{writable.address}sparql",
        f"{writable.address}sparql",
        context_aware=False,
        headers={"Authorization": f"Bearer {TOKEN}"},
    )
    rdflib_store.update("INSERT DATA { GRAPH <urn:notes> { <urn:b> <urn:says> <urn:c> } }")
    found = rdflib_store.query("SELECT ?s { GRAPH <urn:notes> { ?s ?p ?o } }")
    assert {row[0] for row in found} == {URIRef("urn:a"), URIRef("urn:b")}  # type: ignore[index]


def test_only_one_server_takes_updates_and_only_of_a_store(
    writable: Served, token: Path, store: Path, tmp_path: Path
) -> None:
    assert writable.client.get("questions").status_code == 200
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--update-token-file", str(token)]
    for graph, words in (
        (str(store), "another server takes updates"),
        ("exports", "only a store takes updates"),
    ):
        done = subprocess.run([*command, graph], capture_output=True, text=True, cwd=ROOT, check=False)
        assert done.returncode == 2
        assert words in done.stderr
    short = tmp_path / "short"
    short.write_text("short", "utf8")
    done = subprocess.run(
        [*command[:-1], str(short), str(store)], capture_output=True, text=True, check=False
    )
    assert "at least 16 characters" in done.stderr


def test_documents_that_come_meanwhile_are_seen(
    writable: Served, store: Path, tmp_path: Path, small_graph: KnowledgeGraph
) -> None:
    def documents() -> set[str]:
        answer = writable.client.get("questions/documents", headers={"Accept": "application/json"})
        return {row["document"]["value"] for row in answer.json()["results"]["bindings"]}

    assert send(writable, NOTE).status_code == 204
    before = documents()
    explorer = writable.client.get("explorer.json").headers["etag"]
    export(small_graph, tmp_path / "more", formats=["jsonl"])
    kg("add", "--graph", str(tmp_path / "more"), "--store", str(store))
    while documents() == before:
        time.sleep(0.2)
    assert documents() == before | {"harbour-talks", "berita/kapal 7"}
    assert "hello" in writable.ask(NOTES, "text/csv").text
    assert writable.client.get("explorer.json").headers["etag"] != explorer


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("<urn:a> <urn:b> <urn:c> <urn:notes> .\nfoo bar .\n", ":2: not valid N-Quads: "),
        ("<urn:a> <urn:b> '\n", ":1: not valid N-Quads: "),
        ('<urn:a> <urn:b> "x" .\n', ":1: only named graphs of your own"),
        (
            "# mine\n_:a <urn:b> _:c <urn:n> .\n<urn:a> <urn:b> <urn:c> <https://w3id.org/polkg/x> .\n",
            ":3: only named graphs of your own",
        ),
        ("<urn:a> <urn:b> <urn:c> _:g .\n", ":1: only named graphs of your own"),
    ],
)
def test_damage_to_the_file_of_annotations_is_named(small_store: Path, lines: str, words: str) -> None:
    file = small_store / "annotations.nq"
    file.write_text(lines, "utf8")
    command = [sys.executable, "-m", "kg", "serve", str(small_store), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=300)
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {file}{words}")
    assert done.stderr.count("\n") == 1


def test_a_graph_that_cannot_be_loaded_again_is_said_to_be_so(small_store: Path) -> None:
    file = small_store / "annotations.nq"
    with serving(small_store) as served:
        file.write_text("foo", "utf8")
        os.kill(children(served.process.pid)[0], signal.SIGKILL)
        assert eventually(lambda: "cannot be read at the moment" in served.ask("ASK {}").text)
        assert served.ask("ASK {}").status_code == 503
        file.unlink()
        assert served.ask("ASK {}").status_code == 200
        said = served.log.read_text("utf8")
    assert "annotations.nq:1: not valid N-Quads" in said
    assert "Traceback" not in said
