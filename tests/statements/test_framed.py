"""What the frame engine makes of constructions, on hand-made parses."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from kg.statements.framed import framed
from kg.statements.scene import scene
from tests.statements.conftest import Parsed


def found(doc: Doc) -> set[tuple[str, str, str]]:
    return {(d.source_actor, d.type, d.target_actor) for d in framed(scene(doc, doc.lang_))}


def test_active_verb(parsed: Parsed) -> None:
    doc = parsed(
        "Russia 1 nsubj PROPN\nattacked 1 ROOT VERB attack\nGeorgia 1 obj PROPN", names="Russia Georgia"
    )
    assert ("Russia", "attacks", "Georgia") in found(doc)


def test_passive_turns_the_arguments_round(parsed: Parsed) -> None:
    doc = parsed(
        """Georgia 2 nsubj:pass PROPN
        was 2 aux:pass AUX be
        attacked 2 ROOT VERB attack
        by 4 case ADP
        Russia 2 obl:agent PROPN""",
        names="Russia Georgia",
    )
    assert ("Russia", "attacks", "Georgia") in found(doc)
    assert ("Georgia", "attacks", "Russia") not in found(doc)


def test_coordinated_objects_give_a_statement_each(parsed: Parsed) -> None:
    doc = parsed(
        """Russia 1 nsubj PROPN
        criticised 1 ROOT VERB criticise
        Poland 1 obj PROPN
        and 4 cc CCONJ
        Latvia 2 conj PROPN""",
        names="Russia Poland Latvia",
    )
    assert {("Russia", "criticises", "Poland"), ("Russia", "criticises", "Latvia")} <= found(doc)


def test_relative_pronoun_stands_for_its_antecedent(parsed: Parsed) -> None:
    doc = parsed(
        """Russia 5 nsubj PROPN
        , 3 punct PUNCT
        which 3 nsubj PRON
        criticised 0 acl:relcl VERB criticise
        Poland 3 obj PROPN
        slept 5 ROOT VERB sleep""",
        names="Russia Poland",
    )
    assert ("Russia", "criticises", "Poland") in found(doc)


def test_noun_takes_subject_and_oblique_of_its_light_verb(parsed: Parsed) -> None:
    doc = parsed(
        """Russia 1 nsubj PROPN
        imposed 1 ROOT VERB impose
        sanctions 1 obj NOUN sanction
        on 4 case ADP
        Norway 1 obl PROPN""",
        names="Russia Norway",
    )
    assert ("Russia", "sanctions", "Norway") in found(doc)


def test_gapped_stance_keeps_its_two_views_apart(parsed: Parsed) -> None:
    doc = parsed(
        """India 1 nsubj PROPN
        regards 1 ROOT VERB regard
        Nepal 1 obj PROPN
        as 5 case ADP
        a 5 det DET
        rival 1 obl NOUN
        and 7 cc CCONJ
        Bhutan 5 conj PROPN
        as 10 case ADP
        a 10 det DET
        threat 7 nmod NOUN""",
        names="India Nepal Bhutan",
    )
    views = {s for s in found(doc) if s[1].startswith("regards")}
    assert views == {("India", "regardsAsRival", "Nepal"), ("India", "regardsAsThreat", "Bhutan")}


def test_symmetric_noun_between_two(parsed: Parsed) -> None:
    doc = parsed(
        """talks 0 ROOT NOUN talk
        between 2 case ADP
        Oman 0 nmod PROPN
        and 4 cc CCONJ
        Qatar 2 conj PROPN""",
        names="Oman Qatar",
    )
    meetings = [s for s in found(doc) if s[1] == "meets"]
    assert len(meetings) == 1
    assert {meetings[0][0], meetings[0][2]} == {"Oman", "Qatar"}


@pytest.mark.parametrize(("word", "passive"), [("menyerang", "diserang"), ("menuduh", "dituduh")])
def test_indonesian_passive_is_made_from_the_active(parsed: Parsed, word: str, passive: str) -> None:
    active = parsed(
        f"Rusia 1 nsubj PROPN\n{word} 1 ROOT VERB\nGeorgia 1 obj PROPN", names="Rusia Georgia", lang="id"
    )
    turned = parsed(
        f"Georgia 1 nsubj:pass PROPN\n{passive} 1 ROOT VERB\noleh 3 case ADP\nRusia 1 obl PROPN",
        names="Rusia Georgia",
        lang="id",
    )
    assert found(active) == found(turned)
    assert found(active)


def test_bare_passive_agent_behind_the_verb(parsed: Parsed) -> None:
    doc = parsed(
        """pasukan 0 ROOT NOUN
        Georgia 0 nmod PROPN
        yang 3 nsubj PRON
        dilatih 0 acl:relcl VERB
        NATO 3 obl PROPN""",
        names="Georgia NATO",
        lang="id",
    )
    assert ("NATO", "arms", "Georgia") in found(doc)
