from collections.abc import Callable

from spacy.tokens import Doc


def found(doc: Doc) -> dict[str, tuple[str, str]]:
    return {doc[m.start : m.end].text: (m.form, m.cls) for m in doc._.mentions}


def test_names_acronyms_demonyms_and_pronouns(english: Callable[[str], Doc]) -> None:
    mentions = found(english("Angela Merkel told us that the US and Russian envoys met. She left."))
    assert mentions["Angela Merkel"] == ("name", "Person")
    assert mentions["US"] == ("acronym", "State")
    assert mentions["Russian"] == ("demonym", "State")
    assert mentions["She"] == ("pronoun", "Person")


def test_a_body_encloses_the_state_that_it_belongs_to(english: Callable[[str], Doc]) -> None:
    doc = english("The Israeli army shelled the village.")
    body, state = doc._.mentions
    assert doc[body.start : body.end].text == "Israeli army"
    assert (body.cls, body.form) == ("ArmedForce", "nominal")
    assert body.belongs_to == 1
    assert state.within == 0
    assert doc[body.head].text == "army"


def test_title_with_body_and_bearer(english: Callable[[str], Doc]) -> None:
    doc = english("Former French president Jacques Chirac met Sergei Lavrov, Russia's foreign minister.")
    uses = [
        (
            doc[t.start : t.end].text,
            doc[doc._.mentions[t.person].start : doc._.mentions[t.person].end].text,
            t.status,
        )
        for t in doc._.titles
    ]
    assert uses == [
        ("Former French president", "Jacques Chirac", "past"),
        ("Russia's foreign minister", "Sergei Lavrov", "current"),
    ]
    assert all(t.body is not None for t in doc._.titles)


def test_a_city_is_an_actor_only_where_it_acts(english: Callable[[str], Doc]) -> None:
    assert "Moscow" not in found(english("The minister gave a speech in Moscow on Friday."))
    assert found(english("Moscow warned the alliance on Friday."))["Moscow"] == ("metonym", "State")


def test_led_by_is_no_owner(english: Callable[[str], Doc]) -> None:
    doc = english("The US-led coalition left the city.")
    coalition = next(m for m in doc._.mentions if m.cls == "ArmedForce")
    assert coalition.belongs_to is None


def test_indonesian_title_body_and_bearer(indonesian: Callable[[str], Doc]) -> None:
    doc = indonesian("Mantan Presiden Rusia Dmitry Medvedev bertemu Menteri Luar Negeri AS Marco Rubio.")
    uses = [(doc[t.start : t.end].text, t.status) for t in doc._.titles]
    assert uses == [("Mantan Presiden Rusia", "past"), ("Menteri Luar Negeri AS", "current")]


def test_indonesian_case_decides(indonesian: Callable[[str], Doc]) -> None:
    mentions = found(indonesian("Pemerintah AS menolak usulan itu."))
    assert mentions["AS"] == ("acronym", "State")
    assert mentions["Pemerintah AS"] == ("nominal", "GovernmentBody")


def test_indonesian_modifiers_follow(indonesian: Callable[[str], Doc]) -> None:
    doc = indonesian("Tentara Israel menembaki kamp itu.")
    army = doc._.mentions[0]
    assert (doc[army.start : army.end].text, army.cls, army.belongs_to) == ("Tentara Israel", "ArmedForce", 1)
