from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.export import export
from kg.export.cypher import BATCH, commands
from kg.graph import KnowledgeGraph


@pytest.mark.parametrize("name", ["small_graph", "hostile_graph"])
def test_every_command_is_one_line(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    graph = request.getfixturevalue(name)
    export(graph, tmp_path, formats=["cypher"])
    lines = (tmp_path / "graph.cypher").read_bytes().decode().split("\n")
    assert lines.pop() == ""
    assert [line.removesuffix(";") for line in lines] == list(commands(graph))
    assert all(line.startswith(("CREATE CONSTRAINT ", "UNWIND [{", "UNWIND ['")) for line in lines)


def test_everything_is_merged_by_id(small_graph: KnowledgeGraph) -> None:
    for command in commands(small_graph):
        if command.startswith("UNWIND"):
            assert " MERGE (" in command or " AS row MATCH (n:Actor {id: row}) SET n:" in command
            assert "CREATE" not in command.rpartition("] AS row ")[2]


def test_a_relationship_type_per_relation(small_graph: KnowledgeGraph) -> None:
    text = "\n".join(commands(small_graph))
    for name in ("PARTNER_OF", "REGARDS_AS_RIVAL", "HOLDS_OFFICE", "MENTIONS"):
        assert f"[r:{name} {{" in text
    assert "AS row MATCH (n:Actor {id: row}) SET n:State" in text


def test_long_lists_are_cut_into_batches(small_graph: KnowledgeGraph) -> None:
    first = next(small_graph.extractions())
    many = KnowledgeGraph()
    many.add(
        replace(first, statements=tuple(replace(first.statements[0], id=f"s{i}") for i in range(BATCH + 1)))
    )
    name = "REGARDS_AS_RIVAL"
    assert sum(f"[r:{name} " in command for command in commands(many)) == 2
