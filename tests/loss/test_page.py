"""The page itself: it lists every field, explains every letter, and has no column that nobody checks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.export import FORMATS, Exporter
from kg.graph import KnowledgeGraph
from tests.loss.harness import Found, check, committed, field_names, fields, marks, page_columns, page_text
from tests.loss.hostile import MEANING, hostile


def test_every_column_has_every_field_in_the_order_of_the_model() -> None:
    for column in page_columns():
        assert tuple(committed(column)) == field_names(), column


def test_every_column_is_checked_by_a_test() -> None:
    tests = "".join(path.read_text("utf8") for path in Path(__file__).parent.glob("*.py"))
    assert [column for column in page_columns() if f'"{column}"' not in tests] == []


@pytest.mark.parametrize("exporter", FORMATS, ids=lambda exporter: exporter.name)
def test_every_format_has_a_column(exporter: Exporter) -> None:
    read = {column.partition(" ")[0].rpartition("/")[2] for column in page_columns()}
    assert read & {file.rpartition("/")[2] for file in exporter.files}


def test_every_letter_is_explained_and_used() -> None:
    for letter, meaning in MEANING.items():
        assert f"| {letter} | {meaning} |" in page_text()
    assert set(hostile()[1].values()) == {"", *MEANING}


def test_a_reader_that_loses_nothing_has_marks_that_say_so(tmp_path: Path) -> None:
    assert set(marks(_all, tmp_path).values()) == {"✓"}


def test_what_is_lost_or_changed_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLKG_WRITE_LOSS", raising=False)

    def worse(graph: KnowledgeGraph, folder: Path) -> Found:
        rows = {key: dict(row) for key, row in _all(graph, folder).items()}
        for row in rows.values():
            del row["sentence.text"]
            row["office"] = str(row["office"] or "").replace("\x00", "\ufffd") or None
            row["negated"] = int(bool(row["negated"]))
        return rows

    found = marks(worse, tmp_path)
    changed = {name: mark for name, mark in found.items() if mark != "✓"}
    assert changed == {"sentence.text": "✗", "office": "ze", "negated": "✗"}
    with pytest.raises(AssertionError, match=r"docs/formats.md is not what happens"):
        check(page_columns()[0], worse, tmp_path)


def test_a_field_that_no_statement_has_is_no_field(tmp_path: Path) -> None:
    def wrong(graph: KnowledgeGraph, folder: Path) -> Found:
        return {key: {**row, "colour": "red"} for key, row in _all(graph, folder).items()}

    with pytest.raises(AssertionError, match="colour"):
        marks(wrong, tmp_path)


def test_all_fields_of_the_model_are_told_apart() -> None:
    statement = hostile()[0].statements()[0]
    one, two = fields(statement), fields(replace(statement, office="x", inferred=not statement.inferred))
    assert {name for name in one if one[name] != two[name]} == {"office", "inferred"}


def _all(graph: KnowledgeGraph, _: Path) -> Found:
    return {statement.id: fields(statement) for statement in graph.statements()}
