"""The colours of `palette.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar, Final, TypeAlias

from pydantic import ConfigDict

from kg.errors import ResourceError
from kg.lang import checked, read_yaml
from kg.model import ACTOR_CLASSES, ActorClass, Statement

Colour: TypeAlias = tuple[int, int, int]
FILE: Final = Path(__file__).with_name("palette.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Valences:
    """The colours of the two ends and of the middle."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    negative: str
    neutral: str
    positive: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours by actor class and by valence, and the opacity of what is not asserted."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    classes: dict[ActorClass, str]
    valence: Valences
    faded: float


@cache
def palette() -> Palette:
    """Return the palette, every class in it."""
    found = checked(read_yaml(FILE), Palette, path="kg/export/palette.yaml")
    colours = [*found.classes.values(), found.valence.negative, found.valence.neutral, found.valence.positive]
    if bad := [colour for colour in colours if not re.fullmatch("#[0-9a-f]{6}", colour)]:
        raise ResourceError(f"{bad[0]!r} is no colour like #0072b2", path="kg/export/palette.yaml")
    if missing := set(ACTOR_CLASSES) - found.classes.keys():
        raise ResourceError(f"no colour for {min(missing)}", path="kg/export/palette.yaml", key="classes")
    return found


def class_colour(cls: ActorClass) -> Colour:
    """Return red, green and blue of an actor class."""
    return _channels(palette().classes[cls])


def valence_colour(valence: float) -> Colour:
    """Return red, green and blue of a valence from −1 to +1."""
    end = palette().valence.negative if valence < 0 else palette().valence.positive
    share = min(abs(valence), 1.0)
    pairs = zip(_channels(palette().valence.neutral), _channels(end), strict=True)
    red, green, blue = (round(a + (b - a) * share) for a, b in pairs)
    return red, green, blue


def opacity(statement: Statement) -> float:
    """Return 1 for what is asserted, less for what is denied, planned or only possible."""
    return 1.0 if statement.asserted else palette().faded


def _channels(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
