"""Results as flat rows, for a table on the screen or CSV, and as JSON with everything in its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any, Final, TypeAlias, cast

from kg.analyse.balance import Balance
from kg.analyse.centrality import Centrality
from kg.analyse.chains import Chain
from kg.analyse.communities import Partition
from kg.analyse.contradictions import Contradiction
from kg.analyse.ego import Ego
from kg.analyse.matrix import Matrix
from kg.analyse.said import Said
from kg.analyse.trend import Trend
from kg.errors import UnknownNameError

Result: TypeAlias = (
    Sequence[Centrality]
    | Sequence[Partition]
    | Matrix
    | Balance
    | Sequence[Chain]
    | Sequence[Contradiction]
    | Trend
    | Ego
)
Value: TypeAlias = str | float | bool | None
Row: TypeAlias = dict[str, Value]
DIGITS: Final = 6


def table(question: str, result: Result, *, narrow: bool = False) -> Table:
    """Return what `centrality`, `communities` … has found as rows.

    `narrow` is for a screen: without ids and details, without a column in which nothing stands, and each
    value on one line.
    """
    if question not in FORMS:
        raise UnknownNameError("question", question, FORMS)
    form = FORMS[question]
    found = list(form.rows(result))
    columns = form.columns
    if narrow:
        columns = tuple(c for c in form.narrow if not found or any(row[c] is not None for row in found))
    tidy = _lined if narrow else _rounded
    rows = [tuple(tidy(row[column]) for column in columns) for row in found]
    return Table(columns=tuple(map(_column, columns)), rows=tuple(rows))


def as_json(result: Result) -> str:
    """Return a result as JSON, with the names of its dataclasses' fields and numbers of six digits."""
    things = asdict(result) if is_dataclass(result) else [asdict(one) for one in result]
    return json.dumps(_plain(things), ensure_ascii=False, indent=2)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {_column(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return _rounded(value)


def _column(field: str) -> str:
    return "class" if field == "cls" else field  # the word that other tables and JSON use is none in Python


def _rounded(value: Value) -> Value:
    return round(value, DIGITS) + 0.0 if isinstance(value, float) else value


def _lined(value: Value) -> Value:
    return " ".join(value.split()) if isinstance(value, str) else _rounded(value)


def _centrality(result: Sequence[Centrality]) -> Iterator[Row]:
    for one in result:
        yield asdict(one)


def _communities(result: Sequence[Partition]) -> Iterator[Row]:
    for partition in result:
        for community in partition.communities:
            for member in community.members:
                yield {
                    "relation": partition.relation,
                    "modularity": partition.modularity,
                    "community": community.number,
                    "size": len(community.members),
                    **asdict(member),
                }


def _matrix(result: Matrix | Trend) -> Iterator[Row]:
    for cell in result.cells:
        cooperation = cell.verbal_cooperation + cell.material_cooperation
        conflict = cell.verbal_conflict + cell.material_conflict
        yield {**asdict(cell), "cooperation": cooperation, "conflict": conflict, "mean": cell.mean}


def _balance(result: Balance) -> Iterator[Row]:
    for number, triangle in enumerate(result.unbalanced, 1):
        for tie in triangle.ties:
            row = {
                "triangle": number,
                "kind": triangle.kind,
                **{key: value for key, value in asdict(tie).items() if key != "quote"},
                **_quoted(tie.quote),
            }
            yield cast(Row, row)


def _chains(result: Sequence[Chain]) -> Iterator[Row]:
    for number, chain in enumerate(result, 1):
        for place, step in enumerate(chain.steps, 1):
            for quote in step.quotes:
                yield {
                    "chain": number,
                    "step": place,
                    "one": step.one,
                    "one_name": step.one_name,
                    "two": step.two,
                    "two_name": step.two_name,
                    **_quoted(quote),
                }


def _contradictions(result: Sequence[Contradiction]) -> Iterator[Row]:
    for number, one in enumerate(result, 1):
        for side, quote in (("says", one.says), ("denies", one.denies)):
            yield {"number": number, "kind": one.kind, "side": side, **_quoted(quote)}


def _ego(result: Ego) -> Iterator[Row]:
    for one in result.neighbours:
        row = {key: value for key, value in asdict(one).items() if key != "quote"}
        row["families"] = ", ".join(f"{number} {family}" for family, number in one.families)
        yield cast(Row, {**_quoted(one.quote), **row})


def _quoted(said: Said) -> Row:
    """Return the fields of a quote, and three for people: the statement in words, who says so, and when."""
    plain = ("actual", "current", "certain")
    marks = ["not"] if said.negated else []
    marks += [mark for mark in (said.modality, said.status, said.certainty) if mark not in plain]
    words = f"{said.source_name} {said.relation} {said.target_name}"
    return {
        **{("statement_id" if key == "id" else key): value for key, value in asdict(said).items()},
        "statement": f"{', '.join(marks)}: {words}" if marks else words,
        "says": said.claimant_name or "narrator",
        "date": said.time_start or said.published,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns, and rows of as many values."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How a kind of result is laid out: its rows, all columns, and those for a screen."""

    rows: Callable[[Any], Iterator[Row]]
    columns: tuple[str, ...]
    narrow: tuple[str, ...]


_SAID: Final = (
    *("statement_id", "source", "source_name", "relation", "target", "target_name"),
    *("negated", "modality", "status", "certainty"),
    *("claimant", "claimant_name", "quote", "document", "published", "time_start", "time_end", "confidence"),
)
_MEASURES: Final = ("degree", "statements", "outgoing", "incoming", "pagerank", "betweenness")
_QUADS: Final = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
_CELLS: Final = Form(
    rows=_matrix,
    columns=(
        *("period", "source", "source_name", "target", "target_name"),
        *("cooperation", "conflict", *_QUADS, "statements", "valence", "mean", "rolled_up"),
    ),
    narrow=("period", "source_name", "target_name", "cooperation", "conflict", "valence", "mean"),
)
FORMS: Final[Mapping[str, Form]] = {
    "centrality": Form(
        rows=_centrality,
        columns=("relation", "actor", "name", "cls", *_MEASURES),
        narrow=("relation", "name", "cls", *_MEASURES),
    ),
    "communities": Form(
        rows=_communities,
        columns=(
            *("relation", "modularity", "community", "size", "actor", "name", "cls", "inside", "outside"),
        ),
        narrow=("relation", "modularity", "community", "name", "cls", "inside", "outside"),
    ),
    "matrix": _CELLS,
    "trend": _CELLS,
    "balance": Form(
        rows=_balance,
        columns=(
            *("triangle", "kind", "one", "one_name", "two", "two_name", "strength", "statements", *_SAID),
        ),
        narrow=("triangle", "kind", "one_name", "two_name", "strength", "statement", "quote"),
    ),
    "chains": Form(
        rows=_chains,
        columns=("chain", "step", "one", "one_name", "two", "two_name", *_SAID),
        narrow=("chain", "step", "statement", "says", "date", "quote"),
    ),
    "ego": Form(
        rows=_ego,
        columns=(
            *("actor", "name", "cls", "statements", "outgoing", "incoming", "families", "valence"),
            *_SAID,
        ),
        narrow=("name", "cls", "statements", "valence", "families", "quote"),
    ),
    "contradictions": Form(
        rows=_contradictions,
        columns=("number", "kind", "side", *_SAID),
        narrow=("number", "kind", "side", "statement", "says", "date", "quote"),
    ),
}
