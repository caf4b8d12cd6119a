"""`kg load` into a Ladybug file, read back with Ladybug."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import ladybug
import pytest

from kg.cli import main
from kg.export import export
from kg.export.flat import document_row, statement_rows, view
from kg.export.property_graph import actor_properties
from kg.graph import KnowledgeGraph, named
from kg.load import Loaded, LoadError, Order, load

PAGE = Path(__file__).parents[2] / "docs" / "databases.md"
# Does what `load` does, and kills itself in front of the command whose number it is given.
KILLED = """
import os, signal, sys
import ladybug
from kg.folder import read_folder
from kg.load import Order, load

execute, left = ladybug.Connection.execute, [int(sys.argv[1])]

def counting(self, *arguments):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(self, *arguments)

ladybug.Connection.execute = counting
load(read_folder(sys.argv[2]), Order(target=f"ladybug:{sys.argv[3]}"))
"""


@pytest.fixture
def order(tmp_path: Path) -> Order:
    return Order(target=f"ladybug:{tmp_path / 'graph.lbug'}")


@pytest.mark.parametrize("name", ["small_graph", "hostile_graph"])
def test_all_of_a_graph_arrives(name: str, order: Order, request: pytest.FixtureRequest) -> None:
    graph: KnowledgeGraph = request.getfixturevalue(name)
    done: list[int] = []
    loaded = load(graph, replace(order, progress=done.append))
    _holds(order, graph)
    relationships = len(graph.statements()) + len(graph.mentions())
    assert loaded == Loaded(created=len(graph.actors()) + len(graph.sources()) + relationships)
    assert sum(done) == len(graph.sources())


def test_loading_twice_changes_nothing(
    small_graph: KnowledgeGraph, hostile_graph: KnowledgeGraph, order: Order
) -> None:
    small_graph.merge(hostile_graph)
    load(small_graph, order)
    before = _query(order, "MATCH (a)-[r]->(b) RETURN a, r, b")
    assert load(small_graph, order) == Loaded()
    assert _query(order, "MATCH (a)-[r]->(b) RETURN a, r, b") == before
    _holds(order, small_graph)


def test_what_a_newer_version_does_not_say_is_gone(
    small_graph: KnowledgeGraph, hostile_graph: KnowledgeGraph, order: Order
) -> None:
    load(small_graph, order)
    load(hostile_graph, order)
    changed = KnowledgeGraph()
    for extraction in small_graph.extractions():
        statements, mentions = extraction.statements[1:2], extraction.mentions[:1]
        actors = (
            replace(actor, name=f"{actor.name} two", aliases=(), labels=(("fr", "Deux"),))
            for actor in extraction.actors
            if actor.id in named(mentions, statements)
        )
        source = replace(extraction.source, title=None, publisher="Another")
        changed.add(
            replace(extraction, source=source, statements=statements, mentions=mentions, actors=tuple(actors))
        )
    assert small_graph.actors().keys() > changed.actors().keys()
    load(changed, order)
    changed.merge(hostile_graph)
    _holds(order, changed)


def test_other_documents_stay_unless_they_are_to_go(
    small_graph: KnowledgeGraph, hostile_graph: KnowledgeGraph, order: Order
) -> None:
    load(hostile_graph, order)
    load(small_graph, order)
    both = KnowledgeGraph()
    both.merge(small_graph)
    both.merge(hostile_graph)
    _holds(order, both)
    load(small_graph, replace(order, replace=True))
    _holds(order, small_graph)


@pytest.mark.parametrize("number", [0, 3, 12, 16, 18])
def test_a_load_that_is_killed_leaves_the_file_as_it_was(
    number: int, small_graph: KnowledgeGraph, hostile_graph: KnowledgeGraph, order: Order, tmp_path: Path
) -> None:
    load(hostile_graph, order)
    export(small_graph, tmp_path, formats=["jsonl"])
    arguments = [str(number), str(tmp_path), order.target.removeprefix("ladybug:")]
    killed = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False)
    assert killed.returncode == -signal.SIGKILL
    _holds(order, hostile_graph)
    load(small_graph, order)
    small_graph.merge(hostile_graph)
    _holds(order, small_graph)


def test_a_file_that_another_program_holds(small_graph: KnowledgeGraph, order: Order) -> None:
    load(small_graph, order)
    script = (
        "from kg.graph import KnowledgeGraph\nfrom kg.load import LoadError, Order, load\n"
        f"try:\n    load(KnowledgeGraph(), Order(target={order.target!r}))\n"
        "except LoadError as error:\n    print(error)"
    )
    with ladybug.Database(order.target.removeprefix("ladybug:")):
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "Could not set lock on file" in done.stdout


def test_what_is_no_ladybug_file_is_left_alone(
    small_graph: KnowledgeGraph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    export(small_graph, tmp_path, formats=["jsonl"])
    notes = tmp_path / "notes.txt"
    notes.write_text("mine", "utf8")
    monkeypatch.setattr(sys, "argv", ["kg", "load", str(tmp_path), "--to", f"ladybug:{notes}"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    assert "notes.txt: " in capsys.readouterr().err
    assert notes.read_text("utf8") == "mine"


def test_the_code_on_the_page_runs(
    small_graph: KnowledgeGraph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    load(small_graph, Order(target="ladybug:graph.lbug"))
    code = re.search(r"^```python\n(.*?)^```$", PAGE.read_text("utf8"), re.M | re.S)
    assert code
    exec(compile(code[1], PAGE.name, "exec"), {})
    assert "r.quote" in capsys.readouterr().out


def test_a_target_without_a_file_name(small_graph: KnowledgeGraph) -> None:
    with pytest.raises(LoadError, match=r"ladybug:graph\.lbug"):
        load(small_graph, Order(target="ladybug:"))


def _holds(order: Order, graph: KnowledgeGraph) -> None:
    found = view(graph)
    said = _query(order, "MATCH (a:Actor)-[r:STATEMENT]->(b:Actor) RETURN a.id AS source, b.id AS target, r")
    claims = {row["r"]["id"]: row for row in said}
    assert len(claims) == len(said) == len(found.statements)
    for s, row in statement_rows(found):
        claim = claims[s.id]
        assert (claim["source"], claim["target"]) == (s.source, s.target)
        assert _plain(claim["r"]) == _plain({"id": s.id, **row})
    for label, wanted in (
        ("Actor", list(map(actor_properties, found.actors.values()))),
        ("Document", list(map(document_row, found.sources.values()))),
    ):
        nodes = {row["n"]["id"]: _plain(row["n"]) for row in _query(order, f"MATCH (n:{label}) RETURN n")}
        assert nodes == {str(row["id"]): _plain(row) for row in wanted}
    mentions = _query(order, "MATCH (d:Document)-[r:MENTIONS]->(a:Actor) RETURN d.id AS d, a.id AS a, r")
    assert sorted((row["d"], row["a"], *_plain(row["r"]).values()) for row in mentions) == sorted(
        (m.document, m.actor, m.span.start, m.span.end, m.form, m.span.text) for m in graph.mentions()
    )


def _query(order: Order, query: str) -> list[dict[str, Any]]:
    with (
        ladybug.Database(order.target.removeprefix("ladybug:"), read_only=True) as database,
        ladybug.Connection(database) as connection,
    ):
        found = connection.execute(query)
        assert not isinstance(found, list)
        return sorted(found.rows_as_dict(), key=str)  # type: ignore[arg-type]  # no order is promised


def _plain(row: Any) -> dict[str, Any]:
    """Return the properties that have a value; an empty list says as much as none."""
    found = {}
    for key, value in row.items():
        if not key.startswith("_") and value not in (None, [], ()):
            found[key] = value.isoformat() if isinstance(value, date) else value
            found[key] = tuple(value) if isinstance(value, (list, tuple)) else found[key]
    return found


def test_nodes_and_relationships_of_others_stay(order: Order, small_graph: KnowledgeGraph) -> None:
    load(small_graph, order)
    with ladybug.Database(order.target.partition(":")[2]) as base, ladybug.Connection(base) as connection:
        connection.execute("CREATE (:Actor {id: 'mine', name: 'my note'})")
        connection.execute(
            "MATCH (a:Actor), (b:Actor) WHERE a.id = 'mine' AND b.id <> 'mine' WITH a, b LIMIT 1 "
            "CREATE (a)-[:STATEMENT {id: 'own'}]->(b)"
        )
    load(small_graph, replace(order, replace=True))
    with ladybug.Database(order.target.partition(":")[2]) as base, ladybug.Connection(base) as connection:
        found = connection.execute("MATCH (a:Actor {id: 'mine'})-[r:STATEMENT]->() RETURN r.id")
        assert not isinstance(found, list)
        assert found.get_as_arrow().to_pylist() == [{"r.id": "own"}]
