"""Texts of 2007 with who is meant in them, in both languages."""

import datetime
from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kg.actors.component import make
from kg.mentions.component import make as make_mentions
from kg.model import Document
from kg.understand import pipeline


def resolver(lang: str) -> Callable[[str], Doc]:
    nlp = pipeline(lang)
    mentions, actors = make_mentions(nlp, "kg_mentions"), make(nlp, "kg_actors")

    def resolve(text: str) -> Doc:
        doc = nlp(text)
        doc._.document = Document(id="d", text=text, lang=lang, published=datetime.date(2007, 3, 1))
        resolved: Doc = actors(mentions(doc))
        return resolved

    return resolve


@pytest.fixture(scope="module")
def english() -> Callable[[str], Doc]:
    return resolver("en")


@pytest.fixture(scope="module")
def indonesian() -> Callable[[str], Doc]:
    return resolver("id")
