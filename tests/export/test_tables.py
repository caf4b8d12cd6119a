from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # ships no types
import pytest

from kg.errors import KgError
from kg.export import export
from kg.export.tables import TABLES
from kg.graph import KnowledgeGraph

NESTED = {"aliases", "labels", "evidence"}
TYPES = {
    "text": "string",
    "integer": "int64",
    "number": "double",
    "boolean": "bool",
    "date": "date32[day]",
    "list of texts": "list<element: string>",
    "map of texts": "map<string, string ('labels')>",
    "list of spans": "list<element: struct<start: int64, end: int64, text: string>>",
}


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
        found: list[dict[str, Any]] = list(csv.DictReader(file, strict=True))
    for row in found:
        row |= {key: json.loads(row[key]) for key in NESTED & row.keys()}
    assert found == [{key: _as_csv(key, value) for key, value in row.items()} for row in expected]


def test_half_a_surrogate_pair_does_no_harm(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    first = next(small_graph.extractions())
    small_graph.add(replace(first, source=replace(first.source, title="broken \ud83d")))
    export(small_graph, tmp_path)
    rows = pq.read_table(tmp_path / "tables" / "documents.parquet").to_pylist()
    assert rows[0]["title"] == "broken \ufffd"


@pytest.mark.parametrize("table", [name for name, _, _ in TABLES])
def test_the_page_has_every_column_with_its_type(
    table: str, small_graph: KnowledgeGraph, tmp_path: Path
) -> None:
    export(small_graph, tmp_path, formats=["parquet"])
    schema = pq.read_schema(tmp_path / "tables" / f"{table}.parquet")
    found = {name: str(schema.field(name).type) for name in schema.names}
    page = (Path(__file__).parents[2] / "docs" / "tables.md").read_text("utf8")
    section = page.partition(f"\n## {table}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| \S", section, re.M)
    assert {name: TYPES[kind] for name, kind in rows} == found
    assert [name for name, _ in rows] == schema.names


def test_pieces_of_evidence_can_be_taken_apart_in_sql(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    export(small_graph, tmp_path, formats=["parquet", "csv"])
    expected = sorted((s.id, p.start, p.end, p.text) for s in small_graph.statements() for p in s.evidence)
    assert len(expected) > len(small_graph.statements())
    piece = 'unnest(evidence::STRUCT("start" BIGINT, "end" BIGINT, "text" VARCHAR)[])'
    for source in ("'{}/statements.parquet'", "read_csv('{}/statements.csv')"):
        query = (
            f"SELECT id, p.start, p.end, p.text FROM (SELECT id, {piece} AS p "
            f"FROM (SELECT id, evidence{'::JSON' if 'csv' in source else ''} AS evidence "
            f"FROM {source.format(tmp_path / 'tables')})) ORDER BY ALL"
        )
        with duckdb.connect() as connection:
            assert connection.execute(query).fetchall() == expected


def test_data_frames_have_the_columns_of_the_files(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    export(small_graph, tmp_path, formats=["parquet"])
    frames = small_graph.to_pandas()
    assert list(frames) == [name for name, _, _ in TABLES]
    for name, frame in frames.items():
        assert list(frame.columns) == pq.read_schema(tmp_path / "tables" / f"{name}.parquet").names
    statements = frames["statements"]
    assert len(statements) == len(small_graph.statements())
    by_month = statements.groupby(statements["published"].dt.strftime("%Y-%m")).size()
    assert by_month.to_dict() == {"2024-03": 7, "2025-01": 4}
    assert statements.query("negated and relation == 'threatens'")["source_name"].tolist() == ["China"]
    assert frames["actors"].set_index("name").loc["China", "labels"] == {"en": "China", "id": "Tiongkok"}


def test_an_empty_graph_gives_empty_data_frames() -> None:
    frames = KnowledgeGraph().to_pandas()
    assert {len(frame) for frame in frames.values()} == {0}
    assert frames["statements"]["published"].dt.year.tolist() == []


def test_what_is_missing_for_data_frames_is_said(
    small_graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.export.frames.find_spec", lambda _: None)
    with pytest.raises(KgError, match=r"pip install 'polkg\[pandas\]'"):
        small_graph.to_pandas()


def _as_csv(key: str, value: Any) -> Any:
    if key in NESTED:
        return dict(value) if key == "labels" else value
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
