from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kg.mentions.found import ActorMention


def found(doc: Doc, words: str) -> ActorMention | None:
    """Return the last mention with those words."""
    mentions: list[ActorMention] = [m for m in doc._.mentions if doc[m.start : m.end].text == words]
    return mentions[-1] if mentions else None


def meant(doc: Doc, words: str) -> set[str]:
    """Return the names of whom the last mention with those words means."""
    mention = found(doc, words)
    if mention is None:
        return set()
    return {doc._.actors[key].name for key in (mention.actor, *mention.members) if key}


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        (
            "Hamas rejected the plan. Israel said the Islamist movement must disarm.",
            "Islamist movement",
            "Hamas",
        ),
        ("The Awami League won. Critics said the ruling party had cheated.", "ruling party", "Awami League"),
        ("The Awami League won. The party will choose a chairman in May.", "party", "Awami League"),
        ("Norway sent two ships. Denmark thanked the kingdom for its help.", "kingdom", "Norway"),
        ("Kenya closed its border. The country's parliament will vote on Monday.", "country", "Kenya"),
        ("Prime Minister Amina Warsame spoke first. The premier then left.", "premier", "Amina Warsame"),
        ("Barack Obama visited Chile. The president praised the mayor.", "president", "Barack Obama"),
        (
            "Russian Foreign Minister Sergei Lavrov met his Turkish counterpart in Ankara.",
            "Turkish counterpart",
            "foreign minister of Türkiye",
        ),
    ],
)
def test_a_definite_noun_means_who_was_named(
    english: Callable[[str], Doc], text: str, words: str, names: str
) -> None:
    assert meant(english(text), words) == {names}


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        (
            "Hamas menolak rencana itu. Israel menyatakan gerakan tersebut harus berunding.",
            "gerakan tersebut",
            "Hamas",
        ),
        (
            "Partai Golkar kalah di dua daerah. Partai itu akan memilih ketua baru.",
            "Partai itu",
            "Golkar Party",
        ),
        ("Norwegia mengirim dua kapal. Denmark berterima kasih kepada kerajaan itu.", "kerajaan", "Norway"),
        (
            "Menteri Luar Negeri Rusia Sergei Lavrov bertemu timpalannya dari Turki di Ankara.",
            "timpalannya dari Turki",
            "foreign minister of Türkiye",
        ),
        ("Jokowi meninjau pelabuhan. Joko Widodo memuji para pekerja.", "Jokowi", "Joko Widodo"),
        (
            "Presiden AS berpidato. Ia mendesak Kongres menyetujui anggaran.",
            "Kongres",
            "United States Congress",
        ),
    ],
)
def test_an_indonesian_noun_means_who_was_named(
    indonesian: Callable[[str], Doc], text: str, words: str, names: str
) -> None:
    assert meant(indonesian(text), words) == {names}


@pytest.mark.parametrize(
    ("text", "words", "not_meant"),
    [
        (
            "Hamas accused Fatah of treason. Egypt said the movement must talk.",
            "movement",
            {"Hamas", "Fatah"},
        ),
        ("Hamas accused Fatah of treason. The rival group was silent.", "rival group", {"Hamas", "Fatah"}),
        ("Hamas attacked the group on Monday.", "group", {"Hamas"}),
        ("A boat sank off Kenya. Rescuers drove across the country.", "country", {"Kenya"}),
        (
            "Reporters followed the US troops until the US troops left the country.",
            "country",
            {"United States"},
        ),
        ("The president met Vladimir Putin.", "president", {"Vladimir Putin"}),
        ("Sergei Lavrov met his counterpart in Ankara.", "counterpart", {"Sergei Lavrov"}),
    ],
)
def test_a_noun_that_may_mean_another_is_left_alone(
    english: Callable[[str], Doc], text: str, words: str, not_meant: set[str]
) -> None:
    assert meant(english(text), words).isdisjoint(not_meant)


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        (
            "President Ana Silva of Brazil met Chile's president Petra Novak. The two countries agreed.",
            "two countries",
            {"Brazil", "Chile"},
        ),
        (
            "Ana Silva and Petra Novak argued. Both leaders apologised.",
            "Both leaders",
            {"Ana Silva", "Petra Novak"},
        ),
        (
            "Peru, Chile and Brazil met in Lima. The three countries signed a treaty.",
            "three countries",
            {"Peru", "Chile", "Brazil"},
        ),
        (
            "Ana Silva of Brazil toured Chile. Rival factions clashed there.",
            "Rival factions",
            {"Rival factions"},
        ),
    ],
)
def test_so_many_are_those_named_last_of_that_class(
    english: Callable[[str], Doc], text: str, words: str, names: set[str]
) -> None:
    assert meant(english(text), words) == names


def test_a_number_without_an_article_points_to_nobody(english: Callable[[str], Doc]) -> None:
    doc = english("India and Pakistan met. Later two men were hurt in a fire.")
    assert not any(m.members for m in doc._.mentions)


def test_both_countries_are_those_of_the_two_leaders(indonesian: Callable[[str], Doc]) -> None:
    doc = indonesian(
        "Presiden Brasil Ana Silva bertemu Presiden Cile Petra Novak. Kedua negara menandatangani perjanjian."
    )
    assert meant(doc, "Kedua negara") == {"Brazil", "Chile"}


def test_the_full_phrase_is_another_name_of_a_group(english: Callable[[str], Doc]) -> None:
    doc = english("Armed groups in Chad seized a truck.")
    group = found(doc, "Armed groups")
    assert group is not None
    assert "Armed groups in Chad" in doc._.actors[group.actor].aliases


def test_a_group_is_called_after_its_owner(
    english: Callable[[str], Doc], indonesian: Callable[[str], Doc]
) -> None:
    assert meant(english("Amina Warsame thanked her supporters."), "supporters") == {
        "Amina Warsame's supporters"
    }
    doc = indonesian("Amina Warsame berterima kasih kepada para pendukungnya.")
    assert meant(doc, "pendukung") == {"Amina Warsame's supporters"}


def test_what_is_joined_belongs_to_whom_it_is_joined_to(english: Callable[[str], Doc]) -> None:
    doc = english("Angela Merkel criticised Amina Warsame and dozens of her supporters.")
    assert meant(doc, "her") == {"Amina Warsame"}


def test_a_known_acronym_in_brackets_names_what_is_before(indonesian: Callable[[str], Doc]) -> None:
    doc = indonesian("Pengadilan Pidana Antarbangsa (ICC) membuka kantor.")
    assert meant(doc, "Pengadilan Pidana Antarbangsa") == {"International Criminal Court"}


def test_a_name_spelled_without_a_space_is_known(english: Callable[[str], Doc]) -> None:
    doc = english("President George W.Bush opened the library.")
    assert "George W. Bush" in {actor.name for actor in doc._.actors.values()}


def test_a_minister_without_a_state_serves_the_ministry(
    english: Callable[[str], Doc], indonesian: Callable[[str], Doc]
) -> None:
    for doc in (
        english("Education Minister Amina Warsame denied the report."),
        indonesian("Menteri Pendidikan Retno Wiryawan membantah laporan itu."),
    ):
        (title,) = doc._.titles
        assert title.body is not None
        assert doc._.actors[doc._.mentions[title.body].actor].name == "education ministry"


def test_an_armed_wing_is_not_the_whole_movement(english: Callable[[str], Doc]) -> None:
    doc = english("Hezbollah's armed wing fired two rockets.")
    assert meant(doc, "Hezbollah's armed wing") == {"Hezbollah armed wing"}


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("The two Koreas and Japan agreed on a date.", "two Koreas", {"North Korea", "South Korea"}),
        (
            "A guest from Peru praised the South American country's lead over Cuba.",
            "South American country",
            {"Peru"},
        ),
        (
            "A foreign ministry official told Reuters to wait.",
            "foreign ministry official",
            {"foreign ministry"},
        ),
        ("Latin American ministers met in Lima.", "Latin American", {"Latin America"}),
        (
            "The Fisheries Commission fined Chile. Peru thanked the commission.",
            "commission",
            {"Fisheries Commission"},
        ),
    ],
)
def test_words_that_say_who_is_meant(
    english: Callable[[str], Doc], text: str, words: str, names: set[str]
) -> None:
    assert meant(english(text), words) == names


def test_indonesian_words_that_say_who_is_meant(indonesian: Callable[[str], Doc]) -> None:
    doc = indonesian("Kedua Korea sepakat berunding dengan Jepang.")
    assert meant(doc, "Kedua Korea") == {"North Korea", "South Korea"}


def test_a_city_has_courts_and_police_of_its_own(english: Callable[[str], Doc]) -> None:
    assert meant(english("The Jakarta high court freed two men."), "Jakarta high court") == {
        "Jakarta high court"
    }
    assert meant(english("The Indonesian supreme court sat."), "Indonesian supreme court") == {
        "Supreme Court of Indonesia"
    }


def test_a_seat_of_two_is_that_of_whom_the_text_is_about(english: Callable[[str], Doc]) -> None:
    text = "Farmers accused Brussels of neglect; the European Commission denied it."
    assert meant(english(text), "Brussels") == {"European Union"}
    assert meant(english("Brussels froze the funds."), "Brussels") == {"European Union"}
    text = "Rwanda broke with Belgium and accused Brussels of taking sides."
    assert meant(english(text), "Brussels") == {"Belgium"}
