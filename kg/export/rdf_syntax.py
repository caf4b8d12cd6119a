"""Blocks of terms as Turtle, TriG, N-Quads and JSON-LD text, a piece a subject."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final

from kg.export.rdf_quads import Block, Pairs
from kg.export.rdf_terms import PREFIXES, Term, parts

_LOCAL: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_BARE: Final = re.compile(r'"(true|false)"\^\^xsd:boolean|"(-?[0-9]+\.[0-9]+)"\^\^xsd:decimal')
_first = itemgetter(0)


def prefixes() -> Iterator[str]:
    """Yield the prefix lines of Turtle and TriG."""
    for prefix, start in PREFIXES.items():
        yield f"@prefix {prefix}: <{start}> .\n"


def turtle(found: Iterable[Block], *, indent: str = "") -> Iterator[str]:
    """Yield Turtle: a paragraph a subject, a line a predicate."""
    for subject, pairs in found:
        lines: list[str] = []
        last = ""
        for predicate, value in pairs:
            if predicate == last:
                lines[-1] += f" , {_short(value)}"
            else:
                lines.append(f"{'a' if predicate == _TYPE else _shortened(predicate)} {_short(value)}")
            last = predicate
        inner = f" ;\n{indent}    ".join(lines)
        yield f"\n{indent}{_short(subject)} {inner} .\n"


def trig(found: Iterable[Block], *, graph: Term) -> Iterator[str]:
    """Yield a named graph as TriG."""
    yield f"\nGRAPH {_short(graph)} {{"
    yield from turtle(found, indent="    ")
    yield "}\n"


def nquads(found: Iterable[Block], *, graph: Term = "") -> Iterator[str]:
    """Yield N-Quads, of the default graph unless another is named."""
    place = f"{graph} ." if graph else "."
    for subject, pairs in found:
        yield "".join([f"{subject} {predicate} {value} {place}\n" for predicate, value in pairs])


def jsonld(found: Iterable[Block]) -> Iterator[str]:
    """Yield compact JSON-LD, a node a line."""
    context = json.dumps(PREFIXES, separators=(",", ":"))
    yield f'{{"@context":{context},\n"@graph":['
    start = "\n"
    for subject, pairs in found:
        yield f'{start}{{"@id":"{_name(subject)}",{_members(pairs)}}}'
        start = ",\n"
    yield "\n]}\n"


def _members(pairs: Pairs) -> str:
    members = []
    for predicate, group in groupby(pairs, key=_first):
        if predicate == _TYPE:
            values = [f'"{_name(value)}"' for _, value in group]
            members.append(f'"@type":[{",".join(values)}]')
        else:
            values = [_json(value) for _, value in group]
            members.append(f'"{_name(predicate)}":[{",".join(values)}]')
    return ",".join(members)


def _json(value: Term) -> str:
    if value[0] == "<":
        return f'{{"@id":"{_name(value)}"}}'
    # The escapes that our terms use are those of JSON as well, so that quoted text passes as it is.
    quoted, datatype, language = parts(value)
    if datatype:
        return _typed(quoted, datatype)
    return f'{{"@value":{quoted},"@language":"{language}"}}' if language else quoted


@lru_cache(maxsize=65536)
def _typed(quoted: str, datatype: Term) -> str:
    name = _name(datatype)
    return quoted.strip('"') if name == "xsd:boolean" else f'{{"@value":{quoted},"@type":"{name}"}}'


@lru_cache(maxsize=65536)
def _name(iri: Term) -> str:
    """Return an IRI as JSON-LD writes it: with a prefix where what follows is a plain name."""
    short = _short(iri)
    return short if short[0] != "<" else short[1:-1]


def _short(value: Term) -> str:
    if value[0] == '"' and value[-1] != ">":
        return value
    return _shortened(value)


@lru_cache(maxsize=65536)
def _shortened(value: Term) -> str:
    if value[0] == '"':
        quoted, datatype, _ = parts(value)
        typed = f"{quoted}^^{_shortened(datatype)}"
        bare = _BARE.fullmatch(typed)
        return (bare[1] or bare[2]) if bare else typed
    for prefix, start in PREFIXES.items():
        if value.startswith(start, 1) and _LOCAL.fullmatch(value, len(start) + 1, len(value) - 1):
            return f"{prefix}:{value[len(start) + 1 : -1]}"
    return value


_TYPE: Final = f"<{PREFIXES['rdf']}type>"
