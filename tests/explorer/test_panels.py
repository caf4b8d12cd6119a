"""What one opens: evidence, profiles, how two actors see each other, the table, the search."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from playwright.sync_api import Page, expect

from kg.graph import KnowledgeGraph
from kg.model import Actor
from tests.explorer.looks import altered, carded, ids, left_of, listed, one, over_a_line, renamed

Explore = Callable[..., Page]


def actor(graph: KnowledgeGraph, name: str) -> Actor:
    return next(a for a in graph.actors().values() if a.name == name)


def test_a_click_on_a_line_shows_its_evidence(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph, "lang=en")
    place = over_a_line(page)
    names = page.locator(".tip b").inner_text()
    page.mouse.click(*place)
    expect(page.locator("#details-title")).to_have_text(names)
    source, target = names.split(" → ")
    ends = actor(small_graph, source).id, actor(small_graph, target).id
    assert set(carded(page)) == ids(small_graph, lambda s: (s.source, s.target) == ends)


def test_the_line_that_is_clicked_comes_before_others_the_same_way(
    small_graph: KnowledgeGraph, explore: Explore
) -> None:
    page = explore(small_graph, "lang=en")
    place = over_a_line(page, "Norway → China")
    _, kind = page.locator(".tip").inner_text().split("\n")
    page.mouse.click(*place)
    denied = kind == "sanctions"
    manner = "denied" if denied else "asserted"
    expect(page.locator(".details h3")).to_have_text(
        [f"This line: conflict · {manner}", "Other lines the same way"]
    )
    first, second = (
        one(small_graph, type="sanctions", negated=True).id,
        one(small_graph, type="regardsAsRival").id,
    )
    assert carded(page) == ([first, second] if denied else [second, first])
    expect(page).to_have_url(re.compile(r"source=Q20&target=Q148$"))


def test_an_arrow_goes_from_left_to_right_whatever_the_script(
    small_graph: KnowledgeGraph, explore: Explore
) -> None:
    name = "النرويج"
    page = explore(renamed(small_graph, {"Norway": name}), "lang=en&source=Q20&target=Q148")
    expect(page.locator("#details-title")).to_have_text(f"{name} → China")
    assert in_order(page, "#details-title", [name, "→", "China"])
    over_a_line(page, f"{name} → China")
    assert in_order(page, ".tip b", [name, "→", "China"])
    page.locator("#to-pair").click()
    assert in_order(page, ".summary:first-child h3", [name, "→", "China"])


def in_order(page: Page, selector: str, words: list[str]) -> bool:
    """Say whether words stand from left to right in an element."""
    places = [left_of(page, selector, one) for one in words]
    return places == sorted(set(places))


def test_evidence_says_all_of_a_statement(small_graph: KnowledgeGraph, explore: Explore) -> None:
    statement = one(small_graph, type="attacks", confidence=0.8)
    page = explore(small_graph, f"lang=en&view=list&statement={statement.id}")
    card = page.locator(".details .card")
    expect(card.locator("h4")).to_have_text("China attacks Borneo Fleet")
    marked = "".join(card.locator("blockquote mark").all_inner_texts())
    assert marked == "".join(span.text for span in sorted(statement.evidence, key=lambda span: span.start))
    assert card.locator("blockquote").inner_text() == statement.sentence.text
    assert card.locator(".trigger").inner_text() == "attacked"
    facts = card.locator("dl").inner_text().replace("\n", " ")
    for said in (
        "Said by Ratna Wibowo",
        "Published 5 Mar 2024",
        "Harbour Post",
        "Confidence 0.80",
        "probable",
    ):
        assert said in facts
    link = card.get_by_role("link", name="Norway and Indonesia talk in the harbour")
    expect(link).to_have_attribute("href", "https://news.example/harbour?page=1&lang=en")
    expect(link).to_have_attribute("rel", "noopener noreferrer external")


def test_denied_and_planned_are_marked(small_graph: KnowledgeGraph, explore: Explore) -> None:
    denied = one(small_graph, type="sanctions", negated=True)
    page = explore(small_graph, f"lang=en&view=list&statement={denied.id}")
    expect(page.locator(".card .flag")).to_have_text(["Denied"])
    planned = one(small_graph, modality="hypothetical")
    page.locator(f"#open-{planned.id}").click()
    expect(page.locator(".card .flag").first).to_have_text("hypothetical")


def test_what_is_only_probable_looks_no_surer_than_what_is_planned(
    small_graph: KnowledgeGraph, explore: Explore
) -> None:
    hedged = one(small_graph, certainty="probable", modality="actual")
    page = explore(small_graph, f"lang=en&view=list&statement={hedged.id}")
    expect(page.locator(".card")).to_have_css("border-left-style", "dashed")
    expect(page.locator(".card .flag")).to_have_text(["probable"])


def test_a_guess_of_a_rule_is_no_assertion(small_graph: KnowledgeGraph, explore: Explore) -> None:
    graph = altered(small_graph, lambda s: replace(s, inferred=s.type == "partnerOf"))
    page = explore(graph, f"lang=en&view=list&statement={one(graph, type='partnerOf').id}")
    expect(page.locator(".card")).to_have_css("border-left-style", "dashed")


def test_the_profile_of_an_actor(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph, "lang=en")
    page.locator("#search").fill("tiong")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#details-title")).to_have_text("China")
    assert "actor=Q148" in page.url
    names = page.locator(".details .names").inner_text()
    for said in ("English\nChina", "Indonesian\nTiongkok", "Beijing", "RRT"):
        assert said in names
    expect(page.get_by_role("link", name="Q148")).to_have_attribute(
        "href", "https://www.wikidata.org/wiki/Q148"
    )
    china = actor(small_graph, "China").id
    assert set(carded(page)) == ids(small_graph, lambda s: china in {s.source, s.target})
    families = page.locator(".details .family").evaluate_all("all => all.map(one => one.dataset.family)")
    assert families == ["verbalConflict", "materialConflict", "perception"]
    fleet = page.locator("[data-family=materialConflict] li", has_text="Borneo Fleet")
    assert "→ 2" in fleet.inner_text()
    expect(page.locator(".details .bars")).to_be_visible()


def test_an_actor_that_is_not_in_wikidata_has_no_link_there(
    small_graph: KnowledgeGraph, explore: Explore
) -> None:
    page = explore(small_graph, "lang=en")
    page.locator("#search").fill("Wibowo")
    page.keyboard.press("Enter")
    expect(page.locator("#details-title")).to_have_text("Ratna Wibowo")
    assert page.locator(".details .names a").count() == 0
    page.locator("#only-claims").click()
    minister = actor(small_graph, "Ratna Wibowo").id
    page.locator("#view-list").click()
    assert set(listed(page)) == ids(small_graph, lambda s: s.attributed_to == minister)


def test_how_two_see_each_other(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph, "lang=en&actor=Q20")
    page.locator("#to-pair").click()
    expect(page.locator("#details-title")).to_have_text("How does Norway see …")
    page.locator("#other").fill("china")
    page.keyboard.press("Enter")
    expect(page.locator("#details-title")).to_have_text("How does Norway see China?")
    norway, china = actor(small_graph, "Norway").id, actor(small_graph, "China").id
    assert set(carded(page)) == ids(small_graph, lambda s: {s.source, s.target} == {norway, china})
    there = page.locator("li.there .card").evaluate_all("all => all.map(one => one.dataset.statement)")
    assert set(there) == ids(small_graph, lambda s: (s.source, s.target) == (norway, china))
    expect(page.locator(".summary").nth(1).locator("h3")).to_have_text("China → Norway")


def test_the_filters_hold_in_the_panel_and_what_they_hide_is_said(
    small_graph: KnowledgeGraph, explore: Explore
) -> None:
    page = explore(small_graph, "lang=en&actor=Q148&negated=without")
    china = actor(small_graph, "China").id
    about = ids(small_graph, lambda s: china in {s.source, s.target})
    shown = ids(small_graph, lambda s: china in {s.source, s.target} and not s.negated)
    assert set(carded(page)) == shown
    expect(page.locator(".details")).to_contain_text(f"{len(about - shown)} more are hidden by the filters.")


def test_search_finds_words_of_quotes_too(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph, "lang=en")
    page.locator("#search").fill("truest")
    page.get_by_role("option", name="Find statements with “truest”").click()
    expect(page.locator("tr.facts")).to_have_count(1)
    assert "view=list" in page.url


def test_the_table_sorts_both_ways(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph)
    page.locator("#sort-confidence").click()
    confidence = {s.id: s.confidence for s in small_graph.statements()}
    values = [confidence[key] for key in listed(page)]
    assert values == sorted(values, reverse=True)
    expect(page.locator("th.confidence")).to_have_attribute("aria-sort", "descending")
    page.locator("#sort-confidence").click()
    values = [confidence[key] for key in listed(page)]
    assert values == sorted(values)
    page.locator("#sort-who").click()
    names = [
        small_graph.actors()[next(s.source for s in small_graph.statements() if s.id == key)].name
        for key in listed(page)
    ]
    assert names == sorted(names)


def test_keys_reach_actors_on_the_canvas(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph, "lang=en")
    page.locator("#canvas").focus()
    page.keyboard.press("n")
    said = page.locator("[role=status]").inner_text()
    name = said.split(",")[0]
    assert name in {a.name for a in small_graph.actors().values()}
    page.keyboard.press("Enter")
    expect(page.locator("#details-title")).to_have_text(name)
    expect(page.locator("#details-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#canvas")).to_be_focused()
    assert "actor=" not in page.url


def test_keys_say_how_many_statements_the_filters_leave(
    small_graph: KnowledgeGraph, explore: Explore
) -> None:
    page = explore(small_graph, "lang=en&words=truest")
    page.locator("#canvas").focus()
    page.keyboard.press("n")
    assert page.locator("[role=status]").inner_text().endswith(", 1 statement")
    page.keyboard.press("Enter")
    expect(page.locator(".details")).to_contain_text(re.compile(r"1 statement\. \d+ more are hidden"))
    expect(page.locator(".details .histogram")).to_have_attribute(
        "aria-label", re.compile(r"\. 1 statement$")
    )


def test_skip_links_lead_to_the_table_and_the_filters(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph, "lang=en")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the list of statements")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#list")).to_be_focused()
    assert set(listed(page)) == ids(small_graph)
