"""Real programs that load the exports, started here and stopped at the end."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from json import loads
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import Neo4jError, ServiceUnavailable

HERE = Path(__file__).parent
BUILD = HERE.parents[1] / "build"
PASSWORD = "for-tests-only"


@pytest.fixture(scope="session")
def read_gexf(worker_folder: Path) -> Callable[[Path], Any]:
    """Return a function that gives what graphology reads in a GEXF file."""
    for name in ("package.json", "package-lock.json", ".npmrc", "read_gexf.mjs"):
        shutil.copy(HERE / name, worker_folder / name)
    if not (worker_folder / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--silent"], cwd=worker_folder, check=True)

    def read(path: Path) -> Any:
        command = ["node", "read_gexf.mjs", str(path)]
        return loads(subprocess.run(command, cwd=worker_folder, capture_output=True, check=True).stdout)

    return read


@pytest.fixture(scope="session")
def worker_folder(request: pytest.FixtureRequest) -> Path:
    """Return a folder below `build/` that stays from run to run, one a worker and lock file."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()[:8]
    folder = BUILD / f"consumers-{lock}-{worker}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def bolt(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    """Yield the official Neo4j driver, connected to ArcadeDB, which answers Cypher over Bolt.

    ArcadeDB is not Neo4j: what passes here is no proof for `neo4j-admin` or APOC.
    """
    root, port = tmp_path_factory.mktemp("arcadedb"), _free_port()
    with (root / "output.txt").open("wb") as log:
        server = subprocess.Popen(_command(root, port), cwd=root, stdout=log, stderr=subprocess.STDOUT)
    driver = GraphDatabase.driver(
        f"bolt://127.0.0.1:{port}", auth=("root", PASSWORD), max_transaction_retry_time=0
    )
    try:
        _wait(driver, server, log=root / "output.txt")
        yield driver
    finally:
        driver.close()
        server.kill()
        server.wait()


@pytest.fixture
def database(bolt: Driver) -> Driver:
    """Return the driver to a database without anything in it."""
    bolt.execute_query("MATCH (n) DETACH DELETE n", database_="kg")
    return bolt


def _command(root: Path, port: int) -> list[str]:
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
        "server.httpIncomingPort": str(_free_port()),
    }
    return [
        str(package / "jre" / "bin" / "java"),
        "-Xmx512m",
        *(f"-Darcadedb.{name}={value}" for name, value in flags.items()),
        "-cp",
        str(package / "jars" / "*"),
        "com.arcadedb.server.ArcadeDBServer",
    ]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait(driver: Driver, server: subprocess.Popen[bytes], *, log: Path) -> None:
    for _ in range(240):
        assert server.poll() is None, log.read_text("utf8", "replace")
        try:
            driver.execute_query("RETURN 1", database_="kg")
            return
        except (ServiceUnavailable, Neo4jError):
            time.sleep(0.5)
    raise AssertionError(log.read_text("utf8", "replace"))
