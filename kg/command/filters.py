"""The options by which every question of `kg analyse` says what counts."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

import typer

if TYPE_CHECKING:
    from kg.analyse import Selection


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command whose parameter `selection` is asked for by the options of `selection_of`."""
    known = {"Selection": object}  # the name stands for a type that is not imported for --help
    hints = get_type_hints(command, localns=known, include_extras=True)
    hints |= get_type_hints(selection_of, localns=known, include_extras=True)
    own = [p for p in inspect.signature(command).parameters.values() if p.name != "selection"]
    shared = list(inspect.signature(selection_of).parameters.values())

    def run(**options: Any) -> None:
        given = {parameter.name: options.pop(parameter.name) for parameter in shared}
        command(selection=selection_of(**given), **options)

    parameters = [
        p.replace(annotation=hints[p.name], kind=inspect.Parameter.KEYWORD_ONLY) for p in (*own, *shared)
    ]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # typer reads it
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    run.__name__, run.__doc__ = command.__name__, command.__doc__
    return run


Family = Annotated[list[str] | None, typer.Option(metavar="NAME", help="This family of types; repeatable.")]
Type = Annotated[list[str] | None, typer.Option(metavar="NAME", help="This relation type; repeatable.")]
Negated = Annotated[
    Literal["exclude", "include", "only"], typer.Option(help="What is said not to be, or is denied.")
]
Modality = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        show_default="actual",
        help="actual, attempted, planned, proposed, hypothetical, or any; repeatable.",
    ),
]
Status = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", show_default="current", help="past, current, future, or any; repeatable."),
]
Sureness = Annotated[
    list[str] | None,
    typer.Option(
        "--certainty",
        metavar="NAME",
        show_default="certain",
        help="certain, probable, possible, or any; repeatable.",
    ),
]
MinConfidence = Annotated[
    float, typer.Option(min=0.0, max=1.0, metavar="NUMBER", help="Only what is at least so sure.")
]
Claimant = Annotated[
    str | None,
    typer.Option(metavar="ACTOR", show_default="anybody", help="What this actor says, or narrator."),
]
DocumentId = Annotated[
    list[str] | None, typer.Option("--document", metavar="ID", help="What this document says; repeatable.")
]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="From this day, month or year.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="To this day, month or year, it included.")]
Clock = Annotated[
    Literal["either", "event", "publication"],
    typer.Option(help="Which date: the event's, the publication's, or the first of them that is known."),
]
Class = Annotated[
    list[str] | None, typer.Option("--class", metavar="NAME", help="Between such actors only; repeatable.")
]


def selection_of(  # noqa: PLR0913 - each is an option
    family: Family = None,
    type: Type = None,
    negated: Negated = "exclude",
    modality: Modality = None,
    status: Status = None,
    certainty: Sureness = None,
    min_confidence: MinConfidence = 0.0,
    claimant: Claimant = None,
    document: DocumentId = None,
    since: Since = None,
    until: Until = None,
    clock: Clock = "either",
    cls: Class = None,
) -> Selection:
    """Return what the filter options select."""
    from kg.analyse import Selection
    from kg.model import CERTAINTIES, MODALITIES, STATUSES

    given: dict[str, Any] = {
        "families": tuple(family) if family else None,
        "types": tuple(type or ()),
        "modalities": _among(MODALITIES, modality or ["actual"]),
        "statuses": _among(STATUSES, status or ["current"]),
        "certainties": _among(CERTAINTIES, certainty or ["certain"]),
        "documents": tuple(document or ()),
        "classes": tuple(cls or ()),
    }
    return Selection(
        negated=negated,
        min_confidence=min_confidence,
        claimant=claimant,
        since=since,
        until=until,
        clock=clock,
        **given,
    )


def _among(known: tuple[str, ...], given: list[str]) -> tuple[str, ...]:
    """Return the names that are given; `any` is all that are known."""
    return known if "any" in given else tuple(given)
