"""Negation, plans, attempts and claims around a predicate, on hand-made parses."""

from __future__ import annotations

from spacy.tokens import Doc

from kg.statements.framed import framed
from kg.statements.qualifiers import Qualifiers
from kg.statements.scene import scene
from tests.statements.conftest import Parsed


def of_type(doc: Doc, type_: str) -> Qualifiers:
    return next(d.qualifiers for d in framed(scene(doc, doc.lang_)) if d.type == type_)


def test_not_negates(parsed: Parsed) -> None:
    doc = parsed(
        """Russia 3 nsubj PROPN
        did 3 aux AUX do
        not 3 advmod PART
        attack 3 ROOT VERB
        Norway 3 obj PROPN""",
        names="Russia Norway",
    )
    assert of_type(doc, "attacks").negated


def test_denial_is_negated_and_claimed_by_the_denier(parsed: Parsed) -> None:
    doc = parsed(
        """Russia 1 nsubj PROPN
        denied 1 ROOT VERB deny
        that 4 mark SCONJ
        it 4 nsubj PRON
        attacked 1 ccomp VERB attack
        Norway 4 obj PROPN""",
        names="Russia it Norway",
    )
    stance = of_type(doc, "attacks")
    assert stance.negated
    assert doc._.mentions[stance.claimant or 0].actor == "Russia"


def test_plan_is_planned_and_future(parsed: Parsed) -> None:
    doc = parsed(
        """Putin 1 nsubj PROPN
        plans 1 ROOT VERB plan
        to 3 mark PART
        visit 1 xcomp VERB
        Norway 3 obj PROPN""",
        names="Putin Norway",
    )
    assert (of_type(doc, "visits").modality, of_type(doc, "visits").status) == ("planned", "future")


def test_condition_is_hypothetical(parsed: Parsed) -> None:
    doc = parsed(
        """If 2 mark SCONJ
        Russia 2 nsubj PROPN
        attacks 4 advcl VERB attack
        Norway 2 obj PROPN
        wait 4 ROOT VERB""",
        names="Russia Norway",
    )
    assert of_type(doc, "attacks").modality == "hypothetical"


def test_ending_a_boycott_leaves_it_a_fact(parsed: Parsed) -> None:
    doc = parsed(
        """Russia 2 nsubj PROPN
        will 2 aux AUX
        end 2 ROOT VERB
        its 4 nmod:poss PRON
        boycott 2 obj NOUN
        of 6 case ADP
        Norway 4 nmod PROPN""",
        names="Russia Norway",
    )
    assert of_type(doc, "sanctions").modality == "actual"


def test_speaker_behind_kata(parsed: Parsed) -> None:
    doc = parsed(
        """Rusia 1 nsubj PROPN
        menyerang 1 ROOT VERB
        Norwegia 1 obj PROPN
        , 4 punct PUNCT
        kata 1 parataxis VERB
        NATO 4 obj PROPN""",
        names="Rusia Norwegia NATO",
        lang="id",
    )
    claimant = of_type(doc, "attacks").claimant
    assert claimant is not None
    assert doc._.mentions[claimant].actor == "NATO"


def test_what_a_denied_verb_says_again_is_denied_too(parsed: Parsed) -> None:
    doc = parsed(
        """NATO 1 nsubj PROPN
        membantah 1 ROOT VERB
        Rusia 3 nsubj PROPN
        menyuplai 1 ccomp VERB
        senjata 3 obj NOUN
        ke 6 case ADP
        Norwegia 3 obl PROPN""",
        names="NATO Rusia Norwegia",
        lang="id",
    )
    stances = [d.qualifiers.negated for d in framed(scene(doc, "id")) if d.type == "arms"]
    assert len(stances) == 2
    assert all(stances)
