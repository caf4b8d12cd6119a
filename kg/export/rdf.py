"""RDF: Turtle, TriG, N-Quads, JSON-LD, and Turtle of RDF 1.2, all by the ontology."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from kg.export.files import write_text
from kg.export.rdf_quads import Block, Claimed, blocks, claims
from kg.export.rdf_syntax import jsonld, nquads, prefixes, trig, turtle
from kg.export.rdf_terms import term
from kg.graph import KnowledgeGraph

_CLAIM = tuple(term(f"rdf:{name}") for name in ("subject", "predicate", "object"))


def write(graph: KnowledgeGraph, folder: Path) -> None:
    """Write `graph.ttl`, `graph.trig`, `graph.nq`, `graph.jsonld` and `graph.rdf12.ttl`.

    Turtle and JSON-LD hold the default graph; TriG and N-Quads also a named graph a claimant. RDF 1.2, in
    which each statement is a reifier of a triple term too, has its own file: readers of RDF 1.1 refuse it.
    """
    default, claimed = list(blocks(graph)), list(claims(graph))
    paragraphs = list(turtle(default))
    write_text(folder / "graph.ttl", chain(prefixes(), paragraphs))
    write_text(folder / "graph.trig", chain(prefixes(), paragraphs, _claims_trig(claimed)))
    write_text(folder / "graph.rdf12.ttl", chain(prefixes(), map(_reified, default, paragraphs)))
    write_text(folder / "graph.nq", _nquads(default, claimed))
    write_text(folder / "graph.jsonld", jsonld(default))


def nquads_text(graph: KnowledgeGraph) -> Iterator[str]:
    """Yield the default graph and those of the claimants as N-Quads, a piece a subject."""
    return _nquads(blocks(graph), list(claims(graph)))


def _claims_trig(claimed: Sequence[Claimed]) -> Iterator[str]:
    yield from turtle(about(claimed))
    for name, _, found in claimed:
        yield from trig(found, graph=name)


def _nquads(default: Iterable[Block], claimed: Sequence[Claimed]) -> Iterator[str]:
    yield from nquads(default)
    yield from nquads(about(claimed))
    for name, _, found in claimed:
        yield from nquads(found, graph=name)


def about(claimed: Iterable[Claimed]) -> Iterator[Block]:
    """Yield what the default graph says of each claimant's graph."""
    for name, claimant, _ in claimed:
        yield (
            name,
            [(term("rdf:type"), term("polkg:ClaimGraph")), (term("prov:wasAttributedTo"), claimant)],
        )


def _reified(block: Block, paragraph: str) -> str:
    """Return a subject's paragraph, that of a statement with the triple that it is about as a term."""
    claim = [value for predicate, value in block[1] if predicate in _CLAIM]
    return f"{paragraph[:-3]} ;\n    rdf:reifies <<( {' '.join(claim)} )>> .\n" if claim else paragraph
