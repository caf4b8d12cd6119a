"""What the subcommands print with: results on standard output, everything else on standard error."""

from __future__ import annotations

import csv
import json
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

Style = Literal["table", "csv", "json"]
Cell = str | float | bool | None


def say(line: str) -> None:
    """Print a line as it is to standard output."""
    sys.stdout.write(line + "\n")


def complain(line: str) -> None:
    """Print a line as it is to standard error."""
    sys.stderr.write(line + "\n")


def ask(question: str, answers: Sequence[str]) -> str:
    """Return one of the answers by its first letter, asked for until given; "" at the end of the input."""
    while True:
        sys.stdout.write(question)
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            say("")
            return ""
        if line.strip()[:1].lower() in [answer[0] for answer in answers]:
            return next(answer for answer in answers if answer[0] == line.strip()[0].lower())


def show(renderable: Any) -> None:
    """Print a rich renderable; colours only where standard output is a terminal."""
    from rich.console import Console

    Console(highlight=False).print(renderable)


def rows(columns: Sequence[str], values: Sequence[Sequence[Cell]], *, style: Style) -> None:
    """Print a result as a table for people, or as CSV or JSON for programs."""
    if style == "json":
        objects = [dict(zip(columns, row, strict=True)) for row in values]
        say(json.dumps(objects, ensure_ascii=False, indent=2))
    elif style == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(values)
    else:
        show(_table(columns, values))


@contextmanager
def progress(*, quiet: bool, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Give a function that takes the statements of each document done, and show a bar on a terminal.

    `total` is the number of documents, where it is known beforehand.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task("loading the language pipelines", total=total)
        done = [0, 0]

        def advance(statements: int) -> None:
            done[0] += 1
            done[1] += statements
            words = f"{counted(done[0], 'document')}, {counted(done[1], 'statement')}"
            bar.update(task, advance=1, description=words)

        yield advance


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, "1 document" or "2,000 documents"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@contextmanager
def warnings() -> Iterator[None]:
    """Show what the rooms log meanwhile, such as a document left out, on standard error."""
    log, handler = logging.getLogger("kg"), logging.StreamHandler()
    handler.setFormatter(logging.Formatter("warning: %(message)s"))
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


def _table(columns: Sequence[str], values: Sequence[Sequence[Cell]]) -> Any:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from kg.show import visible

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in values:
        table.add_row(*(Text("" if cell is None else visible(str(cell))) for cell in row))
    return table
