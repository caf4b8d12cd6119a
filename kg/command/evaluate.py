"""The subcommand that measures: eval."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg.command import terminal
from kg.errors import KgError, UnknownNameError

if TYPE_CHECKING:
    from kg.gold import GoldItem, Text
    from kg.graph import KnowledgeGraph
    from kg.score import Evaluation, Found, Report

Gold = Annotated[
    Path, typer.Argument(help="JSON lines: id, lang, actors, statements, and text, if you like.")
]
Documents = Annotated[
    Path | None,
    typer.Argument(help="JSON lines: id, lang, text; not needed where GOLD has the texts or FOUND is named."),
]
Built = Annotated[
    Path | None,
    typer.Argument(
        help="Folder of `kg build`, its statements.jsonl, or a store; left out, the documents are built."
    ),
]
Lang = Annotated[str | None, typer.Option("--lang", help="Only items in this language.")]
MinConfidence = Annotated[
    float | None,
    typer.Option(
        min=0.0,
        max=1.0,
        show_default="the learned threshold, or all that FOUND has",
        help="Leave out statements that are less sure than this.",
    ),
]
Least = Annotated[
    list[str] | None,
    typer.Option("--min", metavar="MEASURE=VALUE", help="Exit with 1 if it is not reached; may be repeated."),
]
Errors = Annotated[int, typer.Option("--errors", help="Show so many missed and so many wrong statements.")]
Only = Annotated[
    str | None,
    typer.Option(
        "--only",
        metavar="TABLE",
        show_default="all; measures in csv and json",
        help="measures, types, tiers, attributes, calibration or thresholds.",
    ),
]
Style = Literal["table", "csv", "json", "markdown"]
As = Annotated[Style, typer.Option("--as", help="How to print the result; markdown is a page of it all.")]


def evaluate(  # noqa: PLR0913 - typer makes an option of every parameter
    gold: Gold,
    documents: Documents = None,
    found: Built = None,
    lang: Lang = None,
    min_confidence: MinConfidence = None,
    least: Least = None,
    errors: Errors = 0,
    only: Only = None,
    style: As = "table",
) -> None:
    """Measure precision and recall of statements against gold: over all, by type, attribute and confidence.

    \b
    kg eval gold.jsonl documents.jsonl
    kg eval gold.jsonl graph/
    kg eval gold.jsonl documents.jsonl graph/ --lang id --errors 20
    kg eval gold.jsonl documents.jsonl graph/ --min strict_f1=0.4 --min evidence_exact=1
    kg eval gold.jsonl documents.jsonl --as markdown > accuracy.md
    """
    from kg.score import TABLES

    wanted = [_threshold(text) for text in least or []]
    if only is not None and only not in TABLES:
        raise UnknownNameError("table", only, TABLES)
    whole, languages = evaluations(gold, documents, found, lang=lang, min_confidence=min_confidence)
    _print(whole, languages, only=only, style=style)
    _print_errors(whole.report, number=errors)
    missed = [name for name, value in wanted if _of(whole.figures, name) < value]
    if missed:
        terminal.complain(f"below its threshold: {', '.join(missed)}")
        raise typer.Exit(1)


def evaluations(
    gold: Path,
    documents: Path | None = None,
    found: Path | None = None,
    *,
    lang: str | None = None,
    min_confidence: float | None = None,
) -> tuple[Evaluation, list[Evaluation]]:
    """Return the evaluation of all texts, and that of each language; build the texts if nothing is found yet.

    Where only one path follows, a folder or a file `statements.jsonl` is what was found, another file the
    documents.
    """
    from kg.gold import GoldItem, read_rows
    from kg.ontology import symmetric_types
    from kg.score import by_language, evaluation

    if documents and not found and (documents.is_dir() or documents.name == "statements.jsonl"):
        documents, found = None, documents
    items = [item for item in read_rows(gold, GoldItem) if lang in (None, item.lang)]
    texts = _texts(items, documents=documents, lang=lang)
    if texts is None and found is None:
        raise KgError(f"{gold} has no texts: name DOCUMENTS, or a folder that `kg build` has made")
    ids = {item.id for item in items} & {item.id for item in (items if texts is None else texts)}
    if len(ids) < len(items):
        terminal.complain(f"{terminal.counted(len(items) - len(ids), 'item')} without a text left out")
    if found is not None:
        result = _read(found, min_confidence=min_confidence)
    else:
        result = _build(documents or gold, ids=ids, min_confidence=min_confidence)
    symmetric = symmetric_types()
    languages = by_language(items, result, texts=texts, symmetric=symmetric)
    whole = (
        languages[0] if len(languages) == 1 else evaluation(items, result, texts=texts, symmetric=symmetric)
    )
    return whole, languages


def _texts(items: Collection[GoldItem], *, documents: Path | None, lang: str | None) -> list[Text] | None:
    from kg.gold import Text, read_rows

    if documents:
        return [text for text in read_rows(documents, Text) if lang in (None, text.lang)]
    texts = [Text(id=item.id, lang=item.lang, text=item.text) for item in items if item.text is not None]
    return texts or None


def _read(path: Path, *, min_confidence: float | None) -> Found:
    from kg.gold import PredictedMention, PredictedStatement, read_rows
    from kg.score import Found, at_least
    from kg.store import is_store, read_graph

    if is_store(path):
        graph = read_graph(path)
        return _rows(graph, min_confidence=min_confidence)
    statements = path / "statements.jsonl" if path.is_dir() else path
    every = read_rows(statements, PredictedStatement)
    mentions = statements.with_name("mentions.jsonl")
    return Found(
        shown=every if min_confidence is None else at_least(every, min_confidence),
        every=every,
        mentions=read_rows(mentions, PredictedMention) if mentions.exists() else None,
    )


def _build(documents: Path, *, ids: Collection[str], min_confidence: float | None) -> Found:
    # What is below the threshold is kept beside, so that it can be said what another threshold would give.
    from kg.annotating import annotate
    from kg.extracting import batched, extraction
    from kg.graph import KnowledgeGraph
    from kg.read import read
    from kg.score import Found

    shown, every = KnowledgeGraph(), KnowledgeGraph()
    chosen = (document for document in read([documents]) if document.id in ids)
    with terminal.progress(quiet=False, total=len(ids)) as advance:
        for batch in batched(chosen):
            for doc in annotate(batch):
                above = extraction(doc, min_confidence=min_confidence)
                shown.add(above)
                every.add(extraction(doc, min_confidence=0.0))
                advance(len(above.statements))
    read_back, whole = _rows(shown), _rows(every)
    return Found(shown=read_back.shown, every=whole.shown, mentions=read_back.mentions)


def _rows(graph: KnowledgeGraph, *, min_confidence: float | None = None) -> Found:
    from kg.export import export

    with tempfile.TemporaryDirectory() as folder:
        export(graph, Path(folder), formats=["jsonl"])
        return _read(Path(folder), min_confidence=min_confidence)


def _print(whole: Evaluation, languages: Sequence[Evaluation], *, only: str | None, style: Style) -> None:
    from kg.score import markdown, tables

    if style == "markdown":
        terminal.say(markdown(languages, only=only).rstrip("\n"))
        return
    made = tables(whole, languages=languages)
    chosen = [only] if only else list(made) if style == "table" else ["measures"]
    for name in chosen:
        if made[name].rows or name == only:
            terminal.rows(made[name].columns, made[name].rows, style=style)


def _print_errors(report: Report, *, number: int) -> None:
    for item, gold in report.missed[:number]:
        ends = item.actors[gold.source].name, item.actors[gold.target].name
        terminal.complain(_line("missed", item.id, gold.type, ends=ends, negated=gold.negated))
    for item, claim in report.wrong[:number]:
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
