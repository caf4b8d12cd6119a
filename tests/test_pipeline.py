"""`kg.build`: sources in, one graph out."""

from __future__ import annotations

from pathlib import Path

from kg.pipeline import build


def test_build_reads_one_source_or_several_and_reports_each_document(tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("On Monday Brazil criticised Ecuador for its plan.", "utf8")
    two.write_text("On Tuesday Brazil praised Chile for its help.", "utf8")
    done: list[str] = []
    graph = build([one, two], progress=lambda extraction: done.append(extraction.source.id))
    assert done == [source.id for source in graph.sources()] == ["one.txt", "two.txt"]
    assert [s.type for s in build(one).statements()] == ["criticises"]
