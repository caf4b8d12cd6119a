"""What stands inside a paragraph and is not part of its sentences: datelines, links, embeds, markup."""

from __future__ import annotations

import re

from kg.understand.layout_blocks import Kind
from kg.understand.layout_cues import Cues

Cut = tuple[int, int, Kind]

_ATTRIBUTES = re.compile(
    r"\{[^{}\n]{0,100}[#.=][^{}\n]{0,100}\}"
)  # {target="_self"}, what Pandoc leaves behind a link
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=[^\s*_])([^*\n]{1,300}?)(?<=[^\s*_])(\1)(?![\w*])")
_DASH = re.compile(r"\s*[-–—]{1,3}\s+(?=[\"“‘'(]?[A-Z0-9])|\s+[-–—]{1,3}\s*(?=[\"“‘'(]?[A-Z])")
_SHOUTED = re.compile(r"[A-Z]{4} |[A-Z]{8}")
_HEAD = 80  # characters a dateline may have
_REST = 30  # characters that must follow it
_DOMAIN = re.compile(r"(?<!@)\b[\w-]+\.(?:com|co|id|net|org|tv|news|info)\b", re.I)
_PLACE = re.compile(r"([^\W\d_][^,(/:]{1,40}?)\s*((?:[,(/].*)?)$")
_SHOUT = 6  # letters of a place in capitals, so that "ASEAN - Japan" is none
_SOURCE = re.compile(r"\(([^\W\d_][\w .,/’'-]{1,40})\)$")  # WASHINGTON (Reuters)
_COUNTRY_OR_DATE = re.compile(
    r",(?: [A-Z][\w’'.]*){1,3}(?: \d{1,2})?|, \d{1,2} \w+(?: \d{4})?|, \w+ \d{1,2}, \d{4}"
)
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z])")


def inline(paragraph: str, cues: Cues, *, opening: bool) -> list[Cut]:
    """Return the ranges of `paragraph` that are not read, sorted, without overlap.

    `opening` says that the paragraph stands where an article begins, the only place for a dateline.
    """
    cuts: list[Cut] = []
    if opening and (end := _dateline(paragraph, cues)):
        cuts.append((0, end, "dateline"))
    if ":" in paragraph and (match := cues.inline_link.search(paragraph)):
        stop = _SENTENCE_END.search(paragraph, match.end())
        cuts.append((match.start(), stop.end() if stop else len(paragraph), "furniture"))
    if "[" in paragraph:
        cuts += [(*m.span(), "furniture") for m in cues.embed.finditer(paragraph)]
    if "{" in paragraph:
        cuts += [(*m.span(), "markup") for m in _ATTRIBUTES.finditer(paragraph)]
    if "(" in paragraph:
        cuts += [(*m.span(), "byline") for m in cues.credit.finditer(paragraph)]
    if "*" in paragraph or "_" in paragraph:
        for match in _EMPHASIS.finditer(paragraph):
            cuts += [(*match.span(1), "markup"), (*match.span(3), "markup")]
    if _SHOUTED.search(paragraph):
        cuts += [(*m.span(), "furniture") for m in cues.capitals.finditer(paragraph)]
    return _disjoint(cuts) if cuts else []


def _dateline(paragraph: str, cues: Cues) -> int | None:
    """Return where the dateline that begins `paragraph` ends: "JAKARTA, Kompas.com - ", "KYIV (Reuters) — ".

    A name and a dash are not enough: "Iran - Israel talks", "Putin — Russia's president — said".
    """
    dash = _DASH.search(paragraph, 1, _HEAD + 8)
    if not dash or len(paragraph) - dash.end() < _REST:
        return None
    head = paragraph[: dash.start()].strip("* ")
    if _SENTENCE_END.search(head):
        return None
    place, rest = _PLACE.match(head).groups() if _PLACE.match(head) else ("", head)  # type: ignore[union-attr]
    city = place.casefold() in cues.cities
    shouted = place.isupper() and sum(map(str.isalpha, place)) >= _SHOUT and len(place.split()) <= 4
    source = _SOURCE.search(head)
    known = (
        _DOMAIN.search(head)
        or cues.agency.fullmatch(head)
        or ((city or shouted) and (not rest or source or _COUNTRY_OR_DATE.fullmatch(rest)))
        or (source and cues.agency.fullmatch(source[1]))
    )
    return dash.end() if known else None


def _disjoint(cuts: list[Cut]) -> list[Cut]:
    """Return the cuts sorted, each shortened to begin where the one before it ends."""
    found: list[Cut] = []
    at = 0
    for start, end, kind in sorted(cuts):
        if end > at:
            found.append((max(start, at), end, kind))
            at = end
    return found
