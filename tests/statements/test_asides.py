"""What is told by the way is the writer's, on hand-made parses; what is claimed inside it is claimed."""

from __future__ import annotations

from kg.statements.framed import framed
from kg.statements.scene import scene
from tests.statements.conftest import Parsed

REPORTED = """Kenya 1 nsubj PROPN
said 1 ROOT VERB say
Ghana 9 nsubj PROPN
{comma} 6 punct PUNCT
which 6 nsubj PRON
had 6 aux AUX have
attacked 2 acl:relcl VERB attack
Peru 6 obj PROPN
{comma} 6 punct PUNCT
left 1 ccomp VERB leave"""


def claimants(parsed: Parsed, rows: str, names: str) -> dict[str, str | None]:
    here = scene(parsed(rows, names=names), "en")
    return {
        draft.type: None if draft.qualifiers.claimant is None
        else here.doc[here.mentions[draft.qualifiers.claimant].head].text
        for draft in framed(here)
    }  # fmt: skip


def test_a_relative_clause_behind_a_comma_is_the_writers(parsed: Parsed) -> None:
    assert claimants(parsed, REPORTED.format(comma=","), "Kenya Ghana Peru")["attacks"] is None


def test_a_claim_within_an_aside_holds(parsed: Parsed) -> None:
    rows = """Ghana 7 nsubj PROPN
        , 3 punct PUNCT
        which 3 nsubj PRON
        denies 0 acl:relcl VERB deny
        attacking 3 xcomp VERB attack
        Peru 4 obj PROPN
        , 3 punct PUNCT
        left 7 ROOT VERB leave"""
    assert claimants(parsed, rows, "Ghana Peru")["attacks"] == "Ghana"
