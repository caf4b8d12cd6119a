"""Language packs are checked whole: a wrong word list says where it is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kg.lang
from kg.errors import LanguageError, ResourceError
from kg.statements.frames import frames
from kg.statements.grammar import grammar


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a writable copy of the English pack under the name xx."""
    folder = tmp_path / "xx"
    folder.mkdir()
    for name in ("grammar", "operators"):
        source = kg.lang.PACKS / "en" / f"{name}.yaml"
        (folder / f"{name}.yaml").write_text(source.read_text("utf8"), "utf8")
    monkeypatch.setattr(kg.lang, "PACKS", tmp_path)
    kg.lang.languages.cache_clear()
    yield folder
    kg.lang.languages.cache_clear()


def test_unknown_relation_type_is_named_with_the_known_ones(pack: Path) -> None:
    (pack / "frames.yaml").write_text("befriends:\n  - {verbs: [befriend]}\n", "utf8")
    with pytest.raises(ResourceError, match=r"frames\.yaml.*'befriends'.*attacks"):
        frames("xx")


def test_unknown_key_is_named(pack: Path) -> None:
    (pack / "frames.yaml").write_text("attacks:\n  - {verb: [attack]}\n", "utf8")
    with pytest.raises(ResourceError, match=r"frames\.yaml: attacks\.0\.verb"):
        frames("xx")


def test_noun_without_target_is_refused(pack: Path) -> None:
    (pack / "frames.yaml").write_text("attacks:\n  - {nouns: [raid]}\n", "utf8")
    with pytest.raises(ResourceError, match="no target"):
        frames("xx")


def test_broken_yaml_names_the_line(pack: Path) -> None:
    (pack / "frames.yaml").write_text("attacks:\n  - {verbs: [attack\n", "utf8")
    with pytest.raises(ResourceError, match="line"):
        frames("xx")


def test_on_and_no_are_words(pack: Path) -> None:
    (pack / "frames.yaml").write_text("sanctions:\n  - {nouns: [tariff], target: [on]}\n", "utf8")
    assert frames("xx")["tariff"][0].target == ("on",)


def test_language_without_a_pack_lists_the_known_ones() -> None:
    with pytest.raises(LanguageError, match="en, fr, id"):
        frames("zz")


@pytest.mark.parametrize(
    ("active", "passive"),
    [
        ("menyerang", "diserang"),
        ("memasok", "dipasok"),
        ("menuduh", "dituduh"),
        ("mengecam", "dikecam"),
        ("mengundang", "diundang"),
        ("membantu", "dibantu"),
        ("mendukung", "didukung"),
        ("menganggap", "dianggap"),
        ("melatih", "dilatih"),
        ("mempersenjatai", "dipersenjatai"),
    ],
)
def test_indonesian_passives(active: str, passive: str) -> None:
    assert grammar("id").forms(active)[passive] == "passive"
