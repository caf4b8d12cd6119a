"""Whose body a body without a state beside it is."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from tests.actors.test_actors import meant


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Kenya's High Court blocked the government's plan.", "government", "Kenyan government"),
        ("Giorgia Meloni spoke to reporters. The cabinet had resigned.", "cabinet", "Italian cabinet"),
        (
            "Prime Minister Garry Conille of Haiti left. The parliament met.",
            "parliament",
            "Haitian parliament",
        ),
    ],
)
def test_a_body_is_of_the_state_of_the_offices_around_it(
    english: Callable[[str], Doc], text: str, words: str, name: str
) -> None:
    assert meant(english(text), words).name == name


@pytest.mark.parametrize(
    "text",
    [
        "Kenya's cabinet met Haiti's cabinet. The government was silent.",
        "The government criticised Iran's parliament.",
        "Chinese nationals were robbed, the government said.",
    ],
)
def test_without_one_state_it_stays_a_body_of_its_own(english: Callable[[str], Doc], text: str) -> None:
    assert meant(english(text), "government").name == "government"


def test_police_are_of_a_city_too(english: Callable[[str], Doc]) -> None:
    assert meant(english("Kenya's High Court ruled. The police left."), "police").name == "police"


def test_indonesian_pemerintah(indonesian: Callable[[str], Doc]) -> None:
    doc = indonesian("KPK menahan seorang pejabat. Pemerintah menolak berkomentar.")
    assert meant(doc, "Pemerintah").name == "Indonesian government"
