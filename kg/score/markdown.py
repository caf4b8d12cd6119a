"""An evaluation as part of a Markdown page: the same figures give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.score.evaluation import Evaluation
from kg.score.tables import Cell, Table, tables

EXPLAINED = {
    "types": (
        "Types",
        "`gold` and `hit` go by the type in the gold, `predicted` and `right` by the predicted one; they "
        "differ where the gold accepts several.",
    ),
    "tiers": ("Tiers", "What must be found, what should be, and what may be: the last counts nowhere else."),
    "attributes": (
        "Attributes",
        "Of the statements that are right: where the gold, the prediction or both mark something beside the "
        "plain actual, current claim of the text itself. For `negated` those count too that only their "
        "negation makes wrong.",
    ),
    "calibration": (
        "Calibration",
        "Of the statements of one confidence, those below the threshold among them: how many are right. The "
        "difference is above zero where they are better than they claim.",
    ),
    "thresholds": (
        "Thresholds",
        "What is found, and how much of it is right, with another `--min-confidence`.",
    ),
}


def markdown(evaluations: Sequence[Evaluation], *, level: int = 2, only: str | None = None) -> str:
    """Return a section for each evaluation, under headings from `level` on, with all tables or only one."""
    lines = [line for one in evaluations for line in _section(one, level=level, only=only)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(evaluation: Evaluation, *, level: int, only: str | None) -> Iterator[str]:
    n = evaluation.report.n
    marks = "#" * level
    yield f"{marks} Language {', '.join(evaluation.languages)}"
    yield ""
    yield (
        f"{_counted(n['items'], 'text')} with {_counted(n['gold'], 'statement')} in the gold, optional ones "
        f"left out; {n['predicted']:,} were found, and {n['hit']:,} of them are right."
    )
    if evaluation.extractors:
        yield f"Found by {', '.join(f'`{name}`' for name in evaluation.extractors)}."
    yield ""
    made = tables(evaluation)
    if only in (None, "measures"):
        yield from _table(made["measures"])
    for name, (title, words) in EXPLAINED.items():
        if made[name].rows and only in (None, name):
            yield from (f"{marks}# {title}", "", words)
            if name == "calibration":
                every, shown = (evaluation.figures.get(f"calibration_error{end}") for end in ("", "_shown"))
                yield (
                    f"The expected calibration error is {_cell(every)}; {_cell(shown)} without those below "
                    "the threshold."
                )
            yield ""
            yield from _table(made[name])


def _table(table: Table) -> Iterator[str]:
    # Figures stand under each other when they are set to the right; the first column is always a name.
    numbers = [
        bool(table.rows) and not any(isinstance(row[place], str) for row in table.rows)
        for place in range(len(table.columns))
    ]
    digits = [_digits([row[place] for row in table.rows]) for place in range(len(table.columns))]
    yield _row(table.columns)
    yield _row(["---:" if number else "---" for number in numbers])
    for row in table.rows:
        yield _row([_cell(value, digits=number) for value, number in zip(row, digits, strict=True)])
    yield ""


def _digits(column: Sequence[Cell]) -> int:
    # Thresholds need one, measures three.
    return 1 if all(round(value, 1) == value for value in column if isinstance(value, float)) else 3


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: Cell, *, digits: int = 3) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.{digits}f}"
    if isinstance(value, int):
        return f"{value:,}"
    return f"`{value}`" if value.isidentifier() else value.replace("|", "\\|")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
