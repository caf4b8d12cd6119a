"""What graphology reads, what the explorer has, and what a store on disk keeps, against `docs/formats.md`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import rdflib
from lxml import html

from kg.export import export
from kg.graph import KnowledgeGraph
from kg.store import GrowingStore, read_graph
from tests.loss.files import oxigraph_term
from tests.loss.harness import Fields, Found, check, fields
from tests.loss.shapes import from_columns, from_triples


def test_graphology(read_gexf: Callable[[Path], Any], tmp_path: Path) -> None:
    def read(graph: KnowledgeGraph, folder: Path) -> Found:
        export(graph, folder, formats=["gexf"])
        return {
            edge["key"]: from_columns(
                {**edge["attributes"], "confidence": float(edge["attributes"]["confidence"])},
                key=edge["key"],
                source=edge["source"],
                target=edge["target"],
            )
            for edge in read_gexf(folder / "graph.gexf")["edges"]
        }

    check("graph.gexf by graphology", read, tmp_path)


def test_explorer(tmp_path: Path) -> None:
    def read(graph: KnowledgeGraph, folder: Path) -> Found:
        export(graph, folder, formats=["html"])
        page = html.document_fromstring((folder / "graph.html").read_bytes())
        return _explored(json.loads(page.findtext(".//script[@id='data']") or ""))

    check("graph.html by json", read, tmp_path)


def test_store(tmp_path: Path) -> None:
    def read(graph: KnowledgeGraph, folder: Path) -> Found:
        with GrowingStore(folder / "store") as store:
            store.fill(graph)
        return {statement.id: fields(statement) for statement in read_graph(folder / "store").statements()}

    check("store by kg", read, tmp_path)


def test_quads_of_a_store(tmp_path: Path) -> None:
    def read(graph: KnowledgeGraph, folder: Path) -> Found:
        with GrowingStore(folder / "store") as store:
            store.fill(graph)
        quads = ox.Store.read_only(str(folder / "store" / "quads"))
        found = quads.quads_for_pattern(None, None, None, ox.DefaultGraph())
        return from_triples(
            (rdflib.URIRef(q.subject.value), rdflib.URIRef(q.predicate.value), oxigraph_term(q.object))
            for q in found
            if isinstance(q.subject, ox.NamedNode) and not isinstance(q.object, ox.BlankNode)
        )

    check("store by Oxigraph", read, tmp_path)


def _explored(data: Mapping[str, Any]) -> dict[str, Fields]:
    """Return the statements of the explorer's columns, in which numbers name rows of other tables."""
    found = {}
    for row in _rows(data["statements"]):
        sentence = data["sentences"]["text"][row["sentence"]]
        first = data["sentences"]["start"][row["sentence"]]

        def span(place: list[Any], words: str = sentence, offset: int = first) -> dict[str, Any]:
            text = place[2] if len(place) > 2 else words[place[0] : place[1]]
            return {"start": place[0] + offset, "end": place[1] + offset, "text": text}

        flat: dict[str, Any] = {
            "document": data["documents"]["id"][row["document"]],
            "relation": data["types"][row["type"]]["name"],
            "attributed_to": None if row["claimant"] is None else data["actors"]["id"][row["claimant"]],
            "negated": bool(row["negated"]),
            "inferred": bool(row["inferred"]),
            "modality": data["modalities"][row["modality"]]["name"],
            "status": data["statuses"][row["status"]]["name"],
            "certainty": data["certainties"][row["certainty"]]["name"],
            "time_start": row["start"],
            "time_end": row["end"],
            "time_text": row["when"],
            **{name: row[name] for name in ("office", "characterisation", "confidence", "extractor")},
            "sentence": sentence,
            "sentence_start": first,
            "sentence_end": first + len(sentence),
            "evidence": [span(place) for place in row["evidence"]],
        }
        for name in ("trigger", "source_mention", "target_mention"):
            start, _, second = name.partition("_")
            place = span(row[start + second.title()])
            flat |= {name: place["text"], f"{name}_start": place["start"], f"{name}_end": place["end"]}
        ends = {end: data["actors"]["id"][row[end]] for end in ("source", "target")}
        found[row["id"]] = from_columns(flat, key=row["id"], **ends)
    return found


def _rows(columns: Mapping[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
