"""What of an article is text to be read, and what is furniture of the site: told by layout and cue words."""

from __future__ import annotations

import re

from kg.understand.layout_blocks import READ, Block, Kind, Layout
from kg.understand.layout_cues import cues
from kg.understand.layout_inline import inline
from kg.understand.layout_paragraphs import paragraphs
from kg.understand.layout_roles import roles

__all__ = ["READ", "Block", "Kind", "Layout", "layout", "masked", "paragraph_starts"]

_OPENING = 6  # paragraphs from the top in which a dateline may stand: headline, deck, captions come before it
_VISIBLE = re.compile(r"\S")


def layout(text: str, code: str | None = None) -> Layout:
    """Return the blocks of `text`, in order, which together cover all that is not white space.

    `code` is the text's language; without a pack for it, the cue words of all packs are used.
    """
    words = cues(code)
    spans = paragraphs(text)
    blocks: list[Block] = []
    starts: list[int] = []
    for (start, end), kind in zip(spans, roles([text[s:e] for s, e in spans], words), strict=True):
        if kind not in READ:
            blocks.append(Block(start=start, end=end, kind=kind))
            continue
        at, begun = start, False
        cuts = inline(text[start:end], words, opening=len(starts) < _OPENING)
        for cut_start, cut_end, cut_kind in [*cuts, (end - start, end - start, None)]:
            piece = text[at : start + cut_start]
            if visible := _VISIBLE.search(piece):
                begin = at + visible.start()
                blocks.append(Block(start=begin, end=at + len(piece.rstrip()), kind=kind))
                starts += [] if begun else [begin]
                begun = True
            if cut_kind:
                blocks.append(Block(start=start + cut_start, end=start + cut_end, kind=cut_kind))
            at = start + cut_end
    return Layout(blocks=tuple(blocks), starts=tuple(starts))


def masked(text: str, layout: Layout) -> str:
    """Return `text` with everything but body and headlines as spaces: same length, line ends kept."""
    pieces: list[str] = []
    at = 0
    for block in layout.blocks:
        if block.kind not in READ:
            pieces += [text[at : block.start], _VISIBLE.sub(" ", text[block.start : block.end])]
            at = block.end
    return "".join(pieces) + text[at:]


def paragraph_starts(layout: Layout) -> tuple[int, ...]:
    """Return where each paragraph that is read begins: no line break inside soft-wrapped text does."""
    return layout.starts
