"""A large graph in the store against rdflib in memory: `python -m bench.store [GRAPH] [--triples N]`.

The statements of a graph are repeated under other document ids until there are N triples. Each engine has a
process of its own, and all run in one
go. Questions are those of `kg questions`, in the same SPARQL for everybody; their answers are compared.
"""

from __future__ import annotations

import argparse
import json
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from kg.export import export
from kg.graph import Extraction, KnowledgeGraph
from kg.ids import digest, wikidata
from kg.questions import bound, questions
from kg.store import GrowingStore, Store, read_graph
from kg.store.vocabulary import ontology_quads

EXPORTS = Path(__file__).parents[1] / "exports"
ASKED: dict[str, dict[str, str]] = {
    "actors": {"minimum": "10"},
    "documents": {},
    "families": {},
    "neighbourhood": {"actor": wikidata("Q252")},
    "views": {"actor": wikidata("Q252")},
}
MEMORY = "memory, MB"
PATIENCE = 120  # seconds after which a question to rdflib is not waited for
T = TypeVar("T")
Row: TypeAlias = tuple[str, float, object]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graph", nargs="?", type=Path, default=EXPORTS, help="what is repeated (exports)")
    parser.add_argument("--triples", type=int, default=1_000_000, help="how many at least (1,000,000)")
    parser.add_argument("--engine", choices=ENGINES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.engine:
        for row in ENGINES[options.engine](options.graph):
            say(json.dumps(row))
        return
    with tempfile.TemporaryDirectory() as folder:
        graph = repeated(read_graph(options.graph), triples=options.triples)
        export(graph, Path(folder), formats=["jsonl", "rdf"])
        with (Path(folder) / "graph.nq").open("rb") as file:
            triples = sum(1 for _ in file)
        size = f"{len(graph.sources()):,} documents, {len(graph.statements()):,} statements"
        say(f"{triples:,} triples of {size}")
        found = {engine: measured(engine, Path(folder)) for engine in ENGINES}
    report(found)


def repeated(graph: KnowledgeGraph, *, triples: int) -> KnowledgeGraph:
    """Return a graph with so many copies of all documents that it has at least that many triples."""
    from kg.export.rdf import nquads_text

    one = sum(text.count("\n") for text in nquads_text(graph))
    found = KnowledgeGraph()
    copies = triples // one
    while True:
        for number in range(copies + 1):
            for extraction in graph.extractions():
                found.add(copied(extraction, number))
        # Actors and direct triples are shared, so a copy brings a little less than the whole has.
        number = sum(text.count("\n") for text in nquads_text(found))
        if number >= triples:
            return found
        copies = copies * triples // number + 1


def copied(extraction: Extraction, number: int) -> Extraction:
    """Return a document's extraction under another document id."""
    id_ = f"{extraction.source.id} {number}"
    return replace(
        extraction,
        source=replace(extraction.source, id=id_),
        mentions=tuple(replace(m, document=id_) for m in extraction.mentions),
        statements=tuple(
            replace(s, document=id_, id=digest(s.id, str(number))[:16]) for s in extraction.statements
        ),
    )


def measured(engine: str, folder: Path) -> dict[str, Any]:
    """Run an engine in a process of its own and return what it printed, by key."""
    command = [sys.executable, "-m", "bench.store", str(folder), "--engine", engine]
    found: dict[str, Any] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            key, seconds, told = json.loads(line)
            found[key] = (seconds, told)
            say(f"{engine:8} {key:16} {seconds:9.2f} {told if isinstance(told, int) else ''}")
    if process.returncode:
        sys.exit(f"{engine} failed with {process.returncode}")
    return found


def report(found: dict[str, dict[str, Any]]) -> None:
    """Print how many times as long rdflib takes, and whether the answers are the same."""
    base = found["rdflib"]
    for engine in ("memory", "disk", "filled"):
        for key in (key for key in found[engine] if key in base and key != MEMORY):
            seconds, told = found[engine][key]
            longer = base[key][0] / seconds
            known = base[key][1] is not None
            same = "" if key not in ASKED or not known else "same" if told == base[key][1] else "OTHER ANSWER"
            say(f"{engine:8} {key:16} {'' if known or key not in ASKED else '>'}{longer:.1f} times {same}")


def in_rdflib(folder: Path) -> Iterator[Row]:
    """Load `graph.nq` into rdflib in memory, the ontology beside it, and ask."""
    import rdflib

    from kg.ontology import ontology_folder

    def load() -> rdflib.Dataset:
        dataset = rdflib.Dataset()
        dataset.parse(folder / "graph.nq", format="nquads")
        return dataset

    seconds, dataset = timed(load)
    yield "load", seconds, len(dataset)
    yield MEMORY, memory(), None
    graph = dataset.default_graph
    graph.parse(ontology_folder() / "polkg.ttl")
    for name, sparql in asked().items():
        try:
            with patience(PATIENCE):
                seconds, rows = timed(partial(_listed, graph, sparql))
            yield name, seconds, answer(rows)
        except TimeoutError:
            yield name, PATIENCE, None


def _listed(graph: Any, sparql: str) -> list[Any]:
    return list(graph.query(sparql))


def in_memory(folder: Path) -> Iterator[Row]:
    """Load `graph.nq` into a store in memory and ask."""
    seconds, store = timed(lambda: Store(folder / "graph.nq"))
    yield "load", seconds, len(store)
    yield MEMORY, memory(), None
    yield from answers(store)


def on_disk(folder: Path) -> Iterator[Row]:
    """Load `graph.nq` into an Oxigraph database on disk, as a server does, and ask."""
    import pyoxigraph as ox

    def load() -> ox.Store:
        store = ox.Store(folder / "database")
        store.bulk_load(path=folder / "graph.nq", format=ox.RdfFormat.N_QUADS)
        store.flush()
        return store

    seconds, store = timed(load)
    yield "load", seconds, len(store)
    yield MEMORY, memory(), None
    store.bulk_extend(ontology_quads())


def filled(folder: Path) -> Iterator[Row]:
    """Make a store that grows of the graph, in one go and document by document; open it and ask."""
    seconds, graph = timed(lambda: read_graph(folder))
    yield "read JSON lines", seconds, len(graph.sources())
    path = folder / "store"

    def load() -> None:
        with GrowingStore(path) as store:
            store.fill(graph)

    yield "load", timed(load)[0], None
    yield MEMORY, memory(), None
    seconds, store = timed(lambda: Store(path))
    yield "open", seconds, len(store)
    yield from answers(store)

    def grow() -> None:
        with GrowingStore(folder / "grown") as growing:
            for extraction in graph.extractions():
                growing.put(extraction)

    yield "one by one", timed(grow)[0], len(graph.sources())


def answers(store: Store) -> Iterator[Row]:
    """Ask the questions and say how long each took."""
    for name, sparql in asked().items():
        seconds, found = timed(partial(store.query, sparql))
        yield name, seconds, answer(found.rows)


def asked() -> dict[str, str]:
    """Return the SPARQL of the questions; actors are given by their IRIs, so that none is looked up."""
    empty = Store(KnowledgeGraph())
    return {name: bound(questions()[name], empty, params) for name, params in ASKED.items()}


def answer(rows: Iterable[Sequence[Any]]) -> str:
    """Return a digest of the rows, in whatever order and whoever made the terms."""
    import pyoxigraph as ox

    def plain(term: Any) -> str:
        if term is None:  # and not a false one
            return ""
        ours = isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal)
        return str(term.value if ours else term)

    return digest(*sorted(repr([plain(term) for term in row]) for row in rows))


@contextmanager
def patience(seconds: int) -> Iterator[None]:
    """Give up after so many seconds."""

    def give_up(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return how many seconds some work took, and its result."""
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def memory() -> float:
    """Return the most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


ENGINES: dict[str, Callable[[Path], Iterator[Row]]] = {
    "memory": in_memory,
    "disk": on_disk,
    "filled": filled,
    "rdflib": in_rdflib,
}

if __name__ == "__main__":
    main()
