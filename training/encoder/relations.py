"""What the benchmark's statements say of pairs of mentions, as the pipeline that ships finds the mentions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from kg.annotating import annotate
from kg.gold import GoldItem, GoldStatement, PredictedActor, Text, read_rows
from kg.mentions.found import ActorMention, implied
from kg.model import Actor, Document
from kg.ontology import relation_types
from kg.statements.opinions import askable

NARRATOR = -1
RIGHT, SILENT = 1, 0
"""A type that holds of a pair; one of which nobody can say whether it holds, left out of the loss."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two mentions (by number) of one sentence, and what is known of them as a pair.

    `types` has 1 for what holds and 0 for what may; a type that is not there does not hold. `claims` are the
    mentions of whoever says so, `NARRATOR` where the text itself does, empty where it is not known.
    """

    source: int
    target: int
    types: dict[str, int]
    negated: bool | None = None
    modality: str | None = None
    status: str | None = None
    claims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """The mentions and sentences of a text as characters, the sentence of each mention, and its pairs."""

    mentions: tuple[Place, ...]
    sentences: tuple[int, ...]
    bounds: tuple[Place, ...]
    pairs: tuple[Pair, ...]


def read_relations(gold: Path, texts_of: Path) -> dict[str, Relations]:
    """Return the relations of every text of a benchmark's two files."""
    items = read_rows(gold, GoldItem)
    texts = {text.id: text for text in read_rows(texts_of, Text)}
    documents = [Document(id=item.id, text=texts[item.id].text, lang=item.lang) for item in items]
    return {item.id: relations(item, doc) for item, doc in zip(items, annotate(documents), strict=True)}


def relations(item: GoldItem, doc: Doc) -> Relations:
    """Return what the item's statements say of the pairs of mentions in a Doc."""
    mentions: tuple[ActorMention, ...] = doc._.mentions
    sentences = {token.i: number for number, sentence in enumerate(doc.sents) for token in sentence}
    bounds = [(s.start_char, s.end_char) for s in doc.sents]
    places = tuple((doc[m.start].idx, doc[m.end - 1].idx + len(doc[m.end - 1])) for m in mentions)
    numbers = tuple(sentences[m.head] for m in mentions)
    accepted = _accepted(item, mentions, doc._.actors)
    known: dict[Place, _Known] = {}
    for statement in item.statements:
        _mark(statement, known, _Scene(places=places, sentences=numbers, bounds=bounds, accepted=accepted))
    pairs = []
    unasked = implied(mentions, doc._.titles)
    asked = [(number, one) for number, one in enumerate(mentions) if number not in unasked]
    for source, one in asked:
        for target, other in asked:
            if source == target or numbers[source] != numbers[target] or not askable(one, other):
                continue
            found = known.get((source, target), _Known())
            pairs.append(
                Pair(
                    source=source,
                    target=target,
                    types=found.types,
                    negated=found.statement.negated if found.statement else None,
                    modality=found.statement.modality if found.statement else None,
                    status=found.statement.status if found.statement else None,
                    claims=found.claims,
                )
            )
    return Relations(mentions=places, sentences=numbers, bounds=tuple(bounds), pairs=tuple(pairs))


@dataclass(slots=True)
class _Known:
    types: dict[str, int]
    statement: GoldStatement | None
    claims: tuple[int, ...]

    def __init__(self) -> None:
        self.types, self.statement, self.claims = {}, None, ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    places: Sequence[Place]
    sentences: Sequence[int]
    bounds: Sequence[Place]
    accepted: Mapping[str, frozenset[int]]


def _accepted(
    item: GoldItem, mentions: Iterable[ActorMention], actors: Mapping[str, Actor]
) -> dict[str, frozenset[int]]:
    """Return the mentions that stand for each actor of the gold."""
    found: dict[str, set[int]] = {key: set() for key in item.actors}
    for number, mention in enumerate(mentions):
        for actor in mention.actors:
            names = (*actors[actor].aliases, *(name for _, name in actors[actor].labels))
            mine = PredictedActor(id=actors[actor].id, name=actors[actor].name, aliases=names)
            for key, gold in item.actors.items():
                if gold.accepts(mine):
                    found[key].add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}


def _mark(statement: GoldStatement, known: dict[Place, _Known], scene: _Scene) -> None:
    """Mark the pair that a statement stands on, and take every other pair of its actors out of the loss.

    A text says the same thing of the same actors again and again; the gold has it once.
    """
    both = relation_types()[statement.type].symmetric
    own = _pairs(scene, {statement.source}, {statement.target}, both=both)
    accepted = _pairs(
        scene,
        {statement.source, *statement.accept_sources},
        {statement.target, *statement.accept_targets},
        both=both,
    )
    here = [p for p in accepted if _stands(p, statement, scene)]
    best = min(here, key=lambda p: (p not in own, _distance(p, scene), p), default=None)
    for pair in accepted:
        types = known.setdefault(pair, _Known()).types
        for name in (statement.type, *statement.accept_types):
            types.setdefault(name, SILENT)
    if best is None or statement.tier == "optional":
        return
    for pair in (best, best[::-1]) if both and best[::-1] in accepted else (best,):
        found = known[pair]
        found.types[statement.type] = RIGHT
        if found.statement is None:
            found.statement = statement
            found.claims = _claims(statement, scene)


def _pairs(scene: _Scene, sources: set[str], targets: set[str], *, both: bool) -> set[Place]:
    first = frozenset().union(*(scene.accepted[key] for key in sources))
    second = frozenset().union(*(scene.accepted[key] for key in targets))
    found = {(a, b) for a in first for b in second if a != b and scene.sentences[a] == scene.sentences[b]}
    return found | {(b, a) for a, b in found} if both else found


def _stands(pair: Place, statement: GoldStatement, scene: _Scene) -> bool:
    start, end = scene.bounds[scene.sentences[pair[0]]]
    return any(quote.start < end and start < quote.end for quote in statement.evidence)


def _distance(pair: Place, scene: _Scene) -> int:
    (a, b), (c, d) = scene.places[pair[0]], scene.places[pair[1]]
    return max(a, c) - min(b, d)


def _claims(statement: GoldStatement, scene: _Scene) -> tuple[int, ...]:
    if statement.attributed_to is None:
        return (NARRATOR,)
    return tuple(sorted(scene.accepted[statement.attributed_to]))
