"""What each paragraph of an article is: body, headline, byline or furniture of the site."""

from __future__ import annotations

import re

from kg.understand.layout_blocks import Kind
from kg.understand.layout_cues import Cues, heading

_FINAL = re.compile(r"[.…][\"'”’»)\]*]*$|[!?][\"”’»]+$")
_STOP = re.compile(r"[.…:;,][\"'”’»)\]*]*$")
_BULLET = re.compile(r"(?:[-–—*•·▪►‣◦]|\d{1,2}[.)])(?:\s+|$)")
_RULE = re.compile(r"(?:-\s?){3,}$|_{3,}$|={3,}$|:{3,}(?:\s|$)|(?:\*\s?){3,}$")
_FOOT_RULE = re.compile(r"-{3}$")
_STAMP = re.compile(
    r"(?:\w+,?\s+)?(?:\d{1,2}[ ./-]\w{1,10}\.?[ ./-]\d{2,4}|\w{3,9}\.? \d{1,2},? \d{4})"
    r"(?:[\W_]*(?:\w{2,4}\s)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*[\w/+:]{1,9}){0,2})?$"
)
# (ab/cd), who wrote and edited
_INITIALS = re.compile(r"[(\[*]{1,2}\w{2,5}(?:[/|-]\w{2,5}){0,3}[)\]*]{1,2}$")
_INNER_STOP = re.compile(r"\w{4}[.][\"'”’)]* [A-Z\"“]")
_ADDRESS = re.compile(r"[<(*]*(?:https?://|www\.)\S+$")
_CLOSE = 8  # characters at the end in which a full stop is looked for, closing marks after it included
_SHORT = 120  # characters of a line that may be a stamp, an embedded thing or a label by itself
_PROSE = 8  # words of prose at least; a shorter paragraph with a full stop is neither prose nor item
_LONG = 30  # words that end a site's foot at once; shorter prose there may be the teaser of another article
_TITLE = 30  # words that a headline may have
_SUBTITLE = 14
_MENU = 4  # words that an entry of a menu has at most, and entries that make a menu
_MENU_KINDS = ("body", "furniture")  # some entries are known by themselves
_TAIL = 3  # headlines in a row after the last prose that make a list without a heading


def roles(texts: list[str], cues: Cues) -> list[Kind]:
    """Return the kind of each paragraph."""
    if len(texts) == 1:  # a bare sentence, whatever it begins with, is what was meant to be read
        return ["body"]
    titles = [heading(text) for text in texts]
    kinds = [_alone(text, title, cues) for text, title in zip(texts, titles, strict=True)]
    prose = [kind == "body" and _is_prose(text) for text, kind in zip(texts, kinds, strict=True)]
    _mark_sections(texts, titles, kinds, prose, cues=cues)
    _mark_summaries(texts, titles, kinds, prose, cues=cues)
    _mark_foot(texts, kinds)
    _mark_menus(texts, kinds, prose)
    _mark_headlines(texts, kinds, prose)
    return kinds


def _alone(text: str, title: str, cues: Cues) -> Kind:
    """Return the kind that a paragraph has by itself, wherever it stands."""
    if _RULE.match(text):
        return "markup"
    if cues.opening.match(text):
        return "furniture"
    if len(text) <= _SHORT:
        if title in cues.lines or _STAMP.match(text) or cues.embed.fullmatch(text.strip("*_ ")):
            return "furniture"
        if _INITIALS.match(text):
            return "byline"
    if _ADDRESS.match(text):
        return "furniture"
    words = len(text.split())
    if (cues.label.match(text) and words <= _TITLE and _closed(text)) or (
        cues.byline.match(text) and words <= _SUBTITLE
    ):
        return "byline"
    # "Baca juga: …", and without the colon only where no sentence ends: "Lihat juga laporan itu, kata dia."
    link = cues.link.match(text)
    if link and words <= _TITLE + 10 and (link["colon"] or not _FINAL.search(text, len(text) - _CLOSE)):
        return "furniture"
    return "body"


def _closed(text: str) -> bool:
    """Tell whether a parenthesis at the start ends the paragraph as well: not in "(Foto: Ana) Lima …"."""
    return text[0] not in "([" or text.rstrip("*_. ")[-1:] in (")", "]")


def _is_prose(text: str) -> bool:
    return (
        bool(_FINAL.search(text, len(text) - _CLOSE))
        and len(text.split()) >= _PROSE
        and not _BULLET.match(text)
    )


def _mark_sections(
    texts: list[str], titles: list[str], kinds: list[Kind], prose: list[bool], *, cues: Cues
) -> None:
    """Mark lists of other articles: from a heading such as "Berita Terkait" to where prose sets in again."""
    number = 0
    while number < len(texts):
        foot = titles[number] in cues.feet
        if not foot and not _heads(titles[number], cues.lists) and not cues.link.fullmatch(texts[number]):
            number += 1
            continue
        end = _section_end(prose, texts, start=number + 1, foot=foot)
        if end > number + 1 or number + 1 == len(
            texts
        ):  # else prose follows: it was the title of a paragraph
            kinds[number:end] = ["furniture"] * (end - number)
            prose[number:end] = [False] * (end - number)
        number = end


def _heads(title: str, headings: frozenset[str]) -> bool:
    """Tell whether a line is one of `headings`, or a short line that begins with one of several words."""
    if title in headings:
        return True
    words = title.split()
    return len(words) <= 6 and any(" ".join(words[:n]) in headings for n in range(2, len(words)))


def _section_end(prose: list[bool], texts: list[str], *, start: int, foot: bool) -> int:
    """Return the first paragraph after `start` that is prose again, in a site's foot two or a long one."""
    for number in range(start, len(prose)):
        again = not foot or prose[number + 1 : number + 2] == [True] or len(texts[number].split()) >= _LONG
        if prose[number] and again:
            return number
    return len(prose)


def _mark_summaries(
    texts: list[str], titles: list[str], kinds: list[Kind], prose: list[bool], *, cues: Cues
) -> None:
    """Mark summary boxes, which only say it again: at the top a list or paragraph, below it all the rest."""
    before = 0
    for number, title in enumerate(titles):
        before += prose[number]
        if kinds[number] == "furniture" or title not in cues.summaries:
            continue
        end = len(texts)
        if before < 2:
            end = number + 1
            while end < len(texts) and _BULLET.match(texts[end]):
                end += 1
            end = max(end, min(number + 2, len(texts)))
        kinds[number:end] = ["furniture"] * (end - number)
        prose[number:end] = [False] * (end - number)


def _mark_foot(texts: list[str], kinds: list[Kind]) -> None:
    """Mark what follows a line of three dashes in the second half: notes of the desk, another article."""
    rules = [number for number, text in enumerate(texts) if _FOOT_RULE.match(text)]
    if rules and sum(map(len, texts[: rules[-1]])) >= sum(map(len, texts[rules[-1] :])):
        kinds[rules[-1] :] = ["furniture"] * (len(texts) - rules[-1])


def _mark_menus(texts: list[str], kinds: list[Kind], prose: list[bool]) -> None:
    """Mark runs of lines without a sentence: a menu above the prose, headlines of other articles below."""
    if True not in prose:
        return
    first, last = prose.index(True), len(prose) - 1 - prose[::-1].index(True)
    short = [n for n in range(first) if kinds[n] in _MENU_KINDS and _is_title(texts[n], words=_MENU)]
    if len(short) >= _MENU:
        for number in short:
            kinds[number] = "furniture"
    tail = [n for n in range(last + 1, len(texts)) if kinds[n] == "body"]
    if len(tail) >= _TAIL and sum(prose) > 1 and all(_is_headline(texts[n]) for n in tail):
        for number in tail:
            kinds[number] = "furniture"


def _mark_headlines(texts: list[str], kinds: list[Kind], prose: list[bool]) -> None:
    """Mark the headline, the first line if no sentence, and the short titles between paragraphs."""
    last = max((n for n, is_prose in enumerate(prose) if is_prose), default=-1)
    top = True
    for number in range(last):
        if kinds[number] != "body":
            continue
        if _is_title(texts[number], words=_TITLE if top else _SUBTITLE):
            kinds[number] = "headline"
        top = False


def _is_headline(text: str) -> bool:
    """Tell whether a line may name another article: neither label and value nor the row of a table."""
    return _is_title(text, words=_TITLE) and len(text.split()) > _MENU and not text[0].isdigit()


def _is_title(text: str, *, words: int) -> bool:
    return (
        len(text.split()) <= words
        and not _STOP.search(text, len(text) - _CLOSE)
        and not _BULLET.match(text)
        and not text[0].islower()
        and sum(map(str.isalpha, text[:9])) > 1
        and not _INNER_STOP.search(text)
    )
