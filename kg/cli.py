"""The command `kg`: its subcommands are in `kg.command`, and only they and this module print."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kg.command import ask, build, evaluate, review, terminal
from kg.errors import KgError

app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # plain help starts twice as fast, and `kg --help | less` reads well
    pretty_exceptions_enable=False,
)
app.command("build")(build.build)
app.command("query")(ask.query)
app.command("questions")(ask.questions)
app.command("show")(build.show)
app.command("review")(review.review)
app.command("export")(build.export)
app.command("validate")(ask.validate)
app.command("eval")(evaluate.evaluate)
app.command("types")(ask.types)
app.command("formats")(ask.formats)


def main() -> None:
    """Run the command; what the user can mend ends in one line on standard error and exit code 2."""
    try:
        with terminal.warnings():
            app()
    except KgError as error:
        terminal.complain(f"error: {error}")
        sys.exit(2)


def _version(wanted: bool) -> None:
    if wanted:
        import kg

        terminal.say(f"polkg {kg.__version__}")
        raise typer.Exit


@app.callback()
def _about(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """News in, a knowledge graph of political actors and statements out.

    \b
    kg build examples/ -o graph/          read articles, write the graph in every format
    kg query graph/ --question partners   ask it
    kg show article.txt                   see what is found in one article
    """
