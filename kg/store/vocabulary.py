"""The ontology as it lies beside the data in every store, so that a family is one property path."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from kg.ontology import ontology_folder

if TYPE_CHECKING:
    import pyoxigraph as ox


def ontology_quads() -> Iterator[ox.Quad]:
    """Yield the ontology's quads; its blank nodes are numbered, so that two stores hold the same."""
    import pyoxigraph as ox

    names: dict[Any, ox.BlankNode] = {}

    def named(node: Any) -> Any:
        if not isinstance(node, ox.BlankNode):
            return node
        return names.setdefault(node, ox.BlankNode(f"ontology{len(names)}"))

    for quad in ox.parse(path=ontology_folder() / "polkg.ttl", format=ox.RdfFormat.TURTLE):
        yield ox.Quad(named(quad.subject), quad.predicate, named(quad.object))


def made_by() -> str:
    """Return what the quads depend on beside the records: the mapping of this version, and the ontology."""
    ontology = (ontology_folder() / "polkg.ttl").read_bytes()
    try:
        mapping = version("polkg")
    except PackageNotFoundError:  # read from its source, not installed
        mapping = "uninstalled"
    return f"{mapping} {sha256(ontology).hexdigest()}"
