"""A store holds what it was given and nothing else: added, changed, removed, in whatever order."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.export import export
from kg.graph import Extraction, KnowledgeGraph
from kg.store import GrowingStore, Store, read_graph
from tests.conftest import CHINA, NORWAY
from tests.store.conftest import Held, Pool


def graph_of(extractions: Iterable[Extraction]) -> KnowledgeGraph:
    graph = KnowledgeGraph()
    for extraction in extractions:
        graph.add(extraction)
    return graph


def stored(path: Path, extractions: Iterable[Extraction]) -> Path:
    with GrowingStore(path) as store:
        for extraction in extractions:
            store.put(extraction)
    return path


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def exported(graph: KnowledgeGraph, folder: Path) -> dict[str, bytes]:
    export(graph, folder)
    return files(folder)


def rows(store: Store) -> tuple[list[str], list[str]]:
    default = store.query("SELECT ?s ?p ?o { ?s ?p ?o }").rows
    others = store.query("SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }").rows
    return [str(row) for row in default], [str(row) for row in others]


def test_a_store_gives_back_what_it_was_given(pool: Pool, tmp_path: Path) -> None:
    graph = graph_of(pool.values())
    path = stored(tmp_path / "store", graph.extractions())
    assert read_graph(path) == graph
    assert exported(read_graph(path), tmp_path / "one") == exported(graph, tmp_path / "two")


def test_sparql_finds_in_a_store_what_it_finds_in_an_export(pool: Pool, tmp_path: Path) -> None:
    graph = graph_of(pool.values())
    path = stored(tmp_path / "store", graph.extractions())
    export(graph, tmp_path / "graph", formats=["rdf"])
    default, others = rows(Store(path))
    assert (default, others) == rows(Store(tmp_path / "graph"))
    assert len(others) > 5


def test_adding_again_changes_nothing(pool: Pool, tmp_path: Path, held: Held) -> None:
    path = stored(tmp_path / "store", pool.values())
    # The database joins tables when it likes; joined now, they stay until something is written.
    ox.Store(str(path / "quads")).optimize()
    before, tables = held(path), set((path / "quads").glob("*.sst"))
    stored(path, graph_of(pool.values()).extractions())
    assert held(path) == before
    assert set((path / "quads").glob("*.sst")) == tables


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.integers(0, 8), st.sampled_from([0, 1, None])), max_size=24),
    seed=st.randoms(),
)
def test_only_what_is_there_now_leaves_traces(
    pool: Pool,
    held: Held,
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[int, int | None]],
    seed: random.Random,
) -> None:
    ids = sorted({id_ for id_, _ in pool})
    now: dict[str, Extraction] = {}
    folder = tmp_path_factory.mktemp("stores")
    with GrowingStore(folder / "grown") as store:
        for number, version in steps:
            id_ = ids[number]
            if version is not None:
                now[id_] = pool[id_, version]
                store.put(now[id_])
            elif id_ in now:
                del now[id_]
                store.remove(id_)
    kept = list(now.values())
    seed.shuffle(kept)
    assert held(folder / "grown") == held(stored(folder / "fresh", kept))
    assert rows(Store(folder / "grown")) == rows(Store(graph_of(kept)))


def test_a_removed_document_leaves_the_exports_of_a_store_that_never_had_it(
    pool: Pool, tmp_path: Path, held: Held
) -> None:
    (gone, _), *others = sorted(id_ for id_ in pool if id_[1] == 0)
    path = stored(tmp_path / "store", (pool[id_] for id_ in pool if id_[1] == 0))
    never = stored(tmp_path / "never", (pool[id_] for id_ in others))
    assert held(path) != held(never)
    with GrowingStore(path) as store:
        store.remove(gone)
    assert held(path) == held(never)
    assert exported(read_graph(path), tmp_path / "one") == exported(read_graph(never), tmp_path / "two")


def test_a_triple_that_two_documents_assert_stays_when_one_goes(pool: Pool, tmp_path: Path) -> None:
    one, two = pool["harbour-talks 1", 1], pool["harbour-talks 2", 1]
    path = stored(tmp_path / "store", [one, two])
    asked = "ASK { wd:Q20 polkg:partnerOf wd:Q252 . wd:Q252 polkg:partnerOf wd:Q20 }"
    claimed = "ASK { GRAPH ?g { wd:Q148 polkg:attacks ?fleet } ?g a polkg:ClaimGraph }"
    for document, there in ((one, True), (two, False)):
        with GrowingStore(path) as store:
            store.remove(document.source.id)
        assert Store(path).query(asked).boolean is there
        assert Store(path).query(claimed).boolean is there
    assert not read_graph(path).actors()


def test_names_go_with_the_documents_that_have_them(pool: Pool, tmp_path: Path) -> None:
    path = stored(tmp_path / "store", [pool["harbour-talks 0", 0], pool["harbour-talks 1", 0]])
    aliases = "SELECT ?name { wd:Q20 skos:altLabel ?name } ORDER BY ?name"
    assert Store(path).query(aliases).table() == [("Oslo",), ("alias 0",), ("alias 1",), ("version 0",)]
    with GrowingStore(path) as store:
        store.remove("harbour-talks 1")
    assert Store(path).query(aliases).table() == [("Oslo",), ("alias 0",), ("version 0",)]


def test_two_ids_that_are_one_iri_share_it(small_graph: KnowledgeGraph, tmp_path: Path, held: Held) -> None:
    def with_id(extraction: Extraction, id_: str, document: str) -> Extraction:
        def other(actor: str) -> str:
            return id_ if actor == NORWAY.id else actor

        return replace(
            extraction,
            source=replace(extraction.source, id=document),
            actors=tuple(replace(a, id=other(a.id)) for a in extraction.actors),
            mentions=tuple(replace(m, actor=other(m.actor), document=document) for m in extraction.mentions),
            statements=tuple(
                replace(
                    s,
                    id=f"{document} {s.id}",
                    document=document,
                    source=other(s.source),
                    target=other(s.target),
                )
                for s in extraction.statements
            ),
        )

    english = next(e for e in small_graph.extractions() if e.source.lang == "en")
    one = with_id(english, "https://actors.example/nor way", "one")
    two = with_id(english, "https://actors.example/nor%20way", "two")
    both = stored(tmp_path / "both", [one, two])
    assert rows(Store(both)) == rows(Store(graph_of([one, two])))
    with GrowingStore(both) as store:
        store.remove("two")
    assert held(both) == held(stored(tmp_path / "one", [one]))


def test_many_at_once_are_the_same_as_one_by_one(pool: Pool, tmp_path: Path, held: Held) -> None:
    graph = graph_of(pool.values())
    with GrowingStore(tmp_path / "filled") as store:
        store.fill(graph)
    path = stored(tmp_path / "store", graph.extractions())
    assert held(tmp_path / "filled") == held(path)
    with GrowingStore(path) as store:
        store.fill(graph)
    assert held(tmp_path / "filled") == held(path)


def test_a_store_that_became_empty_is_filled_and_goes_on(pool: Pool, tmp_path: Path, held: Held) -> None:
    first, *others = [pool[key] for key in sorted(pool) if key[1] == 0]
    with GrowingStore(tmp_path / "used") as store:
        store.put(first)
        store.remove(first.source.id)
        store.fill(graph_of(others[:4]))
        for extraction in (first, *others[4:]):
            store.put(extraction)
    assert held(tmp_path / "used") == held(stored(tmp_path / "store", [first, *others]))


def test_what_is_not_there_cannot_be_removed(tmp_path: Path) -> None:
    with GrowingStore(tmp_path / "store") as store, pytest.raises(GraphError, match="no document 'ghost'"):
        store.remove("ghost")


def test_a_document_brings_the_actors_that_it_names(pool: Pool, tmp_path: Path, held: Held) -> None:
    whole = pool["harbour-talks 1", 0]
    without = replace(whole, actors=tuple(a for a in whole.actors if a.id != CHINA.id))
    path = stored(tmp_path / "store", [])
    before = held(path)
    with GrowingStore(path) as store, pytest.raises(GraphError, match="does not bring that actor"):
        store.put(without)
    assert held(path) == before
