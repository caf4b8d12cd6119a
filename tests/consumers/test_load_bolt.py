"""`kg load` into a real server behind Bolt: all of it, twice, a newer version, cut off, and refused."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from neo4j import Driver

import kg.load.bolt_session
from kg.cli import main
from kg.export import export
from kg.export.cypher import commands
from kg.graph import Extraction, KnowledgeGraph, named
from kg.load import Loaded, LoadError, Order, load
from tests.consumers.contents import holds, query
from tests.consumers.rdf_servers import PAGE
from tests.consumers.repeated import repeated
from tests.consumers.unsteady import Unsteady
from tests.servers import PASSWORD, free_port

Run: TypeAlias = Callable[..., tuple[object, str]]


@pytest.fixture
def order(bolt_url: str, database: Driver) -> Order:
    assert not query(database, "MATCH (n) RETURN n LIMIT 1")
    return Order(target=bolt_url, user="root", password=PASSWORD, database="kg")


@pytest.fixture
def folder(small_graph: KnowledgeGraph, tmp_path: Path) -> Path:
    export(small_graph, tmp_path, formats=["jsonl"])
    return tmp_path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str) -> tuple[object, str]:
        monkeypatch.setattr(sys, "argv", ["kg", *words])
        with pytest.raises(SystemExit) as left:
            main()
        return left.value.code, capsys.readouterr().err

    return run


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", PASSWORD)


@pytest.mark.parametrize("name", ["small_graph", "hostile_graph"])
def test_all_of_a_graph_arrives(
    name: str, order: Order, database: Driver, request: pytest.FixtureRequest
) -> None:
    graph: KnowledgeGraph = request.getfixturevalue(name)
    done: list[int] = []
    loaded = load(graph, replace(order, progress=done.append))
    holds(database, graph)
    relationships = len(graph.statements()) + len(graph.mentions())
    assert loaded == Loaded(created=len(graph.actors()) + len(graph.sources()) + relationships)
    assert sum(done) == len(graph.sources())


def test_loading_twice_changes_nothing(
    small_graph: KnowledgeGraph, hostile_graph: KnowledgeGraph, order: Order, database: Driver
) -> None:
    small_graph.merge(hostile_graph)
    load(small_graph, order)
    before = _everything(database)
    assert load(small_graph, order) == Loaded()
    assert _everything(database) == before


def test_what_has_gone_meanwhile_is_brought_again(
    small_graph: KnowledgeGraph, order: Order, database: Driver
) -> None:
    load(small_graph, order)
    query(database, "MATCH (:Actor)-[r:PARTNER_OF]->() DELETE r")
    query(
        database,
        "MATCH (d:Document)-[r:MENTIONS]->() WITH d, min(r.start) AS first "
        "MATCH (d)-[r:MENTIONS {start: first}]->() DELETE r",
    )
    assert load(small_graph, order).created == 1 + len(small_graph.sources())
    holds(database, small_graph)


def test_what_a_newer_version_does_not_say_is_gone(
    small_graph: KnowledgeGraph, hostile_graph: KnowledgeGraph, order: Order, database: Driver
) -> None:
    load(small_graph, order)
    load(hostile_graph, order)
    first, second = small_graph.extractions()
    changed = KnowledgeGraph()
    changed.add(_shorter(first))
    changed.add(_shorter(second))
    assert small_graph.actors().keys() > changed.actors().keys()
    load(changed, order)
    changed.merge(hostile_graph)
    holds(database, changed)


def test_other_documents_stay_unless_they_are_to_go(
    small_graph: KnowledgeGraph, hostile_graph: KnowledgeGraph, order: Order, database: Driver
) -> None:
    load(hostile_graph, order)
    load(small_graph, order)
    both = KnowledgeGraph()
    both.merge(small_graph)
    both.merge(hostile_graph)
    holds(database, both)
    load(small_graph, replace(order, replace=True))
    holds(database, small_graph)


def test_what_the_script_has_loaded_is_updated(
    small_graph: KnowledgeGraph, order: Order, database: Driver
) -> None:
    first, second = small_graph.extractions()
    part = KnowledgeGraph()
    part.add(first)
    with database.session(database="kg") as session:
        for command in commands(part):
            session.run(command).consume()
    loaded = load(small_graph, order)
    assert 0 < loaded.created < 1 + len(second.actors) + len(second.mentions) + len(second.statements)
    assert not loaded.removed
    holds(database, small_graph)


def test_the_queries_on_the_page_find_something(
    small_graph: KnowledgeGraph, order: Order, database: Driver
) -> None:
    load(small_graph, order)
    blocks = re.findall(r"^```cypher\n(MATCH.*?)^```$", PAGE.read_text("utf8"), re.M | re.S)
    queries = [text.replace("Indonesia", "China") for block in blocks for text in block.split(";\n")]
    found = [query(database, text) for text in queries if text.strip()]
    assert [len(rows) > 0 for rows in found] == [True, True, True]


def test_what_others_have_put_there_stays(
    small_graph: KnowledgeGraph, order: Order, database: Driver
) -> None:
    load(small_graph, order)
    for command in (
        "CREATE (:Actor {id: 'mine'}) CREATE (:Person {name: 'Mine too'})",
        "MATCH (a:Actor {name: 'Norway'}) SET a.rank = 7",
        "MATCH (a {name: 'Norway'}) MATCH (b {name: 'China'}) CREATE (a)-[:TRADES {tons: 3}]->(b)",
    ):
        query(database, command)
    assert load(small_graph, replace(order, replace=True)) == Loaded()
    assert query(database, "MATCH (a:Actor {rank: 7})-[r:TRADES]->() RETURN r.tons AS tons") == [{"tons": 3}]
    assert len(query(database, "MATCH (n) WHERE n.id = 'mine' OR n.name = 'Mine too' RETURN n.id")) == 2


def test_a_load_that_is_killed_is_completed_by_the_next(
    small_graph: KnowledgeGraph, order: Order, database: Driver, tmp_path: Path
) -> None:
    graph = repeated(small_graph, 90)
    export(graph, tmp_path, formats=["jsonl"])
    script = (
        "import os, signal\nfrom kg.folder import read_folder\nfrom kg.load import Order, load\n"
        f"load(read_folder({str(tmp_path)!r}), Order(target={order.target!r}, user='root', "
        f"password={PASSWORD!r}, database='kg', progress=lambda _: os.kill(os.getpid(), signal.SIGKILL)))"
    )
    killed = subprocess.run([sys.executable, "-c", script], check=False)
    assert killed.returncode == -signal.SIGKILL
    there = {row["id"] for row in query(database, "MATCH (d:Document) RETURN d.id AS id")}
    assert 0 < len(there) < len(graph.sources())
    said = query(database, "MATCH (:Actor)-[r]->(:Actor) RETURN r.id AS id")
    assert {row["id"] for row in said} == {s.id for s in graph.statements() if s.document in there}
    load(graph, order)
    holds(database, graph)


def test_a_broken_connection_is_tried_again(
    small_graph: KnowledgeGraph, order: Order, database: Driver
) -> None:
    graph = repeated(small_graph, 90)
    with Unsteady(order.target) as between:
        load(graph, replace(order, target=between.url, progress=lambda _: between.cut()))
        assert between.cuts > 1
    holds(database, graph)


def test_a_server_that_goes_away_ends_it_in_time(
    small_graph: KnowledgeGraph, order: Order, database: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.load.bolt_session, "PATIENCE", 1.0)
    graph = repeated(small_graph, 90)
    with Unsteady(order.target) as between:
        away = replace(order, target=between.url, progress=lambda _: between.close())
        with pytest.raises(LoadError, match="no Bolt server answers at"):
            load(graph, away)
    load(graph, order)
    holds(database, graph)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--user", "root", "--database", "elsewhere"], "database 'elsewhere', refuses"),
        (["--user", "nobody"], "lets nobody in as 'nobody'"),
        ([], "lets nobody in without a user"),
        (["--user", "root", "--password-file", "none.txt"], "none.txt: no password can be read"),
    ],
)
@pytest.mark.usefixtures("password")
def test_a_refusal_is_one_line_and_exit_code_2(
    options: list[str], message: str, order: Order, folder: Path, run: Run
) -> None:
    code, said = run("load", str(folder), "--to", order.target, *options)
    assert (code, said.count("\n")) == (2, 1)
    assert message in said


def test_no_server_is_said_at_once(folder: Path, run: Run) -> None:
    code, said = run("load", str(folder), "--to", f"bolt://127.0.0.1:{free_port()}")
    assert (code, said.count("\n")) == (2, 1)
    assert "no Bolt server answers at bolt://127.0.0.1:" in said


def _everything(database: Driver) -> list[list[dict[str, Any]]]:
    return [
        query(database, "MATCH (n) RETURN elementId(n) AS key, labels(n) AS labels, n ORDER BY elementId(n)"),
        query(
            database, "MATCH ()-[r]->() RETURN elementId(r) AS key, properties(r) AS r ORDER BY elementId(r)"
        ),
    ]


def _shorter(extraction: Extraction) -> Extraction:
    """Return what a newer version of the document might say: less, under another title, of another class."""
    statements, mentions = extraction.statements[1:2], extraction.mentions[:1]
    actors = (
        replace(actor, cls="ActorGroup", aliases=(), labels=(("fr", "Deux"),))
        if actor.cls == "State"
        else actor
        for actor in extraction.actors
        if actor.id in named(mentions, statements)
    )
    return replace(
        extraction,
        source=replace(extraction.source, title=None, publisher="Another"),
        statements=statements,
        mentions=mentions,
        actors=tuple(actors),
    )
