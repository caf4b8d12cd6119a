"""The subcommand that asks a human: review."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg.command import terminal

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kg.graph import KnowledgeGraph
    from kg.judgements.model import Judgement, Judgements

Graph = Annotated[Path, typer.Argument(help="Folder that `kg build` has written, or a store.")]
File = Annotated[
    Path | None,
    typer.Option(
        "--judgements", show_default="judgements.yaml in the folder", help="File that the answers go to."
    ),
]
Limit = Annotated[int | None, typer.Option(min=0, help="Ask at most so many questions of each kind.")]
About = Annotated[Literal["both", "statements", "actors"], typer.Option(help="What to ask about.")]
ANSWERS = ("yes", "no", "skip", "quit")


def review(folder: Graph, judgements: File = None, limit: Limit = None, about: About = "both") -> None:
    """Judge the least certain statements, and actors that may be one, by y, n, s (skip) or q (quit).

    Each answer is in the file before the next question. `kg build` into the folder honours them.

    \b
    kg review graph/
    kg review graph/ --limit 20 --judgements judgements.yaml
    kg review graph/ --about actors
    """
    from kg.judgements.file import NAME, append, check_appendable, collected
    from kg.store import read_graph

    path = judgements or folder / NAME
    graph, known = read_graph(folder), check_appendable(path)
    given = 0
    for name, questions in (("statements", _about_statements), ("actors", _about_actors)):
        asked = 0
        for question in questions(graph, known) if about in ("both", name) else ():
            if asked == limit:
                break
            if question.judged(known):  # by an answer to another question
                continue
            asked += 1
            terminal.show(question.shown)
            answer = terminal.ask(f"{question.asks} [y]es [n]o [s]kip [q]uit: ", ANSWERS)
            if answer in ("quit", ""):
                return _sum_up(given, path, folder)
            if answer != "skip":
                judgement = question.yes if answer == "yes" else question.no
                known = collected((*known.entries, judgement), path=str(path))
                append(path, judgement)
                given += 1
    return _sum_up(given, path, folder)


def _sum_up(given: int, path: Path, folder: Path) -> None:
    from kg.judgements.file import NAME
    from kg.judgements.settling import adopted, settle
    from kg.store import GrowingStore, is_store

    if given and is_store(folder) and path == folder / NAME:
        with GrowingStore(folder) as store:
            settle(store, adopted(folder, None))
    terminal.complain(f"{terminal.counted(given, 'judgement')} given{f' -> {path}' if given else ''}")


def _about_statements(graph: KnowledgeGraph, known: Judgements) -> Iterator[Question]:
    from kg.judgements.claims import claim, judged
    from kg.judgements.doubts import doubtful
    from kg.judgements.model import Judgement
    from kg.show import doubt_text

    documents = {e.source.id: {actor.id: actor for actor in e.actors} for e in graph.extractions()}
    for statement in doubtful(graph, known):
        actors = documents[statement.document]
        meant = claim(statement, actors)
        yield Question(
            shown=doubt_text(statement, actors=actors),
            asks="Does the text say so?",
            yes=Judgement(kind="right", claim=meant),
            no=Judgement(kind="wrong", claim=meant),
            judged=partial(judged, statement, actors=actors),
        )


def _about_actors(graph: KnowledgeGraph, known: Judgements) -> Iterator[Question]:
    from kg.judgements.claims import reference
    from kg.judgements.doubts import alike, decided
    from kg.judgements.model import Judgement
    from kg.show import pair_text

    sentences: dict[str, str] = {}
    for statement in graph.statements():
        for actor in (statement.source, statement.target):
            sentences.setdefault(actor, statement.sentence.text)
    for pair in alike(graph, known):
        actors = (reference(pair.one), reference(pair.two))
        yield Question(
            shown=pair_text(pair.one, pair.two, sentences=sentences),
            asks="Are they one and the same?",
            yes=Judgement(kind="same", actors=actors),
            no=Judgement(kind="not_same", actors=actors),
            judged=partial(decided, pair),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is shown and asked, what either answer comes to, and whether it has been answered meanwhile."""

    shown: RenderableType
    asks: str
    yes: Judgement
    no: Judgement
    judged: Callable[[Judgements], object]
