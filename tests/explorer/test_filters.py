"""Every filter, in the table where each statement can be counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from kg.graph import KnowledgeGraph
from kg.model import Statement, Time
from kg.ontology import relation_types
from tests.explorer.looks import altered, ids, listed, one, retitled, total

Explore = Callable[..., Page]


def test_without_filters_everything_is_there(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph)
    assert set(listed(page)) == ids(small_graph)
    assert total(page) == len(ids(small_graph))


def test_a_family_goes_and_comes_back(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph)
    others = ids(small_graph, lambda s: relation_types()[s.type].family != "materialConflict")
    page.locator("#family-materialConflict").uncheck()
    assert set(listed(page)) == others
    page.locator("#family-materialConflict").check()
    assert set(listed(page)) == ids(small_graph)


def test_one_type_goes_and_its_family_is_half_chosen(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph)
    page.get_by_role("button", name="Types of material conflict").click()
    page.locator("#type-sanctions").uncheck()
    assert set(listed(page)) == ids(small_graph, lambda s: s.type != "sanctions")
    assert page.locator("#family-materialConflict").evaluate("box => box.indeterminate")


@pytest.mark.parametrize(
    ("quality", "holds"),
    [
        ("negated", lambda s: s.negated),
        ("planned", lambda s: s.modality != "actual" or s.certainty != "certain" or s.inferred),
        ("past", lambda s: s.status == "past"),
    ],
)
def test_denied_planned_and_past(
    quality: str, holds: Callable[[Statement], bool], small_graph: KnowledgeGraph, explore: Explore
) -> None:
    assert ids(small_graph, holds)
    page = explore(small_graph)
    page.locator(f"#{quality}-only").check(force=True)
    assert set(listed(page)) == ids(small_graph, holds)
    page.locator(f"#{quality}-without").check(force=True)
    assert set(listed(page)) == ids(small_graph, lambda s: not holds(s))
    page.locator(f"#{quality}-with").check(force=True)
    assert set(listed(page)) == ids(small_graph)


def test_the_confidence_slider_by_keyboard(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph)
    slider = page.locator("#confidence")
    slider.focus()
    for _ in range(16):
        page.keyboard.press("ArrowRight")
    expect(page.locator("output")).to_have_text("0.80")
    assert set(listed(page)) == ids(small_graph, lambda s: s.confidence >= 0.8)


def test_who_says_so(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph)
    claimants = page.locator("#claimants")
    claimants.get_by_label("Ratna Wibowo").check()
    minister = next(a.id for a in small_graph.actors().values() if a.name == "Ratna Wibowo")
    assert set(listed(page)) == ids(small_graph, lambda s: s.attributed_to == minister)
    claimants.get_by_label("The article itself").check()
    assert set(listed(page)) == ids(small_graph, lambda s: s.attributed_to in {minister, None})
    claimants.get_by_role("button", name="Clear").click()
    assert set(listed(page)) == ids(small_graph)


def test_a_document(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph)
    page.locator("#documents").get_by_label("Tiongkok dipandang saingan").check()
    assert set(listed(page)) == ids(small_graph, lambda s: s.document == "berita/kapal 7")


def test_documents_of_one_title_are_told_apart(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(retitled(small_graph, "Morning news"))
    page.locator("#documents").get_by_label("Morning news · Kabar Dermaga · 22 Jan 2025").check()
    assert set(listed(page)) == ids(small_graph, lambda s: s.document == "berita/kapal 7")


def test_words_of_quotes_and_names_without_marks(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph)
    page.locator("#words").fill("MARÍTIME partner")
    expect(page.locator("tr.facts")).to_have_count(1)
    page.locator("#words").fill("norwegia")
    norway = {a.id for a in small_graph.actors().values() if a.name == "Norway"}
    expect(page.locator("tr.facts")).to_have_count(
        len(
            ids(
                small_graph,
                lambda s: s.source in norway or s.target in norway or "Norwegia" in s.sentence.text,
            )
        )
    )


def test_words_of_a_further_quote_and_of_who_says_so(small_graph: KnowledgeGraph, explore: Explore) -> None:
    friend, partner = one(small_graph, type="regardsAsFriend"), one(small_graph, type="partnerOf")
    graph = altered(
        small_graph,
        lambda s: replace(s, evidence=(*s.evidence, partner.evidence[0])) if s.id == friend.id else s,
    )
    page = explore(graph, "lang=en&view=list&words=maritime")
    assert set(listed(page)) == {friend.id, partner.id}
    page.evaluate("location.hash = 'lang=en&view=list&words=atlantik'")
    (nato,) = (a.id for a in graph.actors().values() if a.name == "NATO")
    assert set(listed(page)) == ids(graph, lambda s: nato in {s.source, s.target, s.attributed_to})


def test_the_time_slider_by_event(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph)
    page.locator("#undated").uncheck()
    dated = ids(small_graph, lambda s: s.time.start or s.time.end)
    assert set(listed(page)) == dated
    page.locator("#time-from").focus()
    page.keyboard.press("End")
    late = {s.id for s in small_graph.statements() if (s.time.end or s.time.start or "") >= "2025-01-21"}
    assert set(listed(page)) == late != dated
    page.get_by_role("button", name="any time").click()
    assert set(listed(page)) == dated


def test_what_began_before_and_has_no_end_goes_on(small_graph: KnowledgeGraph, explore: Explore) -> None:
    times = {
        "partnerOf": Time(start="2022-02"),
        "criticises": Time(end="2023"),
        "arms": Time(start="2023", end="2023"),
    }
    graph = altered(small_graph, lambda s: replace(s, time=times.get(s.type, Time())))
    page = explore(graph, "lang=en&view=list&from=2024-01-01&undated=no")
    assert set(listed(page)) == ids(graph, lambda s: s.type == "partnerOf")
    page.evaluate("location.hash = 'lang=en&view=list&to=2021-12-31&undated=no'")
    assert set(listed(page)) == ids(graph, lambda s: s.type == "criticises")
    page.evaluate("location.hash = 'lang=en&view=list&from=2023-03-01&to=2023-04-01&undated=no'")
    assert set(listed(page)) == ids(graph, lambda s: s.type in times)


def test_how_many_have_no_date_follows_the_other_filters(
    small_graph: KnowledgeGraph, explore: Explore
) -> None:
    page = explore(small_graph, "lang=en&view=list&negated=only&from=2025-01-01")
    undated = ids(small_graph, lambda s: s.negated and not s.time.start and not s.time.end)
    expect(page.locator(".time .check")).to_have_text(f"also {len(undated)} without a date")
    page.locator("#words").fill("nowhere")
    expect(page.locator(".time .check")).to_have_text("also 0 without a date")


def test_without_any_date_there_is_nothing_to_slide(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(altered(small_graph, lambda s: replace(s, time=Time())), "lang=en")
    for part in (".slider", "#play"):
        expect(page.locator(part)).to_be_hidden()
    assert "1970" not in page.locator("#app").inner_text()
    page.locator("#time-kind").select_option("published")
    for part in (".slider", "#play"):
        expect(page.locator(part)).to_be_visible()


def test_a_day_that_no_calendar_has_filters_nothing(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph, "lang=en&view=list&from=2025-02-31&to=2025-13-01&undated=no")
    assert set(listed(page)) == ids(small_graph, lambda s: s.time.start)
    expect(page.get_by_role("button", name="any time")).to_be_hidden()


def test_the_time_plays_to_its_end(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph, "lang=en&view=list&from=2024-10-20&to=2024-12-31&undated=no")
    play = page.get_by_role("button", name="Play")
    assert listed(page) == []
    play.click()
    expect(page.locator(".time .range")).to_have_text("10 Nov 2024 – latest")
    expect(play).to_have_attribute("aria-pressed", "false")
    assert set(listed(page)) == ids(small_graph, lambda s: (s.time.start or "") > "2024-11-10")


def test_the_time_that_plays_stops_at_a_press_and_for_a_hand_on_the_slider(
    small_graph: KnowledgeGraph, explore: Explore
) -> None:
    page = explore(small_graph)
    play = page.get_by_role("button", name="Play")
    play.click()
    expect(play).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".time .range")).to_have_text(re.compile(r"\d{4} – .+ \d{4}"))
    play.press("Enter")
    expect(play).to_have_attribute("aria-pressed", "false")
    play.press("Enter")
    expect(play).to_have_attribute("aria-pressed", "true")
    page.locator("#time-to").focus()
    page.keyboard.press("End")
    expect(play).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".time .range")).to_contain_text("– latest")


def test_who_wants_no_motion_takes_the_time_in_steps(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph, "lang=en&view=list&from=2024-06-01&to=2024-07-01")
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    page.get_by_role("button", name="One step on").click()
    expect(page.locator(".time .range")).to_have_text("12 Jun 2024 – 12 Jul 2024")
    page.wait_for_timeout(500)
    expect(page.locator(".time .range")).to_have_text("12 Jun 2024 – 12 Jul 2024")


def test_the_time_slider_by_publication(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph)
    page.locator("#time-kind").select_option("published")
    page.locator("#time-to").focus()
    page.keyboard.press("PageDown")
    expect(page.locator(".time .range")).to_contain_text("earliest – ")
    assert set(listed(page)) == ids(small_graph, lambda s: s.document == "harbour-talks")


def test_the_handles_do_not_pass_each_other(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph, "lang=en&view=list&time=published&from=2024-06-01&to=2024-07-01")
    page.locator("#time-to").focus()
    page.keyboard.press("Home")
    expect(page.locator("#time-to")).to_have_attribute("aria-valuetext", "1 Jun 2024")
    page.locator("#time-from").focus()
    page.keyboard.press("End")
    expect(page.locator("#time-from")).to_have_attribute("aria-valuetext", "1 Jun 2024")


def test_filters_work_together_and_are_taken_back_at_once(
    small_graph: KnowledgeGraph, explore: Explore
) -> None:
    page = explore(small_graph)
    page.locator("#negated-without").check(force=True)
    page.locator("#family-verbalConflict").uncheck()
    wanted = ids(small_graph, lambda s: not s.negated and relation_types()[s.type].family != "verbalConflict")
    assert set(listed(page)) == wanted
    page.locator("#reset").click()
    assert set(listed(page)) == ids(small_graph)


def test_counts_say_what_a_choice_would_show(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph, "lang=en&view=list&negated=only")
    texts = (line.split("\n") for line in page.locator("#claimants .check").all_inner_texts())
    for name, count in [(name, int(count)) for name, count in texts]:
        page.locator("#claimants").get_by_label(name).check()
        assert len(listed(page)) == count, name
        page.locator("#claimants").get_by_role("button", name="Clear").click()


def test_nothing_left_is_said(small_graph: KnowledgeGraph, explore: Explore) -> None:
    page = explore(small_graph, "lang=en&view=list&words=nowhere")
    expect(page.locator(".list .hint")).to_have_text("No statement passes these filters.")
    assert total(page) == 0
