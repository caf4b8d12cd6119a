"""Parties whose name another, better known party bears too."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc, Span


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("The Polish Labour Party rejected the bill.", "Polish Labour Party"),
        ("The Sudanese Congress Party rejected the bill.", "Sudanese Congress Party"),
        ("Okello's Democratic Action Party rejected the bill.", "Democratic Action Party"),
        ("Merkel thanked the Social Democrats.", "Social Democrats"),
        ("The Sweden Democrats rejected the bill.", "Sweden Democrats"),
        ("The Democratic Party of Kosovo rejected the bill.", "Democratic Party of Kosovo"),
    ],
)
def test_a_longer_name_is_another_party(english: Callable[[str], Doc], text: str, party: str) -> None:
    assert party in [m.text for m in _spans(english(text))]


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Britain's Labour Party rejected the bill.", "Labour Party"),
        ("The Labour Party rejected the bill.", "Labour Party"),
        ("India's ruling Congress Party rejected the bill.", "Congress Party"),
        ("The bill was rejected by Senate Republicans and House Democrats.", "Democrats"),
        ("The Liberal Democratic Party of Japan rejected the bill.", "Liberal Democratic Party"),
    ],
)
def test_its_own_state_or_house_beside_it_changes_nothing(
    english: Callable[[str], Doc], text: str, party: str
) -> None:
    assert party in [m.text for m in _spans(english(text))]


def test_a_state_behind_a_party_says_whose_it_is(indonesian: Callable[[str], Doc]) -> None:
    text = "Partai Demokrat Kurdistan dan Partai Demokrat menolak RUU itu."
    found = [m.text for m in _spans(indonesian(text))]
    assert "Partai Demokrat Kurdistan" in found
    assert "Partai Demokrat" in found


def _spans(doc: Doc) -> list[Span]:
    return [doc[m.start : m.end] for m in doc._.mentions]
