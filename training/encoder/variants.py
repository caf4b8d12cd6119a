"""Varied copies of a sample: other names, headlines, capitals, small letters, no full stop, curly quotes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from training.encoder.corpora import Sample, Span, rows
from training.indonesian_augment import Names, curly, headline, read_names, rename, without_stop
from training.indonesian_data import Sentence, Token

_MENTION, _BOUND = "m", "b"
_LEADING = frozenset(("ADP", "CCONJ", "SCONJ"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pools:
    """Names to put in, the names of states that may go out, and words that headlines write small."""

    names: Names
    states: frozenset[str]
    small: frozenset[str]


def read_pools(gazetteer: Path, samples: Sequence[Sample]) -> dict[str, Pools]:
    """Return the pools of each language."""
    found = read_names(gazetteer)
    english = replace(found, states=_english_states(gazetteer / "states.jsonl"))
    small = {
        code: frozenset(
            t.form.lower() for s in samples if s.language == code for t in s.tokens if t.pos in _LEADING
        )
        for code in ("en", "id")
    }
    return {
        code: Pools(names=names, states=frozenset(" ".join(n) for n in names.states), small=small[code])
        for code, names in (("id", found), ("en", english))
    }


def varied(sample: Sample, pools: Pools, rng: random.Random) -> Sample:
    """Return one copy of a sample, as news might have printed it."""
    tokens, spans = sample.tokens, sample.spans
    rest = _tied(sample)
    parsed = bool(tokens[0].dep)
    if spans is not None:
        if rng.random() < 0.6:
            tokens, spans, rest = _renamed(tokens, spans, rest, pools=pools, rng=rng)
    elif rng.random() < 0.5 and not (parsed and sample.language == "en"):
        # English treebanks chain a name's words by a label that `rename` does not follow.
        # No pool has names of peoples.
        hidden = tuple(replace(t, entity=t.entity.replace("B-NORP", "b-NORP")) for t in tokens)
        renamed = rename(hidden, pools.names, rng)
        tokens = tuple(replace(t, entity=t.entity.replace("b-NORP", "B-NORP")) for t in renamed)
    chance = rng.random()
    if chance < 0.07:
        tokens = _headline(tokens, pools.small)
    elif chance < 0.09:
        tokens = tuple(replace(t, form=t.form.upper()) for t in tokens)
    elif chance < 0.12:
        tokens = tuple(replace(t, form=t.form.lower()) for t in tokens)
    elif chance < 0.18:
        tokens = without_stop(tokens)
    if rng.random() < 0.3:
        tokens = curly(tokens)
    if spans is not None:
        spans = tuple(span for span in spans if span[1] <= len(tokens))
    bounds = tuple((a, min(b, len(tokens)), kind[1:]) for a, b, kind in rest if kind[0] == _BOUND)
    mentions = tuple((a, b, k[1:]) for a, b, k in rest if k[0] == _MENTION and b <= len(tokens))
    return replace(sample, tokens=tokens, spans=spans, times=1, mentions=mentions, bounds=bounds)


def _tied(sample: Sample) -> tuple[Span, ...]:
    """Return mentions and sentences as spans that move with the actor mentions."""
    mentions = ((a, b, _MENTION + kind) for a, b, kind in sample.mentions)
    return (*mentions, *((a, b, _BOUND + kind) for a, b, kind in sample.bounds))


def _headline(tokens: Sentence, small: frozenset[str]) -> Sentence:
    marked = tuple(t if t.pos else replace(t, pos="ADP" if t.form.lower() in small else "X") for t in tokens)
    big = headline(marked)
    return big if tokens[0].pos else tuple(replace(t, pos="") for t in big)


def _renamed(
    tokens: Sentence, spans: tuple[Span, ...], rest: tuple[Span, ...], *, pools: Pools, rng: random.Random
) -> tuple[Sentence, tuple[Span, ...], tuple[Span, ...]]:
    """Replace names of states and persons, each name by the same other one everywhere; `rest` moves along."""
    swap: dict[str, tuple[str, ...]] = {}
    for start, end, kind in sorted(spans, reverse=True):
        if any(
            a <= start and end <= b and (a, b) != (start, end) for a, b, _ in spans if b - a > end - start
        ) and (kind == "Person"):
            continue
        if any(start <= a and b <= end and (a, b) != (start, end) for a, b, _ in spans):
            continue
        words = [t.form for t in tokens[start:end]]
        name = " ".join(words)
        if kind == "State" and name in pools.states:
            new = swap.get(name) or rng.choice(pools.names.states)
        elif kind == "Person" and len(words) in (2, 3) and all(w.istitle() for w in words):
            new = swap.get(name) or rng.choice(pools.names.people)[:3]
        else:
            continue
        swap[name] = new
        if rng.random() < 0.6:
            rest = _moved(rest, (start, end), len(new))
            spans = _moved(spans, (start, end), len(new))
            tokens = _swapped(tokens, (start, end), new)
    return tokens, spans, rest


def _swapped(tokens: Sentence, place: tuple[int, int], new: tuple[str, ...]) -> Sentence:
    start, end = place
    first, last = tokens[start], tokens[end - 1]
    inner = "I" + first.entity[1:] if first.entity.startswith("B-") else first.entity
    middle: list[Token] = [
        replace(first, form=word, entity=first.entity if n == 0 else inner, space=True)
        for n, word in enumerate(new)
    ]
    middle[-1] = replace(middle[-1], space=last.space)
    return (*tokens[:start], *middle, *tokens[end:])


def _moved(spans: tuple[Span, ...], place: tuple[int, int], size: int) -> tuple[Span, ...]:
    """Return spans after a name became one of `size` words."""
    start, end = place
    shift = size - (end - start)
    return tuple(
        (a + shift if a >= end else a, b + shift if b >= end else b, kind)
        for a, b, kind in spans
        # A name inside of the replaced one ("Hasan" in "Ali Hasan") is gone.
        if not (start <= a and b <= end and (a, b) != place)
    )


def _english_states(path: Path) -> tuple[tuple[str, ...], ...]:
    names = {row["names"]["en"] for row in rows(path)} | {
        "US",
        "UK",
        "U.S.",
        "Britain",
        "China",
        "North Korea",
    }
    plain = (n for n in sorted(names) if "(" not in n and "," not in n)
    return tuple(tuple(name.split()) for name in plain if len(name.split()) <= 4)
