"""`kg add`, `remove`, `list`, `stats` and what the other commands make of a store, as a user meets them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.store import GrowingStore, read_graph
from tests.store.conftest import Held
from tests.test_cli import EXAMPLES, Command
from tests.test_review import folder

TEXTS = {
    "one": "Brazil criticised Ecuador. Peru praised Chile.",
    "two": "Retno Wiryawan praised Peru.",
    "three": "Brasil mengecam Ekuador.",
}


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setenv("COLUMNS", "200")
    return Command(monkeypatch, capsys)


def written(path: Path, texts: dict[str, str]) -> Path:
    lines = [
        json.dumps({"id": id_, "text": text, "lang": "id" if "mengecam" in text else "en"})
        for id_, text in texts.items()
    ]
    path.write_text("\n".join(lines), "utf8")
    return path


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return written(tmp_path / "notes.jsonl", TEXTS)


def test_a_build_through_a_store_is_the_build_without(kg: Command, tmp_path: Path) -> None:
    assert kg("build", EXAMPLES, "-o", tmp_path / "plain").code == 0
    done = kg("build", EXAMPLES, "-o", tmp_path / "grown", "--store", tmp_path / "store")
    assert "7 new, 0 changed, 0 unchanged" in done.err
    assert "7 documents, " in done.err
    assert folder(tmp_path / "grown") == folder(tmp_path / "plain")
    again = kg("build", EXAMPLES, "-o", tmp_path / "again", "--store", tmp_path / "store")
    assert "0 new, 0 changed, 7 unchanged" in again.err
    assert folder(tmp_path / "again") == folder(tmp_path / "plain")


def test_what_is_there_is_not_read_again(
    kg: Command, notes: Path, tmp_path: Path, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    done = kg("add", notes, "--store", store, "--verbose")
    assert done.out.splitlines() == ["new\tone", "new\ttwo", "new\tthree"]
    assert "3 new, 0 changed, 0 unchanged" in done.err
    assert f"3 documents -> {store}" in done.err
    before = held(store)
    with monkeypatch.context() as patch:
        patch.setattr("kg.extracting.annotate", None)
        done = kg("add", notes, "--store", store, "-v")
    assert (done.code, done.out.splitlines()) == (0, ["unchanged\tone", "unchanged\ttwo", "unchanged\tthree"])
    assert held(store) == before


def test_a_changed_version_replaces_the_old_one(kg: Command, notes: Path, tmp_path: Path, held: Held) -> None:
    store, fresh = tmp_path / "store", tmp_path / "fresh"
    kg("add", notes, "--store", store)
    written(notes, {**TEXTS, "one": "Peru praised Bolivia."})
    done = kg("add", notes, "--store", store, "-v")
    assert done.out.splitlines() == ["unchanged\ttwo", "unchanged\tthree", "changed\tone"]
    kg("add", notes, "--store", fresh)
    assert held(store) == held(fresh)


@pytest.mark.parametrize("options", [["--min-confidence", "0.99"], ["--min-confidence", "0"]])
def test_other_options_are_another_extraction(
    kg: Command, notes: Path, tmp_path: Path, options: list[str]
) -> None:
    store = tmp_path / "store"
    kg("add", notes, "--store", store)
    assert "0 new, 3 changed" in kg("add", notes, "--store", store, *options).err
    assert "3 unchanged" in kg("add", notes, "--store", store, *options).err


def test_removed_is_as_if_it_had_never_been(kg: Command, notes: Path, tmp_path: Path, held: Held) -> None:
    store, never = tmp_path / "store", tmp_path / "never"
    kg("add", notes, "--store", store)
    done = kg("remove", "one", "three", "--store", store)
    assert (done.code, done.err) == (0, f"2 documents removed <- {store}\n")
    written(notes, {"two": TEXTS["two"]})
    kg("add", notes, "--store", never)
    assert held(store) == held(never)
    for path, out in ((store, "a"), (never, "b")):
        assert kg("export", path, "-o", tmp_path / out).code == 0
    assert folder(tmp_path / "a") == folder(tmp_path / "b")


def test_a_wrong_id_removes_nothing(kg: Command, notes: Path, tmp_path: Path, held: Held) -> None:
    store = tmp_path / "store"
    kg("add", notes, "--store", store)
    before = held(store)
    done = kg("remove", "one", "four", "--store", store)
    assert (done.code, done.err) == (2, f"error: no document 'four' in {store}\n")
    assert held(store) == before
    assert kg("remove", "one", "--store", tmp_path / "none").code == 2
    assert not (tmp_path / "none").exists()


def test_list_and_stats(kg: Command, notes: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    kg("add", notes, "--store", store, "--min-confidence", "0.5")
    listed = [*csv.DictReader(io.StringIO(kg("list", store, "--as", "csv").out))]
    assert [(row["document"], row["language"], row["statements"]) for row in listed] == [
        ("one", "en", "2"),
        ("three", "id", "1"),
        ("two", "en", "1"),
    ]
    counts = {
        (r["what"], r["which"]): r["number"] for r in json.loads(kg("stats", store, "--as", "json").out)
    }
    assert counts["documents", "all"] == 3
    assert counts["documents", "id"] == 1
    assert counts["statements", "all"] == 4
    assert counts["statements", "verbalConflict"] == 2
    assert counts["statements", "negated"] == 0
    kg("export", store, "-o", tmp_path / "graph")
    assert kg("stats", tmp_path / "graph").out == kg("stats", store).out
    assert kg("list", tmp_path / "graph").out == kg("list", store).out


def test_query_validate_and_eval_take_a_store(kg: Command, two_languages: Path, tmp_path: Path) -> None:
    store, graph = tmp_path / "store", tmp_path / "graph"
    kg("build", two_languages, "-o", graph, "--store", store)
    commands: list[list[str | Path]] = [
        ["query", "{}", "--question", "actors"],
        ["query", "{}", "SELECT ?a ?b { ?a polkg:criticises ?b }", "--as", "json"],
        ["validate", "{}"],
        ["eval", two_languages, "{}"],
    ]
    for words in commands:
        from_store, from_graph = (
            kg(*(path if word == "{}" else word for word in words)) for path in (store, graph)
        )
        assert from_store == from_graph
        assert from_store.code == 0
        assert from_store.out


def test_a_graph_becomes_a_store(kg: Command, notes: Path, tmp_path: Path) -> None:
    kg("build", notes, "-o", tmp_path / "graph")
    done = kg("add", "--graph", tmp_path / "graph", "--store", tmp_path / "store")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("3 new, 0 changed, 0 unchanged in ")
    assert f"3 documents -> {tmp_path / 'store'}" in done.err
    kg("export", tmp_path / "store", "-o", tmp_path / "back")
    assert folder(tmp_path / "back") == folder(tmp_path / "graph")
    # What it was made from is not known, so that the articles themselves are read.
    assert "3 changed" in kg("add", notes, "--store", tmp_path / "store").err
    assert read_graph(tmp_path / "store") == read_graph(tmp_path / "graph")


def test_what_takes_the_place_of_another_article_is_named(kg: Command, tmp_path: Path) -> None:
    for day, text in (("monday", "Brazil criticised Ecuador."), ("tuesday", "Norway praised Peru.")):
        (tmp_path / day).mkdir()
        (tmp_path / day / "report.txt").write_text(text, "utf8")
    store = tmp_path / "store"
    kg("add", tmp_path / "monday", "--store", store, "--lang", "en")
    done = kg("add", tmp_path / "tuesday", "--store", store, "--lang", "en")
    assert "in place of documents with the same ids: report.txt\n" in done.err
    kg("add", tmp_path, "--store", tmp_path / "both", "--lang", "en")
    assert [s.id for s in read_graph(tmp_path / "both").sources()] == [
        "monday/report.txt",
        "tuesday/report.txt",
    ]


def test_wrong_places_are_refused(kg: Command, notes: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    kg("add", notes, "--store", store)
    before = folder(store)
    done = kg("export", store, "-o", store)
    assert (done.code, done.err.startswith(f"error: {store} is a store: ")) == (2, True)
    assert kg("build", notes, "-o", store).code == 2
    assert folder(store) == before
    done = kg("add", "--store", tmp_path / "typo")
    assert (done.code, done.err) == (
        2,
        f"error: no store at {tmp_path / 'typo'}, and no articles to make one of\n",
    )
    assert not (tmp_path / "typo").exists()


def test_an_article_without_an_id_is_refused(
    kg: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = io.TextIOWrapper(io.BufferedReader(io.BytesIO(b"Brazil criticised Ecuador.")))
    monkeypatch.setattr("sys.stdin", text)
    done = kg("add", "-", "--store", tmp_path / "store", "--lang", "en")
    assert done.code == 2
    assert "an article from standard input needs an id" in done.err


def test_bad_input_leaves_what_was_done(kg: Command, notes: Path, tmp_path: Path) -> None:
    store, bad = tmp_path / "store", tmp_path / "bad.jsonl"
    bad.write_text('{"id": "x"}\n', "utf8")
    done = kg("add", notes, bad, "--store", store)
    assert done.code == 2
    assert "bad.jsonl:1" in done.err
    done = kg("add", notes, bad, "--store", store, "--on-error", "skip")
    assert done.code == 0
    assert "skipped" in done.err
    assert len(read_graph(store).sources()) == 3


def test_processes_give_the_same_store(kg: Command, notes: Path, tmp_path: Path, held: Held) -> None:
    kg("add", notes, "--store", tmp_path / "one")
    kg("add", notes, "--store", tmp_path / "two", "--processes", "2")
    assert held(tmp_path / "one") == held(tmp_path / "two")


def test_a_store_in_use_and_a_folder_that_is_none(kg: Command, notes: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    with GrowingStore(store):
        done = kg("add", notes, "--store", store)
    assert (done.code, done.err) == (
        2,
        f"error: {store} is being written to by another process; try again when it is done\n",
    )
    done = kg("add", notes, "--store", EXAMPLES)
    assert done.code == 2
    assert "something else lies there already" in done.err
    assert not (EXAMPLES / "records.sqlite").exists()
