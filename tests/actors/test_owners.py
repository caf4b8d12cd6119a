from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from tests.actors.test_actors import meant


def test_a_body_with_a_clitic_belongs_to_whom_the_clitic_means(indonesian: Callable[[str], Doc]) -> None:
    doc = indonesian("Peru mengirim militernya ke pulau itu.")
    body = next(m for m in doc._.mentions if m.cls == "ArmedForce")
    assert doc._.actors[body.actor].name == "Peruvian armed forces"
    assert body.belongs_to is not None
    assert doc._.actors[doc._.mentions[body.belongs_to].actor].name == "Peru"


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
