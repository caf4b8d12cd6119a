"""A graph whose values try to break every format, one kind of difficulty a statement.

Each kind has a letter, by which `docs/formats.md` says what a format changes. Values of the first kind are
ordinary: a format that changes one of them has lost the field. Half surrogate pairs are left out: reading
refuses them, and UTF-8 cannot hold them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from kg.graph import Extraction, KnowledgeGraph, Source
from kg.ids import digest, minted
from kg.model import CERTAINTIES, MODALITIES, STATUSES, Actor, Mention, Span, Statement, Time

ORDINARY: Final = ""
# In each value `@` stands for the field, so that no two fields of a statement hold the same.
VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    ORDINARY: ("@ Jakarta", "perundingan @", "«naïve» – café @"),
    "q": (
        "\"@\" 'said' ‘so’ \\ \\\\ `x`",
        "<b>@</b> &amp; & ]]> <!-- -->",
        "{$@} ${x} %00 %s \\u0041 \\n #1 --",
        "'''@\"\"\"'; DROP TABLE news",
    ),
    "s": ("@; a,b;c", "@ | b|c \\| d", "one … @ … three", "a::@:b\u241fc/../d"),
    "l": ("@\ntwo", "@\r\ntwo", "@\rtwo", "@\ttwo", "\n@\n\n"),
    "w": ("  @  two  ", "\u00a0@\u3000\u2003"),
    "u": ("@ 🚀👩‍👩‍👧 e\u0301 é 東京 𝔾", "\u202eحزب\u202c @ \u200fים", "@ \u2028 \u2029 \u200b"),
    "c": ("@ \x01 \x0b \x1b[31m", "@ \x1f", "@ \ufffe \uffff", "\ufeff@ \x7f \x85 \x9f"),
    "z": ("@ \x00 nul",),
}
# What other programs take for null, numbers, truth or dates; as it is, without the field's name.
ALIKE: Final = ("null", "NULL", "None", "NaN", "NA", "true", "0042", "1e5", "2025-01-01", "\\N", "[]", "=1+1")
OTHERS: Final[Mapping[str, str]] = {
    "n": "values that look like null, numbers, truth or dates",
    "e": "an empty text and none at all",
    "o": "several pieces of evidence, out of order or twice",
    "f": "floating-point numbers with many digits",
}
MEANING: Final[Mapping[str, str]] = {
    "q": "quotes, backslashes and markup",
    "s": "separators: `;` `,` `|` `…`",
    "l": "line breaks and tabs",
    "w": "spaces at the ends",
    "u": "emoji, right-to-left and other scripts, line separators",
    "c": "control characters and noncharacters",
    "z": "the character NUL",
    **OTHERS,
}
TYPES: Final = ("attacks", "partnerOf", "regardsAsRival", "holdsOffice", "criticises", "sanctions", "meets")
TIMES: Final = (
    Time(start="2024", end="2025-06"),
    Time(start="2025-01-21", end="2025-01-21"),
    Time(end="2023-12"),
    Time(start="1999-02"),
    Time(),
)
FLOATS: Final = (1 / 3, 0.1 + 0.2, 1e-9, 0.9999999999999999, 1.0, 0.0)


def hostile() -> tuple[KnowledgeGraph, dict[str, str]]:
    """Return the graph, and the letter of each statement by its id."""
    graph, letters = KnowledgeGraph(), {}
    for number, (letter, changes) in enumerate(_cases()):
        extraction = _extraction(number, changes)
        graph.add(extraction)
        letters[extraction.statements[0].id] = letter
    return graph, letters


def _cases() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield letter and values: `text` for all texts of a statement, or fields of it by name."""
    for letter, texts in VALUES.items():
        for text in texts:
            yield letter, {"text": text}
    for text in ALIKE:
        yield "n", {"text": text}
    nothing: dict[str, Any] = {
        "office": None,
        "characterisation": None,
        "attributed_to": None,
        "time": Time(),
    }
    yield "e", {"text": "@", **nothing}
    empty = {"office": "", "characterisation": "", "extractor": "", "time": Time(start="2025", text="")}
    yield "e", {"text": "@", **empty}
    yield "o", {"text": "@", "pieces": (2, 0, 1)}
    yield "o", {"text": "@ … b", "pieces": (0, 1, 1)}
    yield ORDINARY, {"text": "@", "pieces": (0, 1, 2)}
    for number in FLOATS:
        yield "f", {"text": "@", "confidence": number}


def _extraction(number: int, changes: Mapping[str, Any]) -> Extraction:
    text: str = changes["text"]
    own = {key: value for key, value in changes.items() if key not in ("text", "pieces")}

    def filled(field: str) -> str:
        return text.replace("@", field)

    source, target, claimant = (
        _actor(f"{number} {role}", name=filled(role)) for role in ("source", "target", "claimant")
    )
    odd = replace(source, id=f"http://example.org/odd {filled('id')} {number}")
    spans = _Spans()
    trigger, here, there, sentence = (
        spans.next(filled(role)) for role in ("trigger", "source mention", "target mention", "sentence")
    )
    pieces = [spans.next(filled(f"evidence {i}")) for i in range(3)]
    document = f"{filled('document')} {number}"
    statement = Statement(
        id=digest("loss", str(number))[:16],
        document=document,
        type=TYPES[number % len(TYPES)],
        source=odd.id,
        target=target.id,
        source_mention=here,
        target_mention=there,
        trigger=trigger,
        evidence=tuple(pieces[i] for i in changes.get("pieces", (0,))),
        sentence=sentence,
        attributed_to=claimant.id,
        negated=number % 2 == 0,
        modality=MODALITIES[number % len(MODALITIES)],
        status=STATUSES[number % len(STATUSES)],
        certainty=CERTAINTIES[number % len(CERTAINTIES)],
        time=replace(TIMES[number % len(TIMES)], text=filled("time")),
        office=filled("office"),
        characterisation=filled("characterisation"),
        confidence=0.25 + (number % 3) / 4,
        extractor=filled("frames/0.1.0+"),
        inferred=number % 3 == 0,
    )
    statement = replace(statement, **own)
    actors = sorted((odd, target, claimant), key=lambda actor: actor.id)
    mentions = [
        Mention(document=document, span=span, form="name", actor=actor.id)
        for span, actor in ((here, odd), (there, target))
    ]
    return Extraction(
        source=_source(document, filled, number=number, length=spans.end),
        actors=tuple(actors),
        mentions=tuple(mentions),
        statements=(statement,),
    )


def _actor(key: str, *, name: str) -> Actor:
    return Actor(
        id=minted(f"{key} {name}", "ActorGroup"),
        name=name,
        cls="ActorGroup",
        labels=(("en", name), ("id", f"{name}?")),
        aliases=tuple(sorted({f"{name} one", f"{name} two"})),
    )


def _source(document: str, filled: Any, *, number: int, length: int) -> Source:
    return Source(
        id=document,
        lang=("en", "id")[number % 2],
        title=filled("title"),
        published=f"2025-03-{number % 28 + 1:02}",
        url=filled("url"),
        publisher=filled("publisher"),
        sha256=hashlib.sha256(str(number).encode()).hexdigest(),
        length=length,
    )


class _Spans:
    """Spans one behind the other, as if all of them stood in one text."""

    def __init__(self) -> None:
        self.end = 0

    def next(self, text: str) -> Span:
        start = self.end + 1
        self.end = start + len(text)
        return Span(start, self.end, text)


def letters_in_order(found: Sequence[str] | set[str]) -> str:
    """Return the letters as the table writes them."""
    return "".join(letter for letter in MEANING if letter in found)
