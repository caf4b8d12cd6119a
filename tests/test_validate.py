from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib

from kg.errors import GraphError
from kg.export.rdf import write
from kg.export.rdf_terms import PREFIXES
from kg.graph import KnowledgeGraph
from kg.ontology import ontology_folder
from kg.validate import validate

HEAD = "".join(f"PREFIX {name}: <{start}>\n" for name, start in PREFIXES.items())
RIVAL = "?s rdf:predicate polkg:regardsAsRival"
# An update that breaks the graph in one way, and what the report says about it.
FAULTS = {
    "no subject": (f"DELETE {{ ?s rdf:subject ?o }} WHERE {{ {RIVAL} ; rdf:subject ?o }}", "one rdf:subject"),
    "two objects": (f"INSERT {{ ?s rdf:object wd:Q20 }} WHERE {{ {RIVAL} }}", "one rdf:object"),
    "subject no actor": (
        f"DELETE {{ ?s rdf:subject ?o }} INSERT {{ ?s rdf:subject ?s }} WHERE {{ {RIVAL} ; rdf:subject ?o }}",
        "one rdf:subject that is an actor",
    ),
    "unknown relation": (
        f"DELETE {{ ?s rdf:predicate ?o }} INSERT {{ ?s rdf:predicate polkg:likes }} "
        f"WHERE {{ {RIVAL} ; rdf:predicate ?o }}",
        "a relation type of the ontology",
    ),
    "no document": (
        f"DELETE {{ ?s prov:wasDerivedFrom ?o }} WHERE {{ {RIVAL} ; prov:wasDerivedFrom ?o }}",
        "one prov:wasDerivedFrom",
    ),
    "claimant no actor": (
        f"INSERT {{ ?s polkg:attributedTo ?s }} WHERE {{ {RIVAL} }}",
        "attributedTo must be",
    ),
    "no evidence": (
        f"DELETE {{ ?s polkg:evidence ?o }} WHERE {{ {RIVAL} ; polkg:evidence ?o }}",
        "needs evidence unless it is inferred",
    ),
    "wrong modality": (
        f'DELETE {{ ?s polkg:modality ?o }} INSERT {{ ?s polkg:modality "perhaps" }} '
        f"WHERE {{ {RIVAL} ; polkg:modality ?o }}",
        "polkg:modality of the five values (found perhaps)",
    ),
    "wrong status": (f'INSERT {{ ?s polkg:status "over" }} WHERE {{ {RIVAL} }}', "polkg:status"),
    "wrong certainty": (f'INSERT {{ ?s polkg:certainty "sure" }} WHERE {{ {RIVAL} }}', "polkg:certainty"),
    "no negated": (
        f"DELETE {{ ?s polkg:negated ?o }} WHERE {{ {RIVAL} ; polkg:negated ?o }}",
        "polkg:negated",
    ),
    "no inferred": (
        f"DELETE {{ ?s polkg:inferred ?o }} WHERE {{ {RIVAL} ; polkg:inferred ?o }}",
        "polkg:inferred",
    ),
    "confidence": (
        f"DELETE {{ ?s polkg:confidence ?o }} INSERT {{ ?s polkg:confidence 1.5 }} "
        f"WHERE {{ {RIVAL} ; polkg:confidence ?o }}",
        "decimal from 0 to 1 (found 1.5)",
    ),
    "time": (f'INSERT {{ ?s polkg:beginTime "soon" }} WHERE {{ {RIVAL} }}', "beginTime must be one day"),
    "end time": (f'INSERT {{ ?s polkg:endTime "late" }} WHERE {{ {RIVAL} }}', "endTime must be one day"),
    "domain": (
        f"DELETE {{ ?s rdf:predicate ?o }} INSERT {{ ?s rdf:predicate polkg:relativeOf }} "
        f"WHERE {{ {RIVAL} ; rdf:predicate ?o }}",
        "subject's class polkg:State is outside the domain of polkg:relativeOf",
    ),
    "range": (
        f"DELETE {{ ?s rdf:predicate ?o }} INSERT {{ ?s rdf:predicate polkg:appoints }} "
        f"WHERE {{ {RIVAL} ; rdf:predicate ?o }}",
        "object's class polkg:State is outside the range of polkg:appoints",
    ),
    "quote too long": (
        f'DELETE {{ ?e nif:anchorOf ?o }} INSERT {{ ?e nif:anchorOf "short" }} '
        f"WHERE {{ {RIVAL} ; polkg:evidence ?e . ?e nif:anchorOf ?o }}",
        "nif:anchorOf has 5 characters, its offsets 0 to 56",
    ),
    "quote beyond the document": (
        "DELETE { ?d nif:endIndex ?o } INSERT { ?d nif:endIndex 3 } "
        "WHERE { ?d a polkg:Document ; nif:endIndex ?o }",
        "its document 3",
    ),
    "two texts": (
        f'INSERT {{ ?e nif:anchorOf "other" }} WHERE {{ {RIVAL} ; polkg:evidence ?e }}',
        "one nif:anchorOf",
    ),
    "no begin": (
        "DELETE { ?e nif:beginIndex ?o } WHERE { ?e a polkg:Span ; nif:beginIndex ?o }",
        "nif:beginIndex",
    ),
    "no end": (
        "DELETE { ?e nif:endIndex ?o } WHERE { ?e a polkg:Span ; nif:endIndex ?o }",
        "one nif:endIndex",
    ),
    "no context": (
        "DELETE { ?e nif:referenceContext ?o } WHERE { ?e nif:referenceContext ?o }",
        "one nif:referenceContext",
    ),
    "span elsewhere": (
        f"INSERT {{ ?s polkg:evidence ?e }} WHERE {{ {RIVAL} ; prov:wasDerivedFrom ?d . "
        "?x prov:wasDerivedFrom ?other ; polkg:trigger ?e FILTER (?other != ?d) }",
        "is no span of the statement's document",
    ),
    "mention of nobody": (
        "DELETE { ?m polkg:refersTo ?o } WHERE { ?m polkg:refersTo ?o }",
        "must refer to an actor",
    ),
    "form": ('INSERT { ?m polkg:mentionForm "shout" } WHERE { ?m a polkg:Mention }', "polkg:mentionForm"),
    "document without id": (
        "DELETE { ?d dcterms:identifier ?o } WHERE { ?d a polkg:Document ; dcterms:identifier ?o }",
        "one dcterms:identifier",
    ),
    "day of issue": ('INSERT { ?d dcterms:issued "then" } WHERE { ?d a polkg:Document }', "dcterms:issued"),
    "length": (
        "DELETE { ?d nif:endIndex ?o } WHERE { ?d a polkg:Document ; nif:endIndex ?o }",
        "its length",
    ),
    "hash": ('INSERT { ?d polkg:sha256 "abc" } WHERE { ?d a polkg:Document }', "64 hexadecimal digits"),
    "two classes": ("INSERT { wd:Q20 a polkg:Company } WHERE {}", "one class of the eleven"),
    "no label": ("DELETE WHERE { wd:Q20 rdfs:label ?o }", "one rdfs:label"),
    "unbacked": (
        "INSERT { wd:Q20 polkg:attacks wd:Q148 } WHERE {}",
        "direct triple wd:Q20 polkg:attacks wd:Q148 has no statement that allows it",
    ),
    "backed by a denial only": (
        "INSERT { wd:Q20 polkg:sanctions wd:Q148 } WHERE {}",
        "direct triple wd:Q20 polkg:sanctions wd:Q148 has no statement",
    ),
    "third party's claim as a fact": (
        "INSERT { ?a polkg:attacks ?b } "
        "WHERE { ?s rdf:predicate polkg:attacks ; rdf:subject ?a ; rdf:object ?b }",
        "has no statement that allows it",
    ),
    "missing": (
        "DELETE DATA { wd:Q20 polkg:regardsAsRival wd:Q148 }",
        "asserts wd:Q20 polkg:regardsAsRival wd:Q148 plainly, but there is no such direct triple",
    ),
    "missing one way": (
        "DELETE DATA { wd:Q252 polkg:partnerOf wd:Q20 }",
        "asserts wd:Q20 polkg:partnerOf wd:Q252 plainly",
    ),
    "claim nobody makes": (
        "INSERT { GRAPH ?g { wd:Q20 polkg:attacks wd:Q148 } } WHERE { ?g a polkg:ClaimGraph }",
        "but no statement has wd:Q7184 claim it",
    ),
    "claim missing": (
        "DELETE { GRAPH ?g { ?a polkg:attacks ?b } } INSERT { GRAPH ?g { ?g polkg:x ?g } } "
        "WHERE { GRAPH ?g { ?a polkg:attacks ?b } }",
        "but its graph lacks that triple",
    ),
}  # fmt: skip


def broken(graph: KnowledgeGraph, folder: Path, update: str) -> Path:
    write(graph, folder)
    dataset = rdflib.Dataset()
    dataset.parse(folder / "graph.nq", format="nquads")
    before = set(dataset.quads((None, None, None, None)))
    dataset.update(HEAD + update)
    assert before != set(dataset.quads((None, None, None, None)))
    dataset.serialize(folder / "broken.nq", format="nquads")
    return folder / "broken.nq"


@pytest.mark.parametrize("name", ["small_graph", "hostile_graph"])
def test_what_is_written_conforms(request: pytest.FixtureRequest, name: str, tmp_path: Path) -> None:
    graph: KnowledgeGraph = request.getfixturevalue(name)
    write(graph, tmp_path)
    assert str(validate(graph)) == "conforms"
    for source in (tmp_path, *(tmp_path / f"graph.{end}" for end in ("ttl", "trig", "jsonld"))):
        assert validate(source).conforms, source


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_and_named(small_graph: KnowledgeGraph, tmp_path: Path, fault: str) -> None:
    update, message = FAULTS[fault]
    report = validate(broken(small_graph, tmp_path, update))
    assert not report.conforms
    assert message in str(report)


def test_the_message_names_the_statement(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    statement = next(s for s in small_graph.statements() if s.type == "regardsAsRival")
    (found,) = validate(broken(small_graph, tmp_path, FAULTS["no evidence"][0])).findings
    assert found.node == f"https://w3id.org/polkg/statement/{statement.id}"


@pytest.mark.parametrize(
    "fault", ["domain", "quote too long", "span elsewhere", "unbacked", "missing one way"]
)
def test_the_shapes_say_the_same_in_a_plain_shacl_engine(
    small_graph: KnowledgeGraph, tmp_path: Path, fault: str
) -> None:
    path = broken(small_graph, tmp_path, FAULTS[fault][0])
    data = rdflib.Dataset()
    data.parse(path, format="nquads")
    graph = rdflib.Graph()
    for triple in data.default_graph:
        graph.add(triple)
    graph.parse(ontology_folder() / "polkg.ttl", format="turtle")
    conforms, _, text = pyshacl.validate(graph, shacl_graph=str(ontology_folder() / "shapes.ttl"))
    assert not conforms
    assert text.count("Constraint Violation") == len(validate(path).findings)


def test_what_is_no_graph_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"none of graph\.nq, graph\.trig"):
        validate(tmp_path)
    with pytest.raises(GraphError, match="no such file or folder"):
        validate(tmp_path / "nowhere")
    (tmp_path / "bad.ttl").write_text("<a> <b>\n", "utf8")
    with pytest.raises(GraphError, match=r"bad\.ttl:.*not valid Turtle"):
        validate(tmp_path / "bad.ttl")
    (tmp_path / "graph.docx").write_text("", "utf8")
    with pytest.raises(GraphError, match="no RDF format is known"):
        validate(tmp_path / "graph.docx")


def test_a_turtle_file_of_rdf_12_conforms_as_well(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    write(small_graph, tmp_path)
    assert any(isinstance(q.object, ox.Triple) for q in ox.parse(path=tmp_path / "graph.rdf12.ttl"))
    assert validate(tmp_path / "graph.rdf12.ttl").conforms
