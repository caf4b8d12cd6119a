"""What the encoder thinks of two mentions depends on their text alone."""

from __future__ import annotations

import numpy as np
import pytest

from kg.understand.encoder_pairs import PairReader, Place, pair_reader

WORDS = np.random.default_rng(3).normal(size=(60, 384)).astype(np.float32)
MENTIONS = [
    Place(first=first, last=first + 1, sentence=sentence)
    for first, sentence in ((0, 0), (12, 1), (17, 1), (24, 1), (33, 2), (44, 3), (55, 4))
]
PAIRS = [(1, 2), (2, 1), (1, 3), (3, 2)]
BOUNDS = (10, 30)


@pytest.fixture(scope="module")
def reader() -> PairReader:
    found = pair_reader()
    assert found is not None
    return found


def test_a_pair_is_judged_as_if_it_were_alone(reader: PairReader) -> None:
    together = list(reader.read(WORDS, MENTIONS, PAIRS, BOUNDS))
    for pair, opinion in zip(PAIRS, together, strict=True):
        (alone,) = reader.read(WORDS, MENTIONS, [pair], BOUNDS)
        assert alone.types == pytest.approx(opinion.types, abs=2e-3)
        assert (alone.claim, alone.modality, alone.status) == (
            opinion.claim,
            opinion.modality,
            opinion.status,
        )


def test_direction_matters(reader: PairReader) -> None:
    forth, back = reader.read(WORDS, MENTIONS, [(1, 2), (2, 1)], BOUNDS)
    assert forth.types != back.types


def test_chances_are_chances_of_known_types(reader: PairReader) -> None:
    for opinion in reader.read(WORDS, MENTIONS, PAIRS, BOUNDS):
        assert set(opinion.types) == set(reader.types)
        assert all(0 <= chance <= 1 for chance in (*opinion.types.values(), opinion.negated, opinion.claimed))


def test_nobody_far_away_claims_a_statement(reader: PairReader) -> None:
    for opinion in reader.read(WORDS, MENTIONS, PAIRS, BOUNDS):
        assert opinion.claim is None or MENTIONS[opinion.claim].sentence <= 2
