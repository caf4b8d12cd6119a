"""What people use to ask an endpoint from Python: SPARQLWrapper and rdflib's SPARQLStore."""

from __future__ import annotations

from xml.dom.minidom import Document as XmlDocument

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from tests.serve.servers import Served
from tests.serve.test_protocol import COUNT, SOME, STATEMENTS


def wrapper(served: Served, query: str, form: str) -> SPARQLWrapper:
    found = SPARQLWrapper(f"{served.address}sparql")
    found.setQuery(f"PREFIX polkg: <https://w3id.org/polkg/ns#>\n{query}")
    found.setReturnFormat(form)
    return found


@pytest.mark.parametrize(("method", "how"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_reads_tables(served: Served, method: str, how: str) -> None:
    for form in (JSON, XML, CSV, TSV):
        asked = wrapper(served, COUNT, form)
        asked.setMethod(method)
        asked.setRequestMethod(how)
        found = asked.queryAndConvert()
        if form == JSON:
            assert isinstance(found, dict)
            assert found["results"]["bindings"][0]["n"]["value"] == str(STATEMENTS)
        elif form == XML:
            assert isinstance(found, XmlDocument)
            assert str(STATEMENTS) in found.toxml()
        else:
            assert isinstance(found, bytes)
            assert found.decode().split()[1].startswith(str(STATEMENTS))


@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML])
def test_sparqlwrapper_reads_triples(served: Served, form: str) -> None:
    found = wrapper(served, SOME, form).queryAndConvert()
    if isinstance(found, bytes):
        found = Graph().parse(data=found, format="turtle" if form == TURTLE else "n3")
    assert isinstance(found, Graph)
    assert len(found) == STATEMENTS


def test_sparqlwrapper_understands_the_error(served: Served) -> None:
    with pytest.raises(QueryBadFormed, match="line 2"):
        wrapper(served, "SELECT WHERE", JSON).query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_asks_and_walks_the_graph(served: Served, method: str) -> None:
    store = SPARQLStore(f"{served.address}sparql", method=method, context_aware=False)
    graph = Graph(store)
    found = graph.query(f"PREFIX polkg: <https://w3id.org/polkg/ns#> {COUNT}")
    assert [int(str(row[0])) for row in found] == [STATEMENTS]  # type: ignore[index]
    assert graph.query("ASK { ?s ?p ?o }").askAnswer
    japan = URIRef("http://www.wikidata.org/entity/Q17")
    label = URIRef("http://www.w3.org/2000/01/rdf-schema#label")
    assert "Japan" in {str(name) for name in graph.objects(japan, label)}
    made = graph.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5")
    assert made.graph is not None
    assert len(made.graph) == 5
