"""Sentences parsed by hand, so that the grammar is tested apart from any parser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

import kg.understand.doc
from kg.mentions.found import ActorMention, TitleUse
from kg.model import Actor, ActorClass, Document

kg.understand.doc.register()
Parsed = Callable[..., Doc]
CLASSES: dict[str, ActorClass] = {
    "Putin": "Person",
    "Smith": "Person",
    "NATO": "IntergovernmentalOrganisation",
}


@pytest.fixture
def parsed() -> Parsed:
    """Return a maker of Docs from rows of "word head label pos [lemma]"; `names` are the actors' words."""

    def make(rows: str, *, names: str, lang: str = "en", titles: tuple[TitleUse, ...] = ()) -> Doc:
        fields = [row.split() for row in rows.strip().splitlines()]
        words = [row[0] for row in fields]
        doc = Doc(
            spacy.blank(lang).vocab,
            words=words,
            heads=[int(row[1]) for row in fields],
            deps=[row[2] for row in fields],
            pos=[row[3] for row in fields],
            lemmas=[row[4] if len(row) > 4 else row[0].lower() for row in fields],
        )
        doc._.document = Document(id="d", text=doc.text, lang=lang)
        doc._.mentions = tuple(
            ActorMention(
                start=place,
                end=place + 1,
                head=place,
                form="name",
                cls=CLASSES.get(word, "State"),
                actor=word,
            )
            for place, word in enumerate(words)
            if word in names.split()
        )
        doc._.actors = {n: Actor(id=n, name=n, cls=CLASSES.get(n, "State")) for n in names.split()}
        doc._.titles = titles
        return doc

    return make
