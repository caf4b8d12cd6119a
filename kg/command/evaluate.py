"""The subcommand that measures: eval."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.command import terminal
from kg.errors import KgError, UnknownNameError

if TYPE_CHECKING:
    from kg.score import Report

Gold = Annotated[Path, typer.Argument(help="JSON lines: id, lang, actors, statements.")]
Documents = Annotated[Path, typer.Argument(help="JSON lines: id, lang, text.")]
Found = Annotated[
    Path | None,
    typer.Argument(help="Folder of `kg build`, or its statements.jsonl; left out, DOCUMENTS are built."),
]
Lang = Annotated[str | None, typer.Option("--lang", help="Only items in this language.")]
Least = Annotated[
    list[str] | None,
    typer.Option("--min", metavar="MEASURE=VALUE", help="Exit with 1 if it is not reached; may be repeated."),
]
Errors = Annotated[int, typer.Option("--errors", help="Show so many missed and so many wrong statements.")]
As = Annotated[terminal.Style, typer.Option("--as", help="How to print the result.")]


def evaluate(  # noqa: PLR0913 - typer makes an option of every parameter
    gold: Gold,
    documents: Documents,
    found: Found = None,
    lang: Lang = None,
    least: Least = None,
    errors: Errors = 0,
    style: As = "table",
) -> None:
    """Measure precision and recall of statements against gold, over all types and for each.

    \b
    kg eval gold.jsonl documents.jsonl
    kg eval gold.jsonl documents.jsonl graph/ --lang id --errors 20
    kg eval gold.jsonl documents.jsonl graph/ --min strict_f1=0.4 --min evidence_exact=1
    """
    from kg.gold import GoldItem, PredictedMention, PredictedStatement, Text, read_rows
    from kg.ontology import relation_types
    from kg.score import score, score_actors

    wanted = [_threshold(text) for text in least or []]
    items = [item for item in read_rows(gold, GoldItem) if lang in (None, item.lang)]
    texts = [text for text in read_rows(documents, Text) if lang in (None, text.lang)]
    with tempfile.TemporaryDirectory() as scratch:
        statements = found or _built(documents, Path(scratch))
        if statements.is_dir():
            statements /= "statements.jsonl"
        symmetric = {name for name, kind in relation_types().items() if kind.symmetric}
        report = score(items, read_rows(statements, PredictedStatement), texts=texts, symmetric=symmetric)
        figures = report.figures()
        mentions = statements.with_name("mentions.jsonl")
        if mentions.exists():
            figures |= score_actors(items, read_rows(mentions, PredictedMention), texts=texts)
    _print(report, figures, errors=errors, style=style)
    missed = [name for name, value in wanted if _of(figures, name) < value]
    if missed:
        terminal.complain(f"below its threshold: {', '.join(missed)}")
        raise typer.Exit(1)


def _print(report: Report, figures: dict[str, float | None], *, errors: int, style: terminal.Style) -> None:
    terminal.rows(("measure", "value"), list(figures.items()), style=style)
    if style == "table":
        counts = sorted(report.types.items(), key=lambda kv: (-kv[1]["gold"], kv[0]))
        types = [(name, count["gold"], count["hit"], count["predicted"]) for name, count in counts]
        terminal.rows(("type", "gold", "hit", "predicted"), types, style=style)
    for item, gold in report.missed[:errors]:
        ends = item.actors[gold.source].name, item.actors[gold.target].name
        terminal.complain(_line("missed", item.id, gold.type, ends=ends, negated=gold.negated))
    for item, claim in report.wrong[:errors]:
        line = _line(
            "wrong", item.id, claim.type, ends=(claim.source.name, claim.target.name), negated=claim.negated
        )
        quotes = " … ".join(quote.text for quote in claim.evidence)
        terminal.complain(f"{line}  “{quotes}”")


def _line(label: str, document: str, kind: str, *, ends: tuple[str, str], negated: bool) -> str:
    arrow = f"{ends[0]} -{kind}-> {ends[1]}"
    return f"{label:7}{document:14} {arrow}{' (negated)' if negated else ''}"


def _threshold(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name, float(value)
    except ValueError as error:
        raise KgError(f"--min wants MEASURE=VALUE, not {text!r}") from error


def _of(figures: dict[str, float | None], name: str) -> float:
    if name not in figures:
        raise UnknownNameError("measure", name, figures)
    return figures[name] or 0.0


def _built(documents: Path, folder: Path) -> Path:
    from kg.export import export
    from kg.pipeline import build

    with terminal.progress(quiet=False) as advance:
        graph = build(documents, progress=lambda extraction: advance(len(extraction.statements)))
    export(graph, folder, formats=["jsonl"])
    return folder
