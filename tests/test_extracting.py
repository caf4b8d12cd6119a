"""What is kept of a document; `tests/lang` says what is found in sentences."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from hashlib import sha256

import pytest
import spacy
from spacy.tokens import Doc

import kg.annotating
import kg.extracting
import kg.statements.choosing
from kg.annotating import annotate
from kg.errors import LanguageError
from kg.extracting import extract, extraction
from kg.mentions.found import ActorMention
from kg.model import Actor, Document, Form, Span, Statement
from kg.statements.scoring import Thresholds, weights
from kg.understand.doc import register
from kg.understand.encoder_model import MODEL

register()

TEXT = "Norway met Sweden; they met Chile."
ACTORS = {
    name: Actor(id=name, name=name, cls="State") for name in ("Norway", "Sweden", "Chile", "Peru", "BBC")
}


def mention(start: int, actor: str, *members: str) -> ActorMention:
    form: Form = "pronoun" if members else "name"
    return ActorMention(
        start=start, end=start + 1, head=start, form=form, cls="State", actor=actor, members=members
    )


def statement(target: str, *, confidence: float, attributed_to: str | None = None) -> Statement:
    quote = Span(0, 17, TEXT[:17])
    return Statement(
        id=target,
        document="talks",
        type="meets",
        source="Norway",
        target=target,
        source_mention=Span(0, 6, "Norway"),
        target_mention=Span(11, 17, "Sweden"),
        trigger=Span(7, 10, "met"),
        evidence=(quote,),
        sentence=quote,
        confidence=confidence,
        attributed_to=attributed_to,
    )


@pytest.fixture
def doc() -> Doc:
    doc = spacy.blank("en")(TEXT)
    doc._.document = Document(
        id="talks", text=TEXT, lang="en", title="Talks", published=datetime.date(2025, 3, 1)
    )
    doc._.mentions = (
        mention(0, "Norway"),
        mention(2, "Sweden"),
        mention(4, "", "Norway", "Sweden"),
        mention(6, ""),
    )
    doc._.actors = ACTORS
    doc._.statements = (
        statement("Sweden", confidence=0.9, attributed_to="BBC"),
        statement("Peru", confidence=0.4),
    )
    return doc


def test_a_mention_of_several_counts_for_each_and_an_unresolved_one_for_none(doc: Doc) -> None:
    found = [(m.span.text, m.form, m.actor) for m in extraction(doc).mentions]
    assert found == [
        ("Norway", "name", "Norway"),
        ("Sweden", "name", "Sweden"),
        ("they", "pronoun", "Norway"),
        ("they", "pronoun", "Sweden"),
    ]
    assert all(TEXT[m.span.start : m.span.end] == m.span.text for m in extraction(doc).mentions)


def test_only_actors_that_something_refers_to_are_kept(doc: Doc) -> None:
    assert [a.id for a in extraction(doc).actors] == ["BBC", "Norway", "Peru", "Sweden"]


def test_less_sure_statements_go_and_take_their_actors_along(doc: Doc) -> None:
    found = extraction(doc, min_confidence=0.5)
    assert [s.target for s in found.statements] == ["Sweden"]
    assert "Peru" not in {a.id for a in found.actors}


def test_of_the_article_only_its_hash_and_length_stay(doc: Doc) -> None:
    source = extraction(doc).source
    assert (source.lang, source.title, source.published, source.length) == ("en", "Talks", "2025-03-01", 34)
    assert source.sha256 == sha256(TEXT.encode()).hexdigest()


DOCUMENTS = [
    Document(id="3", text="Brasil memuji Ekuador pada hari Senin."),
    Document(id="1", text="Brazil criticised Ecuador.", lang="en"),
    Document(id="4", text="La presidenta de la comisión viajó ayer a la capital del país vecino."),
    Document(id="2", text="Brazil praised Chile.", lang="en-GB"),
]


def test_documents_come_out_in_the_order_of_the_input_each_in_its_language() -> None:
    found = list(extract(DOCUMENTS, unsupported="skip", min_confidence=0.5))
    assert [(e.source.id, e.source.lang) for e in found] == [("3", "id"), ("1", "en"), ("2", "en")]
    assert [[s.type for s in e.statements] for e in found] == [["praises"], ["criticises"], ["praises"]]
    assert all(s.extractor and s.evidence for e in found for s in e.statements)


def test_other_language_is_an_error_unless_it_is_to_be_skipped() -> None:
    with pytest.raises(LanguageError, match="'es'"):
        list(extract(DOCUMENTS))


def test_language_option_is_for_documents_that_name_none() -> None:
    found = list(extract(DOCUMENTS[:2], lang="id"))
    assert [e.source.lang for e in found] == ["id", "en"]


def test_number_of_processes_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg.extracting, "BATCH", 2)
    alone = list(extract(DOCUMENTS, unsupported="skip"))
    assert list(extract(DOCUMENTS, unsupported="skip", processes=2)) == alone
    with pytest.raises(LanguageError, match="'es'"):
        list(extract(DOCUMENTS, processes=2))


def test_number_of_threads_changes_nothing() -> None:
    alone = list(extract(DOCUMENTS, unsupported="skip"))
    assert list(extract(DOCUMENTS, unsupported="skip", threads=2)) == alone
    assert list(extract(DOCUMENTS, unsupported="skip", threads=2, processes=2)) == alone


def test_statements_name_their_extractor_and_the_weights() -> None:
    document = Document(id="1", text="Brazil criticised Ecuador.", lang="en")
    found = extract([document], min_confidence=0.5)
    (made,) = {s.extractor for e in found for s in e.statements}
    fingerprint = sha256(MODEL.read_bytes()).hexdigest()[:16]
    assert re.fullmatch(rf"frames/\d+\.\d+\.\d+\+encoder\.{fingerprint}", made)


def test_text_that_another_parser_read_names_no_weights() -> None:
    (doc,) = annotate([Document(id="1", text="Brazil criticised Ecuador.", lang="en")])
    doc._.weights, doc._.vectors = "", None
    statements = kg.annotating.stages("en")[-1](doc)._.statements
    assert [s.extractor for s in statements] == ["frames/0.1.0"]


def test_languages_without_annotated_text_have_a_threshold_of_their_own(
    doc: Doc, monkeypatch: pytest.MonkeyPatch
) -> None:
    least = {
        "*": Thresholds(first=0.3, further=0.3),
        "en": Thresholds(first=0.5, further=0.5),
    }
    learned = replace(weights(), thresholds=least)
    monkeypatch.setattr(kg.statements.choosing, "weights", lambda: learned)
    assert [s.target for s in extraction(doc).statements] == ["Sweden"]
    french = Doc(spacy.blank("fr").vocab, words=[token.text for token in doc])
    french._.document, french._.actors, french._.statements = doc._.document, ACTORS, doc._.statements
    assert [s.target for s in extraction(french).statements] == ["Sweden", "Peru"]
