"""Does a graph keep the rules of the ontology? SHACL over what was written, and the graphs of claimants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import GraphError
from kg.export.rdf_terms import PREFIXES
from kg.graph import KnowledgeGraph
from kg.ontology import ontology_folder
from kg.store import quads_of

if TYPE_CHECKING:
    import rdflib
    from pyoxigraph import Quad, Store

_SH = "http://www.w3.org/ns/shacl#"
_OWL = "http://www.w3.org/2002/07/owl#"


def validate(source: str | Path | KnowledgeGraph) -> Report:
    """Check a graph, an export folder or an RDF file against the shapes; say what is wrong where."""
    import pyoxigraph as ox
    import rdflib

    quads = list(quads_of(source))
    store = ox.Store()
    store.bulk_extend(quads)
    store.bulk_load(path=ontology_folder() / "polkg.ttl", format=ox.RdfFormat.TURTLE)
    shapes = rdflib.Graph().parse(ontology_folder() / "shapes.ttl", format="turtle")
    findings = {*_sparql(store, shapes), *_core(quads, shapes), *_claims(store)}
    return Report(findings=tuple(sorted(findings, key=lambda one: (one.node, one.message))))


def _sparql(store: Store, shapes: rdflib.Graph) -> Iterator[Finding]:
    """Take the SPARQL constraints out of the shapes and run them.

    pySHACL gives the same findings, in minutes where Oxigraph takes a second: rdflib evaluates each
    NOT EXISTS once a row.
    """
    import rdflib

    def one(node: Any, name: str) -> str:
        return str(shapes.value(node, rdflib.URIRef(_SH + name)))

    prefixes = {**PREFIXES, "owl": _OWL}
    for shape, constraint in sorted(shapes.subject_objects(rdflib.URIRef(_SH + "sparql"))):
        rows: Any = store.query(one(constraint, "select"), prefixes=prefixes)
        for row in rows:
            message = one(constraint, "message")
            for name in re.findall(r"\{\?(\w+)\}", message):
                message = message.replace(f"{{?{name}}}", _short(row[name].value))
            yield Finding(node=row["value"].value, message=message)
        shapes.remove((shape, rdflib.URIRef(_SH + "sparql"), constraint))


def _core(quads: Sequence[Quad], shapes: rdflib.Graph) -> Iterator[Finding]:
    import pyshacl
    import rdflib

    sh = rdflib.Namespace(_SH)
    _, report, text = pyshacl.validate(_graph(quads), shacl_graph=shapes, inplace=True)
    if not isinstance(report, rdflib.Graph):
        raise GraphError(f"the shapes cannot be applied: {text}")
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        focus, value = report.value(result, sh.focusNode), report.value(result, sh.value)
        path, message = report.value(result, sh.resultPath), report.value(result, sh.resultMessage)
        detail = "" if value is None or path is None else f" (found {_short(str(value))})"
        yield Finding(node=str(focus), message=f"{message}{detail}")


def _graph(quads: Sequence[Quad]) -> rdflib.Graph:
    """Return the default graph and the ontology as an rdflib graph, without rdflib's slow parsers.

    An Oxigraph store would not do as the way between: it gives xsd:nonNegativeInteger back as xsd:integer.
    """
    import pyoxigraph as ox
    import rdflib

    terms: dict[Any, Any] = {}
    string = ox.NamedNode(PREFIXES["xsd"] + "string")

    def term(node: Any) -> Any:
        known = terms.get(node)
        if known is None:
            if isinstance(node, ox.NamedNode):
                known = rdflib.URIRef(node.value)
            elif isinstance(node, ox.BlankNode):
                known = rdflib.BNode(node.value)
            elif node.language:
                known = rdflib.Literal(node.value, lang=node.language)
            elif node.datatype == string:
                known = rdflib.Literal(node.value)  # rdflib takes it for another term with its type named
            else:
                known = rdflib.Literal(node.value, datatype=rdflib.URIRef(node.datatype.value))
            terms[node] = known
        return known

    graph = rdflib.Graph()
    ontology = ox.parse(path=ontology_folder() / "polkg.ttl", format=ox.RdfFormat.TURTLE)
    for quad in (*ontology, *quads):
        if quad.graph_name == ox.DefaultGraph() and not isinstance(quad.object, ox.Triple):
            graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _claims(store: Store) -> Iterator[Finding]:
    if not any(True for _ in store.named_graphs()):
        return  # Turtle and JSON-LD have no place for what others claim
    rows: Any = store.query((ontology_folder() / "claims.rq").read_text("utf8"))
    for row in rows:
        claimant, source, kind, target = (
            _short(row[name].value) for name in ("claimant", "source", "type", "target")
        )
        triple = f"{source} {kind} {target}"
        if row["statement"] is None:
            message = f"the graph of {claimant} holds {triple}, but no statement has {claimant} claim it"
            yield Finding(node=row["source"].value, message=message)
        else:
            message = f"{claimant} claims {triple}, but its graph lacks that triple"
            yield Finding(node=row["statement"].value, message=message)


def _short(value: str) -> str:
    for prefix, start in PREFIXES.items():
        if value.startswith(start):
            return f"{prefix}:{value.removeprefix(start)}"
    return value if len(value) <= 80 else f"{value[:79]}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A breach of a rule: the node that breaks it, and what is wrong."""

    node: str
    message: str

    def __str__(self) -> str:
        """Return it on one line."""
        return f"{_short(self.node)}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All breaches, sorted by node."""

    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        """Whether there is none."""
        return not self.findings

    def __str__(self) -> str:
        """Return a line a breach, or `conforms`."""
        return "\n".join(map(str, self.findings)) or "conforms"
