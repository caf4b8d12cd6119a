"""The documentation under test: commands and code run, links lead somewhere, nothing is left out."""

from __future__ import annotations

import io
import re
import shlex
import sys
from pathlib import Path

import pytest

from kg.cli import COMMANDS, main

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("kg/**/*.md")])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)


def blocks(page: Path, *languages: str) -> list[str]:
    return [body for language, body in BLOCK.findall(page.read_text("utf8")) if language in languages]


def commands(page: Path) -> list[str]:
    """Return the `kg` commands of a page that can be run: those without a name that stands for another."""
    lines = [
        line for body in blocks(page, "console") for line in body.splitlines() if line.startswith("$ kg ")
    ]
    found = [line.removeprefix("$ ") for line in lines]
    for body in blocks(page, "sh"):
        found += [part.strip() for line in body.splitlines() for part in line.split("&&")]
    named = re.compile(r"(?<![/\w])(article\.txt|graph/|…)")
    return [line.partition("   #")[0] for line in found if line.startswith("kg ") and not named.search(line)]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", ["README.md", "docs/usage.md", "docs/analysis.md", "docs/stores.md"])
@pytest.mark.usefixtures("place")
def test_commands_run(page: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = commands(ROOT / page)
    assert lines
    for line in lines:
        words = shlex.split(line)
        if "<" in words:
            article = Path(words[words.index("<") + 1]).read_bytes()
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(article))))
            words = words[: words.index("<")]
        monkeypatch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit) as left:
            main()
        shown = capsys.readouterr()
        assert not left.value.code, f"{line}\n{shown.err}"
        assert shown.out.strip() or words[1] in {"build", "export", "load", "add", "remove"}, line


@pytest.mark.parametrize("page", ["python-api.md", "analysis.md", "stores.md"])
@pytest.mark.usefixtures("place")
def test_python_code_runs(page: str) -> None:
    namespace: dict[str, object] = {}
    found = blocks(ROOT / "docs" / page, "python")
    assert found
    for body in found:
        exec(compile(body, page, "exec"), namespace)


def test_every_command_and_option_group_is_described() -> None:
    usage = (ROOT / "docs" / "usage.md").read_text("utf8")
    assert not [command.name for command in COMMANDS if f"kg {command.name}" not in usage]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf8")):
        target, _, anchor = link.partition("#")
        if "://" in target:
            continue
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), link
        if anchor:
            titles = re.findall(r"^#+ (.+)$", path.read_text("utf8"), re.M)
            assert anchor in {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}, (
                link
            )


def test_every_page_can_be_found() -> None:
    linked = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in (
            ROOT / "README.md",
            ROOT / "docs" / "index.md",
            ROOT / "docs" / "decisions" / "README.md",
        )
        for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf8"))
    }
    pages = set((ROOT / "docs").rglob("*.md")) - {ROOT / "docs" / "index.md"}
    assert not [str(page.relative_to(ROOT)) for page in pages if page not in linked]


def test_every_format_and_shown_file_is_listed() -> None:
    from kg.export import exporters

    readme = (ROOT / "README.md").read_text("utf8")
    for exporter in exporters().values():
        for file in exporter.files:
            folder, _, _ = file.rpartition("/")
            pattern = f"{folder}/*{Path(file).suffix}" if folder else file
            assert f"`{file}`" in readme or f"`{pattern}`" in readme, file
