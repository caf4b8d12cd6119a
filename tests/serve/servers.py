"""`kg serve` as users start it: a process of its own, asked over a real socket."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A running server: its address and process, a client that knows the address, and its standard error."""

    address: str
    process: subprocess.Popen[str]
    client: httpx.Client
    log: Path

    @property
    def port(self) -> int:
        return int(self.address.rstrip("/").rpartition(":")[2])

    def ask(self, sparql: str, accept: str = "application/sparql-results+json") -> httpx.Response:
        return self.client.post("sparql", data={"query": sparql}, headers={"Accept": accept})

    def dump(self) -> list[str]:
        """Return all quads, sorted, the ontology's blank nodes without their names."""
        quads = self.ask("SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", "text/csv")
        assert quads.status_code == 200, quads.text
        return sorted(re.sub(r"_:\w+", "_:", line) for line in quads.text.splitlines())


def kg(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "kg", *arguments], check=True, cwd=ROOT, capture_output=True)


def children(pid: int) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(line) for line in found.stdout.split()]


def eventually(holds: Callable[[], bool]) -> bool:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


@contextmanager
def serving(graph: Path, *options: str, patched: str = "") -> Iterator[Served]:
    """Start a server for the graph, on a free port, and stop it as Ctrl-C does.

    `patched` is Python that the server's process runs before anything else, as to be less patient.
    """
    program = f"{patched}\nfrom kg.cli import main\nmain()"
    command = [sys.executable, "-c", program, "serve", str(graph), "--port", "0", *options]
    with (
        tempfile.NamedTemporaryFile("w+", encoding="utf8") as said,
        subprocess.Popen(command, stderr=said, text=True, cwd=ROOT) as process,
    ):
        try:
            log = Path(said.name)
            while not (address := re.search(r"http://\S+/", log.read_text("utf8"))):
                assert process.poll() is None, log.read_text("utf8")
                time.sleep(0.05)
            with httpx.Client(base_url=address[0], timeout=60) as client:
                yield Served(address=address[0], process=process, client=client, log=log)
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            process.wait(timeout=20)
        finally:
            process.kill()
