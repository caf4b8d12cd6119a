"""An office that its holder had left on the day of publication is past, though the title does not say so."""

import datetime

import pytest

from kg.actors.component import make
from kg.mentions.component import make as make_mentions
from kg.model import Document, Status
from kg.understand import pipeline


def status(text: str, *, published: datetime.date | None) -> Status:
    nlp = pipeline("id")
    doc = nlp(text)
    doc._.document = Document(id="d", text=text, lang="id", published=published)
    make(nlp, "kg_actors")(make_mentions(nlp, "kg_mentions")(doc))
    first: Status = doc._.titles[0].status
    return first


@pytest.mark.parametrize(
    ("title", "published", "expected"),
    [
        ("Presiden", datetime.date(2020, 1, 1), "current"),
        ("Presiden", datetime.date(2025, 1, 1), "past"),
        ("Presiden", None, "current"),
        ("Presiden ke-7", None, "past"),
        ("Presiden ke-7", datetime.date(2020, 1, 1), "current"),
        ("Mantan Presiden", None, "past"),
    ],
)
def test_an_office_goes_by_the_terms_and_the_day(
    title: str, published: datetime.date | None, expected: Status
) -> None:
    assert status(f"{title} Indonesia Joko Widodo bertemu Merkel.", published=published) == expected


def test_a_counted_president_who_holds_the_office_still_holds_it() -> None:
    assert status("Presiden ke-8 RI Prabowo Subianto bertemu Merkel.", published=None) == "current"
