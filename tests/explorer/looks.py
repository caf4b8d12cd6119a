"""What a reader sees on the page."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from kg.graph import KnowledgeGraph
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
