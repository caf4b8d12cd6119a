"""Every text with something to learn or to score from, as samples in the tokens of the pipelines."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.understand.indonesian_tokens import IndonesianTokenizer
from training import corpus
from training.encoder.relations import Pair, read_relations
from training.encoder.teacher import load_teacher
from training.indonesian_data import (
    UNKNOWN,
    Sentence,
    Token,
    harmonise,
    read_entities,
    read_treebank,
    recut,
    tie,
)

Span = tuple[int, int, str]
Cut = Callable[[str], Doc]

NEWS, LICENSED = 1454, 3124
"""`ner/train.conll`: idner2k, then NERGrit up to here; the rest states no licence and is not learned from."""
WINDOW = 120
TIMES = {"actors": 8, "own": 3}
RAW = 60_000
TREES = {"id_csui-ud-train": 12, "id_pud-ud-test": 8, "id_gsd-ud-dev": 6, "en_ewt-ud-train": 3}
TESTS = {"id": ("id_csui-ud-test", "id_gsd-ud-test"), "en": ("en_ewt-ud-test", "en_pud-ud-test")}
_ENTITY_OF_CLASS = {
    "State": "LOC",
    "Person": "PER",
    "GovernmentBody": "ORG",
    "IntergovernmentalOrganisation": "ORG",
    "PoliticalParty": "ORG",
    "ArmedForce": "ORG",
    "ArmedGroup": "ORG",
    "MediaOrganisation": "ORG",
    "Company": "ORG",
    "CivilOrganisation": "ORG",
}
SILENT = "?"
"""Features of which nothing is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Some tokens with what is known of them; `spans` are actor mentions, None where nobody marked them.

    `sentence` says that the tokens are exactly one sentence; `times` how many varied copies training makes.
    `mentions` and `bounds` are the mentions that the pipeline finds and its sentences, labelled by number,
    `places` the characters of the mentions in `text`, and `pairs` is what statements say of them.
    """

    corpus: str
    language: str
    tokens: Sentence
    spans: tuple[Span, ...] | None = None
    sentence: bool = False
    times: int = 1
    text: str = ""
    mentions: tuple[Span, ...] = ()
    bounds: tuple[Span, ...] = ()
    sentences: tuple[int, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    pairs: tuple[Pair, ...] = ()


def read_samples(data: Path, bench: Path) -> Iterator[Sample]:
    """Yield training samples, then test samples, whose corpus names begin with "test:"."""
    cuts: dict[str, Cut] = {
        "id": IndonesianTokenizer(spacy.blank("id").vocab),
        "en": spacy.blank("en").make_doc,
    }
    nlp = load_teacher()
    states = state_words(data / "gaz" / "states.jsonl")
    tests = [*_tests(data, cuts), *_actors(_part(bench, "dev"), cuts, states, name="test:actors")]
    seen = {_key(sample.tokens) for sample in tests}
    dev = {row["id"] for row in rows(bench / "dev.documents.jsonl")}
    training = chain(
        _trees(data, cuts, nlp),
        _entities(data, cuts["id"]),
        _news(data / "text" / "panl_int.jsonl", cuts["en"], nlp, dev),
        read_actors(bench, cuts, states),
        _raw(data / "text", cuts["id"], dev),
    )
    yield from (sample for sample in training if _key(sample.tokens) not in seen)
    yield from tests


def _trees(data: Path, cuts: dict[str, Cut], nlp: Language) -> Iterator[Sample]:
    for name, times in TREES.items():
        language = name[:2]
        cut = (recut(t, w, cuts[language]) for t, w in read_treebank(data / "ud" / f"{name}.conllu"))
        found = [harmonise(s) if language == "id" else s for s in cut if s]
        if language == "en":
            silver = list(_silver(nlp, found))
            for tokens in silver:
                yield Sample(corpus="ewt_silver", language=language, tokens=tokens, sentence=True)
            found = [_with_names(gold, other) for gold, other in zip(found, silver, strict=True)]
        for tokens in found:
            yield Sample(corpus=name, language=language, tokens=tokens, sentence=True, times=times)


def _entities(data: Path, cut: Cut) -> Iterator[Sample]:
    for number, pairs in enumerate(list(read_entities(data / "ner" / "train.conll"))[:LICENSED]):
        tokens = tie(pairs, cut)
        corpus = "idner2k" if number < NEWS else "nergrit"
        if 2 < len(tokens) <= 2 * WINDOW:
            yield Sample(corpus=corpus, language="id", tokens=tokens, times=8)


def _news(path: Path, cut: Cut, nlp: Language, dev: set[str]) -> Iterator[Sample]:
    plain = [_plain(cut(row["en"])) for row in rows(path) if f"{row['id']}.en" not in dev]
    for tokens in _silver(nlp, [t for t in plain if 2 < len(t) <= WINDOW]):
        yield Sample(corpus="panl", language="en", tokens=tokens, sentence=True, times=2)


def _raw(texts: Path, cut: Cut, dev: set[str]) -> Iterator[Sample]:
    """Yield unmarked Indonesian text, paragraph by paragraph, of which teachers say what they think."""
    lines = [r["id_text"] for r in rows(texts / "panl_int.jsonl") if f"{r['id']}.id" not in dev]
    for row in rows(texts / "kompas_2025.jsonl"):
        lines.extend(line for line in row["text"].split("\n") if len(line) > 30)
    for line in lines[:RAW]:
        tokens = _plain(cut(line))[:WINDOW]
        if len(tokens) > 4:
            yield Sample(corpus="raw", language="id", tokens=tokens)


def _tests(data: Path, cuts: dict[str, Cut]) -> Iterator[Sample]:
    for language, names in TESTS.items():
        for name in names:
            for _, words in read_treebank(data / "ud" / f"{name}.conllu"):
                tokens = harmonise(words) if language == "id" else words
                yield Sample(corpus=f"test:{name}", language=language, tokens=tokens, sentence=True)
            for text, words in read_treebank(data / "ud" / f"{name}.conllu"):
                cut = recut(text, words, cuts[language])
                if cut:
                    cut = harmonise(cut) if language == "id" else cut
                    yield Sample(corpus=f"test:{name}:cut", language=language, tokens=cut, sentence=True)
    for name in ("idner2k", "nergrit", "nerui"):
        for pairs in read_entities(data / "ner" / f"test_{name}.conll"):
            tokens = tuple(Token(form=word, entity=tag) for word, tag in pairs)
            yield Sample(corpus=f"test:{name}", language="id", tokens=tokens)


def _silver(nlp: Language, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences with tags, trees and names of the teacher; its features are not learned."""
    docs = []
    for sentence in sentences:
        doc = Doc(nlp.vocab, words=[t.form for t in sentence], spaces=[t.space for t in sentence])
        for token in doc:
            token.is_sent_start = token.i == 0
        docs.append(doc)
    for sentence, doc in zip(sentences, nlp.pipe(docs, batch_size=256), strict=True):
        yield tuple(
            replace(
                old,
                pos=new.pos_,
                feats=SILENT,
                head=new.head.i,
                dep=new.dep_,
                entity=f"{new.ent_iob_}-{new.ent_type_}" if new.ent_type_ else "O",
            )
            for old, new in zip(sentence, doc, strict=True)
        )


def _with_names(gold: Sentence, silver: Sentence) -> Sentence:
    return tuple(replace(t, entity=other.entity) for t, other in zip(gold, silver, strict=True))


def read_actors(bench: Path, cuts: dict[str, Cut], states: frozenset[str]) -> Iterator[Sample]:
    """Yield the texts with statements to learn from: the benchmark's, then our own.

    Mentions are learned from the benchmark's alone: what a body knows by heart of the sentences from which it
    then learns relations, it misses in others.
    """
    yield from _actors(_part(bench, "train"), cuts, states, name="actors")
    with tempfile.TemporaryDirectory() as folder:
        yield from _actors(corpus.write(Path(folder)), cuts, states, name="own")


def _part(bench: Path, name: str) -> tuple[Path, Path]:
    return bench / f"{name}.gold.jsonl", bench / f"{name}.documents.jsonl"


def _actors(
    files: tuple[Path, Path], cuts: dict[str, Cut], states: frozenset[str], *, name: str
) -> Iterator[Sample]:
    """Yield texts with every place where a surface of an actor stands, as a corpus of that name."""
    gold = {row["id"]: row["actors"] for row in rows(files[0])}
    documents = list(rows(files[1]))
    small = {w for d in documents for w in re.findall(r"\b[a-z]+\b", d["text"])}
    related = read_relations(*files)
    for row in documents:
        doc = cuts[row["lang"]](row["text"])
        marked = _marked(doc, gold[row["id"]])
        tags = _tags(doc, marked, small, states)
        for start, end in _windows(doc):
            places = [n for n in range(start, end) if not doc[n].is_space]
            new = {old: n for n, old in enumerate(places)}
            tokens = tuple(
                Token(
                    form=doc[n].text,
                    space=bool(doc[n].whitespace_) or (n + 1 < len(doc) and doc[n + 1].is_space),
                    entity=tags[n],
                )
                for n in places
            )
            spans = tuple(
                sorted((new[a], new[b - 1] + 1, c) for (a, b), c in marked.items() if a >= start and b <= end)
            )
            if len(tokens) > 2:
                found = related[row["id"]]
                yield Sample(
                    corpus=name,
                    language=row["lang"],
                    tokens=tokens,
                    spans=spans,
                    times=TIMES.get(name, 1),
                    text=row["id"],
                    mentions=_within(doc, found.mentions, new),
                    bounds=_within(doc, found.bounds, new),
                    sentences=found.sentences,
                    places=found.mentions,
                    pairs=found.pairs,
                )


def _within(doc: Doc, places: Iterable[tuple[int, int]], new: dict[int, int]) -> tuple[Span, ...]:
    """Return the places of characters, by number, that lie in a window as tokens of it."""
    out = []
    for number, (start, end) in enumerate(places):
        span = doc.char_span(start, end, alignment_mode="expand")
        inside = [new[t.i] for t in span or () if t.i in new]
        if inside and len(inside) == sum(not t.is_space for t in span or ()):
            out.append((inside[0], inside[-1] + 1, str(number)))
    return tuple(out)


def _marked(doc: Doc, actors: dict[str, Any]) -> dict[tuple[int, int], str]:
    out: dict[tuple[int, int], str] = {}
    for actor in actors.values():
        for surface in actor["surfaces"]:
            for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", doc.text):
                span = doc.char_span(*match.span())
                if span is not None:
                    out.setdefault((span.start, span.end), actor["class"])
    return out


def _tags(doc: Doc, marked: dict[tuple[int, int], str], small: set[str], states: frozenset[str]) -> list[str]:
    """Return entity tags from actors' names; other capitalised words may be names: nobody knows."""
    tags = [UNKNOWN if t.text[:1].isupper() else "O" for t in doc]
    for (start, end), kind in sorted(marked.items(), key=lambda item: item[0][0] - item[0][1]):
        label = _ENTITY_OF_CLASS.get(kind)
        words = doc[start:end]
        named = all(t.text[:1].isupper() and not (t.lower_ in small and t.i == 0) for t in words)
        adjective = kind == "State" and not all(t.text in states for t in words)
        if label and named and not adjective and all(tags[n] == UNKNOWN for n in range(start, end)):
            tags[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
    return tags


def _windows(doc: Doc) -> Iterator[tuple[int, int]]:
    """Cut at line ends into pieces of about `WINDOW` tokens; a longer line is cut after a full stop."""
    start = 0
    for token in doc:
        size = token.i + 1 - start
        line = token.is_space and "\n" in token.text
        if (line and size > WINDOW // 2) or (size > WINDOW and token.text == "."):
            yield start, token.i + 1
            start = token.i + 1
    if start < len(doc):
        yield start, len(doc)


def state_words(path: Path) -> frozenset[str]:
    """Return the capitalised words of states' names in both languages."""
    names: set[str] = {"AS", "US", "U.S.", "UK", "RI", "Cina", "China", "Tiongkok", "Inggris", "Britain"}
    for row in rows(path):
        for code in ("id", "en"):
            names.add(row["names"].get(code) or "")
    return frozenset(word for name in names for word in name.split() if word[:1].isupper())


def _plain(doc: Doc) -> Sentence:
    return tuple(Token(form=t.text, space=bool(t.whitespace_)) for t in doc if not t.is_space)


def _key(tokens: Iterable[Token]) -> str:
    return " ".join(t.form for t in tokens).lower()


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file."""
    for line in path.read_text("utf8").splitlines():
        yield json.loads(line)
