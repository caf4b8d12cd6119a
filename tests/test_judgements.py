"""What people decide about a graph: read, honoured, appended to, asked for."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.graph import Extraction, KnowledgeGraph, Source
from kg.ids import minted, wikidata
from kg.judgements.claims import claim, confirmed, judged
from kg.judgements.doubts import alike, decided, doubtful
from kg.judgements.file import append, check_appendable, collected, read_judgements, written
from kg.judgements.honouring import honour
from kg.judgements.model import Judgement, Judgements, Reference
from kg.model import Actor, Mention, Span, Statement
from tests.conftest import CHINA, FLEET, INDONESIA, MINISTER, NATO, NORWAY

ATTACK = "- wrong: {document: harbour-talks, source: China, type: attacks, target: Borneo Fleet"


@pytest.fixture
def said(tmp_path: Path) -> Judge:
    return Judge(tmp_path / "judgements.yaml")


class Judge:
    """Writes a file of judgements and reads it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, text: str) -> Judgements:
        self.path.write_bytes(text.encode())
        return read_judgements(self.path)


def triples(graph: KnowledgeGraph) -> list[tuple[str, str, str]]:
    actors = graph.actors()
    return [(actors[s.source].name, s.type, actors[s.target].name) for s in graph.statements()]


def named(graph: KnowledgeGraph, surface: str) -> set[str]:
    return {m.actor for m in graph.mentions() if m.span.text == surface}


def small(document: str, *claims: tuple[Actor, str, Actor], words: str = "{} did it to {}.") -> Extraction:
    """Return a document of one sentence a claim; actors are called by their last alias or their name."""
    mentions: list[Mention] = []
    statements: list[Statement] = []
    start = 0
    for source, kind, target in claims:
        one, two = ((a.aliases or (a.name,))[-1] for a in (source, target))
        text = words.format(one, two)
        sentence = Span(start, start + len(text), text)
        spans = []
        for actor, surface in ((source, one), (target, two)):
            at = start + text.index(surface)
            spans.append(Span(at, at + len(surface), surface))
            mentions.append(Mention(document=document, span=spans[-1], form="name", actor=actor.id))
        statements.append(
            Statement(
                id=f"{document}-{len(statements)}",
                document=document,
                type=kind,
                source=source.id,
                target=target.id,
                source_mention=spans[0],
                target_mention=spans[1],
                trigger=sentence,
                evidence=(sentence,),
                sentence=sentence,
                confidence=0.5,
            )
        )
        start += len(text) + 1
    actors = {a.id: a for one, _, two in claims for a in (one, two)}
    return Extraction(
        source=Source(id=document, lang="en"),
        actors=tuple(actors[key] for key in sorted(actors)),
        mentions=tuple(mentions),
        statements=tuple(statements),
    )


def graph_of(*extractions: Extraction) -> KnowledgeGraph:
    graph = KnowledgeGraph()
    for extraction in extractions:
        graph.add(extraction)
    return graph


def person(name: str, *aliases: str, document: str = "") -> Actor:
    return Actor(id=minted(f"{name} {document}".strip(), "Person"), name=name, cls="Person", aliases=aliases)


def test_wrong_statements_go_and_right_ones_are_certain(small_graph: KnowledgeGraph, said: Judge) -> None:
    judgements = said(
        f"{ATTACK}, attributed_to: Ratna Wibowo}}\n"
        "- right:\n    document: harbour-talks\n    source: Norway\n    type: partnerOf\n    target: Q252\n"
        "    quote: opened a maritime partnership\n"
    )
    honoured, unmet = honour(small_graph, judgements)
    assert not unmet
    gone = {s.id for s in small_graph.statements()} - {s.id for s in honoured.statements()}
    assert [s.attributed_to for s in small_graph.statements() if s.id in gone] == [MINISTER.id]
    assert {s.confidence for s in honoured.statements() if s.type == "partnerOf"} == {1.0}


@pytest.mark.parametrize(
    "field",
    [
        "negated: true",
        "modality: planned",
        "status: past",
        "attributed_to: narrator",
        "quote: something else",
    ],
)
def test_what_an_entry_says_of_a_statement_must_hold(
    small_graph: KnowledgeGraph, said: Judge, field: str
) -> None:
    judgements = said(f"{ATTACK}, {field}}}\n")
    honoured, unmet = honour(small_graph, judgements)
    assert unmet == judgements.entries
    assert honoured.statements() == small_graph.statements()


def test_last_of_contrary_answers_holds(small_graph: KnowledgeGraph, said: Judge) -> None:
    both = f"{ATTACK}}}\n{ATTACK.replace('wrong', 'right')}}}\n"
    honoured, unmet = honour(small_graph, said(both))
    assert not unmet
    assert {s.confidence for s in honoured.statements() if s.type == "attacks"} == {1.0}


def test_answer_is_found_again_with_other_ids_places_and_quotes(small_graph: KnowledgeGraph) -> None:
    extraction = next(e for e in small_graph.extractions() if e.source.lang == "id")
    actors = {actor.id: actor for actor in extraction.actors}
    old = next(s for s in extraction.statements if s.type == "criticises")
    judgements = collected([Judgement(kind="wrong", claim=claim(old, actors))])
    shorter = Span(old.evidence[0].start + 6, old.evidence[0].end, old.evidence[0].text[6:])
    new = replace(old, id="other", evidence=(shorter,), confidence=0.1, extractor="other/2")
    renamed = replace(MINISTER, id="https://w3id.org/polkg/actor/Person/other")
    assert judged(
        replace(new, source=renamed.id), judgements, actors={renamed.id: renamed, NATO.id: NATO, **actors}
    )
    assert not judged(replace(new, negated=True), judgements, actors=actors)
    assert not judged(replace(new, document="another"), judgements, actors=actors)


def test_symmetric_statement_is_met_either_way_round(small_graph: KnowledgeGraph, said: Judge) -> None:
    turned = "- wrong: {document: harbour-talks, source: Indonesia, type: partnerOf, target: Norway}\n"
    honoured, _ = honour(small_graph, said(turned))
    assert "partnerOf" not in {s.type for s in honoured.statements()}


def test_confirmed_statements_are_known_before_any_threshold(
    small_graph: KnowledgeGraph, said: Judge
) -> None:
    judgements = said(ATTACK.replace("wrong", "right") + ", attributed_to: NATO}\n")
    extraction = next(e for e in small_graph.extractions() if e.source.lang == "en")
    actors = {a.id: a for a in (*extraction.actors, NATO)}
    ids = confirmed(extraction.statements, judgements, actors=actors)
    assert ids == {s.id for s in extraction.statements if s.attributed_to == NATO.id}


def test_same_actors_become_the_first(said: Judge) -> None:
    short, full = person("Wirya", "Wirya"), person("Bagas Wirya")
    graph = graph_of(
        small("a", (short, "praises", NORWAY)),
        small("b", (full, "criticises", NATO), (short, "criticises", NATO), (short, "praises", full)),
    )
    honoured, unmet = honour(graph, said(f"- same: [{{id: {full.id}, name: Bagas Wirya}}, {short.id}]\n"))
    assert not unmet
    assert short.id not in honoured.actors()
    assert honoured.actors()[full.id].aliases == ("Wirya",)
    assert triples(honoured) == [
        ("Bagas Wirya", "praises", "Norway"),
        ("Bagas Wirya", "criticises", "NATO"),
    ]
    assert len(honoured.statements()[1].evidence) == 2
    assert (
        honour(honoured, said(f"- same: [{full.id}, {short.id}]\n"))[0].statements() == honoured.statements()
    )


def test_same_by_name_and_to_an_item_that_no_document_has(said: Judge) -> None:
    short, full = person("Wirya", "Wirya"), person("Bagas Wirya")
    graph = graph_of(small("a", (short, "praises", NORWAY)), small("b", (full, "criticises", NATO)))
    by_name, unmet = honour(graph, said("- same: [Bagas Wirya, Wirya]\n"))
    assert not unmet
    assert [id_ for id_ in by_name.actors() if "Person" in id_] == [full.id]
    judgements = said(
        "- same: [{id: Q900000001, name: B. Wirya}, Bagas Wirya]\n- same: [Bagas Wirya, Wirya]\n"
        "- wrong: {document: a, source: Q900000001, type: praises, target: Norway}\n"
    )
    linked, unmet = honour(graph, judgements)
    assert not unmet
    assert linked.actors()[wikidata("Q900000001")].name == "B. Wirya"
    assert triples(linked) == [("B. Wirya", "criticises", "NATO")]


def test_homonyms_in_other_documents_stay_apart(said: Judge) -> None:
    one, two, three = (person("Hadi", document=d) for d in "abc")
    full = person("Sri Hadi")
    graph = graph_of(
        small("a", (one, "praises", NORWAY)),
        small("c", (three, "praises", NORWAY)),
        small("d", (full, "praises", NORWAY)),
    )
    hadis = [f"- same: [{full.id}, {{id: {one_.id}, name: Hadi}}]\n" for one_ in (two, one)]
    honoured, unmet = honour(graph, said("".join(hadis)))
    assert [entry.line for entry in unmet] == [1]
    assert {full.id, three.id} <= honoured.actors().keys()
    assert one.id not in honoured.actors()


def test_spelling_is_taken_away_from_an_item(small_graph: KnowledgeGraph, said: Judge) -> None:
    honoured, unmet = honour(small_graph, said("- not_same: [Oslo, Q20]\n"))
    assert not unmet
    (oslo,) = named(honoured, "Oslo")
    assert oslo not in {NORWAY.id} | small_graph.actors().keys()
    assert named(honoured, "Norway") == {NORWAY.id}
    assert ("Oslo", "sanctions", "China") in triples(honoured)
    assert ("China", "threatens", "Oslo") in triples(honoured)
    again, _ = honour(honoured, said("- not_same: [Oslo, Q20]\n"))
    assert list(again.extractions()) == list(honoured.extractions())


def test_spelling_is_taken_away_in_one_document_only(small_graph: KnowledgeGraph, said: Judge) -> None:
    honoured, _ = honour(small_graph, said("- not_same: [Oslo, Q20]\n  document: harbour-talks\n"))
    assert ("Oslo", "sanctions", "China") in triples(honoured)
    assert ("China", "threatens", "Norway") in triples(honoured)


def test_spelling_takes_pronouns_along_where_the_document_has_no_other_name(said: Judge) -> None:
    state = Actor(id=wikidata("Q230"), name="Georgia", cls="State", aliases=("Georgia",))
    extraction = small("a", (state, "praises", NATO))
    it = Mention(document="a", span=Span(90, 92, "it"), form="pronoun", actor=state.id)
    graph = graph_of(replace(extraction, mentions=(*extraction.mentions, it)))
    honoured, _ = honour(graph, said("- not_same: [Georgia, Q230]\n- same: [Q1428, Georgia]\n"))
    assert named(honoured, "it") == named(honoured, "Georgia") == {wikidata("Q1428")}
    assert state.id not in honoured.actors()


def test_not_same_forbids_a_merge_by_name(said: Judge) -> None:
    one, two = person("Hadi", document="a"), person("Sri Hadi", "Hadi")
    graph = graph_of(small("a", (one, "praises", NORWAY)), small("b", (two, "praises", NATO)))
    honoured, unmet = honour(graph, said(f"- same: [Sri Hadi, Hadi]\n- not_same: [{two.id}, {one.id}]\n"))
    assert honoured.actors().keys() == graph.actors().keys()
    assert [entry.kind for entry in unmet] == ["same"]


def test_merge_leaves_no_statement_that_the_ontology_forbids(
    small_graph: KnowledgeGraph, said: Judge
) -> None:
    honoured, _ = honour(small_graph, said(f"- same: [{NATO.id}, {MINISTER.id}]\n"))
    assert "holdsOffice" not in {s.type for s in honoured.statements()}
    assert all(s.source != s.target for s in honoured.statements())


def test_graph_and_file_order_change_nothing(small_graph: KnowledgeGraph, said: Judge) -> None:
    judgements = said(f"- same: [{NATO.id}, {FLEET.id}]\n- not_same: [Oslo, Norway]\n{ATTACK}}}\n")
    extractions = list(small_graph.extractions())
    found = []
    for seed in range(3):
        random.Random(seed).shuffle(extractions)
        found.append(list(honour(graph_of(*extractions), judgements)[0].extractions()))
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("- same: [A, B]\n- sam: [A, B]\n", 2, "same, not_same, wrong, right"),
        ("- same: [A]\n", 1, "at least 2"),
        ("- not_same: [A, B, C]\n", 1, "not_same"),
        ("same: [A, B]\n", 1, "must be a list"),
        ("- just words\n", 1, "just words"),
        ("- same: [A, B]\n  document: d\n", 2, "unknown key 'document'; known: same"),
        ("- not_same: [A, B]\n  document: [d]\n", 2, "document"),
        ("- same:\n  - A\n  - {id: Q1, nme: B}\n", 3, "unknown key; known: id, name"),
        ("- same:\n  - A\n  - {}\n", 3, "id or a name"),
        (f"{ATTACK},\n  colour: red}}\n", 2, "known: document, source, type"),
        (f"{ATTACK},\n  modality: maybe}}\n", 2, "'hypothetical'"),
        (f"{ATTACK},\n  negated: perhaps}}\n", 2, "wrong.negated"),
        ("- wrong:\n    document: d\n    source: A\n    type: atacks\n    target: B\n", 4, "praises"),
        ("- wrong:\n    document: d\n    source: A\n    type: attacks\n", 1, "target"),
        ("- wrong:\n    document: d\n    document: e\n", 3, "stands twice"),
        ("- same: [A, B\n- same: [C, D]\n", 2, "not valid YAML"),
        ("- same: [A, B]\n- same: [B, C]\n- not_same: [C, A]\n", 3, "are the same"),
        ("- not_same: [A, A]\n", 1, "one actor twice"),
        ("- same: &a [*a, *a]\n", 1, "recursive"),
    ],
)
def test_fault_is_told_with_its_line(said: Judge, text: str, line: int, words: str) -> None:
    with pytest.raises(InputError) as fault:
        said(text)
    assert (fault.value.path, fault.value.line) == (str(said.path), line)
    assert words in str(fault.value)


def test_missing_file_and_other_bytes_are_input_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.yaml: cannot be read"):
        read_judgements(tmp_path / "none.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"- same: [\xff, A]\n")
    with pytest.raises(InputError, match="UTF-8"):
        read_judgements(tmp_path / "bytes.yaml")


def test_words_that_yaml_takes_for_values_stay_words(said: Judge) -> None:
    (entry,) = said("- not_same: [NO, 7]\n  document: 2025-01-22\n").entries
    assert [ref.name for ref in entry.actors] == ["NO", "7"]
    assert entry.document == "2025-01-22"


@pytest.mark.parametrize(
    "before", ["", "\ufeff# notes only\r\n", "- same: [A, B]  # no line feed at the end"]
)
def test_appending_keeps_what_people_wrote(said: Judge, before: str) -> None:
    known = said(before)
    check_appendable(said.path)
    entry = Judgement(kind="not_same", actors=(Reference(id="x"), Reference(name="Y")), document="7")
    append(said.path, entry)
    assert said.path.read_bytes().startswith(before.encode())
    *found, last = read_judgements(said.path).entries
    assert tuple(found) == known.entries
    assert replace(last, line=0) == entry


@pytest.mark.parametrize("before", ["[{same: [A, B]}]\n", "  - same: [A, B]\n", "- same: [A, B]\n...\n"])
def test_file_that_nothing_can_follow_is_refused_before_any_question(said: Judge, before: str) -> None:
    said(before)
    with pytest.raises(InputError, match="nothing can be added"):
        check_appendable(said.path)


def test_every_statement_can_be_named_and_is_found_again(
    small_graph: KnowledgeGraph, hostile_graph: KnowledgeGraph, said: Judge
) -> None:
    for graph in (small_graph, hostile_graph):
        everybody = graph.actors() | {NATO.id: NATO}
        entries = [Judgement(kind="wrong", claim=claim(s, everybody)) for s in graph.statements()]
        judgements = said("".join(map(written, entries)))
        assert [replace(entry, line=0) for entry in judgements.entries] == entries
        for extraction in graph.extractions():
            for s in extraction.statements:
                assert judged(s, judgements, actors=everybody)


def test_least_certain_statements_come_first_and_judged_ones_not_at_all(
    small_graph: KnowledgeGraph, said: Judge
) -> None:
    asked = doubtful(small_graph, said(f"{ATTACK}, attributed_to: NATO}}\n"))
    assert [s.confidence for s in asked[:3]] == [0.8, 0.91, 0.93]
    assert len(asked) == len(small_graph.statements()) - 1


def test_actors_that_may_be_one_are_found_once(said: Judge) -> None:
    full, short, typo = person("Ratna Kusuma"), person("Kusuma"), person("Ratna Kusumah")
    other = person("Bima")
    graph = graph_of(
        small("a", (full, "praises", NORWAY), (full, "praises", CHINA), (other, "praises", NATO)),
        small("b", (short, "praises", INDONESIA), (typo, "praises", CHINA)),
    )
    found = {(p.one.name, p.two.name) for p in alike(graph, Judgements())}
    assert found == {("Ratna Kusuma", "Kusuma"), ("Ratna Kusuma", "Ratna Kusumah")}
    judgements = said(f"- same: [{full.id}, {short.id}]\n- not_same: [{short.id}, {typo.id}]\n")
    assert not alike(graph, judgements)
    (pair, *_) = alike(graph, Judgements())
    assert decided(pair, judgements)
    assert not decided(pair, Judgements())


def test_phrases_without_a_name_and_two_items_are_not_asked_about() -> None:
    police = [
        Actor(id=minted(f"the police {d}", "GovernmentBody"), name="the police", cls="GovernmentBody")
        for d in "ab"
    ]
    congo = [Actor(id=wikidata(q), name="Congo", cls="State") for q in ("Q971", "Q974")]
    found = [small(d, (police[i], "praises", congo[i])) for i, d in enumerate("ab")]
    found = [
        replace(e, mentions=tuple(replace(m, form="nominal") if "pol" in m.actor else m for m in e.mentions))
        for e in found
    ]
    assert not alike(graph_of(*found), Judgements())
