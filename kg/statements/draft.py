"""Drafts: what an extractor found, in tokens and mentions of one Doc, before it becomes a statement."""

from __future__ import annotations

from dataclasses import dataclass

from kg.statements.qualifiers import Qualifiers


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the encoder thinks of a relation between two: that it holds, that it holds the other way round.

    `likeliest` is the chance of whatever relation is the likeliest from the one to the other.
    """

    chance: float
    reverse: float
    likeliest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A relation between two mentions (indexes in `doc._.mentions`) that the tokens `start` to `end` state.

    `source_actor` and `target_actor` say which actor is meant where a mention stands for several.
    `features` describe how it was found; the confidence is learned from them and from `view`, what the
    encoder thinks of it, None where it was not asked.
    """

    type: str
    source: int
    source_actor: str
    target: int
    target_actor: str
    start: int
    end: int
    trigger: tuple[int, int]
    qualifiers: Qualifiers
    extractor: str
    features: tuple[str, ...]
    view: View | None = None
    office: tuple[int, int] | None = None
    characterisation: tuple[int, int] | None = None
