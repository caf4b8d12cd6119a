import datetime
from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kg.actors.component import make
from kg.mentions.component import make as make_mentions
from kg.model import Document
from kg.understand import pipeline


def offices(lang: str) -> Callable[[str], list[tuple[str, str]]]:
    nlp = pipeline(lang)
    mentions, actors = make_mentions(nlp, "kg_mentions"), make(nlp, "kg_actors")

    def held(text: str) -> list[tuple[str, str]]:
        doc: Doc = nlp(text)
        doc._.document = Document(id="d", text=text, lang=lang, published=datetime.date(2007, 3, 1))
        actors(mentions(doc))
        known, found = doc._.actors, doc._.mentions
        return [
            (known[found[t.person].actor].name, known[found[t.body].actor].name)
            for t in doc._.titles
            if t.body is not None and found[t.body].actor
        ]

    return held


@pytest.fixture(scope="module")
def english() -> Callable[[str], list[tuple[str, str]]]:
    return offices("en")


@pytest.fixture(scope="module")
def indonesian() -> Callable[[str], list[tuple[str, str]]]:
    return offices("id")


def test_the_only_state_of_a_text_is_meant_by_a_title_alone(
    indonesian: Callable[[str], list[tuple[str, str]]],
) -> None:
    found = indonesian("Menteri Pendidikan Tono Wibisana mengatakan sekolah di Malaysia akan libur.")
    assert found == [("Tono Wibisana", "Malaysia")]


def test_a_known_president_is_not_of_another_state(english: Callable[[str], list[tuple[str, str]]]) -> None:
    assert english("President Jacques Chirac spoke about Japan.") == []


def test_a_name_follows_a_comma_or_a_bracket(indonesian: Callable[[str], list[tuple[str, str]]]) -> None:
    found = indonesian("Menteri Pertahanan Kanada, Peter Gordon mengatakan kapal itu aman.")
    assert found == [("Peter Gordon", "Canada")]
    found = indonesian("Presiden Amerika Serikat (AS) George W. Bush tiba kemarin.")
    assert ("George W. Bush", "United States") in found


def test_a_sentence_says_who_took_office(indonesian: Callable[[str], list[tuple[str, str]]]) -> None:
    found = indonesian("Nicolas Sarkozy dilantik sebagai presiden Prancis.")
    assert found == [("Nicolas Sarkozy", "France")]


def test_became_president(english: Callable[[str], list[tuple[str, str]]]) -> None:
    assert english("Nicolas Sarkozy became president of France.") == [("Nicolas Sarkozy", "France")]


def test_a_mayor_is_of_the_city(english: Callable[[str], list[tuple[str, str]]]) -> None:
    assert english("Moscow Mayor Yuri Luzhkov opened the bridge.") == [("Yuri Luzhkov", "Moscow")]


def test_a_minister_does_not_serve_the_state_of_the_counterpart(
    english: Callable[[str], list[tuple[str, str]]],
) -> None:
    found = english(
        "Foreign Minister Park Sung-ho and his Chilean counterpart Ana Soto met. Chile was pleased."
    )
    assert ("Park Sung-ho", "Chile") not in found
    assert ("Ana Soto", "Chile") in found


def test_only_a_state_has_ministers(english: Callable[[str], list[tuple[str, str]]]) -> None:
    found = english("Spotify criticised Uganda after its culture minister Peter Okello banned the app.")
    assert found == [("Peter Okello", "Uganda")]


def test_a_title_may_name_whose_office_it_is(indonesian: Callable[[str], list[tuple[str, str]]]) -> None:
    assert indonesian("Kapolri Budi Wasesa tiba di Seoul.") == [("Budi Wasesa", "Indonesian National Police")]
