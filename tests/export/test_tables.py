from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # ships no types
import pytest

from kg.export import export
from kg.export.tables import TABLES
from kg.graph import KnowledgeGraph


def test_parquet_has_types(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    export(small_graph, tmp_path, formats=["parquet"])
    schema = pq.read_schema(tmp_path / "tables" / "statements.parquet")
    types = {name: str(schema.field(name).type) for name in schema.names}
    assert types["negated"] == "bool"
    assert types["confidence"] == "double"
    assert types["published"] == "date32[day]"
    assert types["quote"] == "string"
    actors = pq.read_schema(tmp_path / "tables" / "actors.parquet")
    assert str(actors.field("aliases").type).startswith("list<")
    assert str(actors.field("labels").type).startswith("map<")


def test_a_statement_stands_in_the_table_with_names(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    export(small_graph, tmp_path, formats=["parquet"])
    rows = pq.read_table(tmp_path / "tables" / "statements.parquet").to_pylist()
    row = next(row for row in rows if row["relation"] == "regardsAsRival")
    assert (row["source_name"], row["target_name"]) == ("Norway", "China")
    assert row["characterisation"] == "saingan paling gigih"
    assert row["attributed_to"] is None
    assert len(rows) == len(small_graph.statements())


@pytest.mark.parametrize("name", ["small_graph", "hostile_graph"])
@pytest.mark.parametrize("table", [name for name, _, _ in TABLES])
def test_csv_says_the_same_as_parquet(
    name: str, table: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    export(request.getfixturevalue(name), tmp_path, formats=["parquet", "csv"])
    expected = pq.read_table(tmp_path / "tables" / f"{table}.parquet").to_pylist()
    with (tmp_path / "tables" / f"{table}.csv").open(encoding="utf8", newline="") as file:
        found = list(csv.DictReader(file, strict=True))
    assert found == [{key: _as_csv(key, value) for key, value in row.items()} for row in expected]


def test_half_a_surrogate_pair_does_no_harm(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    first = next(small_graph.extractions())
    small_graph.add(replace(first, source=replace(first.source, title="broken \ud83d")))
    export(small_graph, tmp_path)
    rows = pq.read_table(tmp_path / "tables" / "documents.parquet").to_pylist()
    assert rows[0]["title"] == "broken \ufffd"


def test_every_column_is_explained() -> None:
    text = (Path(__file__).parents[2] / "docs" / "tables.md").read_text("utf8")
    for _, columns, _ in TABLES:
        assert [name for name in columns if f"`{name}`" not in text] == []


def _as_csv(key: str, value: Any) -> str:
    if key in ("aliases", "labels"):
        return json.dumps(dict(value) if key == "labels" else value, ensure_ascii=False)
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
