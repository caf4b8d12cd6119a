"""How long a large graph takes into databases: `python -m bench.load [TARGET …] [--statements N]`.

The documents of a graph are repeated under other ids until there are N statements, and loaded twice into each
target of `kg load`, `ladybug:` into a new file without one. A server has to run already; its user, password
and database stand in NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from itertools import count
from pathlib import Path

from bench.store import EXPORTS, copied, say
from kg.graph import KnowledgeGraph
from kg.load import Order, load
from kg.store import read_graph


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", default=["ladybug:"], metavar="TARGET")
    parser.add_argument("--graph", type=Path, default=EXPORTS, help="what is repeated (exports)")
    parser.add_argument("--statements", type=int, default=30_000, help="how many at least (30,000)")
    options = parser.parse_args()
    graph = repeated(read_graph(options.graph), statements=options.statements)
    say(
        f"{len(graph.sources()):,} documents, {len(graph.statements()):,} statements, "
        f"{len(graph.mentions()):,} mentions"
    )
    with tempfile.TemporaryDirectory() as folder:
        for target in options.targets:
            place = f"ladybug:{folder}/graph.lbug" if target == "ladybug:" else target
            order = Order(
                target=place,
                user=os.environ.get("NEO4J_USERNAME"),
                password=os.environ.get("NEO4J_PASSWORD"),
                database=os.environ.get("NEO4J_DATABASE"),
            )
            for when in ("first", "again"):
                started = time.perf_counter()
                loaded = load(graph, order)
                seconds = time.perf_counter() - started
                say(f"{target} {when}: {seconds:.1f} s, {loaded.created:,} new, {loaded.removed:,} removed")


def repeated(graph: KnowledgeGraph, *, statements: int) -> KnowledgeGraph:
    """Return a graph with so many copies of all documents that it has at least that many statements."""
    found, there = KnowledgeGraph(), 0
    for number in count():
        for extraction in graph.extractions():
            found.add(copied(extraction, number))
            there += len(extraction.statements)
        if there >= statements:
            return found
    raise AssertionError


if __name__ == "__main__":
    main()
