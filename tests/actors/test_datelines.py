import pytest

from kg.actors.datelines import dateline_state
from kg.annotating import annotate
from kg.model import Document

BODY = (
    "Defence Minister Ola Berg told lawmakers on Monday that Peru and Chile would both get the new boats, "
    "and that two more had been ordered for Ghana."
)


def written_in(text: str) -> str:
    return dateline_state(next(iter(annotate([Document(id="d", text=text, lang="en")]))))


@pytest.mark.parametrize(("place", "state"), [("SANTIAGO (Reuters)", "cl"), ("JAKARTA, Kompas.com", "id")])
def test_a_dateline_tells_the_state(place: str, state: str) -> None:
    assert written_in(f"{place} - {BODY}") == state


def test_a_city_that_is_no_seat_of_government_tells_none() -> None:
    assert written_in(f"AREQUIPA (Reuters) - {BODY}") == ""


def test_a_text_without_a_dateline_tells_none() -> None:
    assert written_in(BODY) == ""


def test_a_minister_of_no_state_is_of_the_one_that_a_text_is_written_in() -> None:
    doc = next(iter(annotate([Document(id="d", text=f"SANTIAGO (Reuters) - {BODY}", lang="en")])))
    bodies = [title.body for title in doc._.titles]
    assert [doc._.mentions[body].actor for body in bodies if body is not None] == [
        "http://www.wikidata.org/entity/Q298"
    ]
