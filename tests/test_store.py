import csv
import io
import json
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import GraphError, QueryError, ResourceError, UnknownNameError
from kg.export.rdf import write
from kg.export.rdf_terms import PREFIXES
from kg.graph import Extraction, KnowledgeGraph, Source
from kg.ids import wikidata
from kg.model import Actor
from kg.questions import ask, questions, read
from kg.store import Store


@pytest.fixture
def store(small_graph: KnowledgeGraph) -> Store:
    return Store(small_graph)


@pytest.mark.parametrize("name", ["", "graph.nq", "graph.trig", "graph.ttl", "graph.jsonld"])
def test_folders_and_files_load(small_graph: KnowledgeGraph, tmp_path: Path, name: str) -> None:
    write(small_graph, tmp_path)
    answer = Store(tmp_path / name).query("SELECT (COUNT(?s) AS ?n) { ?s a polkg:Statement }")
    assert answer.table() == [("11",)]


def test_a_folder_gives_its_fullest_file(small_graph: KnowledgeGraph, tmp_path: Path) -> None:
    write(small_graph, tmp_path)
    assert Store(tmp_path).query("ASK { GRAPH ?g { ?a polkg:attacks ?b } }").boolean
    assert not Store(tmp_path / "graph.ttl").query("ASK { GRAPH ?g { ?s ?p ?o } }").boolean


def test_a_family_is_one_property_path(store: Store) -> None:
    answer = store.query(
        "SELECT ?a ?b { ?p rdfs:subPropertyOf* polkg:materialCooperation . ?a ?p ?b } ORDER BY ?a"
    )
    assert answer.table() == [("wd:Q20", "wd:Q252"), ("wd:Q252", "wd:Q20")]


def test_answers_as_table_csv_and_json(store: Store) -> None:
    answer = store.query(
        'SELECT ?actor ?label ?none { ?actor skos:prefLabel ?label FILTER (?label = "Norwegia"@id) }'
    )
    assert answer.columns == ("actor", "label", "none")
    assert answer.table() == [("wd:Q20", "Norwegia", "")]
    assert [*csv.reader(io.StringIO(answer.csv()))] == [
        ["actor", "label", "none"],
        ["http://www.wikidata.org/entity/Q20", "Norwegia", ""],
    ]
    assert json.loads(answer.json())["results"]["bindings"] == [
        {
            "actor": {"type": "uri", "value": "http://www.wikidata.org/entity/Q20"},
            "label": {"type": "literal", "value": "Norwegia", "xml:lang": "id"},
        }
    ]


def test_rows_are_sorted_unless_the_query_sorts_them(store: Store) -> None:
    names = [row[0] for row in store.query("SELECT ?n { ?a a polkg:State ; rdfs:label ?n }").table()]
    assert names == ["China", "Indonesia", "Norway"]
    down = store.query("SELECT ?n { ?a a polkg:State ; rdfs:label ?n } ORDER BY DESC(?n)").table()
    assert [row[0] for row in down] == names[::-1]


def test_a_boolean_and_a_graph_are_answers_too(store: Store) -> None:
    yes = store.query("ASK { wd:Q20 polkg:partnerOf wd:Q252 }")
    assert (yes.boolean, yes.table(), yes.csv()) == (True, [("yes",)], "boolean\ntrue\n")
    assert json.loads(yes.json()) == {"head": {}, "boolean": True}
    graph = store.query("CONSTRUCT { ?a polkg:relatedTo ?b } WHERE { ?a polkg:partnerOf ?b }")
    assert graph.triples
    assert graph.table() == [
        ("wd:Q20", "polkg:relatedTo", "wd:Q252"),
        ("wd:Q252", "polkg:relatedTo", "wd:Q20"),
    ]


def test_hostile_values_survive_csv_and_json(hostile_graph: KnowledgeGraph) -> None:
    answer = Store(hostile_graph).query(
        "SELECT ?label { ?a a polkg:ActorGroup ; rdfs:label ?label } ORDER BY ?label"
    )
    names = sorted(actor.name for actor in hostile_graph.actors().values() if actor.cls == "ActorGroup")
    assert sorted(row["label"]["value"] for row in json.loads(answer.json())["results"]["bindings"]) == names
    lines = [row[0] for row in csv.reader(io.StringIO(answer.csv(), newline=""))]
    assert sorted(lines[1:]) == names


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?x WHERE {\n ?x ?y \n ; }", r"line 3, column 2: .*'; }'"),
        ("SELECT * { ?s nope:x ?o }", r"line 1, column \d+: unknown prefix in 'nope:x'"),
        ("SELEC", "line 1"),
        ("", "line 1"),
        ("INSERT DATA { <a:b> <a:b> 1 }", "this is an update"),
        ("DELETE WHERE { ?s ?p ?o }", "this is an update"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * { service silent ?x { ?s ?p ?o } }", "SERVICE is refused"),
    ],
)
def test_what_is_no_query_is_refused(store: Store, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        store.query(query)


def test_the_word_service_may_stand_where_it_means_nothing(store: Store) -> None:
    store.query('SELECT * { ?service polkg:office "service" } # service')
    store.query("SELECT * { ?s <http://example.org/service> ?o . ?s polkg:service ?x }")


def test_a_folder_without_a_graph_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="write one with `kg export`"):
        Store(tmp_path)


def test_every_question_has_a_title_and_an_answer(store: Store) -> None:
    for name, question in questions().items():
        assert question.title.endswith("?"), name
        needed = {p.name: "Norwegia" for p in question.parameters if p.required}
        assert ask(store, name, **needed).rows, name


def test_every_question_is_sparql_as_it_stands(store: Store) -> None:
    for question in questions().values():
        store.query(question.sparql)


def test_who_partners_with_whom(store: Store) -> None:
    (row,) = ask(store, "partners").table()
    assert row[:3] == ("Norway", "partnerOf", "Indonesia")
    assert row[4] == "Norway and Indonesia opened a maritime partnership in March 2024"


@pytest.mark.parametrize(
    "name", ["Norway", "norwegia", "OSLO", "Q20", "wd:Q20", "http://www.wikidata.org/entity/Q20"]
)
def test_an_actor_may_be_named_in_any_way(store: Store, name: str) -> None:
    rows = ask(store, "views", actor=name).table()
    assert [row[:3] for row in rows] == [
        ("Norway", "regardsAsRival", "China"),
        ("Ratna Wibowo", "regardsAsFriend", "Norway"),
    ]
    assert [row[:3] for row in ask(store, "views", actor=name, other="Tiongkok").table()] == [
        ("Norway", "regardsAsRival", "China")
    ]


def test_who_says_so_and_what_is_denied(store: Store) -> None:
    rows = ask(store, "claims", claimant="NATO").table()
    assert [row[:4] for row in rows] == [("NATO", "China", "attacks", "Borneo Fleet")]
    denied = {row[:4] for row in ask(store, "denied").table()}
    assert denied == {("Norway", "sanctions", "China", ""), ("China", "threatens", "Norway", "China")}


def test_neighbourhood_counts_by_direction(store: Store) -> None:
    rows = set(ask(store, "neighbourhood", actor="Tiongkok").table())
    assert ("out", "attacks", "Borneo Fleet", "2") in rows
    assert ("in", "regardsAsRival", "Norway", "1") in rows
    only = ask(store, "neighbourhood", actor="Tiongkok", relation="perception").table()
    assert only == [("in", "regardsAsRival", "Norway", "1")]


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2024-03", "2024-03-31", 7),
        ("2024", "2024", 7),
        ("2025-01-22", "2025-01-22", 3),
        ("2025-01-21", "2025-01", 4),
        ("2026", None, 0),
        (None, "2023", 0),
    ],
)
def test_quotes_over_a_time_span(store: Store, since: str | None, until: str | None, expected: int) -> None:
    assert len(ask(store, "quotes", since=since, until=until).rows) == expected


def test_counts_and_timelines(store: Store) -> None:
    assert ask(store, "attacks").table() == [("China", "attacks", "Borneo Fleet", "2")]
    assert ask(store, "attacks", minimum=3).table() == []
    assert ("materialConflict", "true", "1") in ask(store, "families").table()
    assert [row[:2] for row in ask(store, "timeline", actor="RI", other="Wibowo").table()] == [
        ("2024-03-05", "Ratna Wibowo"),
        ("2025-01-22", "Ratna Wibowo"),
    ]


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({}, "needs a value for 'actor'"),
        ({"actor": "Norwey"}, "no actor is named 'Norwey'; close: Norway"),
        ({"actor": "x> } INSERT DATA { <a:b> <a:b> <a:b"}, "no actor is named"),
        ({"actor": "Norway", "relation": "likes"}, "unknown relation type 'likes'"),
        ({"actor": "Norway", "colour": "red"}, "unknown parameter of 'neighbourhood' 'colour'"),
    ],
)
def test_wrong_parameters_are_errors(store: Store, params: dict[str, str], message: str) -> None:
    with pytest.raises((QueryError, UnknownNameError), match=re.escape(message)):
        ask(store, "neighbourhood", **params)


@pytest.mark.parametrize("evil", ["1 } ?x ?y ?z {", "1.5", "²", "UNDEF", '"'])
def test_values_cannot_become_syntax(store: Store, evil: str) -> None:
    with pytest.raises(QueryError, match="is not a whole number"):
        ask(store, "attacks", minimum=evil)
    with pytest.raises(QueryError, match="is not a day, month or year"):
        ask(store, "quotes", since=f"2024{evil}")
    injected = f"http://example.org/> }} ?x ?y ?z {{ <http://{evil}"
    assert ask(store, "partners", actor=injected).rows == ()


def test_two_actors_of_one_name_are_asked_apart(small_graph: KnowledgeGraph) -> None:
    other = Actor(
        id=wikidata("Q999999"), name="The Beijing Club", cls="CivilOrganisation", aliases=("Beijing",)
    )
    small_graph.add(Extraction(source=Source(id="other", lang="en"), actors=(other,)))
    with pytest.raises(QueryError, match=r"'beijing' may be .*Q148, .*Q999999; give one of these"):
        ask(Store(small_graph), "neighbourhood", actor="beijing")


def test_an_unknown_question_lists_the_known_ones(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="unknown question 'why'; known: actors, attacks"):
        ask(store, "why")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# description: d\nASK {}", "title"),
        ("# title: t\n# description: d\n# param: x\nASK {}", "must read NAME"),
        ("# title: t\n# description: d\n# param: x (colour) – y\nASK {}", "must read NAME"),
        ("# title: t\n# description: d\n# param: x (date) – y\nASK {}", "the query lacks"),
    ],
)
def test_a_question_file_that_breaks_the_form_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "odd.rq"
    path.write_text(text, "utf8")
    with pytest.raises(ResourceError, match=message):
        read(path)


@pytest.fixture
def server(small_graph: KnowledgeGraph, tmp_path: Path) -> Iterator[str]:
    """Start a real SPARQL server, load the export over HTTP, and stop it at the end."""
    write(small_graph, tmp_path)
    program = shutil.which("oxigraph")
    assert program, "the test extra brings the oxigraph server"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [program, "serve", "--location", str(tmp_path / "db"), "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        load = urllib.request.Request(
            f"{url}/store",
            data=(tmp_path / "graph.trig").read_bytes(),
            headers={"Content-Type": "application/trig"},
            method="POST",
        )
        for attempt in range(100):
            try:
                urllib.request.urlopen(load, timeout=30).close()
                break
            except urllib.error.URLError:
                assert process.poll() is None, "the server ended at once"
                assert attempt < 99, "the server did not start"
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def test_a_real_server_gives_the_same_answer(server: str, store: Store) -> None:
    prefixes = "".join(f"PREFIX {name}: <{start}>\n" for name, start in PREFIXES.items())
    query = (
        "SELECT ?s ?p ?quote { ?s rdf:predicate ?p ; polkg:evidence/nif:anchorOf ?quote } ORDER BY ?s ?quote"
    )
    request = urllib.request.Request(
        f"{server}/query",
        data=(prefixes + query).encode(),
        headers={"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"},
    )
    with urllib.request.urlopen(request, timeout=30) as reply:
        theirs = json.load(reply)["results"]["bindings"]
    assert theirs == json.loads(store.query(query).json())["results"]["bindings"]
    assert len(theirs) == 12
