"""The encoder's opinions: they become statements, and speak for or against those of the frames."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc

from kg.annotating import annotate
from kg.model import Document
from kg.statements.component import drafts
from kg.statements.draft import Draft, View
from kg.understand.encoder_pairs import Opinion

NOTHING = Opinion(
    types={},
    negated=0.0,
    modality="actual",
    modality_chance=1.0,
    status="current",
    status_chance=1.0,
    claim=None,
    claimed=1.0,
)


def doc_of(text: str) -> Doc:
    return next(iter(annotate([Document(id="d", text=text, lang="en")])))


def mention(doc: Doc, words: str) -> int:
    return next(n for n, m in enumerate(doc._.mentions) if doc[m.start : m.end].text == words)


def found(doc: Doc, type_: str) -> list[Draft]:
    return [draft for draft in drafts(doc) if draft.type == type_]


def test_an_opinion_becomes_a_statement_where_no_frame_speaks() -> None:
    doc = doc_of("Norway has long been a thorn in the flesh of Peru, Kenya said.")
    pair = mention(doc, "Norway"), mention(doc, "Peru")
    doc._.opinions = {
        pair: replace(NOTHING, types={"opposes": 0.8}, negated=0.9, claim=mention(doc, "Kenya"), claimed=0.9)
    }
    (draft,) = found(doc, "opposes")
    assert (draft.source, draft.target, draft.extractor) == (*pair, "learned")
    assert draft.view == View(chance=0.8, reverse=0.0, likeliest=0.8)
    assert draft.qualifiers.negated
    assert draft.qualifiers.claimant == mention(doc, "Kenya")


def test_the_same_relation_of_a_frame_is_not_said_twice() -> None:
    doc = doc_of("Norway attacked Peru.")
    doc._.opinions = {
        (mention(doc, "Norway"), mention(doc, "Peru")): replace(NOTHING, types={"attacks": 0.7})
    }
    (draft,) = found(doc, "attacks")
    assert draft.extractor == "frames"
    assert draft.view == View(chance=0.7, reverse=0.0, likeliest=0.7)


def test_a_symmetric_relation_comes_out_once() -> None:
    doc = doc_of("Norway and Peru are like two peas in a pod.")
    one, other = mention(doc, "Norway"), mention(doc, "Peru")
    near = replace(NOTHING, types={"alignedWith": 0.6})
    doc._.opinions = {(one, other): near, (other, one): near}
    assert len(found(doc, "alignedWith")) == 1


def test_the_ontology_refuses_what_a_state_cannot_do() -> None:
    doc = doc_of("Norway went on and on about Peru.")
    doc._.opinions = {
        (mention(doc, "Norway"), mention(doc, "Peru")): replace(NOTHING, types={"relativeOf": 0.9})
    }
    assert not found(doc, "relativeOf")


def test_an_office_is_held_where_it_is_likeliest() -> None:
    doc = doc_of("Kimani, on whom Kenya counts, flew over Mali and Peru.")
    person = mention(doc, "Kimani")
    chances = {"Kenya": 0.7, "Mali": 0.5, "Peru": 0.3}
    doc._.opinions = {
        (person, mention(doc, name)): replace(NOTHING, types={"holdsOffice": chance})
        for name, chance in chances.items()
    }
    assert [draft.target for draft in found(doc, "holdsOffice")] == [mention(doc, "Kenya")]


def test_without_opinions_the_frames_go_on() -> None:
    doc = doc_of("Norway attacked Peru.")
    doc._.opinions = {}
    (draft,) = found(doc, "attacks")
    assert draft.view is None
