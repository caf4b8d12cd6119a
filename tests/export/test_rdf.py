import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import to_isomorphic

from kg.export.rdf import write
from kg.export.rdf_terms import PREFIXES
from kg.graph import Extraction, KnowledgeGraph, Source
from kg.model import Actor, Statement

POLKG = rdflib.Namespace(PREFIXES["polkg"])
NIF = rdflib.Namespace(PREFIXES["nif"])
WD = rdflib.Namespace(PREFIXES["wd"])
FILES = {
    "graph.ttl": ("turtle", ox.RdfFormat.TURTLE),
    "graph.trig": ("trig", ox.RdfFormat.TRIG),
    "graph.nq": ("nquads", ox.RdfFormat.N_QUADS),
    "graph.jsonld": ("json-ld", ox.RdfFormat.JSON_LD),
}


@pytest.fixture(params=["small_graph", "hostile_graph"])
def graph(request: pytest.FixtureRequest) -> KnowledgeGraph:
    found: KnowledgeGraph = request.getfixturevalue(request.param)
    return found


def turtle(graph: KnowledgeGraph, folder: Path) -> rdflib.Graph:
    write(graph, folder)
    return rdflib.Graph().parse(folder / "graph.ttl", format="turtle")


@pytest.mark.parametrize("name", FILES)
def test_rdflib_and_oxigraph_read_the_same_number_of_quads(
    graph: KnowledgeGraph, tmp_path: Path, name: str
) -> None:
    write(graph, tmp_path)
    theirs, ours = FILES[name]
    dataset = rdflib.Dataset()
    dataset.parse(tmp_path / name, format=theirs)
    parsed = {*ox.parse(path=tmp_path / name, format=ours)}
    assert len(parsed) == len({*dataset.quads((None, None, None, None))}) > 50


def test_json_ld_and_the_default_graphs_are_the_same_graph(graph: KnowledgeGraph, tmp_path: Path) -> None:
    one = turtle(graph, tmp_path)
    two = rdflib.Graph().parse(tmp_path / "graph.jsonld", format="json-ld")
    assert to_isomorphic(one) == to_isomorphic(two)
    default = [
        {q.triple for q in ox.parse(path=tmp_path / name, format=ours) if q.graph_name == ox.DefaultGraph()}
        for name, (_, ours) in FILES.items()
        if name != "graph.jsonld"
    ]
    claims = {t for t in default[1] - default[0] if "/polkg/claims/" in str(t.subject)}
    assert default[1] == default[2] == default[0] | claims


def test_rdf_12_adds_a_triple_term_a_statement(graph: KnowledgeGraph, tmp_path: Path) -> None:
    write(graph, tmp_path)
    quads = list(ox.parse(path=tmp_path / "graph.rdf12.ttl", format=ox.RdfFormat.TURTLE))
    assert sum(isinstance(q.object, ox.Triple) for q in quads) == len(graph.statements())


def test_a_statement_carries_every_field(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    found = turtle(small_graph, tmp_path)
    statement = next(s for s in small_graph.statements() if s.type == "partnerOf")
    node = rdflib.URIRef(f"https://w3id.org/polkg/statement/{statement.id}")
    assert (node, rdflib.RDF.subject, WD.Q20) in found
    assert (node, rdflib.RDF.predicate, POLKG.partnerOf) in found
    assert (node, rdflib.RDF.object, WD.Q252) in found
    assert found.value(node, POLKG.beginTime) == rdflib.Literal("2024-03", datatype=rdflib.XSD.gYearMonth)
    assert found.value(node, POLKG.timeExpression) == rdflib.Literal("in March 2024", lang="en")
    assert found.value(node, POLKG.confidence) == rdflib.Literal("0.93", datatype=rdflib.XSD.decimal)
    span = found.value(node, POLKG.evidence)
    assert str(found.value(span, NIF.anchorOf)) == statement.evidence[0].text
    assert int(str(found.value(span, NIF.beginIndex))) == statement.evidence[0].start
    assert found.value(span, NIF.referenceContext) == rdflib.URIRef(
        "https://w3id.org/polkg/document/harbour-talks"
    )


def test_direct_triples_only_where_the_text_asserts_them(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    found = turtle(small_graph, tmp_path)
    assert (WD.Q20, POLKG.partnerOf, WD.Q252) in found
    assert (WD.Q252, POLKG.partnerOf, WD.Q20) in found
    assert (WD.Q20, POLKG.regardsAsRival, WD.Q148) in found
    assert (WD.Q148, POLKG.regardsAsRival, WD.Q20) not in found
    assert len(list(found.triples((None, POLKG.regardsAsFriend, WD.Q20)))) == 1
    for absent in (POLKG.sanctions, POLKG.attacks, POLKG.arms, POLKG.threatens):
        assert not list(found.triples((None, absent, None)))
    assert len(list(found.triples((None, POLKG.holdsOffice, None)))) == 1


def test_a_claim_stands_in_the_graph_of_its_claimant_only(
    small_graph: KnowledgeGraph, tmp_path: Path
) -> None:
    write(small_graph, tmp_path)
    store = ox.Store()
    store.bulk_load(path=tmp_path / "graph.trig", format=ox.RdfFormat.TRIG)
    query = """SELECT ?claimant { ?g prov:wasAttributedTo ?claimant GRAPH ?g { ?s polkg:attacks ?o } }"""
    rows = list(store.query(query, prefixes=PREFIXES))  # type: ignore[arg-type]  # a SELECT gives solutions
    # The other report of the same attack is hedged ("probable"), so that nobody is made to claim it.
    assert [row["claimant"].value for row in rows] == [WD.Q7184.toPython()]


def test_names_and_ids_come_back_unchanged(hostile_graph: KnowledgeGraph, tmp_path: Path) -> None:
    found = turtle(hostile_graph, tmp_path)
    names = {str(label) for label in found.objects(None, rdflib.RDFS.label)}
    assert names >= {actor.name for actor in hostile_graph.actors().values()}
    ids = {str(value) for value in found.objects(None, rdflib.URIRef(PREFIXES["dcterms"] + "identifier"))}
    assert hostile_graph.sources()[0].id in ids
    assert {actor.id for actor in hostile_graph.actors().values() if " " in actor.id} <= ids
    quotes = {str(text) for text in found.objects(None, NIF.anchorOf)}
    assert quotes >= {s.evidence[0].text for s in hostile_graph.statements()}


def test_half_a_surrogate_pair_and_other_dirt_still_give_files_that_load(tmp_path: Path) -> None:
    graph = KnowledgeGraph()
    actors = tuple(
        Actor(id=key, name=key, cls="Person")
        for key in ("a\ud800b", "polkg:x", "http://[bad", "urn:x:\U0001f600", ".", "http://e.org/%zz")
    )
    graph.add(Extraction(source=Source(id="..", lang="x" * 40, published="yesterday"), actors=actors))
    write(graph, tmp_path)
    for name, (_, ours) in FILES.items():
        quads = list(ox.parse(path=tmp_path / name, format=ours))
        assert len({q.subject for q in quads}) == 1 + len(actors), name
    assert len(rdflib.Graph().parse(tmp_path / "graph.jsonld", format="json-ld")) == len(quads)
    assert "a\N{REPLACEMENT CHARACTER}b" in (tmp_path / "graph.ttl").read_text("utf8")


def test_two_processes_with_other_hash_seeds_write_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; sys.path.insert(0, 'tests'); import conftest as c\n"
        "from kg.export.rdf import write\n"
        "write(c.small_graph.__wrapped__(), pathlib.Path(sys.argv[1]))"
    )
    root = Path(__file__).parents[2]
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / seed)], check=True, cwd=root, env=environment
        )
    for name in (*FILES, "graph.rdf12.ttl"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
    assert sorted(path.name for path in (tmp_path / "1").iterdir()) == sorted([*FILES, "graph.rdf12.ttl"])


def test_order_of_reading_does_not_matter(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    other = KnowledgeGraph()
    for extraction in reversed(list(small_graph.extractions())):
        other.add(
            replace(extraction, statements=extraction.statements[::-1], mentions=extraction.mentions[::-1])
        )
    write(small_graph, tmp_path / "one")
    write(other, tmp_path / "two")
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_an_empty_graph_gives_files_that_load(tmp_path: Path) -> None:
    write(KnowledgeGraph(), tmp_path)
    for name, (_, ours) in FILES.items():
        assert list(ox.parse(path=tmp_path / name, format=ours)) == []
    assert json.loads((tmp_path / "graph.jsonld").read_text("utf8"))["@graph"] == []


def test_unknown_relation_types_are_refused(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    extraction = next(small_graph.extractions())
    odd: Statement = replace(extraction.statements[0], type="likes")
    small_graph.add(replace(extraction, statements=(odd,)))
    with pytest.raises(Exception, match="unknown relation type 'likes'"):
        write(small_graph, tmp_path)
