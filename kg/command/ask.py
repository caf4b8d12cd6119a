"""Subcommands that ask: a graph (query, validate) or the package itself (questions, types, formats)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.command import terminal
from kg.errors import KgError, QueryError

if TYPE_CHECKING:
    from kg.questions import Parameter

Graph = Annotated[Path, typer.Argument(help="Folder that `kg build` has written, a store, or an RDF file.")]
Sparql = Annotated[str | None, typer.Argument(help="SPARQL; - reads it from standard input.")]
Question = Annotated[str | None, typer.Option("--question", "-q", help="A question of `kg questions`.")]
Params = Annotated[
    list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter of the question.")
]
As = Annotated[terminal.Style, typer.Option("--as", help="How to print the result.")]


def query(
    graph: Graph,
    sparql: Sparql = None,
    question: Question = None,
    param: Params = None,
    style: As = "table",
) -> None:
    """Ask a graph in SPARQL, or one of the ready questions.

    \b
    kg query graph/ "SELECT ?who WHERE { ?who polkg:partnerOf ?whom }"
    kg query graph/ --question partners --param actor=Japan
    kg query graph/ --question denied --as csv
    """
    if (sparql is None) == (question is None):
        raise QueryError("give either SPARQL or --question")
    from kg.store import Store, rdf_source

    store = Store(rdf_source(graph))
    if question is not None:
        from kg.questions import ask

        answer = ask(store, question, **dict(_pair(text) for text in param or []))
    else:
        answer = store.query(_input() if sparql == "-" else sparql or "")
    if style == "table":
        terminal.rows(answer.columns or ("answer",), answer.table(), style=style)
    else:
        terminal.say((answer.csv() if style == "csv" else answer.json()).removesuffix("\n"))


def validate(graph: Graph) -> None:
    """Check a graph against the ontology's shapes; exits with 1 if it breaks one.

    \b
    kg validate graph/
    kg validate graph/graph.ttl
    """
    from kg.store import rdf_source
    from kg.validate import validate

    report = validate(rdf_source(graph))
    terminal.say(str(report))
    if not report.conforms:
        raise typer.Exit(1)


def questions(style: As = "table") -> None:
    """List the ready questions and their parameters."""
    from kg.questions import questions as known

    rows = [(q.name, q.title, ", ".join(map(_parameter, q.parameters))) for q in known().values()]
    terminal.rows(("question", "asks", "parameters"), rows, style=style)


def types(style: As = "table") -> None:
    """List the relation types: what each means, and which family and quad class it is of."""
    from kg.ontology import relation_types

    rows = [
        (kind.name, kind.family, kind.quad, "yes" if kind.symmetric else "", kind.definitions["en"])
        for kind in relation_types().values()
    ]
    terminal.rows(("type", "family", "quad", "symmetric", "meaning"), rows, style=style)


def formats(style: As = "table") -> None:
    """List the formats that a graph can be written in, for --to."""
    from kg.export import exporters

    rows = [(one.name, one.help, " ".join(one.files)) for one in exporters().values()]
    terminal.rows(("format", "what it is", "files"), rows, style=style)


def _parameter(parameter: Parameter) -> str:
    """Return "name", "name (required)" or "name=its default"."""
    if parameter.default is not None:
        return f"{parameter.name}={parameter.default}"
    return f"{parameter.name}{' (required)' if parameter.required else ''}"


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise KgError(f"--param wants NAME=VALUE, not {text!r}")
    return name, value


def _input() -> str:
    return typer.get_text_stream("stdin").read()
