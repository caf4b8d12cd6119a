"""`graph.nq` brought into SPARQL servers by the very commands of `docs/databases.md`."""

from __future__ import annotations

import io
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rdflib.query import Result, ResultRow
from rdflib.term import Node

from tests.servers import DEFAULT_GRAPH, Endpoint

PAGE: Final = Path(__file__).parents[2] / "docs" / "databases.md"


def into_oxigraph(server: Endpoint, file: Path, *, method: str = "POST") -> None:
    """Send the file as the page says."""
    command = next(line for line in _block("sh", "### Oxigraph").splitlines() if line.startswith("curl "))
    words = shlex.split(command.replace("http://127.0.0.1:7878/store", server.store))
    words[words.index("POST")] = method
    words[words.index("graph/graph.nq")] = str(file)
    subprocess.run([*words, "--silent", "--show-error"], check=True)


def into_virtuoso(server: Endpoint, file: Path) -> None:
    """Run the page's SQL, with the file in a folder that the server may read."""
    folder = server.folder / "bulk"
    folder.mkdir(exist_ok=True)
    shutil.copy(file, folder / "graph.nq")
    script = server.folder / "load.sql"
    script.write_text(_block("sql", "### Virtuoso").replace("/path/to/graph", str(folder)), "utf8")
    program = shutil.which("isql-vt") or "isql"
    done = subprocess.run(
        [program, str(server.port), "dba", "dba", str(script)], capture_output=True, text=True, check=True
    )
    assert "Error" not in done.stdout + done.stderr, done.stdout + done.stderr
    assert "0 Rows." in done.stdout, done.stdout


def triples(server: Endpoint) -> Iterator[tuple[Node, Node, Node]]:
    """Yield the graph itself, without those of the claimants, in terms of rdflib."""
    pattern = "?s ?p ?o" if server.store else f"GRAPH <{DEFAULT_GRAPH}> {{ ?s ?p ?o }}"
    answer = server.ask(f"SELECT ?s ?p ?o WHERE {{ {pattern} }}", accept="application/sparql-results+json")
    for row in Result.parse(io.BytesIO(answer), format="json"):
        assert isinstance(row, ResultRow)
        yield row[0], row[1], row[2]


def _block(language: str, title: str) -> str:
    _, _, rest = PAGE.read_text("utf8").partition(f"{title}\n")
    found = re.search(rf"^```{language}\n(.*?)^```$", rest, re.M | re.S)
    assert found
    return found[1]
