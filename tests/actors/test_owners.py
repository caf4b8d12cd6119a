import datetime

from spacy.tokens import Doc

from kg.actors.component import make
from kg.mentions.component import make as make_mentions
from kg.model import Document
from kg.understand import pipeline


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
