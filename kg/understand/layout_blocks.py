"""The parts of an article's layout: what `layout` returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["body", "headline", "byline", "dateline", "furniture", "markup"]

READ: frozenset[Kind] = frozenset({"body", "headline"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Characters `start` to `end` (half-open) of a text, and what they are: only `READ` kinds are read."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The blocks of a text in order, without overlap, and where the paragraphs that are read begin."""

    blocks: tuple[Block, ...]
    starts: tuple[int, ...]
