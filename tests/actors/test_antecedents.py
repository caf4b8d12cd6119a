"""Whom pronouns mean, where grammar alone does not say."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from tests.actors.test_anaphors import meant


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("Spain thanked Malta for its help.", "its", {"Malta"}),
        ("Latvia has a plan for the port, and Finland finds it too dear.", "it", set()),
        ("Paul Kagame met Felix Tshisekedi. He praised his guest.", "He", {"Paul Kagame"}),
        ("Maia Sandu blamed Gazprom. She said the firm had cheated.", "She", {"Maia Sandu"}),
    ],
)
def test_english_pronoun(english: Callable[[str], Doc], text: str, words: str, names: set[str]) -> None:
    assert meant(english(text), words) == names


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("Spanyol memuji Malta atas bantuannya.", "nya", {"Malta"}),
        ("Anies Baswedan menemui Surya Paloh. Ia meminta dukungan.", "Ia", {"Anies Baswedan"}),
        (
            '"Kami siap," ujarnya. Menteri itu bernama Budi Arie Setiadi. Ia tersenyum.',
            "Ia",
            {"Budi Arie Setiadi"},
        ),
    ],
)
def test_indonesian_pronoun(indonesian: Callable[[str], Doc], text: str, words: str, names: set[str]) -> None:
    assert meant(indonesian(text), words) == names
