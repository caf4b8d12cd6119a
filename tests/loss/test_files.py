"""The files of `kg export`, and the graphs in Python, against the tables of `docs/formats.md`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loss.files import READERS
from tests.loss.harness import check


@pytest.mark.parametrize("row", READERS)
def test_the_page_says_what_survives(row: str, tmp_path: Path) -> None:
    check(row, READERS[row], tmp_path)
