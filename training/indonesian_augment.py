"""Copies of training sentences as news prints them: other names, headlines, curly quotes, no full stop."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from training.indonesian_data import Sentence, Token

_SMALL = frozenset(("ADP", "CCONJ", "SCONJ", "PUNCT"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names to put in the place of others, each as its words."""

    states: tuple[tuple[str, ...], ...]
    people: tuple[tuple[str, ...], ...]
    bodies: tuple[tuple[str, ...], ...]


def read_names(folder: Path) -> Names:
    """Return the names of the gazetteer drafts in `folder`: Latin script only, sorted."""
    states: set[str] = {"AS", "RI", "RRT", "RRC", "Inggris", "Tiongkok", "Cina", "Korsel", "Korut"}
    for line in (folder / "states.jsonl").read_text("utf8").splitlines():
        row = json.loads(line)
        states.add(row["names"].get("id") or row["names"]["en"])
    people = {
        json.loads(line)["label_pt"] for line in (folder / "leaders.jsonl").read_text("utf8").splitlines()
    }
    bodies: set[str] = set()
    for row in json.loads((folder / "igo_id_names_draft.json").read_text("utf8")):
        bodies.update(row[key] for key in ("id", "id_abbr", "en_abbr") if row.get(key))
    return Names(states=_words(states), people=_words(people), bodies=_words(bodies))


def _words(names: set[str]) -> tuple[tuple[str, ...], ...]:
    split = (tuple(name.split()) for name in sorted(names) if name and "(" not in name and "," not in name)
    return tuple(
        name for name in split if len(name) <= 5 and all(w[:1].isalpha() and w.isprintable() for w in name)
    )


def headline(sentence: Sentence) -> Sentence:
    """Return the sentence in Title Case and without a full stop, as Indonesian headlines are set."""
    big = tuple(
        t
        if t.pos in _SMALL and n
        else replace(t, form="-".join(p[:1].upper() + p[1:] for p in t.form.split("-")))
        for n, t in enumerate(sentence)
    )
    return without_stop(tuple(t if t.form != "Nya" else replace(t, form="nya") for t in big))


def without_stop(sentence: Sentence) -> Sentence:
    """Return the sentence without its final full stop."""
    last = len(sentence) - 1
    if last < 2 or sentence[last].form != "." or any(t.head == last for t in sentence):
        return sentence
    return (*sentence[: last - 1], replace(sentence[last - 1], space=True))


def curly(sentence: Sentence) -> Sentence:
    """Return the sentence with typographic quotation marks."""
    out: list[Token] = []
    inside = False
    for token in sentence:
        if token.form == '"':
            inside = not inside
            token = replace(token, form="“" if inside else "”")
        elif token.form == "'":
            token = replace(token, form="’")
        out.append(token)
    return tuple(out)


def rename(sentence: Sentence, names: Names, rng: random.Random) -> Sentence:
    """Return the sentence with some names replaced; a longer name grows by `flat:name` tokens."""
    for start, end, kind in reversed(_runs(sentence)):
        if rng.random() < 0.5:
            pool = {"LOC": names.states, "PER": names.people, "ORG": names.bodies}[kind]
            new = rng.choice(pool)
            if kind == "PER":
                new = new[-1:] if end - start == 1 else new[: rng.choice((2, 3))]
            sentence = _replaced(sentence, (start, end), new)
    return sentence


def _runs(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Return the names that may change: entities where known, else chains of `flat:name` by their shape."""
    runs: list[tuple[int, int, str]] = []
    number = 0
    while number < len(sentence):
        token = sentence[number]
        end = number + 1
        if token.entity.startswith("B-"):
            while end < len(sentence) and sentence[end].entity.startswith("I-"):
                end += 1
            kind = token.entity[2:]
            if kind == "PER" or end - number == 1:
                runs.append((number, end, kind))
        elif token.dep and token.pos == "PROPN" and token.dep not in ("flat:name", "flat"):
            while end < len(sentence) and sentence[end].dep == "flat:name" and sentence[end].head == number:
                end += 1
            outside = any(t.head in range(number + 1, end) for t in sentence)
            more = any(t.head == number and t.dep == "flat:name" and n >= end for n, t in enumerate(sentence))
            if not outside and not more:
                acronym = token.form.isupper()
                kind = "PER" if end - number > 1 and not acronym else "ORG" if acronym else "LOC"
                runs.append((number, end, kind))
        number = end
    return runs


def _replaced(sentence: Sentence, place: tuple[int, int], new: Sequence[str]) -> Sentence:
    start, end = place
    first, last = sentence[start], sentence[end - 1]
    shift = len(new) - (end - start)

    def moved(head: int) -> int:
        return head + shift if head >= end else min(head, start) if head >= start else head

    out = [replace(t, head=moved(t.head)) for t in sentence[:start]]
    for offset, form in enumerate(new):
        token = replace(
            first, form=form, lemma=form.lower() if first.lemma else "", space=offset + 1 < len(new)
        )
        token = replace(token, head=moved(first.head)) if offset == 0 else _follower(token, start)
        out.append(token)
    out[-1] = replace(out[-1], space=last.space)
    out.extend(replace(t, head=moved(t.head)) for t in sentence[end:])
    return tuple(out)


def _follower(token: Token, head: int) -> Token:
    entity = "I" + token.entity[1:] if token.entity.startswith("B-") else token.entity
    return replace(token, head=head, dep="flat:name" if token.dep else "", entity=entity)
