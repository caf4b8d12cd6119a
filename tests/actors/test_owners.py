import datetime
from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kg.actors.component import make
from kg.mentions.component import make as make_mentions
from kg.model import Document
from kg.understand import pipeline
from tests.actors.test_actors import meant


def test_a_body_with_a_clitic_belongs_to_whom_the_clitic_means() -> None:
    nlp = pipeline("id")
    text = "Jepang mengirim militernya ke pulau itu."
    doc: Doc = nlp(text)
    doc._.document = Document(id="d", text=text, lang="id", published=datetime.date(2007, 3, 1))
    make(nlp, "kg_actors")(make_mentions(nlp, "kg_mentions")(doc))
    body = next(m for m in doc._.mentions if m.cls == "ArmedForce")
    assert doc._.actors[body.actor].name == "Japanese armed forces"
    assert body.belongs_to is not None
    assert doc._.actors[doc._.mentions[body.belongs_to].actor].name == "Japan"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The government in Baghdad condemned Iran.", "government", "Iraqi government"),
        ("Police in Kenya arrested Okoth.", "Police", "Kenyan police"),
        ("Police in Nairobi arrested Okoth.", "Police", "Police"),
        ("The embassy in Nairobi thanked Peru.", "embassy", "embassy"),
    ],
)
def test_where_a_body_sits(english: Callable[[str], Doc], text: str, words: str, name: str) -> None:
    assert meant(english(text), words).name == name
