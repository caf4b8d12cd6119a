"""Long texts in windows: every word once, whole sentences, whatever the length."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from kg.understand import encoder_windows, pipeline
from kg.understand.encoder_model import EncoderModel, Pieces, Style, WindowScores
from kg.understand.encoder_windows import LIKELY_PIECES, Sentence, Stretch, sentences

BEGIN, OTHER = 1, 0


class Told(EncoderModel):
    """A model that says that a sentence begins at each piece 1, and remembers how long its windows were."""

    def __init__(self) -> None:
        self.longest = 0

    def scores(self, windows: Sequence[Pieces], style: Style = ("any", "any")) -> list[WindowScores]:
        del style
        self.longest = max(self.longest, *map(len, windows))
        return [self._told(window) for window in windows]

    @staticmethod
    def _told(window: Pieces) -> WindowScores:
        none = np.zeros((len(window), 1))
        start = np.array([5.0 if word[0] == BEGIN else -5.0 for word in window])
        return WindowScores(
            pos=none,
            feats=none,
            entity=none,
            start=start,
            arcs=none,
            dependent=none,
            governor=none,
            mentions=none,
            chances=none,
        )


def read(text: list[int], never: Sequence[int] = ()) -> tuple[list[tuple[int, int]], Told]:
    model = Told()
    forbidden = np.zeros(len(text), bool)
    forbidden[list(never)] = True
    stretch = Stretch(
        text=0,
        start=0,
        pieces=[(n,) for n in text],
        never=forbidden,
        likely=np.zeros(len(text), bool),
    )
    found = sorted(sentences(model, [stretch]), key=lambda s: s.start)
    return [place(one) for one in found], model


def place(one: Sentence) -> tuple[int, int]:
    return one.start, one.start + one.last - one.first


def text(*lengths: int) -> list[int]:
    return [n for length in lengths for n in [BEGIN, *[OTHER] * (length - 1)]]


def test_sentences_of_a_short_text() -> None:
    assert read(text(3, 4))[0] == [(0, 3), (3, 7)]


def test_a_text_begins_a_sentence_whatever_the_model_says() -> None:
    assert read([OTHER, OTHER, BEGIN])[0] == [(0, 2), (2, 3)]


@pytest.mark.parametrize("length", [7, 40, 100, 239, 240])
def test_a_long_text_has_the_sentences_that_it_would_have_in_one_piece(length: int) -> None:
    lengths = [length] * (3000 // length)
    edges = np.concatenate([[0], np.cumsum(lengths)]).tolist()
    found, model = read(text(*lengths))
    assert found == list(pairwise(edges))
    assert model.longest <= LIKELY_PIECES or length > LIKELY_PIECES // 2


def test_a_sentence_longer_than_a_window_gets_a_longer_window() -> None:
    assert read(text(5, 400, 5))[0] == [(0, 5), (5, 405), (405, 410)]


def test_an_endless_sentence_is_cut_and_nothing_is_lost() -> None:
    found, _ = read(text(2000))
    assert found[0][0] == 0
    assert found[-1][1] == 2000
    assert all(a[1] == b[0] for a, b in pairwise(found))


def test_no_sentence_begins_where_the_layout_forbids_it() -> None:
    assert read(text(3, 4), never=[3])[0] == [(0, 7)]


def test_nothing_in_nothing_out() -> None:
    assert read([])[0] == []


SAID = (
    "Menteri Luar Negeri Norwegia bertemu dengan duta besar Jepang di Oslo.",
    "Kedua negara sepakat menambah kerja sama.",
    "Ia menolak usul itu.",
    "Presiden memuji sekutunya, tetapi parlemen mengecam rencana pertahanan yang diajukan pekan lalu.",
)


def test_a_text_of_thousands_of_words_reads_the_same_in_other_windows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    encoder = pipeline("id").get_pipe("kg_encoder")
    long = " ".join(SAID[number % 3 + (number % 7 == 0)] for number in range(300))
    doc = encoder(pipeline("id").make_doc(long))
    ends = {sentence.text for sentence in doc.sents}
    assert ends == set(SAID)
    assert len(doc) > 2000
    monkeypatch.setattr(encoder_windows, "LIKELY_PIECES", 100)
    again = encoder(pipeline("id").make_doc(long))
    assert [sentence.text for sentence in again.sents] == [sentence.text for sentence in doc.sents]
    kept = [(a.head.i, a.dep_, a.pos_) == (b.head.i, b.dep_, b.pos_) for a, b in zip(doc, again, strict=True)]
    # No sentence falls to an edge; what else a window holds may sway the reading of a word here and there.
    assert sum(kept) > 0.9 * len(kept)
