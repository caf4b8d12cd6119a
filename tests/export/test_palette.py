from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.export import palette as room
from kg.export.palette import class_colour, palette, valence_colour
from kg.model import ACTOR_CLASSES


@pytest.fixture
def edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "palette.yaml"
    path.write_text(room.FILE.read_text("utf8"), "utf8")
    monkeypatch.setattr(room, "FILE", path)
    palette.cache_clear()
    yield path
    palette.cache_clear()


def test_every_class_has_a_colour_of_its_own() -> None:
    assert len({class_colour(cls) for cls in ACTOR_CLASSES}) == len(ACTOR_CLASSES)


def test_valence_runs_from_red_over_grey_to_green() -> None:
    assert len({valence_colour(valence) for valence in (-1, -0.5, 0, 0.5, 1)}) == 5


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  Person:", "  Persona:", "classes.Persona"),
        ('  Person: "#e69f00"\n', "", "no colour for Person"),
        ('"#0072b2"', '"blue"', "'blue' is no colour"),
        ("faded: 0.35", "faded: some", "faded"),
    ],
)
def test_a_wrong_palette_is_named(edited: Path, old: str, new: str, message: str) -> None:
    edited.write_text(edited.read_text("utf8").replace(old, new), "utf8")
    with pytest.raises(ResourceError, match=rf"palette\.yaml.*{message}"):
        palette()
