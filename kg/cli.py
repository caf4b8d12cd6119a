"""The command `kg`: its subcommands are in `kg.command`, and only they and this module print."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, Any, Final

import typer

from kg.command import terminal
from kg.errors import KgError


def main() -> None:
    """Run the command; what the user can mend ends in one line on standard error and exit code 2."""
    try:
        with terminal.warnings():
            app_for(sys.argv[1:])()
    except KgError as error:
        terminal.complain(f"error: {error}")
        sys.exit(2)


def app_for(words: Sequence[str]) -> typer.Typer:
    """Return the command that the words call for: one subcommand with its options, of the others their help.

    To import all and to look at all their options takes longer than everything else that `kg --help` does.
    """
    app = typer.Typer(
        name="kg",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,  # plain help starts twice as fast, and `kg --help | less` reads well
        pretty_exceptions_enable=False,
    )
    app.callback()(_about)
    wanted = next((word for word in words if not word.startswith("-")), None)
    for command in COMMANDS:
        found = loaded(command) if command.name == wanted else _listed
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=command.name)
        else:
            app.command(command.name, help=None if command.name == wanted else command.help)(found)
    return app


def loaded(command: Command) -> Any:
    """Return the function of a subcommand, or the `typer.Typer` of one that has subcommands itself."""
    module, _, name = command.place.partition(":")
    return getattr(import_module(module), name)


def _listed() -> None:
    """Stand for a subcommand that is not called."""


def _version(wanted: bool) -> None:
    if wanted:
        import kg

        terminal.say(f"polkg {kg.__version__}")
        raise typer.Exit


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A subcommand: its name, where its function is, and what `kg --help` says of it."""

    name: str
    place: str
    help: str


COMMANDS: Final = tuple(
    Command(name=name, place=f"kg.command.{place}", help=help)
    for name, place, help in (
        ("build", "build:build", "Read articles and write their graph."),
        ("add", "store:add", "Add articles to a store."),
        ("remove", "store:remove", "Take documents out of a store."),
        ("list", "store:documents", "List the documents of a store or a graph."),
        ("stats", "store:stats", "Count what a store or a graph holds."),
        ("query", "ask:query", "Ask a graph in SPARQL, or a ready question."),
        ("questions", "ask:questions", "List the ready questions."),
        ("show", "build:show", "Show articles with their statements."),
        ("review", "review:review", "Judge uncertain statements and actors."),
        ("analyse", "analyse:app", "Ask statistics of a whole graph."),
        ("export", "build:export", "Write a graph in other formats."),
        ("load", "load:load", "Bring a graph into a graph database."),
        ("serve", "serve:serve", "Serve explorer and SPARQL endpoint."),
        ("validate", "ask:validate", "Check a graph by the ontology's shapes."),
        ("eval", "evaluate:evaluate", "Measure precision and recall by gold."),
        ("types", "ask:types", "List the relation types."),
        ("formats", "ask:formats", "List the formats for --to."),
    )
)
