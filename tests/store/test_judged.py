"""Judgements of a store: the same graph as a build by the same judgements, whatever came in between."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.judgements.settling import adopted
from kg.store import GrowingStore, Store, read_graph
from tests.store.conftest import Held
from tests.store.test_command import kg as kg
from tests.store.test_command import notes as notes
from tests.store.test_command import written
from tests.test_cli import Command
from tests.test_review import folder

JUDGED = """
- wrong: {document: one, source: Brazil, type: criticises, target: Ecuador}
- same: [Peru, Retno Wiryawan]
"""
CRITICISED = "SELECT ?id { ?s rdf:predicate polkg:criticises ; prov:wasDerivedFrom/dcterms:identifier ?id }"
PRAISED = "SELECT ?name { ?a polkg:praises ?b . ?b rdfs:label ?name }"


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    path = tmp_path / "judged.yaml"
    path.write_text(JUDGED, "utf8")
    return path


def test_a_store_is_judged_like_a_build(kg: Command, notes: Path, judged: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    kg("build", notes, "-o", tmp_path / "plain", "--judgements", judged)
    kg("build", notes, "-o", tmp_path / "grown", "--store", store, "--judgements", judged)
    assert folder(tmp_path / "grown") == folder(tmp_path / "plain")
    kg("export", store, "-o", tmp_path / "exported")
    assert folder(tmp_path / "exported") == folder(tmp_path / "plain")
    assert Store(store).query(CRITICISED).table() == [("three",)]
    assert Store(store).query(PRAISED).table() == [("Chile",)]


def test_order_and_moment_do_not_matter(
    kg: Command, notes: Path, judged: Path, tmp_path: Path, held: Held
) -> None:
    whole, late = tmp_path / "whole", tmp_path / "late"
    kg("add", notes, "--store", whole, "--judgements", judged)
    texts = {"two": "Retno Wiryawan praised Peru.", "three": "Brasil mengecam Ekuador."}
    kg("add", written(tmp_path / "later.jsonl", texts), "--store", late)
    kg("add", "--store", late, "--judgements", judged)
    kg("add", notes, "--store", late)
    assert held(whole) == held(late)
    assert "3 unchanged" in kg("add", notes, "--store", late).err


def test_what_was_added_before_an_error_is_shown_as_it_is_judged(
    kg: Command, notes: Path, judged: Path, tmp_path: Path
) -> None:
    store, bad = tmp_path / "store", tmp_path / "bad.jsonl"
    many = written(tmp_path / "many.jsonl", {f"n{number}": "Norway praised Peru." for number in range(32)})
    kg("add", notes, "--store", store, "--judgements", judged)
    bad.write_text("{", "utf8")
    changed = written(tmp_path / "changed.jsonl", {"one": "Brazil criticised Ecuador on Monday."})
    assert kg("add", changed, many, bad, "--store", store).code == 2
    assert Store(store).query(CRITICISED).table() == [("three",)]


def test_nothing_is_removed_where_the_judgements_cannot_be_read(
    kg: Command, notes: Path, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    kg("add", notes, "--store", store)
    (store / "judgements.yaml").write_text("- wrong: [", "utf8")
    assert kg("remove", "one", "--store", store).code == 2
    assert len(read_graph(store).sources()) == 3


def test_a_judgement_taken_back(kg: Command, notes: Path, judged: Path, tmp_path: Path, held: Held) -> None:
    store, never = tmp_path / "store", tmp_path / "never"
    kg("add", notes, "--store", store, "--judgements", judged)
    (store / "judgements.yaml").write_text("[]\n", "utf8")
    kg("add", notes, "--store", store)
    kg("add", notes, "--store", never)
    assert held(store) == held(never)


def test_answers_are_not_thrown_away(kg: Command, notes: Path, judged: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    kg("add", notes, "--store", store, "--judgements", judged)
    other = tmp_path / "other.yaml"
    other.write_text("- same: [Peru, Chile]\n", "utf8")
    done = kg("add", notes, "--store", store, "--judgements", other)
    assert done.code == 2
    assert "lacks this judgement: wrong: Brazil criticises Ecuador in 'one'" in done.err
    other.write_text(JUDGED + "- not_same: [Peru, Chile]\n", "utf8")
    assert kg("add", notes, "--store", store, "--judgements", other).code == 0
    found = adopted(store, None)
    assert found is not None
    assert len(found.entries) == 3


def test_a_removed_document_changes_what_names_mean(
    kg: Command, notes: Path, judged: Path, tmp_path: Path, held: Held
) -> None:
    store, never = tmp_path / "store", tmp_path / "never"
    kg("add", notes, "--store", store, "--judgements", judged)
    assert kg("remove", "two", "--store", store).code == 0
    texts = {"one": "Brazil criticised Ecuador. Peru praised Chile.", "three": "Brasil mengecam Ekuador."}
    kg("add", written(notes, texts), "--store", never, "--judgements", judged)
    assert held(store) == held(never)


def test_review_of_a_store_is_in_it_at_once(kg: Command, notes: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    kg("add", notes, "--store", store)
    number = len(read_graph(store).statements())
    done = kg("review", store, "--about", "statements", stdin="n\nq\n")
    assert f"1 judgement given -> {store / 'judgements.yaml'}" in done.err
    assert len(read_graph(store).statements()) == number - 1
    count = Store(store).query("SELECT (COUNT(?s) AS ?n) { ?s a polkg:Statement }").table()
    assert count == [(str(number - 1),)]


def test_a_process_killed_before_it_settled(
    kg: Command, notes: Path, judged: Path, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, whole = notes.parent / "store", notes.parent / "whole"

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(GrowingStore, "show", stopped)
        assert kg("add", notes, "--store", store, "--judgements", judged).code == 130
    assert "3 unchanged" in kg("add", notes, "--store", store).err
    kg("add", notes, "--store", whole, "--judgements", judged)
    assert held(store) == held(whole)
