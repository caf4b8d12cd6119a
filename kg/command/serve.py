"""The subcommand that serves a graph over HTTP."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from kg.command import terminal
from kg.errors import KgError

Graph = Annotated[Path, typer.Argument(help="Store, folder that `kg build` has written, or RDF file.")]
Host = Annotated[str, typer.Option(help="Address to listen on; others than this machine's show it to all.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")]
Open = Annotated[bool, typer.Option("--open", help="Open a browser.")]
Log = Annotated[bool, typer.Option("--log", help="Log each request on standard error.")]
Cors = Annotated[
    list[str] | None,
    typer.Option("--cors", metavar="ORIGIN", help="Web pages that may read it, https://… or *; repeatable."),
]
AllowHost = Annotated[
    list[str] | None,
    typer.Option("--allow-host", metavar="NAME", help="Another name that it answers to; repeatable."),
]
Timeout = Annotated[float, typer.Option(min=0.1, max=3600, help="Seconds that a query may take.")]
MaxResult = Annotated[int, typer.Option(min=1, help="Megabytes that an answer may have.")]
Memory = Annotated[int, typer.Option(min=64, help="Megabytes that a query may use beside the graph.")]
Queries = Annotated[int, typer.Option(min=1, max=64, help="Queries that may run at the same time.")]
TokenFile = Annotated[
    Path | None,
    typer.Option(
        "--update-token-file",
        envvar="KG_UPDATE_TOKEN_FILE",
        metavar="FILE",
        help="Take updates in graphs of your own from whoever sends the token in this file.",
    ),
]
SHORTEST = 16


def serve(  # noqa: PLR0913 - typer makes an option of every parameter
    graph: Graph,
    host: Host = "127.0.0.1",
    port: Port = 7878,
    open_browser: Open = False,
    log: Log = False,
    cors: Cors = None,
    allow_host: AllowHost = None,
    timeout: Timeout = 10.0,
    max_result: MaxResult = 32,
    memory: Memory = 1024,
    queries: Queries = 4,
    update_token_file: TokenFile = None,
) -> None:
    """Serve a graph: explorer, query page and SPARQL endpoint; stop with Ctrl-C.

    \b
    kg serve graph/
    kg serve graph/ --port 0 --open
    kg serve graph/ --timeout 60 --cors https://notebooks.example
    """
    from kg.serve.server import serve as run
    from kg.serve.settings import Limits, Settings

    for origin in cors or ():
        if origin != "*" and not re.fullmatch(r"https?://[^/?#\s]+", origin):
            raise KgError(f"--cors wants an origin such as https://notebooks.example, or *; not {origin!r}")
    settings = Settings(
        host=host,
        port=port,
        hosts=tuple(allow_host or ()),
        origins=tuple(cors or ()),
        log=log,
        token=_token(update_token_file),
        limits=Limits(
            seconds=timeout,
            answer_bytes=max_result << 20,
            memory_bytes=memory << 20,
            queries=queries,
        ),
    )

    def started(address: str) -> None:
        terminal.complain(f"explorer {address}  query page {address}query  SPARQL {address}sparql")
        if open_browser:
            typer.launch(address)

    run(graph, settings, started=started)


def _token(file: Path | None) -> str:
    """Return the token in a file; "" for none, by which no update is taken."""
    if file is None:
        return ""
    try:
        token = file.read_text("utf8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise KgError(f"{file}: {getattr(error, 'strerror', None) or error}") from error
    if len(token) < SHORTEST or not token.isascii() or not token.isprintable() or " " in token:
        raise KgError(f"{file} must hold one token of at least {SHORTEST} characters without blanks")
    return token
