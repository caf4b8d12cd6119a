from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.tokens import Doc

from kg.errors import ResourceError
from kg.mentions import towns


def names(doc: Doc) -> set[str]:
    return {doc[m.start : m.end].text for m in doc._.mentions}


def test_a_town_is_nobody(english: Callable[[str], Doc], indonesian: Callable[[str], Doc]) -> None:
    assert "Manbij" not in names(english("Turkish-backed rebels seized Manbij from the Syrian army."))
    assert "Kunduz" not in names(indonesian("Taliban menyerang Kunduz pada Senin."))


def test_who_bears_the_name_of_a_town_is_somebody(english: Callable[[str], Doc]) -> None:
    assert "Nuneaton" in names(english("Norway thanked Mr Nuneaton for his help."))


def test_the_list_is_sorted_and_names_nothing_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "places.txt"
    broken.write_text("Aleppo\nZinder\nKunduz\n", "utf8")
    monkeypatch.setattr(towns, "PLACES", broken)
    towns.places.cache_clear()
    with pytest.raises(ResourceError, match=r"places.txt.*3.*sorted"):
        towns.places()
    monkeypatch.undo()
    towns.places.cache_clear()
    assert "manbij" in towns.places()
