"""The notebook on the tables runs, and shows what it showed when it was last written."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from docs.run_notebook import executed, read, shown

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.ipynb"


@pytest.fixture(scope="module")
def fresh() -> nbformat.NotebookNode:
    return executed(NOTEBOOK)


def test_it_says_what_it_said_before(fresh: nbformat.NotebookNode) -> None:
    message = "run `make exports`, and look at the difference"
    assert shown(fresh) == shown(read(NOTEBOOK)), message


def test_it_draws_two_plots(fresh: nbformat.NotebookNode) -> None:
    outputs = [output for cell in fresh.cells if cell.cell_type == "code" for output in cell.outputs]
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 2
    assert not [output for output in outputs if output.get("name") == "stderr"]


def test_each_piece_of_code_is_introduced() -> None:
    kinds = [cell.cell_type for cell in read(NOTEBOOK).cells]
    assert kinds[0] == kinds[-1] == "markdown"
    assert "code code code" not in " ".join(kinds)
