"""The component that reads every language with one encoder: tags, trees, sentences, names, actor mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, ships no types
from spacy.tokens import Doc, Span, SpanGroup

from kg.understand.doc import ACTORS
from kg.understand.encoder_model import MODEL, EncoderModel, Style
from kg.understand.encoder_names import best_tags
from kg.understand.encoder_readings import as_read
from kg.understand.encoder_trees import best_tree
from kg.understand.encoder_vocabulary import all_pieces, weights_file
from kg.understand.encoder_windows import Sentence, Stretch, sentences
from kg.understand.spaces import with_spaces, without_spaces

STYLES: dict[str, Style] = {"en": ("spacy", "spacy"), "id": ("csui", "actors")}
"""Whose habits the trees and names of a language follow; the shipped vocabulary reads these languages."""
OTHERS: Style = ("any", "any")
TOKENIZERS = {"id": "polkg.IndonesianTokenizer.v1", "ms": "polkg.IndonesianTokenizer.v1"}
"""Registered tokenizers of languages for which spaCy's own will not do."""
THRESHOLD = 0.35
"""The least chance of an actor mention; .50 with a body that was surer of them (decision 0007)."""
ROOM = 64
_CODES = {"B": 3, "I": 1, "O": 2}
_ATTRIBUTES: list[int | str] = ["HEAD", "DEP", "POS", "MORPH", "ENT_IOB", "ENT_TYPE"]

_STOPS = (".", "?", "!")
Array = NDArray[Any]


def load(code: str, *, threads: int = 1, path: Path = MODEL) -> Language:
    """Return a pipeline of this language around the encoder; all languages share the weights in memory.

    Any but the languages of `STYLES` needs the package with the whole vocabulary: `LanguageError` without it.
    """
    from kg.understand import encoder_lemmas, indonesian_tokens  # noqa: F401 - they register their components

    if code not in STYLES:
        weights_file()
    tokenizer = TOKENIZERS.get(code)
    nlp = spacy.blank(code, config={"nlp": {"tokenizer": {"@tokenizers": tokenizer}}} if tokenizer else {})
    if isinstance(nlp.tokenizer, Tokenizer):  # "the AfD.": spaCy takes the full stop for that of an initial
        endings = spacy.util.compile_suffix_regex([*(nlp.Defaults.suffixes or ()), r"(?<=[a-z][A-Z])\."])
        nlp.tokenizer.suffix_search = endings.search
    # A saved pipeline names a file only if it is another one: ours lies elsewhere on each machine.
    nlp.add_pipe("kg_encoder", config={"threads": threads, "path": "" if path == MODEL else str(path)})
    nlp.add_pipe("kg_lemmas")
    return nlp


@Language.factory("kg_encoder", default_config={"threads": 1, "path": "", "threshold": THRESHOLD})
def make(nlp: Language, name: str, *, threads: int, path: str, threshold: float) -> Encoder:
    """Make the component; without a `path` it has the shipped model, read at the first text."""
    del name
    style = STYLES.get(nlp.lang or "")
    return Encoder(path=Path(path or MODEL), threads=threads, threshold=threshold, style=style)


class Encoder:
    """Fills `pos_`, `morph`, `head`, `dep_`, sentence starts, `ents` and `doc.spans["actors"]`.

    A language without a style of its own is read with the whole vocabulary.
    """

    def __init__(
        self,
        *,
        path: Path = MODEL,
        threads: int = 1,
        threshold: float = THRESHOLD,
        style: Style | None = None,
    ) -> None:
        self.path, self.threads, self.threshold = path, threads, threshold
        self.style, self.whole = style or OTHERS, style is None

    @property
    def model(self) -> EncoderModel:
        """The weights, read when first needed."""
        return (_whole_model if self.whole else _model)(self.path, self.threads)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = ROOM) -> Iterator[Doc]:
        """Annotate Docs, whose paragraphs share batches by length."""
        docs = iter(stream)
        while room := list(islice(docs, batch_size)):
            lean = [without_spaces(doc) for doc in room]
            self._annotate(lean)
            for doc, words in zip(room, lean, strict=True):
                doc._.weights = self.model.fingerprint
                yield with_spaces(doc, words)

    def to_disk(self, path: Path | str, **_: Any) -> None:
        """Write nothing: the weights come with the package."""

    def from_disk(self, path: Path | str, **_: Any) -> Encoder:  # noqa: ARG002 - spaCy's protocol
        """Return the component unchanged."""
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: the weights come with the package."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> Encoder:  # noqa: ARG002 - spaCy's protocol
        """Return the component unchanged."""
        return self

    def _annotate(self, docs: list[Doc]) -> None:
        model = self.model
        stretches = [stretch for number, doc in enumerate(docs) for stretch in _stretches(model, number, doc)]
        found: list[list[Sentence]] = [[] for _ in docs]
        for sentence in sentences(model, stretches, self.style):
            found[sentence.text].append(sentence)
        for doc, own in zip(docs, found, strict=True):
            if own:
                own.sort(key=lambda sentence: sentence.start)
                self._fill(doc, own)

    def _fill(self, doc: Doc, found: list[Sentence]) -> None:
        model, strings = self.model, doc.vocab.strings
        labels = model.labels
        table: Any = np.zeros((len(doc), len(_ATTRIBUTES)), np.uint64)
        heads = np.concatenate([best_tree(_arcs(one)) + one.start for one in found])
        roots = heads == np.arange(len(doc))
        deps = model.dependency_labels(*_pairs(found, heads))
        root = strings.add("ROOT")
        names = np.asarray([root if name == "ROOT" else strings.add(name) for name in labels.deps], np.uint64)
        table[:, 0] = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
        table[:, 1] = np.where(roots, np.uint64(root), names[deps])
        table[:, 2] = np.asarray([strings.add(name) for name in labels.pos], np.uint64)[_all(found, "pos")]
        feats = [doc.vocab.morphology.add(name) for name in labels.feats]
        table[:, 3] = np.asarray(feats, np.uint64)[_all(found, "feats")]
        table[:, 4:] = _entities(found, labels.entities, strings)
        doc.from_array(_ATTRIBUTES, table)
        vectors = [one.scores.words for one in found if one.scores.words is not None]
        if len(vectors) == len(found):
            doc._.vectors = np.concatenate(
                [rows[one.first : one.last] for rows, one in zip(vectors, found, strict=True)]
            )
        spans, chances = [], []
        for one in found:
            for first, last, kind, chance in _mentions(one, self.threshold):
                spans.append(Span(doc, one.start + first, one.start + last, label=labels.classes[kind]))
                chances.append(round(chance, 3))
        doc.spans[ACTORS] = SpanGroup(doc, name=ACTORS, spans=spans, attrs={"chances": chances})


@cache
def _model(path: Path, threads: int) -> EncoderModel:
    return EncoderModel(path, threads=threads)


@cache
def _whole_model(path: Path, threads: int) -> EncoderModel:
    return _model(path, threads).reading(all_pieces())


def _stretches(model: EncoderModel, number: int, doc: Doc) -> Iterator[Stretch]:
    pieces = model.pieces(as_read(doc))
    known = [token.is_sent_start for token in doc]
    never = np.asarray([start is False for start in known], bool)
    texts = [token.text for token in doc]
    behind = (one in _STOPS and other[:1].isupper() for one, other in pairwise(texts))
    likely = np.asarray([False, *behind], bool)
    edges = [0, *(n for n, start in enumerate(known) if start is True and n), len(doc)]
    for start, end in pairwise(edges):
        if start < end:
            yield Stretch(
                text=number,
                start=start,
                pieces=pieces[start:end],
                never=never[start:end],
                likely=likely[start:end],
            )


def _arcs(one: Sentence) -> Array:
    arcs = one.scores.arcs[one.first : one.last]
    return np.concatenate([arcs[:, :1], arcs[:, one.first + 1 : one.last + 1]], axis=1)


def _pairs(found: list[Sentence], heads: Array) -> tuple[Array, Array]:
    """Return the vectors of each word as a dependent and of its head as a governor, the root's in row 0."""
    dependents, governors = [], []
    for one in found:
        size = one.last - one.first
        local = heads[one.start : one.start + size] - one.start
        rows = np.where(local == np.arange(size), 0, local + one.first + 1)
        dependents.append(one.scores.dependent[one.first : one.last])
        governors.append(one.scores.governor[rows])
    return np.concatenate(dependents), np.concatenate(governors)


def _all(found: list[Sentence], name: str) -> Array:
    return np.concatenate([getattr(one.scores, name)[one.first : one.last] for one in found])


def _entities(found: list[Sentence], labels: tuple[str, ...], strings: Any) -> Array:
    """Return spaCy's codes (3 begins, 1 continues, 2 none) and labels; no name runs over two sentences."""
    tags = best_tags([one.scores.entity[one.first : one.last] for one in found], labels)
    codes = [(_CODES[tag[0]], strings.add(tag[2:]) if tag[2:] else 0) for tag in labels]
    return np.take(np.asarray(codes, np.uint64), np.concatenate(tags), axis=0)


def _mentions(one: Sentence, threshold: float) -> Iterator[tuple[int, int, int, float]]:
    """Yield first and last word, half open, class and chance of the mentions in a sentence, in order."""
    for (first, last, kind), chance in zip(
        one.scores.mentions.tolist(), one.scores.chances.tolist(), strict=True
    ):
        if one.first <= first and last < one.last and chance > threshold:
            yield first - one.first, last + 1 - one.first, kind, chance
