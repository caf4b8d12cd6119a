"""Weak entity labels: the actors that the benchmark's training part names, found again in its sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from training.indonesian_data import UNKNOWN, Cut, Sentence, Token

_LABELS = {
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


def read_actors(folder: Path, cut: Cut) -> Iterator[Sentence]:
    """Yield sentences whose actors' names are entities and whose small words are none.

    A capitalised word that is no known actor may still be a name (a place, somebody unimportant): its tag is
    `UNKNOWN`, from which the recogniser learns nothing.
    """
    gold = {row["id"]: row["actors"] for row in _rows(folder / "train.gold.jsonl")}
    documents = list(_rows(folder / "train.documents.jsonl"))
    small = {w for d in documents if d["lang"] == "id" for w in re.findall(r"\b[a-z]+\b", d["text"])}
    for document in documents:
        if document["lang"] != "id" or len(document["text"]) > 600:
            continue
        doc = cut(document["text"])
        tags = [UNKNOWN if t.text[:1].isupper() else "O" for t in doc]
        for name, label in _names(gold.get(document["id"], {})):
            for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", document["text"]):
                span = doc.char_span(*match.span())
                # "Pasukan NATO …" at the beginning: only the sentence gives the common noun its capital.
                common = match.start() == 0 and name.split()[0].lower() in small
                if (
                    span is not None
                    and not common
                    and all(tags[n] in (UNKNOWN, "O") for n in range(span.start, span.end))
                ):
                    tags[span.start : span.end] = [f"B-{label}", *[f"I-{label}"] * (len(span) - 1)]
        tokens = [
            Token(form=t.text, space=bool(t.whitespace_), start=t.idx, entity=tag)
            for t, tag in zip(doc, tags, strict=True)
        ]
        if tokens and not any(t.form.isspace() for t in tokens) and any(t.entity[:1] == "B" for t in tokens):
            tokens[-1] = replace(tokens[-1], space=True)
            yield tuple(tokens)


def _names(actors: dict[str, Any]) -> list[tuple[str, str]]:
    names: dict[str, str] = {}
    for actor in actors.values():
        label = _LABELS.get(actor["class"])
        for name in (actor["name"], actor.get("name_id", ""), *actor["aliases"], *actor["surfaces"]):
            # Titles and nominals ("Presiden", "pemerintah Irak") are mentions, not names.
            if label and name and all(word[:1].isupper() for word in name.split()):
                names.setdefault(name, label)
    return sorted(names.items(), key=lambda item: (-len(item[0]), item[0]))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf8").splitlines():
        yield json.loads(line)
