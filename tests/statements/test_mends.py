"""What parsers hang wrongly is put right before the grammar looks at it, and what is right stays."""

from __future__ import annotations

from kg.statements.framed import framed
from kg.statements.scene import scene
from tests.statements.conftest import Parsed

LISTED = """Peru 12 nsubj PROPN
, 3 punct PUNCT
yang 3 nsubj PRON
menyerang 0 acl:relcl VERB serang
pasukan 3 obj NOUN
dukungan 4 nmod NOUN
NATO 5 nmod PROPN
, 9 punct PUNCT
dan 9 cc CCONJ
{name} 6 conj PROPN
, 12 punct PUNCT
kemarin 12 advmod ADV
tidur 12 ROOT VERB tidur"""


def heads(parsed: Parsed, rows: str, names: str) -> list[int]:
    return scene(parsed(rows, names=names, lang="id"), "id").tree.heads


def test_a_state_behind_a_clause_that_ends_in_an_alliance_is_listed_with_the_state(parsed: Parsed) -> None:
    assert heads(parsed, LISTED.format(name="Kenya"), "Peru NATO Kenya")[9] == 0


def test_behind_a_clause_between_commas_a_conjunct_of_the_same_class_is_listed_with_the_subject(
    parsed: Parsed,
) -> None:
    rows = LISTED.format(name="Kenya").replace("NATO", "Chili")
    assert heads(parsed, rows, "Peru Chili Kenya")[9] == 0


def test_where_no_verb_is_to_come_a_conjunct_of_the_same_class_stays_with_its_neighbour(
    parsed: Parsed,
) -> None:
    rows = """Oman 1 nsubj PROPN
    menerima 1 ROOT VERB terima
    Peru 1 obj PROPN
    , 5 punct PUNCT
    yang 5 nsubj PRON
    menyerang 2 acl:relcl VERB serang
    Chili 5 obj PROPN
    , 9 punct PUNCT
    dan 9 cc CCONJ
    Kenya 6 conj PROPN"""
    assert heads(parsed, rows, "Oman Peru Chili Kenya")[9] == 6


def test_a_second_subject_behind_and_is_the_first_one_s_conjunct(parsed: Parsed) -> None:
    rows = """Peru 6 nsubj PROPN
    , 3 punct PUNCT
    yang 3 nsubj PRON
    tidur 0 acl:relcl VERB tidur
    dan 6 cc CCONJ
    Kenya 6 nsubj PROPN
    bertemu 6 ROOT VERB temu"""
    assert heads(parsed, rows, "Peru Kenya")[5] == 0


def test_what_is_listed_behind_a_clause_has_no_part_in_it(parsed: Parsed) -> None:
    rows = """Peru 8 nsubj PROPN
    , 3 punct PUNCT
    yang 3 nsubj PRON
    menyerang 0 acl:relcl VERB serang
    Chili 3 obj PROPN
    , 7 punct PUNCT
    dan 7 cc CCONJ
    Kenya 0 conj PROPN
    tidur 8 ROOT VERB tidur"""
    here = scene(parsed(rows, names="Peru Chili Kenya", lang="id"), "id")
    assert {(d.source_actor, d.target_actor) for d in framed(here) if d.type == "attacks"} == {
        ("Peru", "Chili")
    }


CLAUSE = """Peru 6 nsubj PROPN
dan 2 cc CCONJ
Kenya 0 conj PROPN
, 5 punct PUNCT
yang 5 nsubj PRON
sakit {head} acl:relcl VERB sakit
tidur 6 ROOT VERB tidur"""


def test_a_relative_clause_follows_the_mention_before_its_comma(parsed: Parsed) -> None:
    assert heads(parsed, CLAUSE.format(head=0), "Peru Kenya")[5] == 2


def test_the_clause_of_a_noun_that_owns_the_mention_stays(parsed: Parsed) -> None:
    rows = (
        CLAUSE.format(head=0)
        .replace("Kenya 0 conj", "Kenya 0 nmod")
        .replace("dan 2 cc CCONJ", "dari 2 case ADP")
    )
    assert heads(parsed, rows, "Peru Kenya")[5] == 0
