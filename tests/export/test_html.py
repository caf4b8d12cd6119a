"""What stands in the page before a browser comes; `tests/explorer` shows it in one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html as markup

from kg.errors import ResourceError
from kg.export import export, html
from kg.graph import KnowledgeGraph
from kg.model import Actor


def inside(page: str) -> dict[str, Any]:
    """Return the data of a page as a browser finds them."""
    document: Any = markup.document_fromstring(page)
    (text,) = document.xpath("//script[@id='data']/text()")
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.mark.parametrize("name", ["small_graph", "hostile_graph"])
def test_the_page_holds_the_data(name: str, request: pytest.FixtureRequest) -> None:
    graph: KnowledgeGraph = request.getfixturevalue(name)
    found = inside(html.page(graph))
    assert found == json.loads(html.data(graph))
    assert found["statements"]["id"] == [s.id for s in graph.statements()]
    assert found["actors"]["name"] == [a.name for a in graph.actors().values()]


def test_no_text_can_end_the_data_or_begin_a_comment(small_graph: KnowledgeGraph) -> None:
    (extraction, *_) = small_graph.extractions()
    title = "</script><!--<script>alert(1)</script>"
    small_graph.add(replace(extraction, source=replace(extraction.source, title=title)))
    page = html.page(small_graph)
    assert title in inside(page)["documents"]["title"]
    assert page.count("<script") == page.count("</script") == 2
    assert "<!--" not in page


def test_the_same_graph_gives_the_same_bytes(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        export(small_graph, tmp_path / folder, formats=["html"])
    one, two = ((tmp_path / folder / "graph.html").read_bytes() for folder in ("one", "two"))
    assert one == two == html.page(small_graph).encode()


def test_a_type_that_the_ontology_lacks_is_shown_by_its_name(small_graph: KnowledgeGraph) -> None:
    (extraction, *_) = small_graph.extractions()
    odd = replace(extraction.statements[0], type="outsmartsInChess")
    small_graph.add(replace(extraction, statements=(odd,)))
    (kind,) = (one for one in inside(html.page(small_graph))["types"] if one["name"] == odd.type)
    assert kind["labels"] == {"en": "outsmarts in chess"}
    assert kind["family"] == "relatedTo"


def test_half_a_surrogate_pair_does_not_stop_the_export(small_graph: KnowledgeGraph) -> None:
    extraction, fleet = next(
        (extraction, actor)
        for extraction in small_graph.extractions()
        for actor in extraction.actors
        if actor.name == "Borneo Fleet"
    )
    broken = Actor(id=fleet.id, name="half \ud83d", cls=fleet.cls)
    others = tuple(actor for actor in extraction.actors if actor != fleet)
    small_graph.add(replace(extraction, actors=(*others, broken)))
    assert "half �" in json.loads(html.data(small_graph))["actors"]["name"]


def test_words_and_colours_come_in_both_languages(small_graph: KnowledgeGraph) -> None:
    found = json.loads(html.data(small_graph))
    for part in ("classes", "families", "modalities", "statuses", "certainties", "types"):
        assert all(one["labels"].keys() >= {"en", "id"} for one in found[part]), part
    assert all(one["colour"].startswith("#") for one in found["classes"])


def test_the_shell_asks_nobody_else_for_anything() -> None:
    page: Any = markup.document_fromstring(html.shell())
    assert page.xpath("//@src | //@href | //@style | //@*[starts-with(name(), 'on')]") == []
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_missing_build_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(html, "SHELL", tmp_path / "explorer.html")
    html.shell.cache_clear()
    with pytest.raises(ResourceError, match="npm run build"):
        html.shell()
    html.shell.cache_clear()
