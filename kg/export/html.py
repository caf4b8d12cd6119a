"""The explorer: the graph as a page for the browser that asks the network for nothing.

The page itself is built from `web/explorer` and lies in `explorer/`; only the data are put in here.
`docs/explorer.md` says what it shows, and `data` what it reads.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Final

from kg.errors import ResourceError
from kg.export.columns import columns
from kg.export.files import SURROGATE, write_text
from kg.export.flat import view
from kg.graph import KnowledgeGraph

SHELL: Final = Path(__file__).with_name("explorer") / "explorer.html"
PLACE: Final = "<!--data-->"


def write(graph: KnowledgeGraph, folder: Path) -> None:
    """Write `graph.html`."""
    write_text(folder / "graph.html", [page(graph)])


def page(graph: KnowledgeGraph) -> str:
    """Return the explorer with the graph inside: one file that works from a disk as from a server."""
    before, _, after = shell().partition(PLACE)
    # A text may hold "</script>" and "<!--", and either would end or open what the browser takes for data.
    text = data(graph).decode().replace("<", "\\u003c")
    return f'{before}<script type="application/json" id="data">{text}</script>{after}'


@cache
def shell() -> str:
    """Return the explorer without a graph: it fetches `explorer.json` from beside itself."""
    try:
        text = SHELL.read_text("utf8")
    except FileNotFoundError as error:
        raise ResourceError("is missing; `npm run build` makes it", path=str(SHELL)) from error
    if text.count(PLACE) != 1:
        raise ResourceError(f"must hold {PLACE} once", path=str(SHELL))
    return text


def data(graph: KnowledgeGraph) -> bytes:
    """Return what the explorer reads, as JSON: actors, documents, sentences and statements as columns."""
    text = _json(columns(view(graph)))
    return SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text).encode()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
