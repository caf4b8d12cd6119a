"""An actor by whatever a user calls it."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.ids import wikidata
from kg.model import Actor
from kg.naming import find_actor

SAMOA = Actor(id=wikidata("Q16641"), name="American Samoa", cls="State", aliases=("as",))
STATES = Actor(
    id=wikidata("Q30"),
    name="United States",
    cls="State",
    labels=(("en", "United States"), ("id", "Amerika Serikat")),
    aliases=("AS", "U.S."),
)
BROOK = Actor(id="https://w3id.org/polkg/actor/Person/brook", name="Brook", cls="Person")
OTHER = Actor(
    id="https://w3id.org/polkg/actor/Company/brook", name="BROOK", cls="Company", aliases=("Brook",)
)
ACTORS = {actor.id: actor for actor in (SAMOA, STATES, BROOK, OTHER)}


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("Q30", STATES),
        ("wd:Q30", STATES),
        ("http://www.wikidata.org/entity/Q30", STATES),
        ("amerika serikat", STATES),
        ("the US", STATES),
        ("AS", STATES),  # case decides
        ("as", SAMOA),
        ("Brook", BROOK),  # a label goes before an alias
        (" American  samoa ", SAMOA),
    ],
)
def test_one_is_meant(words: str, actor: Actor) -> None:
    assert find_actor(words, ACTORS) == actor.id


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("Q31", "the graph has no actor 'Q31'"),
        ("https://example.org/x", "the graph has no actor"),
        ("brook", "'brook' may be https://w3id.org/polkg/actor/Company/brook, https://w3id.org"),
        ("Unted States", "no actor is named 'Unted States'; close: United States"),
        ("!", "no actor is named '!'"),
    ],
)
def test_none_or_several_are_meant(words: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        find_actor(words, ACTORS)
