"""Named questions: the SPARQL of `ontology/queries/`, with its head comments as their manual."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from kg.errors import QueryError, ResourceError, UnknownNameError
from kg.export.rdf_terms import actor_iri
from kg.naming import iri, named
from kg.ontology import FAMILIES, NAMESPACE, ontology_folder, relation_types
from kg.store import Answer, Store

if TYPE_CHECKING:
    import pyoxigraph as ox

# Example: "# param: actor (actor) – one side of it", "# param: minimum (integer, default 1) – …".
_PARAM: Final = re.compile(r"(\w+) \((\w+)(?:, (required|default ([^)]*)))?\) – (.+)")


@cache
def questions() -> Mapping[str, Question]:
    """Return all named questions by name, in alphabetical order."""
    paths = sorted((ontology_folder() / "queries").glob("*.rq"))
    return MappingProxyType({path.stem: read(path) for path in paths})


def ask(store: Store, name: str, /, **params: str | int | None) -> Answer:
    """Return the answer to a named question.

    A parameter is put into the query as a whole RDF term, so that no value can be read as syntax. An actor is
    named by an IRI, a Wikidata id, or any label or alias in any language.
    """
    known = questions()
    if name not in known:
        raise UnknownNameError("question", name, known)
    question = known[name]
    return store.query(bound(question, store, params))


def bound(question: Question, store: Store, params: Mapping[str, str | int | None]) -> str:
    """Return the question's SPARQL with the parameters in the place of `UNDEF`."""
    parameters = {parameter.name: parameter for parameter in question.parameters}
    for name in params:
        if name not in parameters:
            raise UnknownNameError(f"parameter of {question.name!r}", name, parameters or ["none"])
    sparql = question.sparql
    for parameter in question.parameters:
        given = params.get(parameter.name)
        value = parameter.default if given is None or given == "" else str(given)
        if value is None and parameter.required:
            raise QueryError(f"question {question.name!r} needs a value for {parameter.name!r}")
        if value is not None:
            try:
                term = TYPES[parameter.type](value, store)
            except QueryError as error:
                raise QueryError(f"parameter {parameter.name!r}: {error}") from error
            sparql = sparql.replace(_slot(parameter.name), f"VALUES ?{parameter.name} {{ {term} }}")
    return sparql


def read(path: Path) -> Question:
    """Return the question that a file holds; a head comment that breaks the form raises `ResourceError`."""
    sparql = path.read_text("utf8")
    head: dict[str, list[str]] = {}
    for key, value in re.findall(r"^# (title|description|param): (.+)$", sparql, re.MULTILINE):
        head.setdefault(key, []).append(value)
    for key in ("title", "description"):
        if len(head.get(key, [])) != 1:
            raise ResourceError("must stand once in the head comments", path=str(path), key=key)
    parameters = tuple(_parameter(line, path, sparql) for line in head.get("param", []))
    return Question(
        name=path.stem,
        title=head["title"][0],
        description=head["description"][0],
        parameters=parameters,
        sparql=sparql,
    )


def _parameter(line: str, path: Path, sparql: str) -> Parameter:
    match = _PARAM.fullmatch(line)
    if match is None or match[2] not in TYPES:
        raise ResourceError(
            f"{line!r} must read NAME (TYPE, required or default VALUE) – WORDS; types: {', '.join(TYPES)}",
            path=str(path),
            key="param",
        )
    if _slot(match[1]) not in sparql:
        raise ResourceError(f"the query lacks {_slot(match[1])}", path=str(path), key=match[1])
    return Parameter(
        name=match[1], type=match[2], required=match[3] == "required", default=match[4], description=match[5]
    )


def _slot(name: str) -> str:
    return f"VALUES ?{name} {{ UNDEF }}"


def _actor(value: str, store: Store) -> ox.NamedNode:
    import pyoxigraph as ox

    value = value.strip()
    known = iri(value)
    return ox.NamedNode(named(value, _names(store)) if known is None else actor_iri(known)[1:-1])


def _names(store: Store) -> list[tuple[str, int, str]]:
    """Return name, rank (0 label, 1 alias) and IRI of every actor."""
    rows = store.query(
        """SELECT ?name ?rank ?actor {
            ?class rdfs:subClassOf+ polkg:Actor . ?actor a ?class .
            { ?actor rdfs:label|skos:prefLabel ?name . BIND (0 AS ?rank) }
            UNION
            { ?actor skos:altLabel ?name . BIND (1 AS ?rank) }
        }"""
    ).rows
    return [(name.value, int(rank.value), actor.value) for name, rank, actor in rows]


def _relation(value: str, _store: Store) -> ox.NamedNode:
    import pyoxigraph as ox

    known = (*relation_types(), *FAMILIES, "relatedTo")
    if value not in known:
        raise UnknownNameError("relation type", value, known)
    return ox.NamedNode(NAMESPACE + value)


def _date(value: str, _store: Store) -> ox.Literal:
    import pyoxigraph as ox

    if not re.fullmatch(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?", value):
        raise QueryError(f"{value!r} is not a day, month or year such as 2025-01-21, 2025-01 or 2025")
    return ox.Literal(value)


def _integer(value: str, _store: Store) -> ox.Literal:
    import pyoxigraph as ox

    if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
        raise QueryError(f"{value!r} is not a whole number")
    return ox.Literal(int(value))


TYPES: Final[Mapping[str, Callable[[str, Store], Any]]] = {
    "actor": _actor,
    "relation": _relation,
    "date": _date,
    "integer": _integer,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a question; without a value and a default it restricts nothing."""

    name: str
    type: str
    required: bool
    default: str | None
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that users ask; its SPARQL runs as it stands on any server that holds the ontology too."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    sparql: str
