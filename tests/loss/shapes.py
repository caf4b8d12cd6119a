"""The two shapes in which statements come back, as fields: rows of columns, and triples."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from rdflib import RDF, URIRef

from tests.loss.harness import Fields, Value

NS: Final = "https://w3id.org/polkg/ns#"
_NIF: Final = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
_IDENTIFIER: Final = URIRef("http://purl.org/dc/terms/identifier")
_LABEL: Final = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
_PROV: Final = "http://www.w3.org/ns/prov#"
_COLUMNS: Final[Mapping[str, str]] = {
    "document": "document",
    "type": "relation",
    "time.start": "time_start",
    "time.end": "time_end",
    "time.text": "time_text",
    **{f"{span}.text": span for span in ("source_mention", "target_mention", "trigger", "sentence")},
    **{
        f"{span}.{part}": f"{span}_{part}"
        for span in ("source_mention", "target_mention", "trigger", "sentence")
        for part in ("start", "end")
    },
    **{
        name: name
        for name in (
            "attributed_to",
            "negated",
            "modality",
            "status",
            "certainty",
            "office",
            "characterisation",
            "confidence",
            "extractor",
            "inferred",
        )
    },
}


def from_columns(row: Mapping[str, Any], *, key: str, source: str, target: str) -> Fields:
    """Return the fields of a row whose columns `docs/tables.md` explains; a column left out has no value."""
    row = {**row, **json.loads(row.get("exact") or "{}")}
    found: dict[str, Value] = {field: row.get(column) for field, column in _COLUMNS.items()}
    evidence = row["evidence"]
    pieces = json.loads(evidence) if isinstance(evidence, str) else evidence
    for part in ("start", "end", "text"):
        found[f"evidence.{part}"] = tuple(piece[part] for piece in pieces)
    return found | {"id": key, "source": row.get("source", source), "target": row.get("target", target)}


def from_triples(triples: Iterable[tuple[Any, Any, Any]]) -> dict[str, Fields]:
    """Return the statements in triples of rdflib's terms, as `docs/ontology.md` explains them."""
    graph: defaultdict[Any, defaultdict[Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in triples:
        graph[subject][predicate].append(value)
    nodes = [node for node, values in graph.items() if URIRef(f"{NS}Statement") in values[RDF.type]]
    return {str(_one(graph[node], _IDENTIFIER)): _statement(graph, node) for node in nodes}


def _statement(graph: Any, node: Any) -> Fields:
    own = graph[node]

    def ours(name: str) -> Any:
        return _one(own, URIRef(NS + name))

    def identifier(thing: Any) -> str | None:
        return None if thing is None else str(_one(graph[thing], _IDENTIFIER) or thing)

    def words(name: str) -> str | None:
        value = ours(name)
        return None if value is None else str(value)

    run = _one(own, URIRef(f"{_PROV}wasGeneratedBy"))
    label = None if run is None else _one(graph[run], _LABEL)
    found: dict[str, Value] = {
        "id": str(_one(own, _IDENTIFIER)),
        "document": identifier(_one(own, URIRef(f"{_PROV}wasDerivedFrom"))),
        "type": str(_one(own, RDF.predicate)).removeprefix(NS),
        "source": identifier(_one(own, RDF.subject)),
        "target": identifier(_one(own, RDF.object)),
        "attributed_to": identifier(ours("attributedTo")),
        "negated": ours("negated").toPython(),
        "inferred": ours("inferred").toPython(),
        "confidence": float(ours("confidence")),
        "extractor": str(label or ""),
        "time.start": words("beginTime"),
        "time.end": words("endTime"),
        "time.text": words("timeExpression"),
        **{name: words(name) for name in ("modality", "status", "certainty", "office", "characterisation")},
    }
    for name, property_ in (
        ("source_mention", "sourceMention"),
        ("target_mention", "targetMention"),
        ("trigger", "trigger"),
        ("sentence", "sentence"),
    ):
        start, end, text = _span(graph[ours(property_)])
        found |= {f"{name}.start": start, f"{name}.end": end, f"{name}.text": text}
    # Pieces of evidence have no order in RDF; `kg` writes them by place.
    evidence = sorted(_span(graph[span]) for span in own[URIRef(f"{NS}evidence")])
    for number, part in enumerate(("start", "end", "text")):
        found[f"evidence.{part}"] = tuple(span[number] for span in evidence)
    return found


def _span(values: Any) -> tuple[int, int, str]:
    start, end, text = (_one(values, URIRef(_NIF + name)) for name in ("beginIndex", "endIndex", "anchorOf"))
    return int(start), int(end), str(text)


def _one(values: Any, predicate: URIRef) -> Any:
    found = values[predicate]
    assert len(found) <= 1, (predicate, found)
    return found[0] if found else None
