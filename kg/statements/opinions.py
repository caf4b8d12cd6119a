"""What the encoder thinks of the pairs of mentions of a Doc, sentence by sentence."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

from spacy.tokens import Doc

from kg.mentions.found import ActorMention
from kg.statements.tree import Tree
from kg.understand.encoder_pairs import Opinion, Place, pair_reader

FAR = 60
"""Words between two mentions of one sentence beyond which training asked nothing."""

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
    by_sentence: dict[int, list[int]] = {}
    for number, one in enumerate(places):
        by_sentence.setdefault(one.sentence, []).append(number)
    found: dict[tuple[int, int], Opinion] = {}
    for sentence, numbers in sorted(by_sentence.items()):
        pairs = [pair for pair in permutations(numbers, 2) if _askable(mentions, *pair)]
        if pairs:
            found.update(zip(pairs, reader.read(vectors, places, pairs, bounds[sentence]), strict=True))
    return found


def _askable(mentions: tuple[ActorMention, ...], source: int, target: int) -> bool:
    one, other = mentions[source], mentions[target]
    same = set(one.members or (one.actor,)) & set(other.members or (other.actor,))
    return not same and abs(one.head - other.head) <= FAR
