from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.export import export
from kg.graph import KnowledgeGraph

KEYS = [
    *("id", "document", "type", "source", "target", "attributed_to", "negated", "modality", "status"),
    *("certainty", "time", "office", "characterisation", "confidence", "extractor", "inferred"),
    *("trigger", "source_mention", "target_mention", "evidence", "sentence"),
]


@pytest.fixture
def folder(small_graph: KnowledgeGraph, tmp_path: Path) -> Path:
    export(small_graph, tmp_path, formats=["jsonl"])
    return tmp_path


def test_a_statement_carries_the_keys_of_the_interface_in_order(folder: Path) -> None:
    for row in _rows(folder / "statements.jsonl"):
        assert list(row) == KEYS
        assert list(row["source"]) == ["id", "name", "class", "aliases"]


def test_a_claim_names_its_claimant_words_and_places(folder: Path) -> None:
    row = next(r for r in _rows(folder / "statements.jsonl") if r["type"] == "attacks")
    assert row["attributed_to"]["name"] == "Ratna Wibowo"
    assert row["certainty"] == "probable"
    assert row["trigger"]["text"] == "attacked"
    assert [span["text"] for span in row["evidence"]] == [
        "China attacked the Borneo Fleet",
        "Indonesian foreign minister Ratna Wibowo said",
    ]
    assert row["sentence"]["text"].startswith("Indonesian foreign minister")


def test_statements_are_sorted_by_document_and_place(folder: Path) -> None:
    places = [(r["document"], r["evidence"][0]["start"]) for r in _rows(folder / "statements.jsonl")]
    assert places == sorted(places)


def test_text_is_written_as_it_is(folder: Path) -> None:
    assert "“Norway is our truest friend,”" in (folder / "statements.jsonl").read_text("utf8")


def test_mentions_carry_form_and_actor(folder: Path) -> None:
    row = next(r for r in _rows(folder / "mentions.jsonl") if r["text"] == "Oslo")
    assert list(row) == ["document", "start", "end", "text", "form", "actor"]
    assert (row["form"], row["actor"]["name"], row["actor"]["class"]) == ("metonym", "Norway", "State")


def test_actors_carry_labels_by_language(folder: Path) -> None:
    china = next(r for r in _rows(folder / "actors.jsonl") if r["name"] == "China")
    assert china == {
        "id": "http://www.wikidata.org/entity/Q148",
        "name": "China",
        "class": "State",
        "labels": {"en": "China", "id": "Tiongkok"},
        "aliases": ["Beijing", "RRT"],
    }


def test_documents_carry_no_text(folder: Path) -> None:
    first, _ = _rows(folder / "documents.jsonl")
    assert first["published"] == "2025-01-22"
    assert "text" not in first


def test_a_line_break_in_a_name_does_not_break_the_line(
    hostile_graph: KnowledgeGraph, tmp_path: Path
) -> None:
    export(hostile_graph, tmp_path, formats=["jsonl"])
    assert len(_rows(tmp_path / "statements.jsonl")) == len(hostile_graph.statements())


def _rows(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]
