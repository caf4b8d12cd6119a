"""Answers to queries, as a table for people and in the formats of the W3C."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import Any

from kg.export.rdf_terms import PREFIXES


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a query found: columns and rows of terms (None: unbound), or a boolean; triples for CONSTRUCT."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    boolean: bool | None = None
    triples: bool = False

    def table(self) -> list[tuple[str, ...]]:
        """Return the rows as text for people: IRIs with a prefix where one is known, literals bare."""
        if self.boolean is not None:
            return [("yes" if self.boolean else "no",)]
        return [tuple(_readable(term) for term in row) for row in self.rows]

    def csv(self) -> str:
        """Return SPARQL 1.1 CSV: a head line, full IRIs, literals without type or language."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        if self.boolean is not None:
            writer.writerows([["boolean"], [str(self.boolean).lower()]])
        else:
            writer.writerow(self.columns)
            writer.writerows(
                ["" if t is None else getattr(t, "value", str(t)) for t in row] for row in self.rows
            )
        return text.getvalue()

    def json(self) -> str:
        """Return SPARQL 1.1 JSON results; triples are bindings of subject, predicate and object."""
        if self.boolean is not None:
            return json.dumps({"head": {}, "boolean": self.boolean}) + "\n"
        bindings = [
            {name: _json(term) for name, term in zip(self.columns, row, strict=True) if term is not None}
            for row in self.rows
        ]
        document = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _readable(term: Any) -> str:
    import pyoxigraph as ox

    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        for prefix, start in PREFIXES.items():
            if term.value.startswith(start):
                return f"{prefix}:{term.value.removeprefix(start)}"
    return str(getattr(term, "value", term))


def _json(term: Any) -> dict[str, Any]:
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}
    found = {"type": "literal", "value": term.value}
    if term.language:
        return {**found, "xml:lang": term.language}
    plain = term.datatype.value == PREFIXES["xsd"] + "string"
    return found if plain else {**found, "datatype": term.datatype.value}
