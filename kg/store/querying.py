"""SPARQL over a graph, read-only: an embedded Oxigraph store, in memory or on disk."""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import GraphError, QueryError
from kg.export.rdf import nquads_text
from kg.export.rdf_terms import PREFIXES
from kg.graph import KnowledgeGraph
from kg.store.answers import Answer
from kg.store.opened import read_graph
from kg.store.place import is_store
from kg.store.refusal import refuse_service
from kg.store.settling import settled
from kg.store.snapshot import readable
from kg.store.vocabulary import ontology_quads

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
    """Yield the quads of a graph, a store, an export folder (its fullest RDF file) or an RDF file."""
    import pyoxigraph as ox

    if not isinstance(source, KnowledgeGraph) and is_store(source):
        source = read_graph(source)
    if isinstance(source, KnowledgeGraph):
        yield from ox.parse("".join(nquads_text(source)), format=ox.RdfFormat.N_QUADS)
        return
    path, syntax = _file(source)
    with faults(path, syntax):
        yield from ox.parse(path=path, format=syntax, base_iri=path.resolve().as_uri())


def _file(source: str | Path) -> tuple[Path, ox.RdfFormat]:
    import pyoxigraph as ox

    path = rdf_file(Path(source))
    syntax = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if syntax is None:
        raise GraphError(f"{path}: no RDF format is known by the ending {path.suffix!r}")
    return path, syntax


@contextmanager
def faults(path: Path, syntax: ox.RdfFormat) -> Iterator[None]:
    """Turn what goes wrong while RDF is read into a `GraphError` that names the file and the line."""
    try:
        yield
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


def rdf_source(path: Path) -> Path | KnowledgeGraph:
    """Return what RDF is made of at `path`: a file, a store, the file of a folder, or its JSON lines."""
    if path.is_file() or is_store(path) or any((path / name).is_file() for name in FILES):
        return path
    return read_graph(path)


class Store:
    """A graph to be asked in SPARQL, with the ontology beside it, so that a family is one property path."""

    def __init__(self, source: str | Path | KnowledgeGraph, *, in_memory: bool = False) -> None:
        """Open a store on disk as it is now, or load a graph, an export folder or an RDF file into memory.

        `in_memory` loads a store on disk too: whoever then asks needs no file any more.
        """
        import pyoxigraph as ox

        if not isinstance(source, KnowledgeGraph) and is_store(source):
            self._store, end = readable(settled(source))
            if not in_memory:
                weakref.finalize(self, end)
                return
            on_disk, self._store = self._store, ox.Store()
            self._store.bulk_extend(on_disk)
            del on_disk
            end()
            return
        self._store = ox.Store()
        if isinstance(source, KnowledgeGraph):
            self._store.bulk_load("".join(nquads_text(source)), ox.RdfFormat.N_QUADS)
        else:
            path, syntax = _file(source)
            with faults(path, syntax):
                self._store.bulk_load(path=path, format=syntax, base_iri=path.resolve().as_uri())
        self._store.bulk_extend(ontology_quads())

    def __len__(self) -> int:
        """Return how many quads there are, the ontology's included."""
        return len(self._store)

    @property
    def dataset(self) -> ox.Store:
        """Return the quads themselves."""
        return self._store

    def query(self, sparql: str) -> Answer:
        """Return the answer to a SPARQL query, in which the usual prefixes need no declaration.

        Raises `QueryError` for what is no query, with its line, for an update and for a federated query.
        """
        import pyoxigraph as ox

        words = _OPAQUE.sub(" ", sparql)
        try:
            found = self.evaluate(sparql)
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
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query failed: {error}") from error

    def evaluate(
        self,
        sparql: str,
        *,
        default_graph: list[Any] | None = None,
        named_graphs: list[Any] | None = None,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Return what a query finds, unread; `default_graph` and `named_graphs` replace the query's own."""
        refuse_service(sparql)
        try:
            return self._store.query(
                sparql,
                prefixes=dict(PREFIXES),
                default_graph=default_graph,
                named_graphs=named_graphs,
            )
        except SyntaxError as error:
            raise QueryError(fault(error, sparql)) from error


def fault(error: SyntaxError, sparql: str, *, updates: bool = False) -> str:
    """Return where a query stops making sense; what the parser would have liked there fills a screen."""
    if not updates and _UPDATE.search(_OPAQUE.sub(" ", sparql)):
        return "this is an update; a store answers queries only"
    message = str(error.msg)
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
