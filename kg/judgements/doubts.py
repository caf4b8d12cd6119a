"""What a human should judge next: the least certain statements, and actors that are likely the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, product
from typing import Final

from kg.graph import KnowledgeGraph
from kg.ids import WIKIDATA, normalise
from kg.judgements.claims import judged
from kg.judgements.model import Judgements, name_key
from kg.model import Actor, Form, Statement

NEAR: Final = 0.85  # of difflib's ratio: "rusia" and "russia", not "iran" and "iraq"
SHARED: Final = 0.99  # one text calls one as another text calls the other
COMMON: Final = 30  # a word in the names of more actors than this brings no two of them together
NAMING: Final[tuple[Form, ...]] = ("name", "acronym")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two actors that may be one, the better known first; `likeness` is 1 for the same name."""

    one: Actor
    two: Actor
    likeness: float


def doubtful(graph: KnowledgeGraph, judgements: Judgements) -> list[Statement]:
    """Return the statements that nobody judged, those first of which the machine knows least."""
    found: list[Statement] = []
    for extraction in graph.extractions():
        actors = {actor.id: actor for actor in extraction.actors}
        found += [s for s in extraction.statements if not judged(s, judgements, actors=actors)]
    return sorted(found, key=lambda s: (abs(s.confidence - 0.5), s.document, s.evidence, s.id))


def alike(graph: KnowledgeGraph, judgements: Judgements) -> list[Pair]:
    """Return the pairs of actors that may be one and that nobody judged, the likeliest first.

    Two Wikidata items are never one, and what no text calls by a name ("the police") is not asked about.
    """
    actors = graph.actors()
    weight = dict.fromkeys(actors, 0)
    names: defaultdict[str, set[str]] = defaultdict(set)
    for mention in graph.mentions():
        weight[mention.actor] += 1
        if mention.form in NAMING:
            names[mention.actor].add(normalise(mention.span.text))
    for id_, found in names.items():
        found |= {normalise(name) for name in (actors[id_].name, *dict(actors[id_].labels).values())}
        found.discard("")
    pairs: list[Pair] = []
    verdicts = _verdicts(judgements)
    for one, two in sorted(_neighbours(names)):
        likeness = _likeness(actors[one], actors[two], names)
        if likeness and not _decided(actors[one], actors[two], verdicts):
            first, second = sorted((one, two), key=lambda i: (not i.startswith(WIKIDATA), -weight[i], i))
            pairs.append(Pair(one=actors[first], two=actors[second], likeness=likeness))
    return sorted(
        pairs, key=lambda p: (-p.likeness, -weight[p.one.id] - weight[p.two.id], p.one.id, p.two.id)
    )


def decided(pair: Pair, judgements: Judgements) -> bool:
    """Tell whether the entries say, or imply, that two actors are the same or are not."""
    return _decided(pair.one, pair.two, _verdicts(judgements))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verdicts:
    judgements: Judgements
    bare: frozenset[str]  # names that entries give without an id
    apart: frozenset[tuple[str, str]]


def _verdicts(judgements: Judgements) -> _Verdicts:
    entries = judgements.entries
    apart = {tuple(r.key for r in entry.actors) for entry in entries if entry.kind == "not_same"}
    return _Verdicts(
        judgements=judgements,
        bare=frozenset(ref.key for entry in entries for ref in entry.actors if not ref.id),
        apart=frozenset(pair for one, two in apart for pair in ((one, two), (two, one))),
    )


def _decided(one: Actor, two: Actor, verdicts: _Verdicts) -> bool:
    mine, other = (_known_as(actor, verdicts) for actor in (one, two))
    return not (mine.isdisjoint(other) and verdicts.apart.isdisjoint(product(mine, other)))


def _known_as(actor: Actor, verdicts: _Verdicts) -> set[str]:
    """Return the keys by which entries mean an actor: its id, its name, and those of all that are the same.

    Its bare name counts only where an entry gives no id with it, for homonyms share it.
    """
    own = {actor.id} | ({name_key(actor.name)} & verdicts.bare)
    return own | {ref.key for key in own for ref in verdicts.judgements.groups.get(key, ())}


def _neighbours(names: dict[str, set[str]]) -> set[tuple[str, str]]:
    """Return the pairs of ids worth a closer look: they share a rare word, or how a name begins."""
    blocks: defaultdict[str, set[str]] = defaultdict(set)
    for id_, found in names.items():
        for name in found:
            for key in _blocks(name):
                blocks[key].add(id_)
    return {
        pair
        for ids in blocks.values()
        if len(ids) <= COMMON
        for pair in combinations(sorted(ids), 2)
        if not all(id_.startswith(WIKIDATA) for id_ in pair)
    }


def _blocks(name: str) -> Iterator[str]:
    yield f"whole {name}"
    yield f"start {name.replace(' ', '')[:4]}"
    yield from (word for word in name.split() if len(word) > 2)


def _likeness(one: Actor, two: Actor, names: dict[str, set[str]]) -> float:
    if normalise(one.name) == normalise(two.name):
        return 1.0
    if names[one.id] & names[two.id]:
        return SHARED
    if one.cls != two.cls:
        return 0.0
    return max(_near(a, b, person=one.cls == "Person") for a in names[one.id] for b in names[two.id])


def _near(one: str, two: str, *, person: bool) -> float:
    words, others = set(one.split()), set(two.split())
    if person and (words < others or others < words):  # "wibowo" and "ratna wibowo"
        return NEAR
    left, right = sorted((one, two))  # the ratio depends on the order
    ratio = SequenceMatcher(None, left, right, autojunk=False).ratio()
    return round(ratio, 3) if ratio >= NEAR and min(len(one), len(two)) > 3 else 0.0
