"""The ontology's relation types as typed tables, read from the Turtle and checked while loading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from kg.errors import ResourceError, UnknownNameError
from kg.model import ACTOR_CLASSES, CERTAINTIES, FORMS, MODALITIES, STATUSES, ActorClass

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    Node = Any
    Facts = dict[Node, dict[str, list[Node]]]

NAMESPACE = "https://w3id.org/polkg/ns#"
FAMILIES = (
    "structural",
    "verbalCooperation",
    "materialCooperation",
    "verbalConflict",
    "materialConflict",
    "perception",
)
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SUBCLASSES = "inverse of rdfs:subClassOf"
_LANGUAGES = ("en", "id")


@cache
def relation_types() -> Mapping[str, RelationType]:
    """Return the relation types of `ontology/polkg.ttl` by name, in alphabetical order."""
    return load(ontology_folder() / "polkg.ttl")


@cache
def symmetric_types() -> frozenset[str]:
    """Return the names of the types that say the same in either direction."""
    return frozenset(name for name, type_ in relation_types().items() if type_.symmetric)


def relation_type(name: str) -> RelationType:
    """Return one relation type; raises `UnknownNameError` for a name that the ontology lacks."""
    types = relation_types()
    if name not in types:
        raise UnknownNameError("relation type", name, types)
    return types[name]


@cache
def term_labels() -> Mapping[str, Mapping[str, str]]:
    """Return the labels of every term by name: classes, families, properties, values such as `planned`."""
    path = ontology_folder() / "polkg.ttl"
    labels = {
        node.value.removeprefix(NAMESPACE): {
            text.language: text.value
            for term in (_RDFS + "label", _SKOS + "prefLabel")
            for text in about.get(term, [])
        }
        for node, about in _facts(path).items()
        if getattr(node, "value", "").startswith(NAMESPACE)
    }
    return MappingProxyType({name: texts for name, texts in sorted(labels.items()) if texts})


def ontology_folder() -> Path:
    """Return the folder of Turtle and SPARQL: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "ontology_data"
    return installed if installed.is_dir() else package.parent / "ontology"


def load(path: Path) -> Mapping[str, RelationType]:
    """Return the relation types of a Turtle file; the first breach of the rules raises `ResourceError`."""
    facts = _facts(path)
    fault = _Fault(path=path)
    _check_classes(facts, fault)
    _check_enumerations(facts, fault)
    marked = [node for node, about in facts.items() if _iri("RelationType") in _values(about, _RDF + "type")]
    names = sorted(node.value.removeprefix(NAMESPACE) for node in marked)
    if not names:
        raise fault("polkg:RelationType", "no property is marked as a relation type")
    inverses = _inverses(facts, fault)
    return MappingProxyType(
        {name: _relation(name, facts, fault, inverse=inverses.get(name)) for name in names}
    )


def _facts(path: Path) -> Facts:
    import pyoxigraph as ox

    facts: Facts = {}
    try:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            facts.setdefault(quad.subject, {}).setdefault(quad.predicate.value, []).append(quad.object)
            if quad.predicate.value == _RDFS + "subClassOf":
                facts.setdefault(quad.object, {}).setdefault(_SUBCLASSES, []).append(quad.subject)
    except FileNotFoundError as error:
        raise ResourceError("is missing", path=str(path)) from error
    except SyntaxError as error:
        raise ResourceError(f"not valid Turtle: {error.msg}", path=str(path)) from error
    return facts


def _relation(name: str, facts: Facts, fault: _Fault, *, inverse: str | None) -> RelationType:
    about, key = facts[_node(name)], f"polkg:{name}"
    families = [node.value.removeprefix(NAMESPACE) for node in about.get(_RDFS + "subPropertyOf", [])]
    if len(families) != 1 or families[0] not in FAMILIES:
        raise fault(
            key, f"rdfs:subPropertyOf must name one family of {', '.join(FAMILIES)}; found {families}"
        )
    quad, valence = (_number(about, term, fault, key=key) for term in ("quadClass", "valence"))
    if quad not in range(5) or not -1 <= valence <= 1:
        raise fault(key, f"polkg:quadClass must be 0 to 4 and polkg:valence -1 to 1; found {quad}, {valence}")
    if (quad in (1, 2) and valence < 0) or (quad in (3, 4) and valence > 0):
        raise fault(key, f"polkg:valence {valence} contradicts polkg:quadClass {quad:.0f}")
    domain, range_ = (_classes(about, _RDFS + term, facts, fault, key=key) for term in ("domain", "range"))
    symmetric = _OWL + "SymmetricProperty" in _values(about, _RDF + "type")
    if symmetric and domain != range_:
        raise fault(key, "a symmetric relation needs the same domain and range")
    notations = about.get(_SKOS + "notation", [])
    return RelationType(
        name=name,
        iri=NAMESPACE + name,
        family=families[0],
        quad=int(quad),
        valence=valence,
        symmetric=symmetric,
        domain=domain,
        range=range_,
        labels=_texts(about, _RDFS + "label", fault, key=key),
        definitions=_texts(about, _SKOS + "definition", fault, key=key),
        inverse=inverse,
        cameo=tuple(sorted(n.value for n in notations if n.datatype.value == _iri("cameoCode"))),
        plover=tuple(sorted(n.value for n in notations if n.datatype.value == _iri("ploverCategory"))),
    )


def _inverses(facts: Facts, fault: _Fault) -> dict[str, str]:
    found: dict[str, str] = {}
    for node, about in facts.items():
        for iri in _values(about, _OWL + "inverseOf"):
            if (
                found.setdefault(iri.removeprefix(NAMESPACE), name := node.value.removeprefix(NAMESPACE))
                != name
            ):
                raise fault(f"polkg:{name}", f"a second inverse of {iri}")
    return found


def _classes(
    about: dict[str, list[Node]], term: str, facts: Facts, fault: _Fault, *, key: str
) -> tuple[ActorClass, ...]:
    """Return the actor classes below the one class that `term` names, unions and subclasses resolved."""
    tops = about.get(term, [])
    below = {node.value.removeprefix(NAMESPACE) for top in tops for node in _below(top, facts)}
    found = tuple(cls for cls in ACTOR_CLASSES if cls in below)
    if len(tops) != 1 or not found:
        raise fault(key, f"{term.removeprefix(_RDFS)} must be one class with actor classes below it")
    return found


def _below(top: Node, facts: Facts) -> Iterator[NamedNode]:
    import pyoxigraph as ox

    if isinstance(top, ox.NamedNode):
        yield top
    for union in facts.get(top, {}).get(_OWL + "unionOf", []):
        for member in _items(union, facts):
            yield from _below(member, facts)
    for node in facts.get(top, {}).get(_SUBCLASSES, []):
        yield from _below(node, facts)


def _items(node: Node, facts: Facts) -> Iterator[Node]:
    while node in facts:
        yield facts[node][_RDF + "first"][0]
        node = facts[node][_RDF + "rest"][0]


def _texts(about: dict[str, list[Node]], term: str, fault: _Fault, *, key: str) -> Mapping[str, str]:
    found = {node.language: node.value for node in about.get(term, [])}
    for code in _LANGUAGES:
        if not found.get(code):
            raise fault(key, f"{term.rpartition('#')[2]} in {code!r} is missing")
    return dict(sorted(found.items()))


def _number(about: dict[str, list[Node]], term: str, fault: _Fault, *, key: str) -> float:
    found = _values(about, _iri(term))
    try:
        (value,) = found
        return float(value)
    except ValueError as error:
        raise fault(key, f"polkg:{term} must be one number; found {', '.join(found) or 'none'}") from error


def _check_classes(facts: Facts, fault: _Fault) -> None:
    import pyoxigraph as ox

    known = {node.value for node in _below(ox.NamedNode(_iri("Actor")), facts)}
    for cls in ACTOR_CLASSES:
        if _iri(cls) not in known:
            raise fault(f"polkg:{cls}", "is not a subclass of polkg:Actor")


def _check_enumerations(facts: Facts, fault: _Fault) -> None:
    enumerations = {"Modality": MODALITIES, "Status": STATUSES, "Certainty": CERTAINTIES, "Form": FORMS}
    for name, values in enumerations.items():
        nodes = facts.get(_node(name), {}).get(_OWL + "equivalentClass", [])
        lists = [one for node in nodes for one in facts[node].get(_OWL + "oneOf", [])]
        found = [item.value for one in lists for item in _items(one, facts)]
        if tuple(found) != values:
            raise fault(f"polkg:{name}", f"owl:oneOf must list {', '.join(values)}; found {', '.join(found)}")


def _values(about: dict[str, list[Node]], term: str) -> list[str]:
    return [cast("str", node.value) for node in about.get(term, [])]


def _iri(name: str) -> str:
    return NAMESPACE + name


def _node(name: str) -> NamedNode:
    import pyoxigraph as ox

    return ox.NamedNode(NAMESPACE + name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationType:
    """A kind of relation: what it means, between whom it may stand, and where it lies between war and love.

    `domain` and `range` list the actor classes that may be source and target, subclasses resolved.
    """

    name: str
    iri: str
    family: str
    quad: int
    valence: float
    symmetric: bool
    domain: tuple[ActorClass, ...]
    range: tuple[ActorClass, ...]
    labels: Mapping[str, str] = field(hash=False)
    definitions: Mapping[str, str] = field(hash=False)
    inverse: str | None
    cameo: tuple[str, ...]
    plover: tuple[str, ...]

    def admits(self, source: ActorClass, target: ActorClass) -> bool:
        """Say whether actors of these classes may be its source and target."""
        return source in self.domain and target in self.range

    def ends(self, source: str, target: str) -> tuple[str, str]:
        """Return both actors, in one order for either direction of a symmetric relation."""
        return (target, source) if self.symmetric and target < source else (source, target)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fault:
    path: Path

    def __call__(self, key: str, message: str) -> ResourceError:
        return ResourceError(message, path=str(self.path), key=key)
