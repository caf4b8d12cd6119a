"""Subcommands that make a graph or turn it into files: build, show, export."""

from __future__ import annotations

import time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg.command import terminal
from kg.errors import GraphError, UnknownNameError

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

Graph = Annotated[Path, typer.Argument(help="Folder that `kg build` has written, or a store.")]
Inputs = Annotated[list[str], typer.Argument(help="Files, folders or globs; - is standard input.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Folder to write to; made if it is not there.")]
To = Annotated[list[str] | None, typer.Option("--to", help="Write only this format; may be repeated.")]
Format = Annotated[str | None, typer.Option("--format", help="Format of the input, else by file name.")]
Lang = Annotated[str | None, typer.Option("--lang", help="Language of documents that do not name theirs.")]
OnError = Annotated[Literal["stop", "skip"], typer.Option(help="What to do with input that cannot be read.")]
Unsupported = Annotated[Literal["error", "skip"], typer.Option(help="What to do with other languages.")]
MinConfidence = Annotated[
    float | None,
    typer.Option(
        min=0.0,
        max=1.0,
        show_default="the learned threshold",
        help="Leave out statements that are less sure than this.",
    ),
]
Judged = Annotated[
    Path | None,
    typer.Option(
        "--judgements",
        show_default="judgements.yaml in the folder, if it is there",
        help="What people decided; kg review asks for it.",
    ),
]
Processes = Annotated[int, typer.Option(min=1, help="Work in so many processes; the result is the same.")]
Threads = Annotated[
    int, typer.Option(min=1, help="Threads of the encoder in each process; the result is the same.")
]
Store = Annotated[
    Path | None, typer.Option("--store", help="Add the articles to this store, and write all that it holds.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")]


def build(  # noqa: PLR0913 - typer makes an option of every parameter
    inputs: Inputs,
    output: Output,
    to: To = None,
    format: Format = None,
    lang: Lang = None,
    on_error: OnError = "stop",
    unsupported: Unsupported = "error",
    min_confidence: MinConfidence = None,
    judgements: Judged = None,
    processes: Processes = 1,
    threads: Threads = 1,
    store: Store = None,
    quiet: Quiet = False,
) -> None:
    """Read articles and write their graph of actors and statements.

    The folder is written at the end, in one go: if anything fails, it stays as it was.

    \b
    kg build article.txt -o graph/
    kg build news/*.html corpus.jsonl -o graph/ --unsupported skip
    kg build corpus.jsonl -o graph/ --to rdf --to gexf --processes 4
    kg build article.txt -o graph/ --threads 4
    kg build news.jsonl -o graph/ --judgements judgements.yaml
    kg build news.jsonl -o graph/ --store news.store
    cat article.txt | kg build - -o graph/
    """
    from kg.command.store import grown
    from kg.extracting import Options
    from kg.pipeline import build as build_graph
    from kg.read import estimate
    from kg.store import read_graph

    started = time.perf_counter()
    formats = _formats(to)
    _refuse_store(output)
    options: Options = {
        "format": format,
        "lang": lang,
        "on_error": on_error,
        "unsupported": unsupported,
        "min_confidence": min_confidence,
        "judgements": judgements if store else _judgements(judgements, output),
        "processes": processes,
        "threads": threads,
    }
    if store:
        grown(store, inputs, options, quiet=quiet)
        graph = read_graph(store)
        _write(graph, output, formats=formats)
        return _sum_up(graph, output, started=started, quiet=quiet)
    total = None if quiet else estimate(inputs, format=format)
    with terminal.progress(quiet=quiet, total=total) as advance:
        graph = build_graph(
            inputs,
            progress=lambda extraction: advance(len(extraction.statements)),
            **options,
        )
        _write(graph, output, formats=formats)
    return _sum_up(graph, output, started=started, quiet=quiet)


def _sum_up(graph: KnowledgeGraph, output: Path, *, started: float, quiet: bool) -> None:
    if not quiet:
        seconds = time.perf_counter() - started
        found = {"document": graph.sources(), "actor": graph.actors(), "statement": graph.statements()}
        counts = ", ".join(terminal.counted(len(things), noun) for noun, things in found.items())
        terminal.complain(f"{counts} in {seconds:.1f} s -> {output}")


def show(
    inputs: Inputs,
    format: Format = None,
    lang: Lang = None,
    min_confidence: MinConfidence = None,
) -> None:
    """Show articles with their statements: the quotes marked in the text, and who does what to whom.

    \b
    kg show article.txt
    kg show corpus.jsonl --min-confidence 0.8 | less -R
    """
    from dataclasses import replace

    from kg.annotating import annotate
    from kg.extracting import extraction
    from kg.read import read
    from kg.show import render

    documents = (d if d.lang else replace(d, lang=lang) for d in read(inputs, format=format))
    for doc in annotate(documents):
        found = extraction(doc, min_confidence=min_confidence)
        terminal.show(render(doc._.document, found))


def export(folder: Graph, output: Output, to: To = None, judgements: Judged = None) -> None:
    """Write a graph that `kg build` has made, or a store, in other formats.

    Judgements that were given since then are honoured: into the same folder too, without a new build.

    \b
    kg export graph/ -o gephi/ --to gexf
    kg export graph/ -o elsewhere/
    kg export graph/ -o graph/
    kg export news.store -o graph/
    """
    from kg.judgements.file import read_judgements
    from kg.judgements.honouring import honour
    from kg.store import read_graph

    formats = _formats(to)
    _refuse_store(output)
    graph = read_graph(folder, raw=True)
    if file := _judgements(judgements, folder):
        graph, _ = honour(graph, read_judgements(file))
    _write(graph, output, formats=formats)


def _judgements(given: Path | None, folder: Path) -> Path | None:
    """Return the file of judgements: the one given, else the one in the folder, if it is there."""
    from kg.judgements.file import NAME

    return given or (folder / NAME if (folder / NAME).is_file() else None)


def _formats(to: list[str] | None) -> list[str] | None:
    """Return the formats to write, None for all; found wrong before the work and not after it."""
    from kg.export import exporters

    if not to:
        return None
    for name in to:
        if name not in exporters():
            raise UnknownNameError("format", name, exporters())
    # Without the JSON lines no other command could read the folder again.
    return ["jsonl", *to]


def _refuse_store(output: Path) -> None:
    """Raise `GraphError` if the output lies in a store, where every command would go on reading the store."""
    from kg.store import is_store

    if is_store(output):
        raise GraphError(f"{output} is a store: `--store {output}` adds to it, -o wants another folder")


def _write(graph: KnowledgeGraph, output: Path, *, formats: list[str] | None) -> None:
    """Write the graph; where another one was, take away the files of formats that are not written now.

    Otherwise the folder would hold two graphs, and `kg query` might answer from the older one.
    """
    from kg.export import export, exporters

    before = _fingerprint(output)
    export(graph, output, formats=formats)
    if formats and before and before != _fingerprint(output):
        for exporter in exporters().values():
            for file in exporter.files if exporter.name not in formats else ():
                (output / file).unlink(missing_ok=True)


def _fingerprint(folder: Path) -> list[str]:
    """Return a hash of each JSON lines file; none in a folder that holds no graph."""
    from kg.folder import FILES

    paths = [folder / name for name in FILES]
    return [sha256(path.read_bytes()).hexdigest() for path in paths if path.is_file()]
