from collections.abc import Callable

from spacy.tokens import Doc


def texts(doc: Doc) -> dict[str, str]:
    return {doc[m.start : m.end].text: m.cls for m in doc._.mentions}


def test_a_country_is_a_mention_where_it_acts_or_owns(english: Callable[[str], Doc]) -> None:
    assert texts(english("Kenya said that the country would close its border."))["country"] == "State"
    assert texts(english("Kenya thanked the voters for the country's calm."))["country"] == "State"
    assert "country" not in texts(english("Rain fell across the country on Monday."))
    assert "country" not in texts(english("Kenya is a country with two seasons."))


def test_an_indonesian_country_needs_a_word_that_points_back(indonesian: Callable[[str], Doc]) -> None:
    assert texts(indonesian("Denmark memuji negara tersebut atas bantuannya."))["negara"] == "State"
    assert "negara" not in texts(indonesian("Hujan turun di negara itu pada Senin."))
    assert "negara" not in texts(indonesian("Denmark membeli kapal untuk negara miskin."))


def test_the_group_is_a_mention_and_a_group_is_none(english: Callable[[str], Doc]) -> None:
    assert "group" in texts(english("Hamas left early. Egypt thanked the group."))
    assert "group" not in texts(english("They formed a group."))


def test_anti_and_a_name_in_one_word_mean_the_one_named(indonesian: Callable[[str], Doc]) -> None:
    doc = indonesian("Faksi anti-Suriah menang di pulau itu.")
    named = next(m for m in doc._.mentions if doc[m.start : m.end].text == "anti-Suriah")
    faction = next(m for m in doc._.mentions if doc[m.start : m.end].text == "Faksi anti-Suriah")
    assert (named.cls, named.form) == ("State", "demonym")
    assert faction.belongs_to is None


def test_indonesian_troops_of_two_states_are_one_mention(indonesian: Callable[[str], Doc]) -> None:
    assert "Pasukan Inggris dan Kanada" in texts(indonesian("Pasukan Inggris dan Kanada menyerang kota itu."))


def test_a_leader_stands_alone_beside_a_state_only(english: Callable[[str], Doc]) -> None:
    forms = {m.form for m in english("The Egyptian leader praised the plan.")._.mentions}
    assert "title" in forms
    assert not any(m.form == "title" for m in english("The leader of the choir praised the plan.")._.mentions)
