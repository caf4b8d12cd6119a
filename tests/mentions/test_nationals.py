"""Adjectives of states that stand for a person, and nouns for what happens: neither is an actor."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc


def texts(doc: Doc) -> list[str]:
    return [doc[m.start : m.end].text for m in doc._.mentions]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Okello said an Israeli had left the hotel.", "Israeli"),
        ("The Kenyan, Ghanaian and Moroccan were guards.", "Ghanaian"),
        ("The Iraqi later died in Oslo.", "Iraqi"),
    ],
)
def test_a_national_is_not_the_state(english: Callable[[str], Doc], text: str, word: str) -> None:
    assert word not in texts(english(text))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The French rejected the plan.", "French"),
        ("The Kenyan and Ghanaian ministers met.", "Kenyan"),
        ("Okello praised the Turkish-backed rebels.", "Turkish"),
        ("The Israeli government fell.", "Israeli"),
    ],
)
def test_an_adjective_of_a_noun_or_of_a_whole_people_is(
    english: Callable[[str], Doc], text: str, word: str
) -> None:
    assert word in texts(english(text))


def test_what_happens_is_nobody_unless_a_word_says_whose(
    english: Callable[[str], Doc], indonesian: Callable[[str], Doc]
) -> None:
    assert "talks" not in texts(english("The talks involved Peru, Chile, the US and Japan."))
    assert "Perundingan" not in texts(indonesian("Perundingan itu melibatkan Peru, Chile dan Brasil."))


def test_a_number_and_a_small_syllable_belong_to_a_name(english: Callable[[str], Doc]) -> None:
    found = texts(english("The 101st Airborne Division met Lee Jae-sung, a lawmaker, and Chung Eui-yong."))
    assert {"101st Airborne Division", "Lee Jae-sung", "Chung Eui-yong"} <= set(found)
    assert "Mark Rutte" in texts(english("The Mark Rutte-led cabinet resigned."))


def test_a_sea_or_a_war_is_no_state(english: Callable[[str], Doc], indonesian: Callable[[str], Doc]) -> None:
    found = texts(english("Chile sailed the South China Sea and the Gulf of Mexico after the Vietnam War."))
    assert found == ["Chile"]
    found = texts(indonesian("Chile berlayar ke Laut China Selatan dan Teluk Meksiko setelah Perang Korea."))
    assert found == ["Chile"]
    assert "Filipina" in texts(indonesian("Angkatan Laut Filipina berpatroli."))


def test_a_premier_is_nobody_certain(english: Callable[[str], Doc]) -> None:
    assert "Indian premier" not in texts(english("It was the first visit by an Indian premier since 2000."))
    assert "Indian premier" in texts(english("The Indian premier thanked Japan."))


def test_whose_supporters_they_are_is_behind_the_possessive(english: Callable[[str], Doc]) -> None:
    found = texts(english("Supporters of Peru's radical cleric Juan Soto prepared a rally."))
    assert "Supporters" in found
    assert "Supporters of Peru" not in found
