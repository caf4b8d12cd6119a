"""Batches leave no trace: the same scores to the last bit whatever else is read, on any number of threads."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from kg.read import read
from kg.understand import understand
from kg.understand.encoder_model import EncoderModel, WindowScores

EXAMPLES = Path(__file__).parents[2] / "examples"
SENTENCES = (
    "Presiden Norwegia memuji sekutunya .",
    "Ia menolak usul itu .",
    "Kami bekerja sama dengan Jepang dan Korea Selatan sejak lama .",
    "Norway 's minister met Kari Nilsen in Oslo on Monday .",
    "Parlemen setuju .",
    "She said nothing .",
)


def same(one: WindowScores, other: WindowScores) -> bool:
    return all(np.array_equal(getattr(one, f.name), getattr(other, f.name)) for f in fields(WindowScores))


@pytest.mark.parametrize("threads", [1, 2])
def test_scores_do_not_depend_on_neighbours_or_threads(threads: int) -> None:
    alone = EncoderModel()
    windows = [alone.pieces(sentence.split()) for sentence in SENTENCES]
    together = EncoderModel(threads=threads).scores(windows * 2)
    for window, found in zip(windows * 2, together, strict=True):
        assert same(alone.scores([window])[0], found)


def test_a_document_reads_the_same_alone_and_among_others() -> None:
    documents = list(read([EXAMPLES]))
    together = [doc.to_bytes(exclude=["user_data"]) for doc in understand(documents)]
    alone = [doc.to_bytes(exclude=["user_data"]) for one in documents for doc in understand([one])]
    assert together == alone
