"""The table of formats, and what holds for every one of them."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from kg import export as room
from kg.errors import GraphError, UnknownNameError
from kg.export import FORMATS, export, exporters
from kg.graph import Extraction, KnowledgeGraph

NAMES = [exporter.name for exporter in FORMATS]


def test_all_formats_are_written_and_nothing_else(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    export(small_graph, tmp_path)
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {file for exporter in FORMATS for file in exporter.files}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("graph", ["small_graph", "hostile_graph"])
def test_the_same_graph_gives_the_same_bytes(
    name: str, graph: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    once = request.getfixturevalue(graph)
    shuffled = KnowledgeGraph()
    for extraction in reversed(list(once.extractions())):
        shuffled.add(
            Extraction(
                source=extraction.source,
                actors=extraction.actors,
                mentions=tuple(reversed(extraction.mentions)),
                statements=tuple(reversed(extraction.statements)),
            )
        )
    export(once, tmp_path / "one", formats=[name])
    export(shuffled, tmp_path / "two", formats=[name])
    for exporter in FORMATS:
        for file in exporter.files if exporter.name == name else ():
            assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_graph_can_be_written(name: str, tmp_path: Path) -> None:
    export(KnowledgeGraph(), tmp_path, formats=[name])
    assert [path for path in tmp_path.rglob("*") if path.is_file()]


def test_an_unknown_format_lists_the_known_ones(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match=r"unknown format 'gexff'; known: csv, cypher, gexf"):
        export(small_graph, tmp_path / "new", formats=["gexf", "gexff"])
    assert not (tmp_path / "new").exists()


def test_another_package_can_bring_a_format(
    small_graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dotfile.py").write_text(
        "def write(graph, folder):\n    (folder / 'graph.dot').write_text('digraph {}')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    point = EntryPoint(name="dot", value="dotfile:write", group="kg.exporters")
    monkeypatch.setattr(room, "entry_points", lambda group: [point] if group == "kg.exporters" else [])
    assert "dot" in exporters()
    export(small_graph, tmp_path / "out", formats=["dot"])
    assert (tmp_path / "out" / "graph.dot").read_text() == "digraph {}"


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_replaced_whole_or_not_at_all(
    name: str, small_graph: KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(small_graph, tmp_path, formats=[name])
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(GraphError, match="No space left on device"):
        export(KnowledgeGraph(), tmp_path, formats=[name])
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_place_that_cannot_be_written_to_is_named(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(GraphError, match=r"cannot write .*taken"):
        export(small_graph, tmp_path / "taken")


def test_an_actor_that_no_document_brings_is_named(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    first = next(small_graph.extractions())
    lone = KnowledgeGraph()
    lone.add(Extraction(source=first.source, statements=first.statements))
    with pytest.raises(GraphError, match="no document brings that actor"):
        export(lone, tmp_path)


def test_a_format_is_imported_only_when_it_is_asked_for() -> None:
    script = "import sys, kg.export; print([m for m in ('pyarrow', 'numpy', 'pydantic') if m in sys.modules])"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=env
    )
    assert found.stdout.strip() == "[]"
