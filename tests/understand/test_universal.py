"""English parses become Universal Dependencies; the trees that go in are written out: no weights matter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import kg.understand.universal  # noqa: F401  # registers the component

CLEARNLP = """
    acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass
    dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp
    pobj poss preconj predet prep prt punct quantmod relcl xcomp
"""
UPOS = "ADJ ADP ADV AUX CCONJ DET NOUN NUM PART PRON PROPN PUNCT SCONJ SPACE SYM VERB"

CLEARNLP_ONLY = {"prep", "pobj", "pcomp", "dobj", "attr", "acomp", "relcl", "agent", "npadvmod"}
Tree = tuple[list[int], list[str], list[str], list[str], list[str]]


@pytest.fixture(scope="module")
def nlp() -> Language:
    blank = spacy.blank("en")
    blank.add_pipe("kg_universal")
    return blank


def convert(nlp: Language, doc: Doc) -> Doc:
    component: Callable[[Doc], Doc] = nlp.get_pipe("kg_universal")
    return component(doc)


def parse(nlp: Language, rows: str, ents: list[str] | None = None) -> list[str]:
    """Convert rows of `word/TAG/UPOS/head/label[/lemma]`, heads from 1, to `word label head` lines."""
    cells = [row.split("/") for row in rows.split()]
    doc = Doc(
        nlp.vocab,
        words=[c[0] for c in cells],
        tags=[c[1] for c in cells],
        pos=[c[2] for c in cells],
        heads=[int(c[3]) - 1 if c[3] != "0" else i for i, c in enumerate(cells)],
        deps=[c[4] for c in cells],
        lemmas=[c[5] if len(c) > 5 else c[0].lower() for c in cells],
        ents=ents,
    )
    return [f"{t.text} {t.dep_} {t.head.text}" for t in convert(nlp, doc)]


def test_preposition_becomes_case_of_its_object(nlp: Language) -> None:
    rows = (
        "Iran/NNP/PROPN/2/nsubj spoke/VBD/VERB/0/ROOT with/IN/ADP/2/prep envoys/NNS/NOUN/3/pobj "
        "of/IN/ADP/4/prep Qatar/NNP/PROPN/5/pobj"
    )
    assert parse(nlp, rows)[2:] == [
        "with case envoys",
        "envoys obl spoke",
        "of case Qatar",
        "Qatar nmod envoys",
    ]


def test_nested_prepositions_all_become_case(nlp: Language) -> None:
    rows = (
        "Troops/NNS/NOUN/2/nsubj fired/VBD/VERB/0/ROOT from/IN/ADP/2/prep inside/IN/ADP/3/prep "
        "Gaza/NNP/PROPN/4/pobj"
    )
    assert parse(nlp, rows)[2:] == ["from case Gaza", "inside case Gaza", "Gaza obl fired"]


def test_passive_with_agent(nlp: Language) -> None:
    rows = (
        "Kyiv/NNP/PROPN/3/nsubjpass was/VBD/AUX/3/auxpass/be armed/VBN/VERB/0/ROOT by/IN/ADP/3/agent "
        "Oslo/NNP/PROPN/4/pobj"
    )
    assert parse(nlp, rows) == [
        "Kyiv nsubj:pass armed",
        "was aux:pass armed",
        "armed ROOT armed",
        "by case Oslo",
        "Oslo obl:agent armed",
    ]


@pytest.mark.parametrize("label", ["attr", "acomp"])
def test_copula_gives_way_to_its_predicate(nlp: Language, label: str) -> None:
    rows = (
        "He/PRP/PRON/3/nsubj may/MD/AUX/3/aux be/VB/AUX/0/ROOT "
        f"president/NN/NOUN/3/{label} now/RB/ADV/3/advmod"
    )
    assert parse(nlp, rows) == [
        "He nsubj president",
        "may aux president",
        "be cop president",
        "president ROOT president",
        "now advmod president",
    ]


def test_copula_with_a_prepositional_predicate(nlp: Language) -> None:
    rows = "He/PRP/PRON/2/nsubj is/VBZ/AUX/0/ROOT/be in/IN/ADP/2/prep Oman/NNP/PROPN/3/pobj"
    assert parse(nlp, rows) == ["He nsubj Oman", "is cop Oman", "in case Oman", "Oman ROOT Oman"]


def test_existential_there_keeps_its_verb(nlp: Language) -> None:
    rows = "There/EX/PRON/2/expl is/VBZ/VERB/0/ROOT/be hope/NN/NOUN/2/attr"
    assert parse(nlp, rows) == ["There expl is", "is ROOT is", "hope nsubj is"]


def test_conjuncts_hang_under_the_first_and_conjunctions_under_the_next(nlp: Language) -> None:
    rows = (
        "Oslo/NNP/PROPN/0/ROOT ,/,/PUNCT/1/punct Bern/NNP/PROPN/1/conj "
        "and/CC/CCONJ/3/cc Rome/NNP/PROPN/3/conj"
    )
    assert parse(nlp, rows)[1:] == [", punct Bern", "Bern conj Oslo", "and cc Rome", "Rome conj Oslo"]


def test_coordinated_prepositional_phrases(nlp: Language) -> None:
    rows = (
        "sold/VBD/VERB/0/ROOT to/IN/ADP/1/prep Iran/NNP/PROPN/2/pobj and/CC/CCONJ/2/cc to/IN/ADP/2/conj "
        "Iraq/NNP/PROPN/5/pobj"
    )
    assert parse(nlp, rows)[1:] == [
        "to case Iran",
        "Iran obl sold",
        "and cc Iraq",
        "to case Iraq",
        "Iraq conj Iran",
    ]


def test_shared_object_of_two_prepositions(nlp: Language) -> None:
    rows = (
        "fought/VBD/VERB/0/ROOT in/IN/ADP/1/prep and/CC/CCONJ/2/cc around/IN/ADP/2/conj Gaza/NNP/PROPN/4/pobj"
    )
    assert parse(nlp, rows)[-1] == "Gaza obl fought"


def test_clause_after_a_preposition(nlp: Language) -> None:
    rows = (
        "left/VBD/VERB/0/ROOT after/IN/ADP/1/prep meeting/VBG/VERB/2/pcomp him/PRP/PRON/3/dobj "
        "plans/NNS/NOUN/3/dobj for/IN/ADP/5/prep leaving/VBG/VERB/6/pcomp"
    )
    assert parse(nlp, rows) == [
        "left ROOT left",
        "after mark meeting",
        "meeting advcl left",
        "him obj meeting",
        "plans obj meeting",
        "for mark leaving",
        "leaving acl plans",
    ]


def test_dative_and_possessor(nlp: Language) -> None:
    rows = (
        "gave/VBD/VERB/0/ROOT Kyiv/NNP/PROPN/1/dative Oslo/NNP/PROPN/5/poss "
        "'s/POS/PART/3/case arms/NNS/NOUN/1/dobj "
        "to/IN/ADP/1/dative him/PRP/PRON/6/pobj"
    )
    assert parse(nlp, rows)[1:] == [
        "Kyiv iobj gave",
        "Oslo nmod:poss arms",
        "'s case Oslo",
        "arms obj gave",
        "to case him",
        "him obl gave",
    ]


def test_subject_of_an_infinitive_is_object_of_the_verb_above(nlp: Language) -> None:
    rows = (
        "urged/VBD/VERB/0/ROOT Iran/NNP/PROPN/4/nsubj to/TO/PART/4/aux stop/VB/VERB/1/ccomp "
        "saying/VBG/VERB/1/ccomp"
    )
    assert parse(nlp, rows)[1:4] == ["Iran obj urged", "to mark stop", "stop xcomp urged"]


def test_subject_of_a_finite_complement_stays(nlp: Language) -> None:
    rows = "said/VBD/VERB/0/ROOT that/IN/SCONJ/4/mark Iran/NNP/PROPN/4/nsubj agreed/VBD/VERB/1/ccomp"
    assert parse(nlp, rows)[1:] == ["that mark agreed", "Iran nsubj agreed", "agreed ccomp said"]


def test_fixed_expression_in_a_preposition(nlp: Language) -> None:
    rows = "fell/VBD/VERB/0/ROOT according/VBG/VERB/1/prep to/IN/ADP/2/prep officials/NNS/NOUN/3/pobj"
    assert parse(nlp, rows)[1:] == ["according case officials", "to fixed according", "officials obl fell"]


def test_first_name_heads_a_person_and_takes_the_title(nlp: Language) -> None:
    rows = (
        "President/NNP/PROPN/3/compound Ana/NNP/PROPN/3/compound "
        "Costa/NNP/PROPN/4/nsubj spoke/VBD/VERB/0/ROOT"
    )
    assert parse(nlp, rows, ["O", "B-PERSON", "I-PERSON", "O"])[:3] == [
        "President compound Ana",
        "Ana nsubj spoke",
        "Costa flat Ana",
    ]


def test_day_belongs_to_the_verb_not_to_the_name_before_it(nlp: Language) -> None:
    rows = "Iran/NNP/PROPN/4/nsubj on/IN/ADP/1/prep Monday/NNP/PROPN/2/pobj refused/VBD/VERB/0/ROOT"
    assert parse(nlp, rows, ["O", "O", "B-DATE", "O"])[2] == "Monday obl refused"


def test_money_is_headed_by_its_currency(nlp: Language) -> None:
    rows = "lent/VBD/VERB/0/ROOT $/$/SYM/4/quantmod 5/CD/NUM/4/compound million/CD/NUM/1/dobj"
    assert parse(nlp, rows)[1:] == ["$ obj lent", "5 compound million", "million nummod $"]


def test_white_space_is_never_the_head_of_words(nlp: Language) -> None:
    rows = "x/_SP/SPACE/0/ROOT Iran/NNP/PROPN/3/nsubj agreed/VBD/VERB/1/dep"
    assert parse(nlp, rows)[1:] == ["Iran nsubj agreed", "agreed ROOT agreed"]


def test_lemmas_are_lower_case(nlp: Language) -> None:
    doc = Doc(nlp.vocab, words=["IAEA"], lemmas=["IAEA"], pos=["PROPN"], deps=["ROOT"], heads=[0])
    assert convert(nlp, doc)[0].lemma_ == "iaea"


def test_expression_with_a_clause(nlp: Language) -> None:
    rows = "met/VBD/VERB/0/ROOT in/IN/ADP/1/prep order/NN/NOUN/2/pobj to/TO/PART/5/aux agree/VB/VERB/3/acl"
    assert parse(nlp, rows)[1:] == ["in mark agree", "order fixed in", "to mark agree", "agree advcl met"]


def test_second_word_of_a_preposition(nlp: Language) -> None:
    rows = "fled/VBD/VERB/0/ROOT because/IN/SCONJ/1/prep of/IN/ADP/2/pcomp war/NN/NOUN/2/pobj"
    assert parse(nlp, rows)[1:] == ["because case war", "of fixed because", "war obl fled"]


def test_clause_after_a_preposition_keeps_its_own_complements(nlp: Language) -> None:
    rows = (
        "left/VBD/VERB/0/ROOT after/IN/ADP/1/prep living/VBG/VERB/2/pcomp "
        "in/IN/ADP/3/prep Rome/NNP/PROPN/4/pobj"
    )
    assert parse(nlp, rows)[1:] == [
        "after mark living",
        "living advcl left",
        "in case Rome",
        "Rome obl living",
    ]


def test_quotation_marks_hang_under_what_they_enclose(nlp: Language) -> None:
    rows = (
        "``/``/PUNCT/4/punct Go/VB/VERB/4/ccomp ''/''/PUNCT/4/punct "
        "said/VBD/VERB/0/ROOT Ana/NNP/PROPN/4/nsubj"
    )
    assert parse(nlp, rows)[:3] == ["`` punct Go", "Go ccomp said", "'' punct Go"]


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Draw any tree at all, of any labels and tags: the parser errs in ways nobody lists."""
    size = draw(st.integers(1, 14))
    order = draw(st.permutations(range(size)))
    heads = [0] * size
    heads[order[0]] = order[0]
    for place in range(1, size):
        heads[order[place]] = order[draw(st.integers(0, place - 1))]
    labels = ["ROOT" if heads[i] == i else draw(st.sampled_from(CLEARNLP.split())) for i in range(size)]
    pos = [draw(st.sampled_from(UPOS.split())) for _ in range(size)]
    tags = [draw(st.sampled_from(["NN", "VB", "VBN", "TO", "$", "IN"])) for _ in range(size)]
    words = [
        draw(st.sampled_from(["be", "as", "well", "such", "to", "of", "-", "help", "more"]))
        for _ in range(size)
    ]
    return heads, labels, pos, tags, words


@settings(max_examples=100, deadline=None)
@given(sentences=st.lists(trees(), min_size=1, max_size=3))
def test_every_tree_stays_a_tree(nlp: Language, sentences: list[Tree]) -> None:
    starts = [sum(len(tree[0]) for tree in sentences[:number]) for number in range(len(sentences))]
    doc = Doc(
        nlp.vocab,
        words=[word for tree in sentences for word in tree[4]],
        heads=[start + head for start, tree in zip(starts, sentences, strict=True) for head in tree[0]],
        deps=[label for tree in sentences for label in tree[1]],
        pos=[pos for tree in sentences for pos in tree[2]],
        tags=[tag for tree in sentences for tag in tree[3]],
        lemmas=[word for tree in sentences for word in tree[4]],
        ents=["B-PERSON" if n % 4 == 0 else "I-PERSON" for tree in sentences for n in range(len(tree[0]))],
    )
    before = [(s.start, s.end) for s in doc.sents]
    convert(nlp, doc)
    assert [(s.start, s.end) for s in doc.sents] == before
    for start, end in zip(starts, [*starts[1:], len(doc)], strict=True):
        roots = [t for t in doc[start:end] if t.head.i == t.i]
        assert [t.dep_ for t in roots] == ["ROOT"]
        assert sorted(t.i for t in roots[0].subtree) == list(range(start, end))
    assert not {t.dep_ for t in doc} & CLEARNLP_ONLY
