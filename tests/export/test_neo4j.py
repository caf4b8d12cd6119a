from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.export import export
from kg.export.csvtext import csv_lines
from kg.export.flat import upper_snake
from kg.graph import KnowledgeGraph


def test_headers_say_what_the_import_needs(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    export(small_graph, tmp_path, formats=["neo4j"])
    heads = {path.stem: path.read_text("utf8").split("\n")[0] for path in (tmp_path / "neo4j").iterdir()}
    assert heads["actors"] == "id:ID(Actor),name,aliases:string[],class,label_en,label_id,:LABEL"
    assert heads["documents"].startswith("id:ID(Document),language,title,published:date,")
    assert heads["statements"].startswith(":START_ID(Actor),:END_ID(Actor),:TYPE,id,relation,")
    assert {"confidence:double", "negated:boolean", "published:date", "quad_class:int"} <= set(
        heads["statements"].split(",")
    )
    assert heads["mentions"] == ":START_ID(Document),:END_ID(Actor),:TYPE,start:int,end:int,form,text"


def test_rows_refer_to_rows(hostile_graph: KnowledgeGraph, tmp_path: Path) -> None:
    export(hostile_graph, tmp_path, formats=["neo4j"])
    actors, documents, statements, mentions = (
        _rows(tmp_path / "neo4j" / f"{name}.csv")
        for name in ("actors", "documents", "statements", "mentions")
    )
    ids = {row["id:ID(Actor)"] for row in actors}
    assert {row[":START_ID(Actor)"] for row in statements} | {
        row[":END_ID(Actor)"] for row in statements
    } <= ids
    assert {row[":START_ID(Document)"] for row in mentions} == {row["id:ID(Document)"] for row in documents}
    assert {row["name"] for row in actors} == {actor.name for actor in hostile_graph.actors().values()}


def test_a_semicolon_never_splits_an_alias(hostile_graph: KnowledgeGraph, tmp_path: Path) -> None:
    export(hostile_graph, tmp_path, formats=["neo4j"])
    odd = next(row for row in _rows(tmp_path / "neo4j" / "actors.csv") if row["name"] == "Odd id")
    actor = next(actor for actor in hostile_graph.actors().values() if actor.name == "Odd id")
    assert odd["aliases:string[]"].split(";") == [alias.replace(";", "；") for alias in actor.aliases]


def test_labels_name_the_class(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    export(small_graph, tmp_path, formats=["neo4j"])
    labels = {row["name"]: row[":LABEL"] for row in _rows(tmp_path / "neo4j" / "actors.csv")}
    assert labels["Ratna Wibowo"] == "Actor;Person"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("regardsAsRival", "REGARDS_AS_RIVAL"),
        ("meets", "MEETS"),
        ("a-b`c", "A_B_C"),
    ],
)
def test_relationship_types_are_upper_snake(name: str, expected: str) -> None:
    assert upper_snake(name) == expected


def test_a_csv_reader_gets_back_each_field() -> None:
    row = ["a", 'q"q', "c,c", "l\nl", "r\rr", " edge ", "", "\\", "ü"]
    assert next(csv.reader("".join(csv_lines([row])).splitlines(keepends=True))) == row
    assert "".join(csv_lines([[None, "", True, 1, 0.5]])) == ',"",true,1,0.5\n'


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file, strict=True))
