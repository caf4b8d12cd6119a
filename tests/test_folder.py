from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import GraphError, InputError
from kg.export import export
from kg.folder import read_folder
from kg.graph import Extraction, KnowledgeGraph


@pytest.fixture(params=["small_graph", "hostile_graph"])
def graph(request: pytest.FixtureRequest) -> KnowledgeGraph:
    return _sorted(request.getfixturevalue(request.param))


def test_a_graph_comes_back_equal(graph: KnowledgeGraph, tmp_path: Path) -> None:
    export(graph, tmp_path, formats=["jsonl"])
    assert read_folder(tmp_path) == graph


def test_an_actor_comes_back_as_each_document_knew_it(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    first, second = small_graph.extractions()
    renamed = tuple(replace(actor, aliases=(*actor.aliases, "Zoo")) for actor in second.actors)
    small_graph.add(replace(second, actors=renamed))
    export(small_graph, tmp_path, formats=["jsonl"])
    back = read_folder(tmp_path)
    assert all("Zoo" in actor.aliases for actor in back.actors().values() if actor in renamed)
    back.remove(second.source.id)
    assert back.actors() == {actor.id: actor for actor in sorted(first.actors, key=lambda actor: actor.id)}


def test_reading_and_writing_again_gives_the_same_bytes(graph: KnowledgeGraph, tmp_path: Path) -> None:
    export(graph, tmp_path / "one", formats=["jsonl"])
    export(read_folder(tmp_path / "one"), tmp_path / "two", formats=["jsonl"])
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_a_folder_without_the_files_is_no_export_folder(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"no export folder: it has no documents\.jsonl"):
        read_folder(tmp_path)


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        ("statements.jsonl", ('{"id"', '{"id'), "Invalid JSON"),
        ("statements.jsonl", ('"type": "', '"typ": "'), "type: Field required"),
        (
            "statements.jsonl",
            ('"negated": false', '"negated": "no"'),
            "negated: Input should be a valid boolean",
        ),
        ("statements.jsonl", ('"modality": "actual"', '"modality": "maybe"'), "modality: Input should be"),
        ("statements.jsonl", ('"document": "', '"document": "x'), "is not in documents.jsonl"),
        ("statements.jsonl", ('"source": {"id": "', '"source": {"id": "x'), "is not in actors.jsonl"),
        ("mentions.jsonl", ('"text": "', '"text": "x'), "is not as long as its offsets say"),
        ("mentions.jsonl", ('"form": "', '"form": "x'), "form: Input should be"),
        ("documents.jsonl", ('"length": ', '"length": "x", "l": '), "length: Input should be"),
        ("actors.jsonl", ('"class": "', '"class": "x'), "class: Input should be"),
    ],
)
def test_damage_is_named_with_file_and_line(
    file: str, change: tuple[str, str], message: str, small_graph: KnowledgeGraph, tmp_path: Path
) -> None:
    export(small_graph, tmp_path, formats=["jsonl"])
    lines = (tmp_path / file).read_text("utf8").split("\n")
    lines[1] = lines[1].replace(*change, 1)
    (tmp_path / file).write_text("\n".join(lines), "utf8")
    with pytest.raises(InputError, match=f"{file}:2: ") as raised:
        read_folder(tmp_path)
    assert message in str(raised.value)


def test_the_same_statement_twice_is_damage(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    export(small_graph, tmp_path, formats=["jsonl"])
    lines = (tmp_path / "statements.jsonl").read_text("utf8").splitlines(keepends=True)
    (tmp_path / "statements.jsonl").write_text("".join([*lines, lines[0]]), "utf8")
    with pytest.raises(InputError, match=f"statements.jsonl:{len(lines) + 1}: .* earlier line"):
        read_folder(tmp_path)


def _sorted(graph: KnowledgeGraph) -> KnowledgeGraph:
    # Within a document the folder keeps the order of the graph's views, not that of finding.
    copy = KnowledgeGraph()
    for extraction in graph.extractions():
        fields: dict[str, Any] = {"actors": extraction.actors, "source": extraction.source}
        one = KnowledgeGraph()
        one.add(extraction)
        copy.add(Extraction(**fields, mentions=tuple(one.mentions()), statements=tuple(one.statements())))
    return copy
