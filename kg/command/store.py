"""Subcommands of stores that grow: add, remove, list, stats."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.command import terminal
from kg.command.build import (
    Format,
    Judged,
    Lang,
    MinConfidence,
    OnError,
    Processes,
    Quiet,
    Threads,
    Unsupported,
)

if TYPE_CHECKING:
    from kg.extracting import Options
    from kg.graph import Extraction, KnowledgeGraph
    from kg.store.growing import Change

Inputs = Annotated[list[str] | None, typer.Argument(help="Files, folders or globs; - is standard input.")]
Ids = Annotated[list[str], typer.Argument(help="Ids of documents, as `kg list` shows them.", metavar="ID...")]
Store = Annotated[Path, typer.Option("--store", help="Folder of the store; made if it is not there.")]
There = Annotated[Path, typer.Option("--store", help="Folder of the store.")]
Graphs = Annotated[
    list[Path] | None,
    typer.Option("--graph", help="Add the documents of a graph that `kg build` wrote; may be repeated."),
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Print each document when it is done.")]
Graph = Annotated[Path, typer.Argument(help="A store, or a folder that `kg build` has written.")]
As = Annotated[terminal.Style, typer.Option("--as", help="How to print the result.")]
CHANGES = ("new", "changed", "unchanged")
NAMED = 10  # documents that took the place of others


def add(  # noqa: PLR0913 - typer makes an option of every parameter
    store: Store,
    inputs: Inputs = None,
    graph: Graphs = None,
    format: Format = None,
    lang: Lang = None,
    on_error: OnError = "stop",
    unsupported: Unsupported = "error",
    min_confidence: MinConfidence = None,
    judgements: Judged = None,
    processes: Processes = 1,
    threads: Threads = 1,
    verbose: Verbose = False,
    quiet: Quiet = False,
) -> None:
    """Add articles to a store; those that it has already are not read again.

    An article is in the store as a whole or not at all. If the command is stopped, run it again: it goes on.
    Without articles it honours what was written into the judgements of the store.

    \b
    kg add news.jsonl --store news.store
    kg add monday/ tuesday/ --store news.store --processes 4
    kg add --graph graph/ --store news.store
    """
    from kg.errors import GraphError
    from kg.store import is_store, read_graph

    if not inputs and not graph and not is_store(store):
        raise GraphError(f"no store at {store}, and no articles to make one of")
    options: Options = {
        "format": format,
        "lang": lang,
        "on_error": on_error,
        "unsupported": unsupported,
        "min_confidence": min_confidence,
        "judgements": judgements,
        "processes": processes,
        "threads": threads,
    }
    graphs = [read_graph(path, raw=True) for path in graph or ()]
    grown(store, inputs or [], options, graphs=graphs, verbose=verbose, quiet=quiet)


def remove(ids: Ids, store: There, quiet: Quiet = False) -> None:
    """Take documents out of a store, with all that they alone brought.

    \b
    kg remove report-7 --store news.store
    """
    from kg.errors import GraphError
    from kg.judgements.settling import adopted, settle
    from kg.store import GrowingStore, is_store

    if not is_store(store):
        raise GraphError(f"no store at {store}")
    wanted = dict.fromkeys(ids)
    judgements = adopted(store, None)
    with GrowingStore(store) as growing:
        if missing := [id_ for id_ in wanted if id_ not in growing]:
            raise GraphError(f"no document {missing[0]!r} in {store}")
        for id_ in wanted:
            growing.remove(id_)
        settle(growing, judgements)
    if not quiet:
        terminal.complain(f"{terminal.counted(len(wanted), 'document')} removed <- {store}")


def documents(graph: Graph, style: As = "table") -> None:
    """List the documents of a store or a graph.

    \b
    kg list news.store
    kg list graph/ --as csv
    """
    from kg.store import read_graph

    found = read_graph(graph)
    rows = [
        (e.source.id, e.source.lang, e.source.published, len(e.statements), len(e.mentions), e.source.title)
        for e in found.extractions()
    ]
    columns = ("document", "language", "published", "statements", "mentions", "title")
    terminal.rows(columns, rows, style=style)


def stats(graph: Graph, style: As = "table") -> None:
    """Count what a store or a graph holds.

    \b
    kg stats news.store
    kg stats graph/ --as json
    """
    from kg.store import read_graph

    terminal.rows(("what", "which", "number"), _counts(read_graph(graph)), style=style)


def grown(  # noqa: PLR0913 - what two commands say about it differs
    store: Path,
    inputs: Sequence[str],
    options: Options,
    *,
    graphs: Sequence[KnowledgeGraph] = (),
    verbose: bool = False,
    quiet: bool = False,
) -> None:
    """Add articles and graphs to a store, and say how many were new."""
    from kg.growing import Step, grow
    from kg.read import estimate
    from kg.store import GrowingStore

    started = time.perf_counter()
    counts: Counter[str] = Counter()
    replaced: list[str] = []
    total = None if quiet or not inputs else estimate(inputs, format=options["format"])
    with GrowingStore(store) as growing, terminal.progress(quiet=quiet, total=total) as advance:

        def report(step: Step) -> None:
            counts[step.change] += 1
            advance(step.statements)
            if step.change == "changed":
                replaced.append(step.document)
            if verbose:
                terminal.say(f"{step.change}\t{step.document}")

        def added(extraction: Extraction, change: Change) -> None:
            number = len(extraction.statements)
            report(Step(document=extraction.source.id, change=change, statements=number))

        for graph in graphs:
            growing.fill(graph, progress=added)
        grow(growing, inputs, progress=report, **options)
        number = len(growing)
    if not quiet and replaced:
        more = f" and {len(replaced) - NAMED:,} more" if len(replaced) > NAMED else ""
        terminal.complain(f"in place of documents with the same ids: {', '.join(replaced[:NAMED])}{more}")
    if not quiet:
        said = ", ".join(f"{counts[change]:,} {change}" for change in CHANGES)
        seconds = time.perf_counter() - started
        held = terminal.counted(number, "document")
        terminal.complain(f"{said} in {seconds:.1f} s; {held} -> {store}")


def _counts(graph: KnowledgeGraph) -> list[tuple[str, str, int]]:
    from kg.ontology import relation_types

    kinds, statements = relation_types(), graph.statements()
    tables: dict[str, Counter[str]] = {
        "documents": Counter(source.lang for source in graph.sources()),
        "actors": Counter(actor.cls for actor in graph.actors().values()),
        "mentions": Counter(mention.form for mention in graph.mentions()),
        "statements": Counter(kinds[s.type].family if s.type in kinds else "unknown" for s in statements),
    }
    rows = []
    for what, counted in tables.items():
        rows.append((what, "all", sum(counted.values())))
        rows += [(what, which, counted[which]) for which in sorted(counted)]
    rows.append(("statements", "negated", sum(s.negated for s in statements)))
    rows.append(("statements", "attributed", sum(s.attributed_to is not None for s in statements)))
    rows.append(("statements", "inferred", sum(s.inferred for s in statements)))
    return rows
