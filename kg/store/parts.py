"""What one document brings into a store, as quads: its own, those it shares, and the actors it names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from kg.export.rdf import about
from kg.export.rdf_quads import Block, actor_pairs, blocks, claims
from kg.export.rdf_terms import BASE, Term, actor_iri, node_iri
from kg.graph import Extraction, KnowledgeGraph, united
from kg.model import Actor
from kg.ontology import NAMESPACE

Line: TypeAlias = str  # a triple, or GRAPH <…> { a triple }, as INSERT DATA and DELETE DATA have it
_SHARED: Final = (f"<{BASE}run/", f"<{BASE}software/")
_STATEMENT: Final = f"<{BASE}statement/"
_RELATION: Final = f"<{NAMESPACE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a document brings: `own` goes with it, `shared` only if no other document brings it too.

    `actors` are the forms in which it knows each actor, by the IRI that two ids may share.
    """

    own: frozenset[Line] = frozenset()
    shared: frozenset[Line] = frozenset()
    actors: Mapping[Term, frozenset[Actor]] = field(default_factory=dict)


def part(extraction: Extraction, *, together: bool = False) -> Part:
    """Return what a document brings, by the same mapping that writes `graph.nq`.

    `together` leaves out what is its own: only what it has together with other documents is made then.
    """
    graph = KnowledgeGraph()
    graph.add(extraction)
    actors: dict[Term, set[Actor]] = {}
    for actor in extraction.actors:
        actors.setdefault(actor_iri(actor.id), set()).add(actor)
    own: set[Line] = set()
    shared: set[Line] = set()
    for subject, pairs in blocks(graph):
        if subject in actors:
            # The rest of an actor's block is made of all documents that know it.
            pairs = [pair for pair in pairs if pair[0].startswith(_RELATION)]
        elif not subject.startswith(_SHARED):
            if together and subject.startswith(_STATEMENT):
                break  # from here on a document is alone
            own.update(_lines([(subject, pairs)]))
            continue
        shared.update(_lines([(subject, pairs)]))
    claimed = list(claims(graph))
    shared.update(_lines(about(claimed)))
    for name, _, found in claimed:
        shared.update(_lines(found, graph=name))
    return Part(
        own=frozenset() if together else frozenset(own),
        shared=frozenset(shared),
        actors={node: frozenset(found) for node, found in actors.items()},
    )


def actor_lines(node: Term, variants: Collection[Actor]) -> set[Line]:
    """Return what the store says of an actor, of which the documents know these forms."""
    ids: dict[str, list[Actor]] = {}
    for actor in variants:
        ids.setdefault(actor.id, []).append(actor)
    return {line for found in ids.values() for line in _lines([(node, actor_pairs(united(found), node))])}


def document_node(document: str) -> Term:
    """Return the IRI of a document."""
    return node_iri("document", document)


def update(gone: Collection[Line], come: Collection[Line]) -> str:
    """Return the SPARQL that deletes lines and then inserts others, in one transaction.

    In this order, since RDF writes some values in two ways that are one to the database.
    """
    parts = (("DELETE", gone), ("INSERT", come))
    return ";\n".join(f"{verb} DATA {{\n{''.join(sorted(lines))}}}" for verb, lines in parts if lines)


def _lines(found: Iterable[Block], *, graph: Term = "") -> Iterator[Line]:
    for subject, pairs in found:
        for predicate, value in pairs:
            triple = f"{subject} {predicate} {value}"
            yield f"GRAPH {graph} {{ {triple} }}\n" if graph else f"{triple} .\n"
