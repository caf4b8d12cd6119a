"""Sentences of raw text: how the pipeline that ships cuts the test treebanks' documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

from kg.understand import pipeline
from training.encoder.corpora import TESTS
from training.encoder.scoring import rates

Place = tuple[int, int]


@dataclass(slots=True)
class RawText:
    """A document's text, and its sentences in characters that are no space, as the CoNLL tasks count them."""

    text: str = ""
    sentences: list[Place] = field(default_factory=list)


def sentence_scores(data: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield precision, recall and F of the sentences of each test treebank, both ends right, in percent."""
    for language, names in TESTS.items():
        nlp = pipeline(language)
        for name in names:
            documents = list(raw_texts(data / "ud" / f"{name}.conllu"))
            right = found = wanted = 0
            for document, doc in zip(documents, nlp.pipe(d.text for d in documents), strict=True):
                before = [0, *accumulate(not letter.isspace() for letter in document.text)]
                own = {(before[s.start_char], before[s.end_char]) for s in doc.sents}
                own = {(start, end) for start, end in own if end > start}
                right += len(own & set(document.sentences))
                found, wanted = found + len(own), wanted + len(document.sentences)
            yield name, rates(right, found, wanted)


def raw_texts(path: Path) -> Iterator[RawText]:
    """Yield the documents of a CoNLL-U file, an empty line between their paragraphs."""
    document, glue = RawText(), ""
    for block in path.read_text("utf8").strip().split("\n\n"):
        lines = block.split("\n")
        text = next(line for line in lines if line.startswith("# text = "))[9:]
        if any(line.startswith("# newdoc") for line in lines) and document.text:
            yield document
            document, glue = RawText(), ""
        elif any(line.startswith("# newpar") for line in lines) and document.text:
            glue = "\n\n"
        start = document.sentences[-1][1] if document.sentences else 0
        document.sentences.append((start, start + len(re.sub(r"\s", "", text))))
        document.text += glue + text
        glue = "" if "SpaceAfter=No" in lines[-1] else " "
    yield document
