import pytest

from kg.mentions.gazetteer import gazetteer, written_as
from kg.mentions.words import words


def test_every_reference_is_a_known_actor() -> None:
    known = gazetteer()
    keys = set(known.entries)
    assert {name.key for name in known.names} <= keys
    assert {entry.of for entry in known.entries.values() if entry.of} <= keys
    assert {term.state for term in known.terms} <= keys


def test_no_two_actors_share_a_wikidata_id() -> None:
    ids = [entry.qid for entry in gazetteer().entries.values() if entry.qid]
    assert len(ids) == len(set(ids))


def test_states_have_names_in_both_languages() -> None:
    entry = gazetteer().entries["us"]
    assert (entry.qid, entry.name, entry.label_id) == ("Q30", "United States", "Amerika Serikat")
    texts = {(name.lang, name.text) for name in gazetteer().names if name.key == "us"}
    assert {("id", "AS"), ("en", "U.S."), ("id", "Washington")} <= texts


def test_acronyms_are_case_sensitive_and_names_need_a_capital() -> None:
    assert written_as("AS", "AS")
    assert not written_as("as", "AS")
    assert not written_as("Us", "US")
    assert written_as("TALIBAN", "Taliban")
    assert not written_as("turkey", "Turkey")
    assert written_as("Al-Qaeda", "al-Qaeda")


def test_holder_of_an_office_on_a_date() -> None:
    known = gazetteer()
    assert known.holder("president", "us", "2007-05-01") == "bush_gw"
    assert known.holder("president", "us", "2025-05-01") == "trump"
    assert known.holder("president", "us", "1901-05-01") is None


def test_bodies_and_peoples_are_called_by_english_words_only() -> None:
    known = gazetteer()
    english = {(name.key, name.text) for name in known.names if name.lang in ("en", "*")}
    assert {*known.adjectives.items(), *known.peoples.items()} <= english
    assert (known.adjectives["fr"], known.peoples["fr"]) == ("French", "Frenchmen")


@pytest.mark.parametrize("lang", ["en", "id", "fr", "ms"])
def test_phrases_for_several_actors_name_known_ones(lang: str) -> None:
    keys = {key for several in words(lang).groups.several for key in several.keys}
    assert keys <= gazetteer().entries.keys()


@pytest.mark.parametrize("lang", ["en", "id", "fr", "ms"])
def test_titles_that_name_a_body_name_a_known_one(lang: str) -> None:
    titles = words(lang).titles
    assert {*titles.bodies.values()} <= gazetteer().entries.keys()
    assert titles.bodies.keys() <= {*titles.nouns}
