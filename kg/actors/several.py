"""Whom "they" means where it is several: those joined by "and", or the two people just named."""

from __future__ import annotations

from collections.abc import Sequence

from kg.actors.linking import Linker
from kg.actors.nominals import SUBJECTS
from kg.mentions.draft import Draft, Sheet

OBJECTS = frozenset({"obj", "iobj"})
SHARING = frozenset({"xcomp", "conj", "advcl"})
"""Clauses that may have the subject of the one above: "began to go", "met and agreed", "left, taking"."""
LAST = 10  # mentions


def in_row(linker: Linker, before: Sequence[Draft], draft: Draft) -> tuple[tuple[str, ...], bool]:
    """Return the actors joined by "and" in the nearest such row before, and whether they act here.

    They do where the row is the subject of the pronoun's own clause: "Mali and Niger withdrew their troops".
    """
    sheet, of = linker.sheet, linker.of
    for other in reversed(before[-LAST:]):
        if other not in of or sheet.dep[other.head] != "conj":
            continue
        if sheet.sentence[draft.start] - sheet.sentence[other.start] > 1:
            break
        first = sheet.heads[other.head]
        row = [d for d in before if d in of and (d.head == first or _joins(sheet, d.head, first))]
        ids = tuple(dict.fromkeys(of[d].id for d in row))
        if len(ids) > 1:
            return ids, sheet.dep[first] in SUBJECTS and sheet.heads[first] == _acting_verb(sheet, draft.head)
    return (), False


def company(linker: Linker, before: Sequence[Draft], draft: Draft) -> tuple[str, ...]:
    """Return the two people of this sentence and the last, if there are just two: "X met Y. They …"."""
    sheet = linker.sheet
    near = [d for d in before if sheet.sentence[draft.start] - sheet.sentence[d.start] <= 1]
    people = [linker.of[d].id for d in near if d in linker.of and linker.of[d].cls == "Person"]
    found = tuple(dict.fromkeys(people))
    return found if len(found) == 2 else ()


def _joins(sheet: Sheet, token: int, first: int) -> bool:
    return sheet.heads[token] == first and sheet.dep[token] == "conj"


def _acting_verb(sheet: Sheet, token: int) -> int:
    """Return the verb whose subject acts in a word's clause: past "began to", not past "urged X to"."""
    heads, dep = sheet.heads, sheet.dep
    while heads[token] != token and sheet.pos[token] != "VERB":
        token = heads[token]
    while dep[token] in SHARING and sheet.pos[heads[token]] == "VERB":
        below = {dep[t] for t in range(sheet.size) if heads[t] == token}
        beside = {dep[t] for t in range(sheet.size) if heads[t] == heads[token]}
        if below & SUBJECTS or (beside & OBJECTS and dep[token] != "conj"):
            break
        token = heads[token]
    return token
