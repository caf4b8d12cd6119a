"""Results as tables, CSV, JSON and pictures: complete, safe and the same bytes every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from kg.analyse import (
    Selection,
    as_json,
    balance,
    centrality,
    chains,
    communities,
    contradictions,
    ego,
    matrix,
    plot,
    table,
    trend,
)
from kg.errors import GraphError, KgError
from kg.graph import KnowledgeGraph
from kg.model import Actor
from tests.analyse.graphs import claim, graph_of

ROOT = Path(__file__).parents[2]
ALL = Selection(modalities=("actual", "planned"), statuses=("current", "past", "future"))
QUESTIONS: dict[str, Callable[[KnowledgeGraph], Any]] = {
    "balance": lambda graph: balance(graph, ALL),
    "centrality": lambda graph: centrality(graph, ALL, per="family"),
    "chains": lambda graph: chains(graph, ("A", "D"), ALL),
    "communities": lambda graph: communities(graph, ALL),
    "contradictions": lambda graph: contradictions(graph, ALL),
    "ego": lambda graph: ego(graph, "A", ALL),
    "matrix": lambda graph: matrix(graph, ALL, by="year", roll_up=True),
    "trend": lambda graph: trend(graph, ("A", "D"), ALL, by="month", roll_up=True),
}


@pytest.fixture(scope="module")
def graph() -> KnowledgeGraph:
    """Return a graph in which every question finds something."""
    return graph_of(
        "A aids B",
        "B aids C",
        claim("A attacks C", by="C"),
        claim("A attacks C", by="A", negated=True, document="d2"),
        "C meets D",
        "E holdsOffice D",
        claim("E accuses A", start="2024-05", end="2024-05"),
        "A rejects E",
        "X meets Y",
        classes={"E": "Person", "X": "ArmedGroup", "Y": "CivilOrganisation"},
        published={"d1": "2025-01-08", "d2": "2025-02-01"},
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_rows_and_json_tell_the_same(question: str, graph: KnowledgeGraph) -> None:
    found = QUESTIONS[question](graph)
    full, narrow = table(question, found), table(question, found, narrow=True)
    assert full.rows
    assert len(full.rows) == len(narrow.rows)
    assert len(narrow.columns) < len(full.columns)
    assert all(len(row) == len(full.columns) for row in full.rows)
    assert "cls" not in (*full.columns, *narrow.columns)
    again = as_json(QUESTIONS[question](graph))
    assert again == as_json(found)
    text = json.dumps(json.loads(again), ensure_ascii=False)
    ids = {value for row in full.rows for value in row if str(value).startswith("https://")}
    assert ids
    assert all(str(one) in text for one in ids)


def test_a_table_for_the_screen_has_no_empty_column(graph: KnowledgeGraph) -> None:
    assert table("centrality", centrality(graph), narrow=True).columns[0] == "name"
    assert table("centrality", centrality(graph, per="type"), narrow=True).columns[0] == "relation"
    assert table("matrix", matrix(graph), narrow=True).columns[0] == "source_name"


def test_json_of_a_triangle_has_its_quotes(graph: KnowledgeGraph) -> None:
    found = json.loads(as_json(balance(graph)))
    assert (found["triangles"], found["balanced"], found["share"]) == (1, 0, 0.0)
    (triangle,) = found["unbalanced"]
    assert {tie["quote"]["quote"] for tie in triangle["ties"]} == {"A aids B", "B aids C", "A attacks C"}


@pytest.mark.parametrize("question", QUESTIONS)
def test_pictures(question: str, graph: KnowledgeGraph, tmp_path: Path) -> None:
    found = QUESTIONS[question](graph)
    svg, png = tmp_path / "plots" / "one.svg", tmp_path / "one.png"
    plot(question, found, svg)
    plot(question, found, png)
    assert etree.parse(svg).getroot().tag == "{http://www.w3.org/2000/svg}svg"
    assert b"<dc:date>" not in svg.read_bytes()
    assert png.read_bytes().startswith(b"\x89PNG")
    plot(question, found, tmp_path / "two.SVG")
    plot(question, found, tmp_path / "two.png")
    assert svg.read_bytes() == (tmp_path / "two.SVG").read_bytes()
    assert png.read_bytes() == (tmp_path / "two.png").read_bytes()


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_cannot_be_drawn_is_said(question: str, tmp_path: Path) -> None:
    nothing = QUESTIONS[question](graph_of("A regardsAsThreat D"))
    with pytest.raises(KgError, match=f"nothing to draw for {question}"):
        plot(question, nothing, tmp_path / "x.svg")
    with pytest.raises(KgError, match=r"a plot is a file that ends in \.svg or \.png"):
        plot(question, nothing, tmp_path / "x.gif")
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_is_named(graph: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GraphError, match="cannot write"):
        plot("centrality", centrality(graph), tmp_path / "file" / "x.svg")


def test_hostile_names_are_only_text(hostile_graph: KnowledgeGraph, tmp_path: Path) -> None:
    actors: list[Actor] = list(hostile_graph.actors().values())
    results: dict[str, Any] = {
        "balance": balance(hostile_graph),
        "centrality": centrality(hostile_graph),
        "chains": chains(hostile_graph, (actors[0].id, actors[-1].id)),
        "communities": communities(hostile_graph),
        "contradictions": contradictions(hostile_graph),
        "ego": ego(hostile_graph, actors[1].id),
        "matrix": matrix(hostile_graph, Selection(classes=("ActorGroup",))),
        "trend": trend(hostile_graph, (actors[1].id, actors[2].id), Selection(clock="event")),
    }
    drawn = 0
    for question, found in results.items():
        assert json.loads(as_json(found)) is not None
        if table(question, found).rows:
            plot(question, found, tmp_path / f"{question}.svg")
            assert not etree.parse(tmp_path / f"{question}.svg").xpath("//*[local-name()='script']")
            drawn += 1
    assert drawn >= 5


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from kg.analyse import *\n"
        "from kg.folder import read_folder\n"
        "graph, out = read_folder('exports'), Path(sys.argv[1])\n"
        "results = {'balance': balance(graph), 'centrality': centrality(graph, per='family'),\n"
        "    'chains': chains(graph, ('Indonesia', 'Rusia'), count=8), 'communities': communities(graph),\n"
        "    'contradictions': contradictions(graph), 'matrix': matrix(graph, by='year', roll_up=True),\n"
        "    'ego': ego(graph, 'RI'), 'trend': trend(graph, ('RI', 'Turki'), roll_up=True)}\n"
        "for name, found in results.items():\n"
        "    (out / (name + '.json')).write_text(as_json(found))\n"
        "    plot(name, found, out / (name + '.svg'))\n"
        "plot('matrix', results['matrix'], out / 'matrix.png')\n"
    )
    folders = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run(
            [sys.executable, "-c", script, str(folder)], check=True, cwd=ROOT, env=environment, timeout=120
        )
        folders.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert len(folders[0]) == 17
    assert folders[0] == folders[1]
