"""Real servers that load what `kg` writes, started by a test and stopped at its end.

Whoever needs one imports its fixture into a conftest.
"""

from __future__ import annotations

import importlib.util
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import Neo4jError, ServiceUnavailable

PASSWORD = "for-tests-only"
DEFAULT_GRAPH = "https://w3id.org/polkg/graph"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A SPARQL server: its query URL, the URL of its graph store if it has one, its folder and its ports."""

    query: str
    store: str
    folder: Path
    port: int

    def ask(self, sparql: str, *, accept: str) -> bytes:
        """Return the answer to a query in the format asked for."""
        body = urllib.parse.urlencode({"query": sparql}).encode()
        request = urllib.request.Request(self.query, body, {"Accept": accept})
        with urllib.request.urlopen(request) as answer:
            found: bytes = answer.read()
        return found


@pytest.fixture(scope="session")
def bolt_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the URL of ArcadeDB, which answers Cypher over Bolt; its database is `kg`, its user `root`.

    ArcadeDB is not Neo4j: what passes here is no proof for `neo4j-admin` or APOC.
    """
    root, port = tmp_path_factory.mktemp("arcadedb"), free_port()
    url = f"bolt://127.0.0.1:{port}"

    def answers() -> bool:
        try:
            with GraphDatabase.driver(url, auth=("root", PASSWORD)) as driver:
                driver.execute_query("RETURN 1", database_="kg")
        except (ServiceUnavailable, Neo4jError):
            return False
        return True

    with _running(_arcadedb(root, port), folder=root, answers=answers):
        yield url


@pytest.fixture(scope="session")
def bolt(bolt_url: str) -> Iterator[Driver]:
    """Yield the official Neo4j driver, connected to ArcadeDB."""
    with GraphDatabase.driver(bolt_url, auth=("root", PASSWORD), max_transaction_retry_time=0) as driver:
        yield driver


@pytest.fixture
def database(bolt: Driver) -> Driver:
    """Return the driver to a database without anything in it."""
    bolt.execute_query("MATCH (n) DETACH DELETE n", database_="kg")
    return bolt


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """Yield an Oxigraph server."""
    root, port = tmp_path_factory.mktemp("oxigraph"), free_port()
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
    base = f"http://127.0.0.1:{port}"
    command = [program, "serve", "--location", str(root / "data"), "--bind", f"127.0.0.1:{port}"]
    with _running(command, folder=root, answers=lambda: _answers(f"{base}/")):
        yield Endpoint(query=f"{base}/query", store=f"{base}/store", folder=root, port=port)


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """Yield a Virtuoso server whose folder is among those that it loads files from; its user is `dba`."""
    root, port, http = tmp_path_factory.mktemp("virtuoso"), free_port(), free_port()
    settings: Mapping[str, Mapping[str, object]] = {
        "Database": {
            "DatabaseFile": "virtuoso.db",
            "ErrorLogFile": "virtuoso.log",
            "LockFile": "virtuoso.lck",
            "TransactionFile": "virtuoso.trx",
            "xa_persistent_file": "virtuoso.pxa",
        },
        "TempDatabase": {"DatabaseFile": "virtuoso-temp.db", "TransactionFile": "virtuoso-temp.trx"},
        "Parameters": {"ServerPort": f"127.0.0.1:{port}", "DirsAllowed": ".", "NumberOfBuffers": 10000},
        "HTTPServer": {"ServerPort": f"127.0.0.1:{http}"},
    }
    lines = (
        f"[{part}]\n" + "".join(f"{k} = {v}\n" for k, v in rows.items()) for part, rows in settings.items()
    )
    (root / "virtuoso.ini").write_text("\n".join(lines), "utf8")
    base = f"http://127.0.0.1:{http}"
    command = ["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"]
    with _running(command, folder=root, answers=lambda: _answers(f"{base}/sparql")):
        yield Endpoint(query=f"{base}/sparql", store="", folder=root, port=port)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def _running(command: list[str], *, folder: Path, answers: Callable[[], bool]) -> Iterator[None]:
    output = folder / "output.txt"
    with output.open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
    try:
        for _ in range(480):
            assert server.poll() is None, output.read_text("utf8", "replace")
            if answers():
                break
            time.sleep(0.25)
        else:
            raise AssertionError(output.read_text("utf8", "replace"))
        yield
    finally:
        server.kill()
        server.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _arcadedb(root: Path, port: int) -> list[str]:
    spec = importlib.util.find_spec("arcadedb_embedded")
    assert spec
    assert spec.origin
    package = Path(spec.origin).parent
    flags = {
        "server.rootPath": str(root),
        "server.rootPassword": PASSWORD,
        "server.defaultDatabases": "kg[root]",
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt.host": "127.0.0.1",
        "bolt.port": str(port),
        "server.httpIncomingHost": "127.0.0.1",
        "server.httpIncomingPort": str(free_port()),
    }
    return [
        str(package / "jre" / "bin" / "java"),
        "-Xmx512m",
        *(f"-Darcadedb.{name}={value}" for name, value in flags.items()),
        "-cp",
        str(package / "jars" / "*"),
        "com.arcadedb.server.ArcadeDBServer",
    ]
