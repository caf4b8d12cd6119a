"""An evaluation as tables, for the terminal, for programs and for a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from kg.score.calibration import reliability
from kg.score.evaluation import Evaluation
from kg.score.report import ratio

Cell: TypeAlias = str | float | None
TIERS = ("core", "secondary", "optional")


def tables(evaluation: Evaluation, *, languages: Sequence[Evaluation] = ()) -> dict[str, Table]:
    """Return every table by name; that of the measures has a column for each of several languages."""
    made = {name: make(evaluation) for name, make in TABLES.items()}
    if len(languages) > 1:
        made["measures"] = _with_languages(made["measures"], languages)
    return made


def _measures(evaluation: Evaluation) -> Table:
    return Table(columns=("measure", "value"), rows=tuple(evaluation.figures.items()))


def _with_languages(measures: Table, languages: Sequence[Evaluation]) -> Table:
    codes = [code for one in languages for code in one.languages]
    rows = [(*row, *(one.figures.get(str(row[0])) for one in languages)) for row in measures.rows]
    return Table(columns=(*measures.columns, *codes), rows=tuple(rows))


def _types(evaluation: Evaluation) -> Table:
    counts = sorted(evaluation.report.types.items(), key=lambda kv: (-kv[1]["gold"], kv[0]))
    rows = [
        (
            name,
            n["gold"],
            n["hit"],
            n["predicted"],
            n["right"],
            ratio(n["right"], n["predicted"]),
            ratio(n["hit"], n["gold"]),
        )
        for name, n in counts
    ]
    columns = ("type", "gold", "hit", "predicted", "right", "precision", "recall")
    return Table(columns=columns, rows=tuple(rows))


def _attributes(evaluation: Evaluation) -> Table:
    rows = [
        (
            name,
            value,
            n["gold"],
            n["found"],
            n["right"],
            ratio(n["right"], n["found"]),
            ratio(n["right"], n["gold"]),
        )
        for (name, value), n in sorted(evaluation.report.attributes.items())
    ]
    columns = ("attribute", "value", "gold", "found", "right", "precision", "recall")
    return Table(columns=columns, rows=tuple(rows))


def _tiers(evaluation: Evaluation) -> Table:
    n = evaluation.report.n
    rows = [(t, n[f"gold {t}"], n[f"hit {t}"], ratio(n[f"hit {t}"], n[f"gold {t}"])) for t in TIERS]
    return Table(columns=("tier", "gold", "hit", "recall"), rows=tuple(row for row in rows if row[1]))


def _calibration(evaluation: Evaluation) -> Table:
    rows = [
        (
            f"{b.least:.1f}–{b.most:.1f}",
            b.size,
            round(b.confidence, 4),
            round(b.right, 4),
            round(b.right - b.confidence, 4),
        )
        for b in reliability(evaluation.every.judged)
    ]
    columns = ("confidence", "statements", "mean confidence", "share right", "difference")
    return Table(columns=columns, rows=tuple(rows))


def _thresholds(evaluation: Evaluation) -> Table:
    rows = []
    for least, report in evaluation.at:
        n = report.n
        precision, recall = ratio(n["hit"], n["predicted"]), ratio(n["hit"], n["gold"])
        figures = report.figures()
        rows.append((least, n["predicted"], precision, recall, figures["strict_f1"], figures["pair_f1"]))
    columns = ("min-confidence", "statements", "precision", "recall", "F1", "pair F1")
    return Table(columns=columns, rows=tuple(rows))


TABLES: Final[Mapping[str, Callable[[Evaluation], Table]]] = MappingProxyType(
    {
        "measures": _measures,
        "types": _types,
        "tiers": _tiers,
        "attributes": _attributes,
        "calibration": _calibration,
        "thresholds": _thresholds,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Names of columns, and rows as long as they are many."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
