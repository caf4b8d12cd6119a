"""What `kg show` puts on a terminal."""

from __future__ import annotations

import io

from rich.console import Console

from kg.graph import Extraction, KnowledgeGraph
from kg.model import Document
from kg.show import render


def shown(extraction: Extraction, *, text: str, colours: bool = False) -> str:
    document = Document(id=extraction.source.id, text=text, title=extraction.source.title)
    console = Console(file=io.StringIO(), width=200, force_terminal=colours)
    console.print(render(document, extraction))
    assert isinstance(console.file, io.StringIO)
    return "".join(line.rstrip() + "\n" for line in console.file.getvalue().splitlines())


def english(graph: KnowledgeGraph) -> Extraction:
    return next(e for e in graph.extractions() if e.source.lang == "en")


def test_statements_stand_under_the_article_with_what_qualifies_them(small_graph: KnowledgeGraph) -> None:
    page = shown(english(small_graph), text="The article. " * 40)
    assert page.index("Norway and Indonesia talk in the harbour") < page.index("The article.")
    assert page.index("The article.") < page.index("Norway —partnerOf→ Indonesia  [in March 2024]\n")
    assert "Norway —sanctions→ China  [negated]\n" in page
    assert "“Oslo did not sanction Beijing”" in page
    assert "China —attacks→ Borneo Fleet  [probable]  [by Ratna Wibowo]\n" in page
    assert "“China attacked the Borneo Fleet … Indonesian foreign minister Ratna Wibowo said”" in page
    assert "NATO —arms→ Borneo Fleet  [hypothetical]  [future]  [possible]\n" in page
    assert "[as foreign minister]" in page


def test_quotes_and_triggers_are_marked_in_the_text(small_graph: KnowledgeGraph) -> None:
    found = english(small_graph)
    plain = shown(found, text="x" * 300)
    marked = shown(found, text="x" * 300, colours=True)
    assert "\x1b[" not in plain
    assert "\x1b[4" in marked


def test_article_without_statements(small_graph: KnowledgeGraph) -> None:
    empty = Extraction(source=english(small_graph).source)
    assert "no statements" in shown(empty, text="Nothing happened.")


def test_article_cannot_command_the_terminal(hostile_graph: KnowledgeGraph) -> None:
    (extraction,) = hostile_graph.extractions()
    page = shown(extraction, text="red \x1b[31m text \x07" + " " * 900)
    assert not set(page) & {"\x1b", "\x07", "\x00", "\x9b"}
