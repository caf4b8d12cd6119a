"""The Indonesian pipeline, weights and all, on sentences whose analysis nobody would dispute."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.model import Document
from kg.understand import pipeline, understand


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline("id")


def find(doc: Doc, word: str) -> Token:
    return next(t for t in doc if t.text == word)


def test_active_clause(nlp: Language) -> None:
    doc = nlp("Jepang mendukung Ukraina.")
    verb = find(doc, "mendukung")
    assert (verb.dep_, verb.lemma_, verb.pos_) == ("ROOT", "dukung", "VERB")
    assert verb.morph.get("Voice", []) == ["Act"]
    assert (find(doc, "Jepang").dep_, find(doc, "Jepang").head) == ("nsubj", verb)
    assert (find(doc, "Ukraina").dep_, find(doc, "Ukraina").head) == ("obj", verb)


def test_passive_clause(nlp: Language) -> None:
    doc = nlp("Menteri itu dikritik oleh parlemen.")
    verb = find(doc, "dikritik")
    assert verb.morph.get("Voice", []) == ["Pass"]
    assert find(doc, "Menteri").dep_ == "nsubj:pass"


def test_clitic_is_a_pronoun(nlp: Language) -> None:
    clitic = find(nlp("Jepang memuji sekutunya."), "nya")
    assert clitic.pos_ == "PRON"
    assert clitic.head.text == "sekutu"


def test_names(nlp: Language) -> None:
    doc = nlp("Presiden Joko Widodo bertemu pengurus PDIP di Jakarta, kata Budi Santoso.")
    assert ("Joko Widodo", "PER") in {(e.text, e.label_) for e in doc.ents}
    assert ("Jakarta", "LOC") in {(e.text, e.label_) for e in doc.ents}
    assert {e.label_ for e in doc.ents} <= {"PER", "ORG", "LOC", "NORP"}


def test_headline_keeps_its_verb(nlp: Language) -> None:
    doc = nlp("Presiden Mesir Mengunjungi Turki, Bahas Kerja Sama Ekonomi")
    assert find(doc, "Mengunjungi").pos_ == "VERB"
    assert find(doc, "Mengunjungi").lemma_ == "kunjung"
    assert find(doc, "Kerja Sama").lemma_ == "kerja sama"


def test_sentences(nlp: Language) -> None:
    doc = nlp("Mesir menolak usul itu. Turki belum menjawab. Kedua negara akan berunding lagi.")
    assert len(list(doc.sents)) == 3


def test_line_breaks_and_blanks_do_no_harm() -> None:
    text = "Mesir menolak usul itu.\n\n   Turki belum menjawab."
    (doc,) = understand([Document(id="a", text=text, lang="id")])
    assert doc.text == text
    assert find(doc, "Turki").head.text == "menjawab"


def test_labels_are_universal_dependencies(nlp: Language) -> None:
    doc = nlp("Menteri Jepang, yang dipuji sekutunya, mengatakan bahwa dua negara akan berunding di Kairo.")
    core = "ROOT acl advcl amod appos aux case ccomp conj flat mark nmod nsubj nummod obj obl punct xcomp"
    assert {t.dep_.split(":")[0] for t in doc} <= set(core.split())
