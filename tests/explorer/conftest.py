"""The explorer in the machine's Chromium, with everything noted that it should never do."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kg.export import export
from kg.graph import KnowledgeGraph

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "web" / "explorer"


@dataclass(slots=True)
class Faults:
    """What a page wrote to the console, and which addresses it asked for beyond its own."""

    messages: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address, running the script `first` before those of the page.

    At the end no page may have complained or asked for more.
    """
    faults = Faults()
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="en-GB")

    def note_request(url: str, own: str) -> None:
        if not url.startswith(own):
            faults.requests.append(url)

    def note_message(kind: str, text: str) -> None:
        # Chromium itself complains where it has no graphics card: reading a pixel waits for the drawing.
        if "GL Driver Message" not in text:
            faults.messages.append(f"{kind}: {text}")

    def opened(address: str, *, width: int = 1400, own: str = "file:", first: str = "") -> Page:
        page = context.new_page()
        page.add_init_script(first)
        page.set_viewport_size({"width": width, "height": 900})
        page.on("console", lambda message: note_message(message.type, message.text))
        page.on("pageerror", lambda error: faults.messages.append(str(error)))
        page.on("dialog", lambda dialog: faults.messages.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: note_request(request.url, own))
        page.goto(address)
        page.wait_for_selector(".top")
        return page

    yield opened
    context.close()
    assert faults.messages == []
    assert faults.requests == []


@pytest.fixture
def explore(open_page: Callable[..., Page], tmp_path: Path) -> Callable[..., Page]:
    """Return a function that exports a graph and opens the page, at a state of its address."""

    def explored(
        graph: KnowledgeGraph, state: str = "lang=en&view=list", *, width: int = 1400, first: str = ""
    ) -> Page:
        export(graph, tmp_path, formats=["html"])
        return open_page(f"{(tmp_path / 'graph.html').as_uri()}#{state}", width=width, first=first)

    return explored


@pytest.fixture(scope="session")
def npm_folder(request: pytest.FixtureRequest) -> Path:
    """Return a copy of the page's source with what `npm ci` installs, kept from run to run."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    lock = hashlib.sha256((SOURCE / "package-lock.json").read_bytes()).hexdigest()[:8]
    folder = ROOT / "build" / f"explorer-{lock}-{worker}" / "web" / "explorer"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(SOURCE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules", "src"))
    shutil.rmtree(folder / "src", ignore_errors=True)
    shutil.copytree(SOURCE / "src", folder / "src")
    if not (folder / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--silent"], cwd=folder, check=True)
    return folder
