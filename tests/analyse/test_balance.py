"""Structural balance by hand, and against counting all triples."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analyse import Selection, balance
from kg.errors import QueryError
from tests.analyse.graphs import claim, graph_of

FOR, AGAINST = "aids", "attacks"  # +.7 and −.9


@pytest.mark.parametrize(
    ("ab", "bc", "ac", "kind", "balanced"),
    [
        (FOR, FOR, FOR, "+++", 1),
        (FOR, FOR, AGAINST, "++-", 0),
        (FOR, AGAINST, AGAINST, "+--", 1),
        (AGAINST, AGAINST, AGAINST, "---", 0),
    ],
)
def test_the_four_triangles(ab: str, bc: str, ac: str, kind: str, balanced: int) -> None:
    found = balance(graph_of(f"A {ab} B", f"C {bc} B", f"A {ac} C"))
    assert (found.triangles, found.balanced, found.share) == (1, balanced, balanced)
    assert {name for name, number in found.kinds if number} == {kind}
    assert [triangle.kind for triangle in found.unbalanced] == ([] if balanced else [kind])


def test_a_tie_has_the_sign_of_all_its_statements_and_a_quote_for_it() -> None:
    graph = graph_of(
        claim("A aids B", confidence=0.99),
        claim("B attacks A", confidence=0.8),
        claim("A attacks B", confidence=0.9),
        "B aids C",
        "C aids A",
    )
    (triangle,) = balance(graph).unbalanced
    assert triangle.kind == "++-"
    assert triangle.strength == 0.7
    (tie,) = [tie for tie in triangle.ties if tie.strength < 0]
    assert (tie.one_name, tie.two_name, tie.strength, tie.statements) == ("A", "B", -1.1, 3)
    assert tie.quote.quote == "A attacks B"


def test_what_sums_up_to_nothing_is_no_tie() -> None:
    # meets .1 + visits .2 = .3, as much as criticises takes; floats alone would leave a crumb
    graph = graph_of("A meets B", "A visits B", "A criticises B", "B aids C", "C aids A")
    assert balance(graph).triangles == 0
    assert balance(graph).share is None


def test_the_most_unbalanced_come_first() -> None:
    weak = ["A meets B", "B meets C", "A criticises C"]
    strong = ["D fights E", "E fights F", "D fights F"]
    found = balance(graph_of(*weak, *strong))
    assert [triangle.strength for triangle in found.unbalanced] == [1.0, 0.1]
    assert len(balance(graph_of(*weak, *strong), top=1).unbalanced) == 1


def test_structure_and_denials_have_no_sign() -> None:
    graph = graph_of("A partOf B", "B aids C", "C aids A", claim("A attacks B", negated=True))
    assert balance(graph).triangles == 0
    with pytest.raises(QueryError):
        balance(graph, Selection(negated="only"))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.dictionaries(st.sampled_from(list(itertools.combinations("ABCDEFG", 2))), st.booleans()))
def test_the_same_as_going_through_all_triples(ties: dict[tuple[str, str], bool]) -> None:
    if not ties:
        return
    graph = graph_of(*(f"{a} {FOR if friends else AGAINST} {b}" for (a, b), friends in ties.items()))
    total = good = 0
    for a, b, c in itertools.combinations("ABCDEFG", 3):
        signs = [ties.get(pair) for pair in ((a, b), (b, c), (a, c))]
        if None not in signs:
            total += 1
            good += signs.count(False) % 2 == 0
    found = balance(graph, top=1000)
    assert (found.triangles, found.balanced) == (total, good)
    assert len(found.unbalanced) == total - good
    assert sum(number for _, number in found.kinds) == total


def test_expected_by_trying_every_way_to_lay_the_signs() -> None:
    pairs = list(itertools.combinations("ABCD", 2))
    signs = (FOR, FOR, FOR, AGAINST, AGAINST, AGAINST)
    shares = []
    for order in sorted(set(itertools.permutations(signs))):
        found = balance(graph_of(*(f"{a} {sign} {b}" for (a, b), sign in zip(pairs, order, strict=True))))
        shares.append(found.share or 0.0)
        assert found.expected == pytest.approx(0.5)
    assert len(shares) == 20
    assert sum(shares) / len(shares) == pytest.approx(0.5)
