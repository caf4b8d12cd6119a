"""Texts with the mentions that are found in them, in both languages."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kg.mentions.component import make
from kg.understand import pipeline


@pytest.fixture(scope="module")
def english() -> Callable[[str], Doc]:
    nlp = pipeline("en")
    component = make(nlp, "kg_mentions")
    return lambda text: component(nlp(text))


@pytest.fixture(scope="module")
def indonesian() -> Callable[[str], Doc]:
    nlp = pipeline("id")
    component = make(nlp, "kg_mentions")
    return lambda text: component(nlp(text))
