"""SPARQL over a graph: an embedded Oxigraph store in memory, read-only, and answers as table, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import GraphError, QueryError
from kg.export.rdf import nquads_text
from kg.export.rdf_terms import PREFIXES
from kg.graph import KnowledgeGraph
from kg.ontology import ontology_folder

if TYPE_CHECKING:
    import pyoxigraph as ox

# The fullest first: Turtle and JSON-LD lack the graphs of claimants.
FILES = ("graph.nq", "graph.trig", "graph.ttl", "graph.jsonld")
# What in a query is neither keyword nor variable: IRIs, strings, comments, prefixed names, variables.
_OPAQUE = re.compile(
    r"""<[^<>"{}|^`\\\s]*> | '''(?:[^'\\]|\\.|'{1,2}(?!'))*''' | \"\"\"(?:[^"\\]|\\.|"{1,2}(?!"))*\"\"\"
    | '(?:[^'\\\n]|\\.)*' | "(?:[^"\\\n]|\\.)*" | \#[^\n]* | [\w.-]*:[\w.-]* | [?$@]\w+""",
    re.VERBOSE | re.DOTALL,
)
_UPDATE = re.compile(r"\b(?:insert|delete|load|clear|drop|create|copy|move|add)\b", re.IGNORECASE)


def quads_of(source: str | Path | KnowledgeGraph) -> Iterator[ox.Quad]:
    """Yield the quads of a graph, an export folder (its fullest RDF file) or an RDF file."""
    import pyoxigraph as ox

    if isinstance(source, KnowledgeGraph):
        yield from ox.parse("".join(nquads_text(source)), format=ox.RdfFormat.N_QUADS)
        return
    path = rdf_file(Path(source))
    syntax = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if syntax is None:
        raise GraphError(f"{path}: no RDF format is known by the ending {path.suffix!r}")
    try:
        yield from ox.parse(path=path, format=syntax, base_iri=path.resolve().as_uri())
    except SyntaxError as error:
        raise GraphError(f"{path}:{error.lineno or 1}: not valid {syntax.name}: {error.msg}") from error
    except OSError as error:
        raise GraphError(f"{path}: {error.strerror or error}") from error


def rdf_file(path: Path) -> Path:
    """Return the RDF file to read at `path`: itself, or the fullest one of an export folder."""
    if path.is_file():
        return path
    if not path.is_dir():
        raise GraphError(f"{path}: no such file or folder")
    for name in FILES:
        if (path / name).is_file():
            return path / name
    raise GraphError(f"{path}: none of {', '.join(FILES)} is in this folder; write one with `kg export`")


class Store:
    """A graph to be asked in SPARQL, with the ontology beside it, so that a family is one property path."""

    def __init__(self, source: str | Path | KnowledgeGraph) -> None:
        """Load a graph, an export folder or an RDF file into memory."""
        import pyoxigraph as ox

        self._store = ox.Store()
        self._store.bulk_extend(quads_of(source))
        self._store.bulk_load(path=ontology_folder() / "polkg.ttl", format=ox.RdfFormat.TURTLE)

    def __len__(self) -> int:
        """Return how many quads there are, the ontology's included."""
        return len(self._store)

    def query(self, sparql: str) -> Answer:
        """Return the answer to a SPARQL query, in which the usual prefixes need no declaration.

        Raises `QueryError` for what is no query, with its line, for an update and for a federated query.
        """
        import pyoxigraph as ox

        words = _OPAQUE.sub(" ", sparql)
        if re.search(r"\bservice\b", words, re.IGNORECASE):
            raise QueryError("SERVICE is refused: a query here never leaves this machine")
        try:
            found = self._store.query(sparql, prefixes=dict(PREFIXES))
            if isinstance(found, ox.QueryBoolean):
                return Answer(boolean=bool(found))
            if isinstance(found, ox.QueryTriples):
                triples = sorted(((t.subject, t.predicate, t.object) for t in found), key=str)
                return Answer(columns=("subject", "predicate", "object"), rows=tuple(triples), triples=True)
            columns = tuple(variable.value for variable in found.variables)
            rows = [tuple(solution) for solution in found]
            if not re.search(r"\border\s+by\b", words, re.IGNORECASE):
                rows.sort(key=str)  # the store's own order changes from run to run
            return Answer(columns=columns, rows=tuple(rows))
        except SyntaxError as error:
            if _UPDATE.search(words):
                raise QueryError("this is an update; a store answers queries only") from error
            raise QueryError(_fault(str(error.msg), sparql)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query failed: {error}") from error


def _fault(message: str, sparql: str) -> str:
    """Return where a query stops making sense; what the parser would have liked there fills a screen."""
    place = re.search(r"at (\d+):(\d+)", message)
    if place is None:
        return message
    line, column = int(place[1]), int(place[2])
    words = sparql.splitlines()[line - 1] if line <= len(sparql.splitlines()) else ""
    if "Prefix not found" in message:
        prefix = re.search(r"[\w.-]*:[\w.-]*$", words[:column]) or re.search(r"[\w.-]*:[\w.-]*", words)
        return f"line {line}, column {column}: unknown prefix in {prefix[0] if prefix else words.strip()!r}"
    rest = words[column - 1 :].strip()
    return f"line {line}, column {column}: cannot be understood from here: {rest or 'end of line'!r:.60}"


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
