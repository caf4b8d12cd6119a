"""What a reader sees on the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from playwright.sync_api import Page

from kg.graph import Extraction, KnowledgeGraph
from kg.model import Statement


def listed(page: Page) -> list[str]:
    """Return the ids of the statements in the table, from top to bottom."""
    # Sliders act with the next frame, so that a quick hand does not make the page work for nothing.
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    found: list[str] = page.locator("tr.facts").evaluate_all("rows => rows.map(row => row.dataset.statement)")
    return found


def carded(page: Page) -> list[str]:
    """Return the ids of the statements in the side panel."""
    found: list[str] = page.locator(".details .card").evaluate_all(
        "cards => cards.map(card => card.dataset.statement)"
    )
    return found


def total(page: Page) -> int:
    """Return how many statements the page says that it shows."""
    match = re.match(r"[\d.,]+", page.locator(".total").inner_text())
    assert match
    return int(re.sub(r"\D", "", match[0]))


def ids(graph: KnowledgeGraph, holds: object = None) -> set[str]:
    """Return the ids of the statements for which `holds` is true; all without it."""
    return {s.id for s in graph.statements() if not callable(holds) or holds(s)}


def one(graph: KnowledgeGraph, **wanted: object) -> Statement:
    """Return the first statement whose fields have these values."""
    return next(s for s in graph.statements() if all(getattr(s, k) == v for k, v in wanted.items()))


def altered(graph: KnowledgeGraph, change: Callable[[Statement], Statement]) -> KnowledgeGraph:
    """Return the graph with every statement changed."""
    return _each(graph, lambda one: replace(one, statements=tuple(map(change, one.statements))))


def renamed(graph: KnowledgeGraph, names: dict[str, str]) -> KnowledgeGraph:
    """Return the graph with other names for some actors, the same in every language."""
    return _each(
        graph,
        lambda one: replace(
            one,
            actors=tuple(
                replace(actor, name=names[actor.name], labels=()) if actor.name in names else actor
                for actor in one.actors
            ),
        ),
    )


def retitled(graph: KnowledgeGraph, title: str) -> KnowledgeGraph:
    """Return the graph with one title for all documents."""
    return _each(graph, lambda one: replace(one, source=replace(one.source, title=title)))


def crowded(graph: KnowledgeGraph, lines: int) -> KnowledgeGraph:
    """Return a graph in which one statement is made again and again, each time between two other actors."""
    number = next(n for n in range(2, lines) if n * (n - 1) >= lines)
    extraction = next(iter(graph.extractions()))
    actor, statement = extraction.actors[0], extraction.statements[0]
    actors = tuple(replace(actor, id=f"{actor.id}/{n}", name=f"Actor {n}", labels=()) for n in range(number))
    pairs = [(one.id, two.id) for one in actors for two in actors if one != two][:lines]
    rows = (replace(statement, id=f"s{n}", source=s, target=t) for n, (s, t) in enumerate(pairs))
    found = KnowledgeGraph()
    found.add(replace(extraction, actors=actors, mentions=(), statements=tuple(rows)))
    return found


def _each(graph: KnowledgeGraph, change: Callable[[Extraction], Extraction]) -> KnowledgeGraph:
    found = KnowledgeGraph()
    for extraction in graph.extractions():
        found.add(change(extraction))
    return found


def over_a_line(page: Page, start: str = "") -> tuple[float, float]:
    """Return a place on the screen where a line is whose tip starts so; the pointer is there then."""
    box = page.locator("#canvas").bounding_box()
    assert box
    # Where lines lie depends on the layout: the pointer looks for one, as a reader's does. Multiples of these
    # two fractions spread evenly over the canvas from the first on, which is sooner than row by row.
    for n in range(1, 4000):
        place = box["x"] + n * 0.75488 % 1 * box["width"], box["y"] + n * 0.56984 % 1 * box["height"]
        page.mouse.move(*place)
        page.wait_for_timeout(20)
        tip = page.locator(".tip")
        if tip.is_visible() and tip.inner_text().startswith(start):
            return place
    raise AssertionError(f"no line with a tip that starts with {start!r}")


def left_of(page: Page, selector: str, words: str) -> float:
    """Return how far from the left these words of an element are on the screen."""
    found: float = page.locator(selector).evaluate(
        """(element, words) => {
            const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
            while (texts.nextNode()) {
                const place = texts.currentNode.data.indexOf(words);
                if (place < 0) continue;
                const range = document.createRange();
                range.setStart(texts.currentNode, place);
                range.setEnd(texts.currentNode, place + words.length);
                return range.getBoundingClientRect().left;
            }
        }""",
        words,
    )
    return found
