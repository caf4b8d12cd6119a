"""Words that the encoder reads in another spelling; the text itself stays."""

from __future__ import annotations

import spacy

from kg.understand.encoder_pieces import MARK, PieceCutter
from kg.understand.encoder_readings import as_read
from kg.understand.encoder_vocabulary import all_pieces


def test_french_elisions_are_read_as_whole_words() -> None:
    doc = spacy.blank("fr")("L'Iran n'a pas attaqué d'hôpital.")
    assert as_read(doc) == ["Le", "Iran", "ne", "avait", "pas", "attaqué", "de", "hôpital", "."]


def test_languages_without_readings_are_read_as_they_stand() -> None:
    doc = spacy.blank("en")("It's a boy.")
    assert as_read(doc) == [token.text for token in doc]


def test_a_chinese_word_begins_with_its_own_piece() -> None:
    vocabulary = all_pieces().vocabulary
    mark = vocabulary.pieces.index(MARK)
    assert PieceCutter(vocabulary=vocabulary)("美国")[0] == mark
    assert PieceCutter(vocabulary=vocabulary, bare=True)("美国")[0] != mark
