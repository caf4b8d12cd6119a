"""The whole vocabulary, from an extra: other languages need it, English and Indonesian stay as they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.errors import LanguageError, ResourceError
from kg.model import Document
from kg.understand import encoder_vocabulary, frame, pipeline, understand
from kg.understand.encoder_model import EncoderModel
from kg.understand.encoder_vocabulary import all_pieces, read_weights


@pytest.fixture
def without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder_vocabulary, "find_spec", lambda _: None)
    frame._pipeline.cache_clear()


def test_every_shipped_piece_has_the_same_vector_in_the_whole_vocabulary() -> None:
    shipped = EncoderModel()
    whole = shipped.reading(all_pieces())
    numbers = {piece: n for n, piece in enumerate(whole.cutter.vocabulary.pieces)}
    pieces = shipped.cutter.vocabulary.pieces
    places = range(100, len(pieces), 997)
    own = shipped._vectors.rows(np.asarray([list(places)]))
    same = whole._vectors.rows(np.asarray([[numbers[pieces[place]] for place in places]]))
    assert np.array_equal(own, same)


@pytest.mark.parametrize("word", ["правительство", "政府", "حكومة", "gouvernement"])
def test_the_whole_vocabulary_knows_words_of_other_languages(word: str) -> None:
    shipped = EncoderModel()
    whole = shipped.reading(all_pieces())
    unknown = whole.cutter.vocabulary.unknown
    assert unknown not in whole.pieces([word])[0]
    assert len(whole.pieces([word])[0]) <= 3


@pytest.mark.usefixtures("without_extra")
def test_another_language_without_the_extra_says_what_to_install() -> None:
    with pytest.raises(LanguageError, match=r"pip install 'polkg\[all-languages\]'"):
        pipeline("fr")


@pytest.mark.usefixtures("without_extra")
def test_documents_of_another_language_can_be_skipped_without_the_extra() -> None:
    documents = [
        Document(id="a", text="La Chine attaque.", lang="fr"),
        Document(id="b", text="It rains.", lang="en"),
    ]
    assert [doc._.document.id for doc in understand(documents, unsupported="skip")] == ["b"]


@pytest.mark.usefixtures("without_extra")
def test_english_and_indonesian_need_no_extra() -> None:
    assert pipeline("id")("Rusia menyerang Ukraina.")[1].pos_ == "VERB"


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(b"no weights at all")
    with pytest.raises(ResourceError, match=r"weights\.bin: is no weights file"):
        read_weights(path)
