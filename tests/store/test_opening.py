"""Who may open a store when, and what a killed process, a damaged file or a foreign folder leads to."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kg.errors import GraphError
from kg.export import export
from kg.graph import KnowledgeGraph
from kg.store import GrowingStore, Store, is_store, read_graph
from kg.store.place import records
from tests.store.conftest import Held, Pool
from tests.store.test_growing import graph_of, stored

ROOT = Path(__file__).parents[2]
COUNT = "SELECT (COUNT(?d) AS ?n) { ?d a polkg:Document }"
# Adds the documents that a file holds, again and again, and says which one is done.
WRITER = """
import pickle, sys
from pathlib import Path
from kg.store import GrowingStore
with GrowingStore(sys.argv[1]) as store:
    for number, extraction in enumerate(pickle.loads(Path(sys.argv[2]).read_bytes())):
        store.put(extraction)
        print(number, flush=True)
    print("all", flush=True)
    sys.stdin.read()
"""


def documents(path: Path) -> list[tuple[str, ...]]:
    return Store(path).query(COUNT).table()


def writer(path: Path, pool: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(pool)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


@pytest.fixture
def pickled(pool: Pool, tmp_path: Path) -> Path:
    """Return a file with all documents; the second versions come after the first."""
    path = tmp_path / "pool"
    path.write_bytes(pickle.dumps([pool[key] for key in sorted(pool, key=lambda key: (key[1], key[0]))]))
    return path


def test_a_second_writer_is_told_so(pickled: Path, tmp_path: Path) -> None:
    path = tmp_path / "store"
    with GrowingStore(path), pytest.raises(GraphError, match="being written to by another process"):
        GrowingStore(path)
    process = writer(path, pickled)
    try:
        assert process.stdout
        assert len(list(iter(process.stdout.readline, "all\n"))) == 18
        with pytest.raises(GraphError, match="being written to by another process"):
            GrowingStore(path)
    finally:
        process.communicate("")
    with GrowingStore(path) as store:
        assert len(store.graph().sources()) == 9


def test_readers_and_a_writer_leave_each_other_in_peace(pool: Pool, tmp_path: Path) -> None:
    path = tmp_path / "store"
    first, *others = [pool[key] for key in sorted(pool) if key[1] == 0]
    with GrowingStore(path) as store:
        store.put(first)
        before = Store(path)
        for extraction in others:
            store.put(extraction)
        assert before.query(COUNT).table() == [("1",)]
        assert documents(path) == [("9",)]
        assert len(read_graph(path).sources()) == 9
    assert before.query(COUNT).table() == [("1",)]
    assert len(list((path / "readers").iterdir())) == 1
    del before
    assert not list((path / "readers").iterdir())


def test_what_a_killed_reader_leaves_is_swept_away(pool: Pool, tmp_path: Path) -> None:
    path = stored(tmp_path / "store", [pool["harbour-talks 0", 0]])
    script = "import os, sys; from kg.store import Store; store = Store(sys.argv[1]); os._exit(0)"
    subprocess.run([sys.executable, "-c", script, str(path)], check=True, cwd=ROOT)
    assert len(list((path / "readers").iterdir())) == 1
    assert documents(path) == [("1",)]
    assert not list((path / "readers").iterdir())


@pytest.mark.parametrize("opened", [Store, GrowingStore])
def test_what_was_half_done_is_done_by_the_next(
    pool: Pool, tmp_path: Path, held: Held, opened: Callable[[Path], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = pool["harbour-talks 0", 0], pool["harbour-talks 1", 1]
    path = tmp_path / "store"
    store = GrowingStore(path)
    store.put(one)
    with monkeypatch.context() as patch:
        patch.setattr("kg.store.growing.apply", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.put(two)
    store.close()
    assert held(path) != held(stored(tmp_path / "whole", [one, two]))
    del store
    opened(path)
    assert held(path) == held(tmp_path / "whole")


@pytest.mark.parametrize(
    ("broken", "kept"),
    [("nquads_text", "0"), ("made_by", "9")],  # before the records are written, and after
)
def test_what_a_fill_left_half_done_is_made_good_by_the_next_reader(
    pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, kept: str
) -> None:
    path = tmp_path / "store"
    store = GrowingStore(path)
    with monkeypatch.context() as patch:
        patch.setattr(f"kg.store.growing.{broken}", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.fill(graph_of(pool[key] for key in pool if key[1] == 0))
    store.close()
    del store
    assert documents(path) == [(kept,)]


def test_pieces_that_are_loaded_at_the_same_time_are_what_one_piece_is(
    pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: Held
) -> None:
    graph = graph_of(pool[key] for key in pool if key[1] == 0)
    with GrowingStore(tmp_path / "one") as store:
        store.fill(graph)
    monkeypatch.setattr("kg.store.loading.PIECE", 2000)
    with GrowingStore(tmp_path / "many") as store:
        store.fill(graph)
    assert held(tmp_path / "many") == held(tmp_path / "one")


def test_a_load_that_fails_fails_the_fill_and_the_store_stays_of_use(
    pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = graph_of(pool[key] for key in pool if key[1] == 0)
    with GrowingStore(tmp_path / "store") as store:
        with monkeypatch.context() as patch:
            patch.setattr("kg.store.growing.nquads_text", lambda _: iter(["no quads\n"]))
            with pytest.raises(SyntaxError):
                store.fill(graph)
        store.fill(graph)
    assert documents(tmp_path / "store") == [("9",)]


def test_half_made_quads_give_no_answer(pool: Pool, tmp_path: Path) -> None:
    path = tmp_path / "store"
    with GrowingStore(path) as store:
        store.put(pool["harbour-talks 0", 0])
        store.set_state("quads", "")
        with pytest.raises(GraphError, match=r"the quads of .* are being made"):
            Store(path)


def test_of_two_who_make_a_store_at_the_same_moment_none_finds_it_damaged(tmp_path: Path) -> None:
    def make(path: Path, start: threading.Barrier) -> str:
        start.wait()
        try:
            records(path, write=True).close()
        except GraphError as error:
            return str(error)
        return ""

    for number in range(20):
        path, start = tmp_path / str(number), threading.Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            made = [pool.submit(make, path, start) for _ in range(2)]
        found = {one.result() for one in made}
        assert "" in found
        assert found <= {"", f"{path} is being written to by another process; try again when it is done"}


def test_a_change_that_the_quads_did_not_take_is_made_up_for(
    pool: Pool, tmp_path: Path, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = (pool[f"harbour-talks {number}", 0] for number in range(3))
    path = tmp_path / "store"
    with GrowingStore(path) as store:
        store.put(one)
        with monkeypatch.context() as patch:
            patch.setattr("kg.store.growing.apply", _full)
            with pytest.raises(GraphError, match="cannot be written to: No space left"):
                store.put(two)
        store.put(three)
    assert held(path) == held(stored(tmp_path / "whole", [one, two, three]))


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    command = 'ulimit -f 300; exec "$0" -m kg add --graph exports --store "$1"'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, str(tmp_path / "store")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 2
    assert "cannot be written to" in done.stderr
    assert "Traceback" not in done.stderr


def _full(*_: object) -> None:
    raise OSError("No space left on device")


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_killed_at_any_moment_nothing_is_lost(pickled: Path, tmp_path: Path, held: Held) -> None:
    path, whole = tmp_path / "store", tmp_path / "whole"
    listed = pickle.loads(pickled.read_bytes())
    for stop in (0, 3, 8, 11):
        process = writer(path, pickled)
        assert process.stdout
        done = 0
        for line in process.stdout:
            done += line != "all\n"
            if done > stop:
                process.send_signal(signal.SIGKILL)
        process.communicate()
        there = {extraction.source.id: extraction for extraction in read_graph(path).extractions()}
        reported = {extraction.source.id: extraction for extraction in listed[:done]}
        # The next one may be there too: it was killed before it could say so.
        following = {extraction.source.id: extraction for extraction in listed[done : done + 1]}
        for id_, extraction in reported.items():
            assert there[id_] in (extraction, following.get(id_))
        assert documents(path) == [(str(len(there)),)]
    process = writer(path, pickled)
    process.communicate("")
    assert held(path) == held(stored(whole, listed))


@pytest.mark.parametrize("name", ["MANIFEST-*", "CURRENT", "*.sst"])
def test_damaged_quads_are_made_again(pool: Pool, tmp_path: Path, held: Held, name: str) -> None:
    path = stored(tmp_path / "store", [pool["harbour-talks 0", 0]])
    before = held(path)
    for file in (path / "quads").glob(name):
        os.truncate(file, 3)
    for opened in (Store, GrowingStore):
        with pytest.raises(
            GraphError, match=r"If it is damaged, delete .*quads, and `kg add --store .* makes it"
        ):
            opened(path)
    assert not list((path / "readers").glob("*"))
    shutil.rmtree(path / "quads")
    with pytest.raises(GraphError, match="it is not there"):
        Store(path)
    GrowingStore(path).close()
    assert held(path) == before


@pytest.mark.parametrize("size", [0, 4000])
def test_damaged_records_are_an_error(pool: Pool, tmp_path: Path, size: int) -> None:
    path = stored(tmp_path / "store", [pool["harbour-talks 0", 0]])
    os.truncate(path / "records.sqlite", size)
    for opened in (read_graph, Store, GrowingStore):
        with pytest.raises(GraphError, match="damaged"):
            opened(path)


def test_a_record_that_is_none_is_an_error(pool: Pool, tmp_path: Path) -> None:
    path = stored(tmp_path / "store", [pool["harbour-talks 0", 0]])
    with sqlite3.connect(path / "records.sqlite") as db:
        db.execute("UPDATE documents SET raw = '{}'")
    with pytest.raises(GraphError, match="damaged"):
        read_graph(path)


def test_other_folders_are_no_stores(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    export(small_graph, tmp_path / "graph")
    with pytest.raises(GraphError, match="something else lies there"):
        GrowingStore(tmp_path / "graph")
    assert not is_store(tmp_path / "graph")
    (tmp_path / "other").mkdir()
    with sqlite3.connect(tmp_path / "other" / "records.sqlite") as db:
        db.execute("CREATE TABLE mine (x)")
    for opened in (read_graph, GrowingStore):
        with pytest.raises(GraphError, match="another program"):
            opened(tmp_path / "other")
    (tmp_path / "file").write_text("text")
    with pytest.raises(GraphError, match="something else lies there"):
        GrowingStore(tmp_path / "file")


def test_a_store_of_a_later_format_is_not_touched(pool: Pool, tmp_path: Path) -> None:
    path = stored(tmp_path / "store", [pool["harbour-talks 0", 0]])
    with sqlite3.connect(path / "records.sqlite") as db:
        db.execute("PRAGMA user_version = 99")
    for opened in (read_graph, Store, GrowingStore):
        with pytest.raises(GraphError, match="has the format 99"):
            opened(path)


def test_another_version_makes_the_quads_anew(pool: Pool, tmp_path: Path, held: Held) -> None:
    graph = graph_of(pool.values())
    path = stored(tmp_path / "store", graph.extractions())
    before = held(path)
    with GrowingStore(path) as store:
        store.set_state("quads", "0.0.1 of another ontology")
    GrowingStore(path).close()
    assert held(path) == before
