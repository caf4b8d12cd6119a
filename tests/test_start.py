"""The command starts quickly: it loads the one subcommand that is called, and knows the others by name."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kg.cli import COMMANDS, app_for, main


def shown(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["kg", *words])
    with pytest.raises(SystemExit) as left:
        main()
    out, err = capsys.readouterr()
    return int(left.value.code or 0), out, err


@pytest.mark.parametrize("words", [["--help"], []])
def test_help_lists_every_subcommand_in_full(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, err = shown(words, monkeypatch, capsys)
    for command in COMMANDS:
        assert f"  {command.name:<9}  {command.help}\n" in out + err + "\n"


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_every_subcommand_is_there(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = shown([name, "--help"], monkeypatch, capsys)
    assert code == 0
    assert f" {name} " in out.splitlines()[0]
    assert "\n\nOptions:\n" in out or "\nCommands:\n" in out


def test_an_unknown_subcommand_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = shown(["biuld"], monkeypatch, capsys)
    assert code == 2
    assert "No such command 'biuld'" in err


def test_help_imports_no_subcommand() -> None:
    script = (
        "import sys; sys.argv = ['kg', '--help']\n"
        "from kg.cli import main\n"
        "try:\n    main()\nfinally:\n"
        "    print(*sorted(m for m in sys.modules if m.startswith('kg.')), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.split() == ["kg.cli", "kg.command", "kg.command.terminal", "kg.errors"]


def test_a_subcommand_is_called_whatever_stands_before_it() -> None:
    assert [c.name for c in app_for(["--version", "types"]).registered_commands if not c.help] == ["types"]
