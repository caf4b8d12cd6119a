"""Whom the pronouns of our own texts mean, `training/pronouns/*.psv`: read and checked.

`en.psv` and `id.psv` are about `training/corpus/`, text|first character|word|whom: surfaces of the text,
"-" for nobody that it names. `constructions.psv` has sentences for what grammar says and the corpus
seldom has.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.model import Document

PRONOUNS = Path(__file__).parent / "pronouns"
LANGUAGES = ("en", "id")
NOBODY = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Whom a pronoun means: surfaces of the text, none for nobody that it names."""

    text: str
    start: int
    word: str
    means: tuple[str, ...]


def marked() -> list[Marked]:
    """Return the pronouns of the corpus; raises `InputError` naming the line of one that is wrong."""
    found: list[Marked] = []
    for lang in LANGUAGES:
        for _, (text, start, word, whom) in _rows(f"{lang}.psv", 4):
            means = () if whom == NOBODY else tuple(whom.split(" + "))
            found.append(Marked(text=text, start=int(start), word=word, means=means))
    return found


def constructions() -> tuple[list[Marked], list[Document]]:
    """Return the pronouns of `constructions.psv`, "lang|text with its [pronoun]|whom", and its sentences."""
    found: list[Marked] = []
    documents: list[Document] = []
    for number, (lang, text, whom) in _rows("constructions.psv", 3):
        before, _, rest = text.partition("[")
        word, _, after = rest.partition("]")
        name = f"{lang}-construction-{number}"
        documents.append(Document(id=name, text=before + word + after, lang=lang))
        found.append(Marked(text=name, start=len(before), word=word, means=(whom,)))
    return found, documents


def _rows(name: str, cells: int) -> Iterator[tuple[int, list[str]]]:
    path = PRONOUNS / name
    with path.open(encoding="utf8", newline="") as lines:
        for number, row in enumerate(csv.reader(lines, delimiter="|", quoting=csv.QUOTE_NONE), start=1):
            if len(row) != cells:
                raise InputError(f"needs {cells} cells, has {len(row)}", path=str(path), line=number)
            yield number, row
