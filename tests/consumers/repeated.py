"""A graph large enough to be stopped in the middle."""

from __future__ import annotations

from dataclasses import replace

from kg.graph import KnowledgeGraph


def repeated(graph: KnowledgeGraph, times: int) -> KnowledgeGraph:
    """Return a graph with each document so many times, under other ids."""
    many = KnowledgeGraph()
    for extraction in graph.extractions():
        for number in range(times):
            key = f"{extraction.source.id} {number}"
            many.add(
                replace(
                    extraction,
                    source=replace(extraction.source, id=key),
                    mentions=tuple(replace(m, document=key) for m in extraction.mentions),
                    statements=tuple(
                        replace(s, document=key, id=f"{s.id}-{number}") for s in extraction.statements
                    ),
                )
            )
    return many
