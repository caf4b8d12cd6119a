"""The class of names that only the recogniser knows, by what the text calls them."""

from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from kg.mentions.described import classify
from kg.mentions.draft import Draft, Sheet
from kg.mentions.words import words


def classes(doc: Doc, name: str) -> set[str]:
    return {m.cls for m in doc._.mentions if doc[m.start : m.end].text == name}


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        ("The mining company Zijin, which Peru fined, left. Later Zijin sued.", "Zijin", "Company"),
        ("Zijin, a Chinese mining company, sued Peru.", "Zijin", "Company"),
        ("Peru met with Zijin, a Chinese mining company.", "Zijin", "Company"),
        ("Mazaka, an armed group active in Chad, attacked police.", "Mazaka", "ArmedGroup"),
        ("The opposition party Tavini won in Fiji.", "Tavini", "PoliticalParty"),
    ],
)
def test_english(english: Callable[[str], Doc], text: str, name: str, cls: str) -> None:
    assert classes(english(text), name) == {cls}


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        ("Peru mendenda perusahaan asal China, Zijin, pada Senin. Zijin menggugat.", "Zijin", "Company"),
        ("Mazaka, kelompok bersenjata di Chad, menyerang polisi.", "Mazaka", "ArmedGroup"),
    ],
)
def test_indonesian(indonesian: Callable[[str], Doc], text: str, name: str, cls: str) -> None:
    assert classes(indonesian(text), name) == {cls}


def test_whose_party_it_is_says_nothing_of_a_person() -> None:
    doc = Doc(
        spacy.blank("id").vocab,
        words=["partai", "Haryanto", "menolak"],
        pos=["NOUN", "PROPN", "VERB"],
        heads=[2, 0, 2],
        deps=["nsubj", "nmod", "ROOT"],
    )
    draft = Draft(start=1, end=2, form="name", cls="Person", surname=True)
    classify(Sheet(doc), [draft], words("id"))
    assert draft.cls == "Person"
