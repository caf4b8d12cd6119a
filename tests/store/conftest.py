"""Documents that share actors, claims and triples, in several versions; and what a store holds, as text."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox
import pytest

from kg.graph import Extraction, KnowledgeGraph, named
from kg.ids import digest

Pool: TypeAlias = dict[tuple[str, int], Extraction]
Held: TypeAlias = Callable[[Path], tuple[list[str], dict[str, list[tuple[object, ...]]]]]


@pytest.fixture
def pool(small_graph: KnowledgeGraph, hostile_graph: KnowledgeGraph) -> Pool:
    """Return three documents made of each of three, each in two versions."""
    found: Pool = {}
    for graph in (small_graph, hostile_graph):
        for extraction in graph.extractions():
            for number in range(3):
                for version in range(2):
                    id_ = f"{extraction.source.id} {number}"
                    found[id_, version] = _varied(extraction, id_, number=number, version=version)
    return found


def _varied(extraction: Extraction, id_: str, *, number: int, version: int) -> Extraction:
    """Return a document of another id, in which some statements are missing and names are other ones."""
    statements = tuple(
        replace(s, id=digest(id_, s.id, str(version))[:16], document=id_)
        for place, s in enumerate(extraction.statements)
        if (place + number) % 3 or version
    )
    mentions = tuple(replace(m, document=id_) for m in extraction.mentions)[version:]
    used = named(mentions, statements)
    actors = tuple(
        replace(a, aliases=tuple(sorted({*a.aliases, f"alias {number % 2}", f"version {version}"})))
        for a in extraction.actors
        if a.id in used
    )
    if version:
        actors = tuple(replace(a, labels=(("en", a.name.upper()), ("fr", f"nom {number}"))) for a in actors)
    return Extraction(
        source=replace(extraction.source, id=id_, title=f"Version {version}"),
        actors=actors,
        mentions=mentions,
        statements=statements,
    )


@pytest.fixture
def held() -> Held:
    """Return a function that gives the quads and the records of a store, sorted."""

    def read(path: Path) -> tuple[list[str], dict[str, list[tuple[object, ...]]]]:
        quads = sorted(map(str, ox.Store.read_only(str(path / "quads"))))
        db = sqlite3.connect(path / "records.sqlite")
        names = ("documents", "shared", "forms", "pending")
        tables = {name: sorted(db.execute(f"SELECT * FROM {name}").fetchall()) for name in names}
        db.close()
        return quads, tables

    return read
