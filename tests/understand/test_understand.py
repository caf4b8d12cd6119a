"""Documents become `Doc`s: in order, in their language, with the layout and quotations of the article."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import LanguageError
from kg.model import Document
from kg.understand import frame, languages, parse, pipeline, understand

ARTICLE = """Oslo Rejects Bern Plan For Talks, Threatens NATO Allies

By Jane Roe

Norway on Monday rejected the plan of Bern for
more talks. "We will not talk," said its foreign minister, Kari Nilsen, calling them "stubborn states".

"It is over. "
"Nobody wants it," she added

Read also: Ten things to know about the talks

The minister threatened allies of Switzerland.
"""
INDONESIAN = (
    "Menteri luar negeri itu menolak usulan dari negara tetangga dan tidak akan datang ke perundingan."
)


def article(text: str, *, name: str = "a", lang: str | None = "en") -> Document:
    return Document(id=name, text=text, lang=lang)


@pytest.fixture(scope="module")
def doc() -> Doc:
    return next(understand([article(ARTICLE)]))


def test_offsets_are_those_of_the_document(doc: Doc) -> None:
    assert len(doc.text) == len(ARTICLE)
    assert doc._.document == article(ARTICLE)
    assert all(ARTICLE[t.idx : t.idx + len(t)].lower() == t.text.lower() for t in doc if not t.is_space)


def test_furniture_is_blank(doc: Doc) -> None:
    place = ARTICLE.index("Read also")
    assert doc.text[place : place + 40].isspace()
    assert not {"Jane", "Ten"} & {t.text for t in doc}


def test_paragraphs_begin_sentences_and_soft_wrapped_lines_do_not(doc: Doc) -> None:
    begins = {t.text for t in doc if t.is_sent_start}
    assert {"Norway", "The"} <= begins
    assert not {"more", "Monday"} & begins
    added = next(t for t in doc if t.text == "added")
    assert added.sent.text.rstrip().endswith("added")


def test_headline_is_marked_and_its_common_words_are_small(doc: Doc) -> None:
    [headline] = doc.spans["headlines"]
    assert headline.text == "Oslo rejects Bern plan for talks, threatens NATO allies"
    assert [t.text for t in headline if t.dep_ == "ROOT"] == ["rejects"]


def test_quotations_are_told_from_quoted_words(doc: Doc) -> None:
    found = {span.text: span.label_ for span in doc.spans["quotes"]}
    assert found["We will not talk,"] == "speech"
    assert found["stubborn states"] == "words"


def test_only_our_entity_labels(doc: Doc) -> None:
    labels = {e.label_ for e in doc.ents}
    assert labels <= {"PER", "ORG", "LOC", "NORP"}
    assert "Kari Nilsen" in {e.text for e in doc.ents if e.label_ == "PER"}


def test_order_of_the_input_is_kept_across_languages_and_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "WINDOW_DOCUMENTS", 3)
    documents = [
        article("Norway agreed." if n % 2 else INDONESIAN, name=str(n), lang="en" if n % 2 else "id")
        for n in range(8)
    ]
    assert [d._.document for d in understand(documents)] == documents


def test_documents_stream() -> None:
    def endless() -> Iterator[Document]:
        while True:
            yield article("Norway agreed.")

    assert next(understand(endless())).text == "Norway agreed."


def test_language_is_filled_in_and_regions_are_dropped() -> None:
    texts = [("The minister said that he would not come to the talks.", None), ("Norway agreed.", "en-GB")]
    docs = list(understand(article(text, lang=lang) for text, lang in texts))
    assert [d._.document.lang for d in docs] == ["en", "en"]


def test_unsupported_language_is_an_error_that_names_document_and_language() -> None:
    with pytest.raises(LanguageError, match=r"'story-7'.*'de'.*en, fr, id, ms"):
        list(understand([article("Guten Tag.", name="story-7", lang="de")]))


def test_unsupported_language_is_skipped_with_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    documents = [article("Guten Tag.", name="story-7", lang="de"), article("Norway agreed.")]
    with caplog.at_level(logging.WARNING, logger="kg"):
        assert [d._.document.id for d in understand(documents, unsupported="skip")] == ["a"]
    assert "story-7" in caplog.text


def test_unknown_pipeline_lists_the_known() -> None:
    with pytest.raises(LanguageError, match=r"'xx'.*en, fr, id, ms"):
        pipeline("xx")
    assert languages() == ("en", "fr", "id", "ms")
    assert pipeline("en") is pipeline("en") is pipeline("en", threads=1)


def test_another_package_brings_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint(name="nn", value="tests.understand.test_understand:norwegian", group=frame.OUTSIDE)
    monkeypatch.setattr(frame, "entry_points", lambda group: [point] if group == frame.OUTSIDE else [])
    frame._loaders.cache_clear()
    try:
        assert "nn" in languages()
        assert [token.text for token in pipeline("nn")("Noreg svara.")] == ["Noreg", "svara", "."]
    finally:
        frame._loaders.cache_clear()
        frame._pipeline.cache_clear()


def norwegian(code: str, *, threads: int) -> Language:
    assert (code, threads) == ("nn", 1)
    return spacy.blank("nn")


@pytest.mark.parametrize("text", ["", " ", "\n\n", "42", "“", "—\n—"])
def test_texts_without_words(text: str) -> None:
    [doc] = understand([article(text)])
    assert doc.text == text
    assert not doc.spans["quotes"]


@pytest.mark.parametrize("size", [60, 200, 10_000])
def test_long_texts_go_through_in_pieces_and_come_out_whole(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(parse, "PIECE_CHARACTERS", size)
    text = 'The envoy said: "We came to talk.\n\n"We will stay," and smiled.\n\n' * 4 + "Norway " * 30
    [doc] = understand([article(text)])
    assert doc.text == text
    assert [s.text[:7] for s in doc.spans["quotes"]] == ["We came"] * 4
    assert sum(bool(t.is_sent_start) for t in doc if t.text == "The") == 4


def test_plain_strings_work_as_in_any_spacy_pipeline() -> None:
    doc = pipeline("en")('Norway said: "We will stay."\n\nBern agreed.')
    assert [s.text for s in doc.spans["quotes"]] == ["We will stay."]
    assert doc[next(t.i for t in doc if t.text == "Bern")].is_sent_start


def test_white_space_is_a_leaf_and_no_sentence() -> None:
    text = "Norway's\nminister\t met  envoys from Oslo.\n\n  Jo\nBerg agreed. \n"
    [doc] = understand([article(text)])
    assert doc.text == text
    spaces = [t for t in doc if t.is_space]
    assert spaces
    assert {(t.pos_, t.dep_, len(list(t.children))) for t in spaces} == {("SPACE", "dep", 0)}
    assert not any(s.text.isspace() for s in doc.sents)
    assert next(t.head.text for t in doc if t.text == "minister") == "met"


def test_closing_mark_stays_in_the_sentence() -> None:
    [doc] = understand([article('He said: "We will stay. It is late."\n\n"We agree."\n\nBern agreed.')])
    assert not any(s.text.strip() in {'"', '."'} for s in doc.sents)
    assert [s.text.strip() for s in doc.sents][-2:] == ['"We agree."', "Bern agreed."]


@given(st.text(alphabet="aB .\n\"“”'", max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_keeps_its_offsets_and_makes_whole_sentences(text: str) -> None:
    [doc] = understand([article(text)])
    assert len(doc.text) == len(text)
    assert sum(len(s) for s in doc.sents) == len(doc)
    assert all(sum(t.head.i == t.i for t in s) == 1 for s in doc.sents)


def test_a_line_that_nobody_reads_is_no_part_of_the_sentence_before_it() -> None:
    """Rules of dashes stand apart, also in text that was not masked."""
    doc = pipeline("en")("Chad left the talks\n\n------\n\nNiger stayed.\n")
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Chad left the talks",
        "------",
        "Niger stayed.",
    ]
