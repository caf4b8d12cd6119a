"""The page as a whole: its address, languages, hostile texts, access, policy and build."""

from __future__ import annotations

import base64
import hashlib
import http.server
import json
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kg.export import html
from kg.graph import KnowledgeGraph
from tests.explorer.conftest import ROOT, SOURCE
from tests.explorer.looks import crowded, ids, listed, total

Explore = Callable[..., Page]


def test_the_address_holds_the_whole_state(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph)
    page.locator("#family-structural").uncheck()
    page.locator("#negated-without").check(force=True)
    page.locator("#claimants").get_by_label("The article itself").check()
    page.locator("#documents").get_by_label("Norway and Indonesia talk in the harbour").check()
    page.locator("#time-kind").select_option("published")
    page.locator("#undated").focus()
    page.locator("#sort-whom").click()
    page.locator("#confidence").focus()
    page.keyboard.press("ArrowRight")
    page.locator("tr.facts button.relation").first.click()
    page.locator("#theme").select_option("dark")
    page.locator("#lang").select_option("id")
    before = (listed(page), texts(page), page.url)
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector(".top")
    assert (listed(other), texts(other), other.url) == before
    expect(other.locator("html")).to_have_attribute("data-theme", "dark")
    assert not other.locator("#family-structural").is_checked()


def test_back_closes_what_was_opened(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph)
    page.locator("tr.facts button.relation").first.click()
    expect(page.locator(".details .card")).to_have_count(1)
    page.go_back()
    expect(page.locator(".details .card")).to_have_count(0)


def test_the_keyboard_follows_what_is_opened_and_closed(
    small_graph: KnowledgeGraph, explore: Explore
) -> None:
    page = explore(small_graph, "lang=en&view=list&source=Q148&target=Q20")
    page.locator("a.permalink").press("Enter")
    expect(page.locator("#details-title")).to_have_text("1 statement")
    expect(page.locator("#details-title")).to_be_focused()
    page.locator("a.permalink").focus()
    page.go_back()
    expect(page.locator("#details-title")).to_have_text("China → Norway")
    expect(page.locator("#details-title")).to_be_focused()
    page.locator("#details-close").press("Enter")
    expect(page.locator("#list")).to_be_focused()


def test_the_keyboard_does_not_fall_off_what_hides_itself(
    small_graph: KnowledgeGraph, explore: Explore
) -> None:
    page = explore(small_graph, "lang=en&view=list&says=-&from=2024-06-01")
    page.locator("#claimants").get_by_role("button", name="Clear").press("Enter")
    expect(page.locator("#claimants input[type=checkbox]").first).to_be_focused()
    page.get_by_role("button", name="any time").press("Enter")
    expect(page.locator("#time-kind")).to_be_focused()
    page.locator("#negated-only").check(force=True)
    page.locator("#reset").press("Enter")
    expect(page.locator("#filters")).to_be_focused()


def test_pages_of_a_long_list(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(crowded(small_graph, 60), "lang=en&view=list")
    pager = page.get_by_role("navigation", name="Pages of the list")
    following = pager.get_by_role("button", name="Next")
    first = listed(page)
    following.press("Enter")
    expect(pager).to_contain_text("Page 2 of 2")
    expect(page).to_have_url(re.compile("page=2"))
    expect(following).to_be_focused()
    expect(following).to_be_disabled()
    rest = listed(page)
    page.keyboard.press("Enter")
    assert listed(page) == rest
    assert (len(first), len(rest), len({*first, *rest})) == (50, 10, 60)
    page.reload()
    expect(pager).to_contain_text("Page 2 of 2")


def test_a_window_that_changes_behind_the_list_does_not_spoil_the_graph(
    small_graph: KnowledgeGraph, explore: Explore
) -> None:
    page = explore(crowded(small_graph, 4100), "lang=en")
    page.locator("#view-list").click()
    page.set_viewport_size({"width": 1300, "height": 800})
    page.wait_for_timeout(300)
    page.locator("#view-graph").click()
    box = page.locator("#canvas").bounding_box()
    assert box
    for layer in page.locator("#canvas canvas").all():
        assert layer.bounding_box() == pytest.approx(box, abs=1)


def test_where_the_graph_is_looked_at_is_in_the_address(
    small_graph: KnowledgeGraph, explore: Explore
) -> None:
    page = explore(small_graph, "lang=en")
    page.locator("#zoom-in").click()
    expect(page).to_have_url(re.compile("at="))
    page.locator("#show-all").click()
    expect(page).not_to_have_url(re.compile("at="))
    page.evaluate("location.hash = 'lang=en&at=0.4 0.6 0.5'")
    page.locator("#zoom-out").click()
    expect(page).to_have_url(re.compile(r"at=0\.4\+0\.6\+0\.8"))


def test_an_address_that_names_what_is_not_there_shows_everything(
    small_graph: KnowledgeGraph, explore: Explore
) -> None:
    page = explore(
        small_graph, "view=list&actor=Q1&without=nothing&from=soon&confidence=x&at=1&sort=%00&page=-3"
    )
    assert set(listed(page)) == ids(small_graph)


def test_both_languages(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph, "lang=id&view=list")
    expect(page.locator("html")).to_have_attribute("lang", "id")
    expect(page.locator("#view-list")).to_have_text("Pernyataan")
    shown = page.locator("#app").inner_text()
    for said in ("bermitra dengan", "Tiongkok", "Norwegia", "Persepsi", "Menurut siapa"):
        assert said in shown
    page.locator("#lang").focus()
    page.locator("#lang").select_option("en")
    shown = page.locator("#app").inner_text()
    for said in ("partner of", "China", "Norway", "Perception", "Who says so"):
        assert said in shown
    expect(page.locator("#lang")).to_be_focused()


def test_every_word_of_the_page_is_there_in_both_languages() -> None:
    english, indonesian = (
        json.loads((SOURCE / "src" / "words" / f"{lang}.json").read_text("utf8")) for lang in ("en", "id")
    )
    assert english.keys() == indonesian.keys()
    holes = re.compile(r"\{\w+\}")
    for key, text in english.items():
        assert sorted(holes.findall(text)) == sorted(holes.findall(indonesian[key])), key


def test_every_word_of_the_page_is_used(npm_folder: Path) -> None:
    script = Path(__file__).with_name("words.mjs").read_text("utf8")
    node = ["node", "--input-type=module", "--eval", script]
    done = subprocess.run(node, cwd=npm_folder, check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == []


def test_hostile_texts_are_only_texts(hostile_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(hostile_graph, "lang=en")
    page.wait_for_timeout(200)
    page.locator("#view-list").click()
    assert set(listed(page)) == ids(hostile_graph)
    assert page.locator("script").count() == 1
    actors = {name.strip() for name in page.locator("tr.facts button.actor").all_text_contents()}
    assert "<script>alert('x')</script> & Co. ]]>" in actors
    assert "حزب \u202eالبحر\u202c \u200f" in actors or "حزب \u202eالبحر\u202c" in actors
    assert page.locator("tr.facts button.actor").first.get_attribute("dir") == "auto"
    assert 'Judul "aneh" <b>&amp;</b>' in page.locator("td.document").first.inner_text()
    for number in range(page.locator("button.relation").count()):
        page.locator("button.relation").nth(number).click()
        assert page.locator(".details .card a[href^='javascript']").count() == 0
    page.locator("#search").fill("<script>")
    page.keyboard.press("Enter")
    expect(page.locator("#details-title")).to_have_text("<script>alert('x')</script> & Co. ]]>")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "x y"])
def test_a_document_links_only_to_the_web(
    address: str, hostile_graph: KnowledgeGraph, explore: Explore
) -> None:
    from dataclasses import replace

    (extraction,) = hostile_graph.extractions()
    graph = KnowledgeGraph()
    graph.add(replace(extraction, source=replace(extraction.source, url=address)))
    page = explore(graph)
    page.locator("button.relation").first.click()
    expect(page.locator(".details .card")).to_have_count(1)
    assert page.locator(".details .card dl a").count() == 0


@pytest.mark.parametrize(
    "state", ["lang=en", "lang=id&view=list&theme=dark", "lang=en&actor=Q148", "lang=en&one=Q20&two=Q148"]
)
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing(
    state: str, width: int, small_graph: KnowledgeGraph, explore: Explore, npm_folder: Path
) -> None:
    page = explore(small_graph, state, width=width)
    page.evaluate((npm_folder / "node_modules" / "axe-core" / "axe.min.js").read_text("utf8"))
    found: dict[str, Any] = page.evaluate("axe.run()")
    faults = {fault["id"]: [node["html"] for node in fault["nodes"]] for fault in found["violations"]}
    assert faults == {}


def test_a_narrow_screen_has_everything_behind_buttons(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph, "lang=en&view=list", width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("#family-structural")).to_be_hidden()
    page.locator("#show-filters").click()
    page.locator("#family-structural").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("#show-filters")).to_be_focused()
    assert total(page) < len(ids(small_graph))
    page.locator("tr.facts button.relation").first.click()
    expect(page.locator(".details .card")).to_be_visible()
    page.locator("#details-close").click()
    expect(page.locator(".details")).to_be_hidden()


def test_a_narrow_list_says_what_is_what_and_sorts(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph, "lang=en&view=list", width=390)
    row = page.get_by_role("row", name="Norway partner of Indonesia")
    for text in ("When Mar 2024", "Published 5 Mar 2024", "Confidence 0.93"):
        expect(row.get_by_role("cell", name=text)).to_be_visible()
    page.get_by_label("Sort by", exact=True).select_option("Confidence")
    confidence = {s.id: s.confidence for s in small_graph.statements()}
    values = [confidence[key] for key in listed(page)]
    assert values == sorted(values, reverse=True)
    page.get_by_role("button", name="Descending").click()
    assert [confidence[key] for key in listed(page)] == sorted(values)
    page.set_viewport_size({"width": 1400, "height": 900})
    expect(page.get_by_label("Sort by", exact=True)).to_be_hidden()


def test_a_narrow_list_is_a_table_to_a_screen_reader(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph, "lang=en&view=list", width=390)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    roles = [node["role"]["value"] for node in tree["nodes"] if not node["ignored"]]
    assert (roles.count("table"), roles.count("row")) == (1, 2 * len(ids(small_graph)))


def test_a_narrow_screen_says_how_many_filters_hold(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph, "lang=en&view=list&negated=without&words=norway", width=390)
    button = page.locator("#show-filters")
    plain = "getComputedStyle(document.getElementById('show-filters')).backgroundColor"
    expect(button).to_have_text("Filters (2)")
    active = page.evaluate(plain)
    button.click()
    page.locator("#reset").click()
    page.keyboard.press("Escape")
    expect(button).to_have_text("Filters")
    assert page.evaluate(plain) != active


def test_without_webgl_there_is_the_list(small_graph: KnowledgeGraph, explore: Explore) -> None:
    none = "HTMLCanvasElement.prototype.getContext = () => null"
    page = explore(small_graph, "lang=en", first=none)
    expect(page.locator("#canvas")).to_contain_text("The list of statements has everything.")
    page.locator("#view-list").click()
    assert set(listed(page)) == ids(small_graph)


def test_an_empty_graph_opens(explore: Explore) -> None:
    page = explore(KnowledgeGraph(), "lang=en")
    expect(page.locator(".over")).to_have_text("No statement passes these filters.")


def test_the_shell_reads_its_data_beside_it_under_a_strict_policy(
    small_graph: KnowledgeGraph, open_page: Callable[..., Page]
) -> None:
    shell = html.shell()
    (script,) = re.findall(r"<script[^>]*>(.+?)</script>", shell, re.S)
    (style,) = re.findall(r"<style>(.+?)</style>", shell, re.S)
    hashes = [base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in (script, style)]
    policy = (
        f"default-src 'none'; connect-src 'self'; "
        f"script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'"
    )
    files = {
        "/": ("text/html", shell.encode()),
        "/explorer.json": ("application/json", html.data(small_graph)),
    }
    with served(files, policy) as address:
        page = open_page(f"{address}/#lang=en&view=list", own=address)
        assert set(listed(page)) == ids(small_graph)
        expect(page.get_by_role("link", name="Query")).to_have_attribute("href", "query")


def test_a_file_has_no_page_for_queries(small_graph: KnowledgeGraph, explore: Explore) -> None:
    assert explore(small_graph).locator("a[href=query]").count() == 0


def test_the_shell_says_why_it_has_no_data(browser: Any) -> None:
    with served({"/": ("text/html", html.shell().encode())}, "") as address:
        page = browser.new_page(locale="id-ID")
        page.goto(address)
        expect(page.get_by_role("alert")).to_contain_text("Graf tidak dapat ditampilkan: explorer.json: 404")
        page.close()


def test_the_shipped_page_is_what_the_source_makes(npm_folder: Path) -> None:
    made = npm_folder.parents[1] / "kg" / "export" / "explorer"
    made.mkdir(parents=True, exist_ok=True)
    subprocess.run(["npm", "run", "build", "--silent"], cwd=npm_folder, check=True, capture_output=True)
    shipped = ROOT / "kg" / "export" / "explorer"
    assert sorted(path.name for path in made.iterdir()) == sorted(path.name for path in shipped.iterdir())
    for path in made.iterdir():
        assert path.read_bytes() == (shipped / path.name).read_bytes(), "run npm ci && npm run build"


def texts(page: Page) -> list[str]:
    return [page.locator(part).inner_text() for part in (".top", ".filters", "main", ".details")]


@contextmanager
def served(files: dict[str, tuple[str, bytes]], policy: str) -> Iterator[str]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = files.get(self.path, ("text/plain", b""))
            self.send_response(200 if self.path in files else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
