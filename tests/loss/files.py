"""Readers of the files that `kg export` writes, each with a program that knows nothing of `kg`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import duckdb
import igraph
import networkx as nx
import pandas as pd  # type: ignore[import-untyped]  # its stubs are a package of their own
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # ships no types
import pyoxigraph as ox
import rdflib
from lxml import etree

from kg.export import export
from kg.graph import KnowledgeGraph
from tests.loss.harness import Fields, Found, Reader
from tests.loss.shapes import from_columns, from_triples

_GEXF: Final = "{http://gexf.net/1.3}"
_GRAPHML: Final = "{http://graphml.graphdrawing.org/xmlns}"


def json_lines(graph: KnowledgeGraph, folder: Path) -> Found:
    export(graph, folder, formats=["jsonl"])
    found = {}
    for line in (folder / "statements.jsonl").read_bytes().splitlines():
        row = json.loads(line)
        found[row["id"]] = _nested(row)
    return found


def turtle(graph: KnowledgeGraph, folder: Path) -> Found:
    return _rdflib(graph, folder, file="graph.ttl")


def trig(graph: KnowledgeGraph, folder: Path) -> Found:
    return _rdflib(graph, folder, file="graph.trig")


def nquads(graph: KnowledgeGraph, folder: Path) -> Found:
    return _rdflib(graph, folder, file="graph.nq")


def jsonld(graph: KnowledgeGraph, folder: Path) -> Found:
    return _rdflib(graph, folder, file="graph.jsonld")


def rdf12(graph: KnowledgeGraph, folder: Path) -> Found:
    export(graph, folder, formats=["rdf"])
    triples = []
    for quad in ox.parse(path=folder / "graph.rdf12.ttl"):
        subject, predicate = rdflib.URIRef(quad.subject.value), rdflib.URIRef(quad.predicate.value)
        if not isinstance(quad.object, ox.Triple):
            claim = predicate in (rdflib.RDF.subject, rdflib.RDF.predicate, rdflib.RDF.object)
            triples += [] if claim else [(subject, predicate, oxigraph_term(quad.object))]
            continue
        for name in ("subject", "predicate", "object"):
            triples.append((subject, rdflib.RDF[name], oxigraph_term(getattr(quad.object, name))))
    return from_triples(triples)


def gexf_lxml(graph: KnowledgeGraph, folder: Path) -> Found:
    export(graph, folder, formats=["gexf"])
    root = etree.parse(folder / "graph.gexf").getroot()
    declared = root.iterfind(f".//{_GEXF}attributes[@class='edge']/{_GEXF}attribute")
    kinds: dict[Any, Any] = {a.get("id"): (a.get("title"), a.get("type")) for a in declared}
    found: dict[str, Fields] = {}
    for edge in root.iter(f"{_GEXF}edge"):
        row: dict[str, Any] = {}
        for value in edge.iter(f"{_GEXF}attvalue"):
            title, kind = kinds[value.get("for")]
            row[title] = _typed(value.get("value") or "", kind)
        found[str(edge.get("id"))] = _edge(row, edge)
    return found


def gexf_networkx(graph: KnowledgeGraph, folder: Path) -> Found:
    export(graph, folder, formats=["gexf"])
    edges = nx.read_gexf(folder / "graph.gexf").edges(data=True)
    return {row["id"]: from_columns(row, key=row["id"], source=a, target=b) for a, b, row in edges}


def graphml_lxml(graph: KnowledgeGraph, folder: Path) -> Found:
    export(graph, folder, formats=["graphml"])
    root = etree.parse(folder / "graph.graphml").getroot()
    declared = root.iter(f"{_GRAPHML}key")
    kinds: dict[Any, Any] = {key.get("id"): (key.get("attr.name"), key.get("attr.type")) for key in declared}
    found: dict[str, Fields] = {}
    for edge in root.iter(f"{_GRAPHML}edge"):
        row: dict[str, Any] = {}
        for data in edge.iter(f"{_GRAPHML}data"):
            name, kind = kinds[data.get("key")]
            row[name] = _typed(data.text or "", kind)
        found[str(edge.get("id"))] = _edge(row, edge)
    return found


def graphml_networkx(graph: KnowledgeGraph, folder: Path) -> Found:
    export(graph, folder, formats=["graphml"])
    back = nx.read_graphml(folder / "graph.graphml", force_multigraph=True)
    assert isinstance(back, nx.MultiDiGraph)
    edges = back.edges(keys=True, data=True)
    return {key: from_columns(row, key=key, source=a, target=b) for a, b, key, row in edges}


def graphml_igraph(graph: KnowledgeGraph, folder: Path) -> Found:
    export(graph, folder, formats=["graphml"])
    back = igraph.Graph.Read_GraphML(str(folder / "graph.graphml"))
    names = back.vs["id"]
    found = {}
    for edge in back.es:
        # igraph has one type for all numbers, and no values that are missing: a text left out is empty.
        row = {name: value for name, value in edge.attributes().items() if value != ""}
        for name, value in row.items():
            if isinstance(value, float) and name.endswith(("_start", "_end")):
                row[name] = int(value)
        key = row["statement"]
        found[key] = from_columns(row, key=key, source=names[edge.source], target=names[edge.target])
    return found


def neo4j_csv(graph: KnowledgeGraph, folder: Path) -> Found:
    export(graph, folder, formats=["neo4j"])
    found = {}
    path = folder / "neo4j" / "statements.csv"
    for texts in _query(f"SELECT * FROM read_csv('{path}', all_varchar = true, allow_quoted_nulls = false)"):
        row: dict[str, Any] = {}
        for column, text in texts.items():
            name, _, kind = column.partition(":")
            if text is not None:
                row[name or kind.partition("(")[0]] = _typed(text, kind)
        ends = {"source": row["START_ID"], "target": row["END_ID"]}
        found[row["id"]] = from_columns(row, key=row["id"], **ends)
    return found


def parquet_arrow(graph: KnowledgeGraph, folder: Path) -> Found:
    export(graph, folder, formats=["parquet"])
    return _table(pq.read_table(folder / "tables" / "statements.parquet").to_pylist())


def parquet_duckdb(graph: KnowledgeGraph, folder: Path) -> Found:
    export(graph, folder, formats=["parquet"])
    return _table(_query(f"SELECT * FROM '{folder}/tables/statements.parquet'"))


def parquet_pandas(graph: KnowledgeGraph, folder: Path) -> Found:
    export(graph, folder, formats=["parquet"])
    return _table(_frame_rows(pd.read_parquet(folder / "tables" / "statements.parquet")))


def csv_duckdb(graph: KnowledgeGraph, folder: Path) -> Found:
    export(graph, folder, formats=["csv"])
    path = folder / "tables" / "statements.csv"
    return _table(_query(f"SELECT * FROM read_csv('{path}', allow_quoted_nulls = false)"))


def csv_pandas(graph: KnowledgeGraph, folder: Path) -> Found:
    export(graph, folder, formats=["csv"])
    path = folder / "tables" / "statements.csv"
    frame = pd.read_csv(path, keep_default_na=False)
    rows = _frame_rows(frame)
    return _table({key: None if value == "" else value for key, value in row.items()} for row in rows)


def networkx_graph(graph: KnowledgeGraph, _: Path) -> Found:
    edges = graph.to_networkx().edges(keys=True, data=True)
    return {key: from_columns(row, key=key, source=a, target=b) for a, b, key, row in edges}


def data_frame(graph: KnowledgeGraph, _: Path) -> Found:
    return _table(_frame_rows(graph.to_pandas()["statements"]))


def _rdflib(graph: KnowledgeGraph, folder: Path, *, file: str) -> Found:
    export(graph, folder, formats=["rdf"])
    data = rdflib.Dataset()
    data.parse(folder / file)
    plain = data.default_graph.identifier
    return from_triples((s, p, o) for s, p, o, name in data.quads() if name in (None, plain))


def oxigraph_term(term: Any) -> Any:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


def _nested(row: Mapping[str, Any]) -> Fields:
    found: dict[str, Any] = {}
    for name, value in row.items():
        if name in ("source", "target", "attributed_to"):
            found[name] = value and value["id"]
        elif name == "evidence":
            for part in ("start", "end", "text"):
                found[f"evidence.{part}"] = tuple(span[part] for span in value)
        elif isinstance(value, dict):
            found |= {f"{name}.{part}": item for part, item in value.items()}
        else:
            found[name] = value
    return found


def _edge(row: Mapping[str, Any], edge: Any) -> Fields:
    return from_columns(row, key=edge.get("id"), source=edge.get("source"), target=edge.get("target"))


def _table(rows: Iterable[Mapping[str, Any]]) -> Found:
    return {
        row["id"]: from_columns(row, key=row["id"], source=row["source"], target=row["target"])
        for row in rows
    }


def _query(sql: str) -> list[dict[str, Any]]:
    with duckdb.connect() as connection:
        answer = connection.execute(sql)
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _frame_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = frame.to_dict("records")
    return [{key: _value(value) for key, value in row.items()} for row in rows]


def _value(value: Any) -> Any:
    return None if pd.api.types.is_scalar(value) and pd.isna(value) else value


def _typed(text: str, kind: str) -> str | int | float | bool:
    if kind in ("integer", "int", "long"):
        return int(text)
    if kind == "boolean":
        return {"true": True, "false": False}[text]
    return float(text) if kind == "double" else text


READERS: Final[Mapping[str, Reader]] = {
    "statements.jsonl by json": json_lines,
    "graph.ttl by rdflib": turtle,
    "graph.trig by rdflib": trig,
    "graph.nq by rdflib": nquads,
    "graph.jsonld by rdflib": jsonld,
    "graph.rdf12.ttl by Oxigraph": rdf12,
    "graph.gexf by lxml": gexf_lxml,
    "graph.gexf by networkx": gexf_networkx,
    "graph.graphml by lxml": graphml_lxml,
    "graph.graphml by networkx": graphml_networkx,
    "graph.graphml by igraph": graphml_igraph,
    "neo4j/statements.csv by DuckDB": neo4j_csv,
    "statements.parquet by Arrow": parquet_arrow,
    "statements.parquet by DuckDB": parquet_duckdb,
    "statements.parquet by pandas": parquet_pandas,
    "statements.csv by DuckDB": csv_duckdb,
    "statements.csv by pandas": csv_pandas,
    "to_networkx()": networkx_graph,
    "to_pandas()": data_frame,
}
