"""Measure how fast the explorer opens and filters: `python -m bench.explorer`, with Chromium on the machine.

The graph is made from that of the sample articles in `exports/`, whose documents are repeated with other
actors until there are some 10,000 actors and 30,000 statements. Chromium draws without a graphics card.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page, sync_playwright

from kg.export.html import page as page_of
from kg.folder import read_folder
from kg.graph import Extraction, KnowledgeGraph

ROOT: Final = Path(__file__).parents[1]
SOFTWARE: Final = ("--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader")
# Until what was changed is painted: the second frame begins when the first is through.
PAINTED: Final = """
async (act) => {
    const begin = performance.now();
    act();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    return performance.now() - begin;
}
"""
DRAWN: Final = """
new Promise((done) => {
    const look = () => performance.getEntriesByName("drawn").length ? done() : setTimeout(look, 10);
    look();
})
"""
CLICK: Final = f"(id) => ({PAINTED})(() => document.getElementById(id).click())"
SLIDE: Final = f"""
([id, value]) => ({PAINTED})(() => {{
    const input = document.getElementById(id);
    input.value = value;
    input.dispatchEvent(new Event("input", {{ bubbles: true }}));
}})
"""


def main() -> None:
    """Make the page, open it some times, and print how long everything took."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--statements", type=int, default=30_000)
    arguments.add_argument("--actors", type=int, default=11_000)
    arguments.add_argument("--runs", type=int, default=3)
    options = arguments.parse_args()
    graph = repeated(read_folder(ROOT / "exports"), statements=options.statements, actors=options.actors)
    begin = time.perf_counter()
    text = page_of(graph)
    made = time.perf_counter() - begin
    say(f"{len(graph.actors()):,} actors, {len(graph.statements()):,} statements")
    say(f"page of {len(text.encode()) / 1e6:.1f} MB, made in {made:.1f} s")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "graph.html"
        file.write_text(text, "utf8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(SOFTWARE))
        times = [
            measured(lambda: browser.new_page(viewport={"width": 1440, "height": 900}), file)
            for _ in range(options.runs)
        ]
        browser.close()
    for name in times[0]:
        values = [one[name] for one in times]
        say(f"{name:28} {statistics.median(values):7.0f} ms   {min(values):7.0f} to {max(values):.0f}")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def measured(open_page: Callable[[], Page], file: Path) -> dict[str, float]:
    """Return milliseconds by what they were spent on, for one opening of the page."""
    page = open_page()
    page.goto(file.as_uri())
    page.evaluate(DRAWN)
    interactive: float = page.evaluate(f"({PAINTED})(() => {{}}).then(() => performance.now())")
    found = {"interactive": interactive}
    acts: dict[str, tuple[str, Any]] = {
        "filter by family": (CLICK, "family-verbalConflict"),
        "filter by type": (CLICK, "type-meets"),
        "without denied": (CLICK, "negated-without"),
        "by confidence": (SLIDE, ["confidence", "0.6"]),
        "by claimant": (CLICK, "claimants--1"),
        "by time": (SLIDE, ["time-from", "20000"]),
        "reset": (CLICK, "reset"),
        "list": (CLICK, "view-list"),
        "filter in the list": (CLICK, "family-verbalConflict"),
    }
    for name, (script, argument) in acts.items():
        page.wait_for_timeout(500)
        found[name] = page.evaluate(script, argument)
    page.close()
    return found


def repeated(sample: KnowledgeGraph, *, statements: int, actors: int) -> KnowledgeGraph:
    """Return the sample again and again, each time with other actors of the same classes."""
    chance = random.Random(7)
    size, known = len(sample.statements()), sample.actors()
    named = {actor for s in sample.statements() for actor in (s.source, s.target)}
    versions = max(1, round(actors / len(named)))
    graph = KnowledgeGraph()
    for turn in range(round(statements / size)):
        for extraction in sample.extractions():

            def other(key: str, turn: int = turn) -> str:
                # Most stay in their own copy of the world, some deal with the great of the others.
                version = turn % versions if chance.random() < 0.7 else int(versions * chance.random() ** 3)
                return f"{key}/{version}"

            graph.add(_renamed(extraction, turn=turn, other=other, known=known))
    return graph


def _renamed(
    extraction: Extraction, *, turn: int, other: Callable[[str], str], known: dict[str, Any]
) -> Extraction:
    document = f"{extraction.source.id}/{turn}"
    claims = tuple(
        dataclasses.replace(
            s,
            id=f"{s.id}-{turn}",
            document=document,
            source=other(s.source),
            target=other(s.target),
            attributed_to=None if s.attributed_to is None else other(s.attributed_to),
        )
        for s in extraction.statements
    )
    keys = sorted({key for s in claims for key in (s.source, s.target, s.attributed_to) if key is not None})
    actors = tuple(
        dataclasses.replace(
            known[key.rpartition("/")[0]],
            id=key,
            name=f"{known[key.rpartition('/')[0]].name} {key.rpartition('/')[2]}",
            labels=(),
        )
        for key in keys
    )
    return Extraction(
        source=dataclasses.replace(extraction.source, id=document), actors=actors, statements=claims
    )


if __name__ == "__main__":
    main()
