"""Offices that are over by the table of terms, though the title does not say so."""

from __future__ import annotations

from collections.abc import Iterable

from kg.actors.linking import Linker
from kg.mentions.draft import TitleDraft
from kg.mentions.gazetteer import terms_of


def end_tenures(linker: Linker, titles: Iterable[TitleDraft]) -> None:
    """Call an office past that its holder had left on the day of publication.

    Without a day, holders whose presidency is counted have left it: "Presiden ke-7 RI Joko Widodo".
    """
    for title in titles:
        if title.status == "current" and _is_over(linker, title):
            title.status = "past"


def _is_over(linker: Linker, title: TitleDraft) -> bool:
    ends = (title.person, title.body)
    person, body = (linker.of.get(draft) if draft is not None else None for draft in ends)
    if person is None or body is None:
        return False
    left = [
        term.end for term in terms_of(person.key) if term.state == body.key and term.office == title.office
    ]
    if not left or not all(left):
        return False
    if linker.date:
        return all(end <= linker.date[: len(end)] for end in left)
    return any(letter.isdigit() for letter in linker.sheet.text(title.start, title.end))
