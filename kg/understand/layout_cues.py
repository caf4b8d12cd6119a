"""The words by which furniture is known: `lang/<code>/layout.yaml`, compiled to patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache

from pydantic import ConfigDict

from kg import lang

_HEADING = 80  # characters a heading may have
_WHO = r"(?:(?:[A-Z][\w.'’*-]*+|[a-z]{1,3}\b|&)[ ,|/]*+){1,12}+"  # "John Doe and Ana van Dijk in Kyiv"
_NEVER = "(?!)"
_NAME = r"[\w’'.-]+(?: [\w’'.-]+)"


@cache
def cues(code: str | None) -> Cues:
    """Return the compiled cues of a language; those of all packs for a language without one."""
    with_cues = [c for c in lang.languages() if (lang.PACKS / c / "layout.yaml").exists()]
    packs = [lang.load(c, "layout", LayoutWords) for c in ([code] if code in with_cues else with_cues)]
    words = {
        f.name: sorted({w for pack in packs for w in getattr(pack, f.name)}) for f in fields(LayoutWords)
    }
    links, labels, embeds = _any(words["links"]), _any(words["labels"]), _any(words["embeds"])
    capitals = [w for w in words["lines"] if w.isupper()]
    agency = _any(words["agencies"])
    return Cues(
        lists=frozenset(heading(w) for w in words["lists"]),
        feet=frozenset(heading(w) for w in words["feet"]),
        summaries=frozenset(heading(w) for w in words["summaries"]),
        lines=frozenset(heading(w) for w in words["lines"]),
        link=re.compile(rf"[\W_]*(?:{links})\b\s*(?P<colon>[:：–—-]*)\s*", re.I),
        inline_link=re.compile(rf"[(\[*]*\b(?:{links})\s*[:：]\s*", re.I),
        label=re.compile(rf"[(\[*_]*(?:{labels})\s*[:：|]", re.I),
        credit=re.compile(rf"\((?:{labels})\s*[:：/][^()\n]*\)", re.I),
        byline=re.compile(rf"[(\[*_]*(?:{_any(words['bylines'])})\s+(?=[A-Z]){_WHO}[)\]*_]*$"),
        opening=re.compile(rf"[^\w©]*(?:{_any(words['openings'])})(?!\w)", re.I),
        embed=re.compile(
            rf"\[(?:{embeds})\b[^\]\n]{{0,80}}\]|\[\w{{1,20}}:(?:{embeds})\b[^\]\n]{{0,80}}\]", re.I
        ),
        capitals=re.compile(rf"\b(?:{_any(capitals)})\b"),
        agency=re.compile(rf"\(?(?:{_NAME}{{0,3}},? )?\(?(?:{agency})\)?(?:, {_NAME}{{0,2}})?"),
        cities=frozenset(w.casefold() for w in words["cities"]),
    )


def heading(line: str) -> str:
    """Return a line as headings are compared: lower case, no marks around; nothing for a long one."""
    if len(line) > _HEADING:
        return ""
    return " ".join(line.strip(" \t\xa0:：#*_|<>»[]()-–—").casefold().split())


def _any(words: Iterable[str]) -> str:
    """Return a pattern for any of `words`, longest first; one that never matches for none."""
    return (
        "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))
        or _NEVER
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutWords:
    """`lang/<code>/layout.yaml`: every key a list of words, none of them required."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    lists: tuple[str, ...] = ()
    feet: tuple[str, ...] = ()
    summaries: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    embeds: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """The same words ready for use: headings as sets, the rest as patterns."""

    lists: frozenset[str]
    feet: frozenset[str]
    summaries: frozenset[str]
    lines: frozenset[str]
    link: re.Pattern[str]
    inline_link: re.Pattern[str]
    label: re.Pattern[str]
    credit: re.Pattern[str]
    byline: re.Pattern[str]
    opening: re.Pattern[str]
    embed: re.Pattern[str]
    capitals: re.Pattern[str]
    agency: re.Pattern[str]
    cities: frozenset[str]
