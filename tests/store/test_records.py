"""What a document gave comes back from its record as it was, dirt too."""

from dataclasses import replace

import pytest

from kg.errors import GraphError
from kg.store.records import read_extraction, written
from tests.store.conftest import Pool


@pytest.mark.parametrize("office", ["menteri 🙂 “é”\u2028", "half a pair \ud800", '"\\\n\x00'])
def test_words_of_any_kind_come_back(pool: Pool, office: str) -> None:
    plain = pool["harbour-talks 0", 0]
    dirty = replace(plain, statements=(replace(plain.statements[0], office=office), *plain.statements[1:]))
    assert read_extraction(written(dirty)) == dirty


def test_a_number_that_is_none_comes_back(pool: Pool) -> None:
    plain = pool["harbour-talks 0", 0]
    endless = replace(plain, statements=(replace(plain.statements[0], confidence=float("inf")),))
    assert read_extraction(written(endless)) == endless


def test_what_is_no_record_is_said_to_be_damage() -> None:
    with pytest.raises(GraphError, match="the store is damaged"):
        read_extraction('{"source": 1}')
