"""The query page in a real browser: no request to elsewhere, no error, and a ready question gives a table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kg.export import export
from kg.graph import KnowledgeGraph
from tests.serve.servers import Served, serving


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    with browser.new_context() as context:
        found = context.new_page()
        found.on("console", lambda m: complaints.append(m.text) if m.type in ("error", "warning") else None)
        found.on("pageerror", lambda error: complaints.append(str(error)))
        found.on("dialog", lambda dialog: complaints.append(dialog.message))
        yield found


def opened(page: Page, served: Served, elsewhere: list[str]) -> None:
    def watch(url: str) -> None:
        if not url.startswith((served.address, "data:", "blob:")):
            elsewhere.append(url)

    page.on("request", lambda request: watch(request.url))
    page.goto(f"{served.address}query")
    page.wait_for_selector("body[data-ready]")


def test_a_ready_question_gives_a_table_and_nothing_leaves_the_server(
    page: Page, served: Served, complaints: list[str]
) -> None:
    elsewhere: list[str] = []
    opened(page, served, elsewhere)
    page.select_option("#question", "partners")
    page.fill("#parameters input[name=actor]", "Tiongkok")
    page.click("#ask button[type=submit]")
    expect(page.locator(".yasr tbody")).to_contain_text("Tiongkok dan Indonesia adalah mitra")
    # The editor completes from this graph alone, once it has the names.
    page.wait_for_load_state("networkidle")
    page.locator(".CodeMirror textarea").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("PREFIX pol")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hints")).to_contain_text("polkg: <https://w3id.org/polkg/ns#>")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT * WHERE {\n?s polkg:neg")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hints")).to_contain_text("polkg:negated")
    assert elsewhere == []
    assert complaints == []


def test_a_fault_is_shown_with_its_place(page: Page, served: Served, complaints: list[str]) -> None:
    opened(page, served, [])
    page.select_option("#question", "partners")
    page.fill("#parameters input[name=actor]", "Jupan")
    page.click("#show")
    expect(page.locator("#problem")).to_contain_text("close: Japan")
    page.locator(".CodeMirror textarea").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?x WHERE { ?x nowhere:x 1 }")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".yasr")).to_contain_text("unknown prefix")
    assert [text for text in complaints if "400" not in text] == []


def test_the_keyboard_reaches_everything_and_leaves_the_editor(page: Page, served: Served) -> None:
    opened(page, served, [])
    page.locator("#question").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") in ("INPUT", "BUTTON")
    page.locator(".CodeMirror textarea").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.CodeMirror-code, .CodeMirror textarea')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_follows_the_system_and_the_choice_stays(page: Page, served: Served, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened(page, served, [])
    background = "getComputedStyle(document.body).backgroundColor"
    other = "light" if scheme == "dark" else "dark"
    first = page.evaluate(background)
    page.select_option("#look", other)
    assert page.evaluate(background) != first
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.evaluate("document.documentElement.dataset.look") == other


def test_the_address_cannot_send_queries_elsewhere(page: Page, served: Served) -> None:
    elsewhere: list[str] = []
    page.on("request", lambda r: elsewhere.append(r.url) if not r.url.startswith(served.address) else None)
    page.goto(f"{served.address}query#query=ASK%20%7B%7D&endpoint=https%3A%2F%2Fevil.example%2Fsparql")
    page.wait_for_selector("body[data-ready]")
    page.locator(".CodeMirror textarea").focus()
    with page.expect_response(f"{served.address}sparql"):
        page.keyboard.press("Control+Enter")
    assert [url for url in elsewhere if not url.startswith(("data:", "blob:"))] == []


def test_hostile_names_are_text(
    page: Page, hostile_graph: KnowledgeGraph, tmp_path: Path, complaints: list[str]
) -> None:
    export(hostile_graph, tmp_path / "graph", formats=["jsonl", "rdf"])
    with serving(tmp_path / "graph") as served:
        opened(page, served, [])
        page.select_option("#question", "attacks")
        page.click("#ask button[type=submit]")
        expect(page.locator(".yasr tbody")).to_contain_text("<script>alert('x')</script>")
        assert page.locator(".yasr tbody script").count() == 0
    assert complaints == []
