"""Run a notebook and keep what it shows: `python docs/run_notebook.py docs/notebook.ipynb`.

What changes from run to run though nothing else does, the times, is left out.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient


def main() -> None:
    """Run the notebook named, in its own folder, and write it back."""
    path = Path(sys.argv[1])
    text: str = nbformat.writes(executed(path))  # type: ignore[no-untyped-call]  # half typed
    path.write_text(text + "\n", "utf8")


def executed(path: Path) -> nbformat.NotebookNode:
    """Return the notebook with the outputs of a fresh run; raises `CellExecutionError` where a cell fails."""
    notebook = read(path)
    place = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, resources=place, record_timing=False).execute()
    # The version of Python that happened to run it is no part of the notebook.
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def read(path: Path) -> nbformat.NotebookNode:
    """Return the notebook as it lies there."""
    found: nbformat.NotebookNode = nbformat.read(  # type: ignore[no-untyped-call]  # half typed
        path, as_version=4
    )
    return found


def shown(notebook: nbformat.NotebookNode) -> list[str]:
    """Return what the cells print, one text a cell; pictures, whose bytes change with fonts, are left out."""
    return [
        "".join(output.text for output in cell.outputs if output.output_type == "stream")
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


if __name__ == "__main__":
    main()
