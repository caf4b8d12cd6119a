from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kg.actors.component import make
from kg.errors import KgError
from kg.ids import wikidata
from kg.model import Actor
from kg.understand import pipeline


def meant(doc: Doc, words: str) -> Actor:
    """Return the actor of the last mention with those words."""
    actors: dict[str, Actor] = doc._.actors
    return [actors[m.actor] for m in doc._.mentions if doc[m.start : m.end].text == words and m.actor][-1]


def test_metonyms_demonyms_and_names_of_a_state_are_one_actor(english: Callable[[str], Doc]) -> None:
    doc = english("Beijing warned Taiwan. Chinese diplomats said that China was ready.")
    assert {meant(doc, w).id for w in ("Beijing", "Chinese", "China")} == {wikidata("Q148")}


def test_officials_stand_for_their_state(english: Callable[[str], Doc]) -> None:
    assert meant(english("Iranian officials rejected the offer."), "Iranian officials").name == "Iran"


def test_surname_to_full_name(english: Callable[[str], Doc]) -> None:
    doc = english("Amina Warsame opened the talks. Warsame thanked the delegates.")
    assert meant(doc, "Warsame").name == "Amina Warsame"


def test_a_lone_surname_is_local_to_its_document(english: Callable[[str], Doc]) -> None:
    doc = english("The judge heard Warsame on Friday.")
    assert all("/d" not in actor.name for actor in doc._.actors.values())


def test_pronouns_follow_number_and_class(english: Callable[[str], Doc]) -> None:
    doc = english("Angela Merkel criticised Russia. She said it should withdraw its troops.")
    assert meant(doc, "She").name == "Angela Merkel"
    assert meant(doc, "it").name == "Russia"


def test_an_object_pronoun_is_not_its_own_subject(english: Callable[[str], Doc]) -> None:
    doc = english("Tony Blair arrived. John Howard praised him.")
    assert meant(doc, "him").name == "Tony Blair"


def test_two_countries_have_two_members(english: Callable[[str], Doc]) -> None:
    doc = english("India and Pakistan met. The two countries signed a treaty.")
    pair = next(m for m in doc._.mentions if m.members)
    assert pair.actor == ""
    assert {doc._.actors[i].name for i in pair.members} == {"India", "Pakistan"}


def test_every_mention_has_an_actor_or_members(english: Callable[[str], Doc]) -> None:
    doc = english("He said they had met the president, and it rained in Rome.")
    for mention in doc._.mentions:
        assert bool(mention.actor) != bool(mention.members)
        assert {mention.actor, *mention.members} - {""} <= set(doc._.actors)


def test_title_alone_means_the_holder_of_the_day(english: Callable[[str], Doc]) -> None:
    doc = english("The Russian president criticised the plan.")
    assert meant(doc, "Russian president").id == wikidata("Q7747")


def test_bodies_of_both_languages_are_one_actor(
    english: Callable[[str], Doc], indonesian: Callable[[str], Doc]
) -> None:
    one = meant(english("Iraqi police arrested two men."), "Iraqi police")
    two = meant(indonesian("Polisi Irak menangkap dua orang."), "Polisi Irak")
    assert one.id == two.id
    assert two.name == "Iraqi police"
    assert "Polisi Irak" in two.aliases


def test_a_known_body_is_found_by_its_noun(indonesian: Callable[[str], Doc]) -> None:
    assert meant(indonesian("Parlemen Israel menyetujui anggaran."), "Parlemen Israel").name == "Knesset"


def test_acronym_in_brackets_is_the_name_before_it(indonesian: Callable[[str], Doc]) -> None:
    doc = indonesian("Komite Nelayan Merdeka (KNM) menolak rencana itu. KNM meminta dialog.")
    assert meant(doc, "KNM").name == "Komite Nelayan Merdeka"


def test_without_mentions_the_component_says_what_it_needs() -> None:
    nlp = pipeline("en")
    with pytest.raises(KgError, match="kg_mentions"):
        make(nlp, "kg_actors")(nlp("Nobody came."))


def test_indonesian_clitic_refers_to_the_subject(indonesian: Callable[[str], Doc]) -> None:
    doc = indonesian("Rusia menarik pasukannya dari kota itu.")
    clitic = next(m for m in doc._.mentions if m.form == "clitic")
    assert clitic.actor == wikidata("Q159")
