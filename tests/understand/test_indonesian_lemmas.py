"""Roots of Indonesian words, as the shipped table and the affix rules give them."""

import pytest

from kg.understand import pipeline
from kg.understand.indonesian_lemmas import IndonesianLemmatizer


@pytest.fixture(scope="module")
def lemmatizer() -> IndonesianLemmatizer:
    pipe = pipeline("id").get_pipe("kg_lemmas")
    assert isinstance(pipe, IndonesianLemmatizer)
    return pipe


@pytest.mark.parametrize(
    ("form", "pos", "lemma"),
    [
        ("menganggap", "VERB", "anggap"),
        ("dipasok", "VERB", "pasok"),
        ("kemitraan", "NOUN", "mitra"),
        ("mengecam", "VERB", "kecam"),
        ("kecaman", "NOUN", "kecam"),
        ("desakan", "NOUN", "desak"),
        ("penyerangan", "NOUN", "serang"),
        ("menteri-menteri", "NOUN", "menteri"),
        ("bekerja sama", "VERB", "kerja sama"),
        ("kerjasama", "NOUN", "kerja sama"),
        ("diplomat", "NOUN", "diplomat"),
        ("ukraina", "PROPN", "ukraina"),
    ],
)
def test_roots(lemmatizer: IndonesianLemmatizer, form: str, pos: str, lemma: str) -> None:
    assert lemmatizer.lemma(form, pos) == lemma


def test_table_survives_bytes(lemmatizer: IndonesianLemmatizer) -> None:
    again = IndonesianLemmatizer().from_bytes(lemmatizer.to_bytes())
    assert again.table == lemmatizer.table
    assert again.lemma("penyerangan", "NOUN") == "serang"
