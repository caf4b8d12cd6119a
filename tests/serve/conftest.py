"""A server for the sample articles' graph, shared by the tests that leave it as it is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from kg.store.growing import GrowingStore
from tests.serve.servers import ROOT, Served, kg, serving


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    with serving(ROOT / "exports") as found:
        yield found


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("built") / "news.store"
    kg("add", "--graph", "exports", "--store", str(found))
    return found


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "news.store", ignore=shutil.ignore_patterns("annotations*"))


@pytest.fixture
def small_store(small_graph: KnowledgeGraph, tmp_path: Path) -> Path:
    with GrowingStore(tmp_path / "small.store") as found:
        found.fill(small_graph)
    return tmp_path / "small.store"
