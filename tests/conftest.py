"""Graphs built by hand, with sentences of our own, for every test that needs one."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from kg.graph import Extraction, KnowledgeGraph, Source
from kg.ids import digest, minted, wikidata
from kg.model import Actor, Document, Mention, Span, Statement, Time

INDONESIA = Actor(
    id=wikidata("Q252"),
    name="Indonesia",
    cls="State",
    labels=(("en", "Indonesia"), ("id", "Indonesia")),
    aliases=("RI", "Republik Indonesia"),
)
NORWAY = Actor(
    id=wikidata("Q20"),
    name="Norway",
    cls="State",
    labels=(("en", "Norway"), ("id", "Norwegia")),
    aliases=("Oslo",),
)
CHINA = Actor(
    id=wikidata("Q148"),
    name="China",
    cls="State",
    labels=(("en", "China"), ("id", "Tiongkok")),
    aliases=("Beijing", "RRT"),
)
NATO = Actor(
    id=wikidata("Q7184"),
    name="NATO",
    cls="IntergovernmentalOrganisation",
    labels=(("en", "NATO"), ("id", "NATO")),
    aliases=("Pakta Pertahanan Atlantik Utara",),
)
MINISTER = Actor(id=minted("Ratna Wibowo", "Person"), name="Ratna Wibowo", cls="Person", aliases=("Wibowo",))
FLEET = Actor(id=minted("Borneo Fleet", "ArmedForce"), name="Borneo Fleet", cls="ArmedForce")

ENGLISH = Document(
    id="harbour-talks",
    lang="en",
    title="Norway and Indonesia talk in the harbour",
    url="https://news.example/harbour?page=1&lang=en",
    publisher="Harbour Post",
    text=(
        "Norway and Indonesia opened a maritime partnership in March 2024. "
        "Oslo did not sanction Beijing. "
        "Indonesian foreign minister Ratna Wibowo said China attacked the Borneo Fleet. "
        "NATO may train the Borneo Fleet.\n\n"
        "“Norway is our truest friend,” Wibowo said."
    ),
)
INDONESIAN = Document(
    id="berita/kapal 7",
    lang="id",
    title="Tiongkok dipandang saingan",
    publisher="Kabar Dermaga",
    text=(
        "Norwegia memandang Tiongkok sebagai saingan paling gigih. "
        "Mantan menteri luar negeri RI Ratna Wibowo mengecam NATO pada 21 Januari 2025. "
        "Beijing membantah telah mengancam Oslo."
    ),
)
HOSTILE_NAMES = (
    "Front \"Satu\" 'Dua' \\ tiga",
    "Partai\nBaris\tBaru\r",
    "<script>alert('x')</script> & Co. ]]>",
    "Gerakan 🚀👩‍👩‍👧 Émoji; a;b,c",
    "حزب \u202eالبحر\u202c \u200f",
    "lone\x01control\x0b\x1f\x7f\u0085\ufeff",
    "nul\x00byte",
    "{$id} ${x} %00 `tick` | pipe",
    "=HYPERLINK(1)",
    "'''\"\"\" \\u0041 \\",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Yield the system's Chromium, drawing in software; playwright allows but one a process."""
    chromium = shutil.which("chromium")
    assert chromium, "these tests need Chromium"
    with sync_playwright() as playwright:
        args = ["--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader"]
        args += ["--force-prefers-reduced-motion"]
        found = playwright.chromium.launch(executable_path=chromium, args=args)
        yield found
        found.close()


@pytest.fixture
def small_graph() -> KnowledgeGraph:
    """Return two documents, one in each language, whose statements use every field of the model."""
    english = _builder(ENGLISH, published=date(2024, 3, 5))
    indonesian = _builder(INDONESIAN, published=date(2025, 1, 22))
    graph = KnowledgeGraph()
    graph.add(
        english(
            _claim(
                type="partnerOf",
                source=(NORWAY, "Norway"),
                target=(INDONESIA, "Indonesia"),
                trigger="partnership",
                confidence=0.93,
                time=Time(start="2024-03", end="2024-03", text="in March 2024"),
                evidence=("Norway and Indonesia opened a maritime partnership in March 2024",),
            ),
            _claim(
                type="sanctions",
                source=(NORWAY, "Oslo"),
                target=(CHINA, "Beijing"),
                trigger="sanction",
                negated=True,
                evidence=("Oslo did not sanction Beijing",),
                forms=("metonym", "metonym"),
            ),
            _claim(
                type="holdsOffice",
                source=(MINISTER, "Ratna Wibowo"),
                target=(INDONESIA, "Indonesian"),
                trigger="foreign minister",
                office="foreign minister",
                forms=("name", "demonym"),
                evidence=("Indonesian foreign minister Ratna Wibowo",),
            ),
            _claim(
                type="attacks",
                source=(CHINA, "China"),
                target=(FLEET, "Borneo Fleet"),
                trigger="attacked",
                attributed_to=MINISTER.id,
                confidence=0.8,
                certainty="probable",
                evidence=("China attacked the Borneo Fleet", "Indonesian foreign minister Ratna Wibowo said"),
            ),
            _claim(
                type="attacks",
                source=(CHINA, "China"),
                target=(FLEET, "Borneo Fleet"),
                trigger="attacked",
                attributed_to=NATO.id,
                confidence=0.7,
                evidence=("China attacked the Borneo Fleet",),
            ),
            _claim(
                type="arms",
                source=(NATO, "NATO"),
                target=(FLEET, "Borneo Fleet"),
                trigger="train",
                modality="hypothetical",
                status="future",
                certainty="possible",
                forms=("acronym", "name"),
                evidence=("NATO may train the Borneo Fleet",),
            ),
            _claim(
                type="regardsAsFriend",
                source=(MINISTER, "Wibowo"),
                target=(NORWAY, "Norway"),
                trigger="friend",
                characterisation="our truest friend",
                attributed_to=MINISTER.id,
                evidence=("“Norway is our truest friend,” Wibowo said.",),
            ),
        )
    )
    graph.add(
        indonesian(
            _claim(
                type="regardsAsRival",
                source=(NORWAY, "Norwegia"),
                target=(CHINA, "Tiongkok"),
                trigger="memandang",
                characterisation="saingan paling gigih",
                confidence=0.91,
                evidence=("Norwegia memandang Tiongkok sebagai saingan paling gigih",),
            ),
            _claim(
                type="holdsOffice",
                source=(MINISTER, "Ratna Wibowo"),
                target=(INDONESIA, "RI"),
                trigger="menteri luar negeri",
                office="menteri luar negeri",
                status="past",
                evidence=("Mantan menteri luar negeri RI Ratna Wibowo",),
                forms=("name", "acronym"),
            ),
            _claim(
                type="criticises",
                source=(MINISTER, "Ratna Wibowo"),
                target=(NATO, "NATO"),
                trigger="mengecam",
                time=Time(start="2025-01-21", end="2025-01-21", text="pada 21 Januari 2025"),
                evidence=("Ratna Wibowo mengecam NATO pada 21 Januari 2025",),
            ),
            _claim(
                type="threatens",
                source=(CHINA, "Beijing"),
                target=(NORWAY, "Oslo"),
                trigger="mengancam",
                negated=True,
                attributed_to=CHINA.id,
                inferred=True,
                forms=("metonym", "metonym"),
                evidence=("Beijing membantah telah mengancam Oslo",),
            ),
        )
    )
    return graph


@pytest.fixture
def hostile_graph() -> KnowledgeGraph:
    """Return a graph whose names, ids, titles and quotes try to break every format."""
    actors = [Actor(id=minted(name, "ActorGroup"), name=name, cls="ActorGroup") for name in HOSTILE_NAMES]
    odd = Actor(
        id='https://w3id.org/polkg/actor/odd "id" <é>\n\\{}|^`\x00#1',
        name="Odd id",
        cls="Company",
        labels=(("en", "Odd\nid"), ("not a tag!", "Aneh")),
        aliases=HOSTILE_NAMES,
    )
    actors.append(odd)
    sentences = [f"{one.name} → {two.name} menyerang." for one, two in itertools.pairwise(actors)]
    document = Document(
        id="../<doc> \"7\"\n'ü'\x00?#%41&;,|",
        lang="not a tag!",
        title='Judul "aneh" <b>&amp;</b>\n\x00\x1b[31m',
        url='https://news.example/a b?"q"=<>&x=\n',
        publisher="'; DROP TABLE news; --",
        text="\n".join(sentences),
    )
    rows: list[dict[str, Any]] = [
        _claim(
            type="attacks",
            source=(one, one.name),
            target=(two, two.name),
            trigger="menyerang",
            evidence=(sentence,),
            office=one.name,
            characterisation=two.name,
            time=Time(start=None, end=None, text=one.name),
            attributed_to=odd.id if number % 2 else None,
        )
        for number, (one, two, sentence) in enumerate(zip(actors, actors[1:], sentences, strict=False))
    ]
    graph = KnowledgeGraph()
    graph.add(_builder(document, published=None)(*rows))
    return graph


def _claim(**fields: Any) -> dict[str, Any]:
    return fields


def _builder(document: Document, *, published: Any) -> Callable[..., Extraction]:
    source = Source(
        id=document.id,
        lang=document.lang or "",
        title=document.title,
        published=published.isoformat() if published else None,
        url=document.url,
        publisher=document.publisher,
        sha256=hashlib.sha256(document.text.encode()).hexdigest(),
        length=len(document.text),
    )

    def build(*rows: dict[str, Any]) -> Extraction:
        actors: dict[str, Actor] = {}
        mentions: dict[tuple[Span, str], Mention] = {}
        statements = [_statement(document, row, mentions=mentions) for row in rows]
        for row in rows:
            for actor, _ in (row["source"], row["target"]):
                actors[actor.id] = actor
        return Extraction(
            source=source,
            actors=tuple(actors[key] for key in sorted(actors)),
            mentions=tuple(mentions[key] for key in sorted(mentions)),
            statements=tuple(statements),
        )

    return build


def _statement(
    document: Document, row: dict[str, Any], *, mentions: dict[tuple[Span, str], Mention]
) -> Statement:
    row = dict(row)
    evidence = tuple(_span(document.text, quote) for quote in row.pop("evidence"))
    sentence = _around(document.text, evidence[0])
    spans = []
    forms: Sequence[Any] = row.pop("forms", ("name", "name"))
    for (actor, words), form in zip((row.pop("source"), row.pop("target")), forms, strict=True):
        span = _span(document.text, words, within=sentence)
        mentions[(span, actor.id)] = Mention(document=document.id, span=span, form=form, actor=actor.id)
        spans.append((actor.id, span))
    (source, source_mention), (target, target_mention) = spans
    return Statement(
        id=digest(document.id, source, row["type"], target, repr(sorted(row.items())))[:16],
        document=document.id,
        source=source,
        target=target,
        source_mention=source_mention,
        target_mention=target_mention,
        trigger=_span(document.text, row.pop("trigger"), within=evidence[0]),
        evidence=evidence,
        sentence=sentence,
        extractor="frames/0.1.0",
        **row,
    )


def _span(text: str, words: str, *, within: Span | None = None) -> Span:
    start = text.index(words, within.start if within else 0)
    return Span(start, start + len(words), words)


def _around(text: str, span: Span) -> Span:
    breaks = [m.end() for m in re.finditer(r"\. |\n", text)]
    start = max((i for i in breaks if i <= span.start), default=0)
    stop = min((i - 1 for i in breaks if i > span.end), default=len(text))
    return Span(start, stop, text[start:stop])


@pytest.fixture
def two_languages(tmp_path: Path) -> Path:
    """A gold file that has its texts: the same statement in English and in Indonesian."""
    texts = {"en": "Brazil criticised Ecuador.", "id": "Brasil mengecam Ekuador."}
    actors = {"b": {"name": "Brazil", "qid": "Q155"}, "e": {"name": "Ecuador", "qid": "Q736"}}
    claim = {"source": "b", "type": "criticises", "target": "e"}
    gold = tmp_path / "gold.jsonl"
    items = [
        {"id": lang, "lang": lang, "text": text, "actors": actors, "statements": [claim]}
        for lang, text in texts.items()
    ]
    gold.write_text("".join(json.dumps(item) + "\n" for item in items), "utf8")
    return gold
