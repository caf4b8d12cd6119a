"""Ten sentences of news in each of six languages through the encoder: `python -m bench.languages`.

It was trained on none of these languages; the extra `all-languages` has to be installed. The sentences of
`bench/trials` are our own, with trees in Universal Dependencies, names, and actors with their classes.
They are too few to measure accuracy, but show what works. Words are cut as in the files.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.understand.doc import ACTORS
from kg.understand.encoder import load

TRIALS = Path(__file__).parent / "trials"
ORDER = ("ms", "fr", "es", "ru", "zh", "ar")
OBJECTS, ASIDE = ("obj", "iobj"), ("obl",)


@dataclass(frozen=True, slots=True)
class Trial:
    """A sentence as it should be read."""

    text: str
    names: tuple[str, ...]
    actors: frozenset[tuple[str, str]]
    rows: tuple[tuple[str, str, int, str], ...]
    """Of each word: form, part of speech, head counted from 1, label."""


def main() -> None:
    """Print a table, a row for each language: found of wanted."""
    sys.stdout.write("| language | UPOS | root | subject | object | names | actors | spurious |\n")
    sys.stdout.write("| --- | --- | --- | --- | --- | --- | --- | --- |\n")
    for code in ORDER:
        counts, nlp = [0] * 13, load(code)
        for trial in trials(TRIALS / f"{code}.conllu"):
            counts = [a + b for a, b in zip(counts, judged(trial, _read(nlp, trial)), strict=True)]
        pairs = (f"{right} of {wanted}" for right, wanted in zip(counts[:12:2], counts[1:12:2], strict=True))
        sys.stdout.write(f"| {code} | {' | '.join(pairs)} | {counts[12]} |\n")


def trials(path: Path) -> Iterator[Trial]:
    """Yield the sentences of a file: of CoNLL-U's columns ID, form, UPOS, head and label, and comments."""
    for block in path.read_text("utf8").strip().split("\n\n"):
        lines = block.splitlines()
        told = dict(line[2:].split(" =", 1) for line in lines if line.startswith("# "))
        listed = {
            key: [one.strip() for one in told[key].split("|") if one.strip()] for key in ("names", "actors")
        }
        rows = [line.split("\t") for line in lines if line[:1].isdigit()]
        yield Trial(
            text=told["text"].strip(),
            names=tuple(listed["names"]),
            actors=frozenset(
                (surface, cls) for surface, cls in (one.rsplit("=", 1) for one in listed["actors"])
            ),
            rows=tuple((form, pos, int(head), label) for _, form, pos, head, label in rows),
        )


def judged(trial: Trial, doc: Doc) -> list[int]:
    """Return right and wanted of tags, roots, subjects, objects, names and actors, then spurious ones."""
    words = [n for n, row in enumerate(trial.rows) if row[1] != "PUNCT"]
    right = [sum(doc[n].pos_ == trial.rows[n][1] for n in words), len(words)]
    root = next(n for n, row in enumerate(trial.rows) if row[2] == 0)
    right += [int(doc[root].head.i == root), 1]
    labels = [row[3].split(":")[0] for row in trial.rows]
    for wanted in (("nsubj",), OBJECTS if not set(OBJECTS).isdisjoint(labels) else ASIDE):
        first = next((n for n, label in enumerate(labels) if label in wanted), None)
        if first is not None:
            head = doc[first].head.i == trial.rows[first][2] - 1
            right += [int(head and doc[first].dep_.split(":")[0] == labels[first]), 1]
        else:
            right += [0, 0]
    spans = {(doc[s.start : s.end].text, s.label_) for s in doc.spans[ACTORS]}
    texts = {text for text, _ in spans} | {entity.text for entity in doc.ents}
    right += [sum(name in texts for name in trial.names), len(trial.names)]
    right += [sum(any(_covers(span, actor) for span in spans) for actor in trial.actors), len(trial.actors)]
    return [*right, sum(not any(_covers(span, actor) for actor in trial.actors) for span in spans)]


def _covers(span: tuple[str, str], actor: tuple[str, str]) -> bool:
    """Say whether a mention is that of an actor, with what describes him or without it, and of his class."""
    return span[1] == actor[1] and (actor[0] in span[0] or span[0] in actor[0])


def _read(nlp: Language, trial: Trial) -> Doc:
    words, spaces, place = [], [], 0
    for form, *_ in trial.rows:
        place = trial.text.index(form, place) + len(form)
        words.append(form)
        spaces.append(trial.text[place : place + 1] == " ")
    encoder = nlp.get_pipe("kg_encoder")
    return encoder(Doc(nlp.vocab, words=words, spaces=spaces))


if __name__ == "__main__":
    main()
