"""What the encoder thinks of the pairs of mentions of a Doc, sentence by sentence."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

from spacy.tokens import Doc

from kg.mentions.found import ActorMention, implied
from kg.statements.tree import Tree
from kg.understand.encoder_pairs import Opinion, Place, pair_reader

FAR = 60
"""Words between two mentions of one sentence beyond which no statement is looked for."""

Opinions = Mapping[tuple[int, int], Opinion]


def opinions(doc: Doc, tree: Tree) -> Opinions:
    """Return what is thought of each ordered pair of mentions in one sentence; nothing without vectors."""
    reader = pair_reader()
    if doc._.vectors is None or reader is None:
        return {}
    mentions: tuple[ActorMention, ...] = doc._.mentions
    words = [n for n, token in enumerate(doc) if not token.is_space]
    place = {token: number for number, token in enumerate(words)}
    vectors = doc._.vectors[words]
    places = [
        Place(first=place[m.start], last=place[m.end - 1], sentence=tree.sentences[m.head]) for m in mentions
    ]
    bounds: dict[int, tuple[int, int]] = {}
    for number, token in enumerate(words):
        sentence = tree.sentences[token]
        bounds[sentence] = (bounds.get(sentence, (number, 0))[0], number + 1)
    unasked = implied(mentions, doc._.titles)
    by_sentence: dict[int, list[int]] = {}
    for number, one in enumerate(places):
        if number not in unasked:
            by_sentence.setdefault(one.sentence, []).append(number)
    found: dict[tuple[int, int], Opinion] = {}
    for sentence, numbers in sorted(by_sentence.items()):
        pairs = [(a, b) for a, b in permutations(numbers, 2) if askable(mentions[a], mentions[b])]
        if pairs:
            found.update(zip(pairs, reader.read(vectors, places, pairs, bounds[sentence]), strict=True))
    return found


def askable(one: ActorMention, other: ActorMention) -> bool:
    """Say whether two mentions of a sentence are a pair: training asks of the same ones as the program."""
    return set(one.actors).isdisjoint(other.actors) and abs(one.head - other.head) <= FAR
