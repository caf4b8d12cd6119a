import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg.ontology
from kg.errors import ResourceError, UnknownNameError
from kg.model import ACTOR_CLASSES
from kg.ontology import FAMILIES, load, ontology_folder, relation_type, relation_types

SYMMETRIC = {
    "relativeOf",
    "competesWith",
    "meets",
    "agreesWith",
    "alignedWith",
    "partnerOf",
    "alliedWith",
    "cooperatesWith",
    "fights",
}


def test_there_are_44_relation_types_in_six_families() -> None:
    types = relation_types()
    assert len(types) == 44
    assert {one.family for one in types.values()} == set(FAMILIES)
    assert {name for name, one in types.items() if one.symmetric} == SYMMETRIC
    assert list(types) == sorted(types)


def test_a_relation_type_says_all_that_the_ontology_does() -> None:
    attacks = relation_type("attacks")
    assert attacks.iri == "https://w3id.org/polkg/ns#attacks"
    assert (attacks.quad, attacks.family, attacks.inverse) == (4, "materialConflict", "attackedBy")
    assert attacks.labels == {"en": "attacks", "id": "menyerang"}
    assert set(attacks.definitions) == {"en", "id"}
    assert (attacks.cameo, attacks.plover) == (("18",), ("ASSAULT",))
    assert -1 <= attacks.valence < 0
    assert attacks.domain == attacks.range == ACTOR_CLASSES


def test_domain_and_range_resolve_unions_and_subclasses() -> None:
    office = relation_type("holdsOffice")
    assert office.admits("Person", "State")
    assert office.admits("Person", "GovernmentBody")
    assert not office.admits("Company", "State")
    assert not office.admits("Person", "Person")
    assert relation_type("relativeOf").domain == ("Person", "ActorGroup")


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="unknown relation type 'likes'; known: accuses, "):
        relation_type("likes")


def test_relation_types_can_stand_in_sets() -> None:
    assert len(set(relation_types().values())) == 44


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ('"attacks"@en , "menyerang"@id', '"attacks"@en', "polkg:attacks", "label in 'id' is missing"),
        ("polkg:valence -0.9", "polkg:valence 0.9", "polkg:attacks", "contradicts"),
        ("polkg:valence -0.9", "polkg:valence -9", "polkg:attacks", "-1 to 1"),
        ("polkg:valence -0.9", "polkg:valence -0.9 , -0.8", "polkg:attacks", "must be one number"),
        ("rdfs:subPropertyOf polkg:structural ;", "", "polkg:appoints", "must name one family"),
        ("rdfs:domain polkg:Bearer", "rdfs:domain polkg:Nobody", "polkg:holdsOffice", "domain"),
        ("owl:inverseOf polkg:detains", "owl:inverseOf polkg:occupies", "polkg:occupiedBy", "second inverse"),
        ('Collective ;\n    rdfs:label "state', 'X ;\n    rdfs:label "state', "polkg:State", "subclass"),
        ('"past" "current" "future"', '"past" "future"', "polkg:Status", "must list past, current, future"),
        (", polkg:RelationType", "", "polkg:RelationType", "no property"),
        ("@prefix owl:", "@prefix", None, "not valid Turtle"),
    ],
)  # fmt: skip
def test_a_broken_ontology_names_the_term(
    tmp_path: Path, old: str, new: str, key: str | None, message: str
) -> None:
    text = (ontology_folder() / "polkg.ttl").read_text("utf8")
    assert old in text
    path = tmp_path / "polkg.ttl"
    path.write_text(text.replace(old, new), "utf8")
    with pytest.raises(ResourceError, match=message) as caught:
        load(path)
    assert caught.value.key == key


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"nothing\.ttl: is missing"):
        load(tmp_path / "nothing.ttl")


def test_every_turtle_file_parses_and_every_class_and_property_is_labelled_in_both_languages() -> None:
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    store = ox.Store()
    for path in sorted(ontology_folder().glob("*.ttl")):
        assert list(ox.parse(path=path, format=ox.RdfFormat.TURTLE)), path
    store.bulk_load(path=ontology_folder() / "polkg.ttl", format=ox.RdfFormat.TURTLE)
    for quad in store.quads_for_pattern(
        None, ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), None
    ):
        if isinstance(quad.subject, ox.NamedNode) and str(quad.object).startswith(
            "<http://www.w3.org/2002/07/owl#"
        ):
            if str(quad.object).endswith("#Ontology>"):
                continue
            labels = store.quads_for_pattern(quad.subject, label, None)
            assert {q.object.language for q in labels if isinstance(q.object, ox.Literal)} >= {"en", "id"}, (
                quad
            )


def test_an_installed_package_brings_its_own_copy(tmp_path: Path) -> None:
    package = tmp_path / "kg"
    package.mkdir()
    for name in ("__init__.py", "errors.py", "model.py", "ontology.py"):
        shutil.copy(Path(kg.ontology.__file__).parent / name, package)
    shutil.copytree(ontology_folder(), package / "ontology_data")
    code = "from kg.ontology import ontology_folder, relation_types\n"
    code += "print(ontology_folder().name, len(relation_types()))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout.split() == ["ontology_data", "44"]


def test_importing_it_loads_no_rdf_library() -> None:
    code = "import sys, kg.ontology; print('pyoxigraph' in sys.modules, 'rdflib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
