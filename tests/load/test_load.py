"""What all kinds of databases have in common, and what `kg load` says."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest

from kg.cli import main
from kg.errors import GraphError, UnknownNameError
from kg.export import export
from kg.graph import KnowledgeGraph
from kg.load import LoadError, Order, load, loaders

Run: TypeAlias = Callable[..., tuple[object, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> tuple[object, str]:
        monkeypatch.setattr(sys, "argv", ["kg", "load", *words])
        with pytest.raises(SystemExit) as left:
            main()
        return left.value.code, capsys.readouterr().err

    return run


def test_the_command_says_what_it_has_done(small_graph: KnowledgeGraph, tmp_path: Path, run: Run) -> None:
    export(small_graph, tmp_path, formats=["jsonl"])
    target = f"ladybug:{tmp_path / 'graph.lbug'}"
    code, said = run(str(tmp_path), "--to", target)
    assert not code
    assert said.startswith("2 documents, 11 statements in ")
    things = (small_graph.actors(), small_graph.sources(), small_graph.mentions(), small_graph.statements())
    assert f"-> {target}: {sum(map(len, things))} new and 0 removed nodes and relationships" in said
    assert run(str(tmp_path), "--to", target, "--quiet") == (0, "")


def test_an_unknown_kind_of_database_lists_those_there_are(small_graph: KnowledgeGraph) -> None:
    with pytest.raises(UnknownNameError, match=r"unknown kind of database 'mysql'; known: bolt, .*ladybug"):
        load(small_graph, Order(target="mysql://localhost"))


@pytest.mark.parametrize(
    ("library", "target"), [("neo4j", "bolt://localhost"), ("ladybug", "ladybug:x.lbug")]
)
def test_a_missing_library_says_how_to_get_it(
    library: str, target: str, small_graph: KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(LoadError, match=r"pip install 'polkg\[load\]'"):
        load(small_graph, Order(target=target))


def test_a_graph_with_an_actor_that_no_document_brings(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    first = next(small_graph.extractions())
    graph = KnowledgeGraph()
    graph.add(replace(first, actors=first.actors[1:]))
    with pytest.raises(GraphError, match="no document brings that actor"):
        load(graph, Order(target=f"ladybug:{tmp_path / 'graph.lbug'}"))
    assert not (tmp_path / "graph.lbug").exists()


def test_every_kind_of_database_can_be_imported() -> None:
    from importlib import import_module

    for place in loaders().values():
        module, _, function = place.partition(":")
        assert callable(getattr(import_module(module), function))
