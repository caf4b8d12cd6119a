"""The whole flow on one screen: news in, a `KnowledgeGraph` out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Unpack

from kg.extracting import Options, chosen_options, extract
from kg.graph import Extraction, KnowledgeGraph
from kg.judgements.honouring import honour
from kg.judgements.model import Judgements
from kg.judgements.unmet import warn_of


def build(
    sources: str | Path | Sequence[str | Path],
    *,
    progress: Callable[[Extraction], None] | None = None,
    **options: Unpack[Options],
) -> KnowledgeGraph:
    """Return the graph of all documents in `sources`: files, folders, globs, or `-` for standard input.

    `progress` is called with what each document gave, as soon as it is done. Texts are kept in memory
    no longer than their batch. Judgements that meet nothing are warned of by the logger `kg`.
    """
    from kg.read import read

    chosen = chosen_options(options)
    listed = [sources] if isinstance(sources, str | Path) else sources
    documents = read(listed, format=chosen["format"], on_error=chosen["on_error"])
    graph = KnowledgeGraph()
    for extraction in extract(documents, **chosen):
        graph.add(extraction)
        if progress:
            progress(extraction)
    judgements = chosen["judgements"]
    if isinstance(judgements, Judgements):
        graph, unmet = honour(graph, judgements)
        warn_of(unmet, judgements)
    return graph
