"""The subcommand that brings a graph into a database: load."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from kg.command import terminal
from kg.errors import InputError

Graph = Annotated[Path, typer.Argument(help="Folder or store that `kg build` has written.")]
To = Annotated[
    str,
    typer.Option(
        "--to", metavar="URL", help="bolt://HOST:PORT, neo4j+s://HOST or another Bolt URL; or ladybug:FILE."
    ),
]
User = Annotated[str | None, typer.Option(envvar="NEO4J_USERNAME", help="User of the server.")]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        show_default="the environment's NEO4J_PASSWORD", help="File whose first line is the password."
    ),
]
Database = Annotated[
    str | None,
    typer.Option(
        envvar="NEO4J_DATABASE", show_default="the user's home database", help="Database of the server."
    ),
]
Replace = Annotated[
    bool, typer.Option("--replace", help="Also take away the documents that the graph does not have.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")]


def load(  # noqa: PLR0913 - typer makes an option of every parameter
    graph: Graph,
    to: To,
    user: User = None,
    password_file: PasswordFile = None,
    database: Database = None,
    replace: Replace = False,
    quiet: Quiet = False,
) -> None:
    """Bring a graph into a graph database, new or filled before.

    What a document no longer says is taken away; other documents stay unless --replace is given. If it is
    stopped in the middle, the same command completes it.

    \b
    kg load graph/ --to ladybug:graph.lbug
    kg load graph/ --to bolt://localhost:7687 --user neo4j --password-file password.txt
    NEO4J_PASSWORD=… kg load graph/ --to neo4j+s://example.databases.neo4j.io --user neo4j --replace
    """
    from kg.load import Order
    from kg.load import load as load_graph
    from kg.store import read_graph

    started = time.perf_counter()
    found = read_graph(graph)
    with _progress(quiet=quiet, total=len(found.sources())) as advance:
        loaded = load_graph(
            found,
            Order(
                target=to,
                user=user,
                password=_password(password_file),
                database=database,
                replace=replace,
                progress=advance,
            ),
        )
    if not quiet:
        seconds = time.perf_counter() - started
        terminal.complain(
            f"{terminal.counted(len(found.sources()), 'document')}, "
            f"{terminal.counted(len(found.statements()), 'statement')} in {seconds:.1f} s -> {to}: "
            f"{loaded.created:,} new and {loaded.removed:,} removed nodes and relationships"
        )


def _password(file: Path | None) -> str | None:
    import os

    if file is None:
        return os.environ.get("NEO4J_PASSWORD")
    try:
        return file.read_text("utf8").split("\n")[0].removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"no password can be read: {error}", path=str(file)) from error


@contextmanager
def _progress(*, quiet: bool, total: int) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("documents"), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task("load", total=total)
        yield lambda documents: bar.update(task, advance=documents)
