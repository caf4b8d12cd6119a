"""Candidates: a predicate with the two mentions that its frame finds for it, before anything is qualified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from kg.ontology import relation_types
from kg.statements.frames import Entry
from kg.statements.scene import Scene
from kg.statements.slots import fill, is_passive, modifiers, possessors, prepositional

VERBAL = ("VERB", "AUX")
MEMBERS = 6  # of a pairwise relation; longer lists are lists, "talks among the 27 states"
NAMING = ("NOUN", "PROPN", "ADJ", "VERB", "X")


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A mention in a slot; `hops` counts the nouns between ("Israel's missiles hit": Israel at one hop)."""

    mention: int
    actor: str
    slot: str
    hops: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What a frame says of two mentions; `complement` are the tokens of "as …" in a stance."""

    entry: Entry
    predicate: int
    source: Argument
    target: Argument
    complement: tuple[int, ...] = ()


def candidates(scene: Scene, frames: Mapping[str, tuple[Entry, ...]]) -> Iterator[Candidate]:
    """Yield what the frames find, by place; the same two actors once for a predicate and a type."""
    for token, key in enumerate(scene.tree.keys):
        entries = frames.get(key)
        if not entries or len(scene.places[scene.tree.sentences[token]]) == 0:
            continue
        seen: set[tuple[str, str, str]] = set()
        settled: set[str] = set()
        for entry in sorted(
            entries, key=lambda e: (-len(e.others) - bool(e.frame.needs), bool(e.frame.complement))
        ):
            if entry.type in settled or not _applies(scene, token, entry):
                continue
            for found in _from_entry(scene, token, entry):
                pair = (entry.type, found.source.actor, found.target.actor)
                if pair not in seen:
                    seen.add(pair)
                    settled.add(entry.type)
                    yield found


def _applies(scene: Scene, token: int, entry: Entry) -> bool:
    """Say whether a token is a predicate of this frame: its word class, its further words, what it needs."""
    tree, frame = scene.tree, entry.frame
    pos = tree.pos[token]
    participle = pos == "ADJ" and entry.voice is None and "VerbForm=Part" in tree.morphs[token]
    if entry.kind == "verb" and pos not in VERBAL and entry.voice in (None, "base") and not participle:
        return False
    if entry.kind in ("noun", "role") and (
        pos not in NAMING or (pos == "VERB" and scene.grammar.match == "lemma")
    ):
        return False
    inside = scene.at.get(token)
    if inside is not None and entry.kind == "noun":
        mention = scene.mentions[inside]
        if mention.form in ("name", "acronym") and mention.start <= token < mention.end:
            return False
    if not entry.others and not frame.needs and not frame.without:
        return True
    near = _near(scene, token)
    if any(word not in near for word in entry.others):
        return False
    if frame.needs and not near.intersection(frame.needs):
        return False
    return not near.intersection(frame.without)


def _near(scene: Scene, token: int) -> set[str]:
    """Return the words that depend on a token, two levels deep, and the one behind it."""
    tree = scene.tree
    near = {tree.keys[token + 1]} if token + 1 < len(tree.keys) else set()
    for child in tree.children[token]:
        near.add(tree.keys[child])
        near.update(tree.keys[deep] for deep in tree.children[child])
    return near


def _from_entry(scene: Scene, token: int, entry: Entry) -> Iterator[Candidate]:
    symmetric = relation_types()[entry.type].symmetric
    passive = entry.kind == "verb" and is_passive(scene, token, _voice(scene, token, entry))
    if entry.frame.complement:
        complement = _complement(scene, token, entry)
        if not complement:
            return
    else:
        complement = ()
    source = _arguments(scene, token, entry.source, passive=passive)
    taken = {argument.mention for argument in source}
    target = _arguments(scene, token, entry.target, passive=passive, taken=taken)
    if not (symmetric and (_several(source) or _several(target))):
        taken |= {argument.mention for argument in target}
        source = source or _arguments(scene, token, ("climb",), passive=passive, taken=taken)
        if entry.kind != "verb" or "object" in entry.target:  # not of "said": what follows is what was said
            target = target or _arguments(scene, token, ("below",), passive=passive, taken=taken)
    if symmetric and not (source and target):
        groups = (
            _arguments(scene, token, (slot,), passive=passive) for slot in ("between", *scene.grammar.of)
        )
        group = next((g for g in (*groups, source, target) if _several(g)), [])
        for one, other in combinations(group[:MEMBERS], 2):
            if one.actor != other.actor:
                yield Candidate(entry=entry, predicate=token, source=one, target=other, complement=complement)
        return
    for one, other in product(source, target):
        if one.actor != other.actor:
            yield Candidate(entry=entry, predicate=token, source=one, target=other, complement=complement)


def _voice(scene: Scene, token: int, entry: Entry) -> str | None:
    """A bare form is active in headlines ("Trump ancam Iran"), passive where the parse says so."""
    if entry.voice != "base":
        return entry.voice
    return "passive" if scene.tree.first(token, "nsubj:pass") is not None else "active"


def _several(group: list[Argument]) -> bool:
    return len({argument.actor for argument in group}) > 1


def _arguments(
    scene: Scene,
    token: int,
    slots: tuple[str, ...],
    *,
    passive: bool,
    taken: set[int] = frozenset(),  # type: ignore[assignment]
) -> list[Argument]:
    """Return the mentions in the first slot that holds any."""
    for slot in slots:
        found: list[Argument] = []
        for filler in fill(scene, token, slot, passive=passive):
            for argument in resolve(scene, filler, slot):
                mention = scene.mentions[argument.mention]
                if argument.mention not in taken and not mention.start <= token < mention.end:
                    found.append(argument)
        if found:
            return list(dict.fromkeys(found))
    return []


def resolve(scene: Scene, token: int, slot: str) -> list[Argument]:
    """Return the actors that a phrase stands for: all that it coordinates, or whose thing it names."""
    found: list[Argument] = []
    for one in scene.tree.conjuncts(token):
        number = scene.at.get(one)
        if number is not None:
            found += _units(scene, number, slot, 0)
        elif scene.tree.relation(one) == "appos" and scene.tree.heads[one] in scene.at:
            found += _units(
                scene, scene.at[scene.tree.heads[one]], slot, 0
            )  # "Holmes, an envoy who replaced …"
        elif scene.tree.pos[one] in NAMING or scene.tree.pos[one] in ("NUM", "DET"):
            for owner in _owners(scene, one):
                found += _units(scene, scene.at[owner], slot, 1)
    return found


def _units(scene: Scene, number: int, slot: str, hops: int) -> list[Argument]:
    mention = scene.mentions[number]
    actors = mention.members or (mention.actor,)
    return [Argument(mention=number, actor=actor, slot=slot, hops=hops) for actor in actors]


def _owners(scene: Scene, noun: int) -> list[int]:
    """Return the tokens of the mentions that a common noun leads to: "US policy", "kebijakan AS"."""
    for found in (
        possessors(scene, noun),
        prepositional(scene, noun, scene.grammar.of),
        modifiers(scene, noun),
        list(scene.tree.dependants(noun, "appos", "flat")),
    ):
        owners = [c for one in found for c in scene.tree.conjuncts(one) if c in scene.at]
        if owners:
            return owners
    return []


def _complement(scene: Scene, verb: int, entry: Entry) -> tuple[int, ...]:
    """Return the tokens of "as a rival" in "regards Y as a rival" if its noun is one of the frame's."""
    tree = scene.tree
    wanted = entry.frame.complement
    for child in tree.dependants(verb, "obl", "xcomp", "advcl", "ccomp", "nmod", "obj"):
        marks = [tree.lowers[c] for c in tree.dependants(child, "case", "mark")]
        if tree.relation(child) in ("obl", "advcl", "nmod") and not set(marks) & set(scene.grammar.as_):
            continue
        if tree.relation(child) == "obj" and not set(marks) & set(scene.grammar.as_):
            continue
        nouns = tree.conjuncts(child)
        if "*" in wanted or any(
            tree.keys[word] in wanted
            for noun in nouns
            for word in (noun, *tree.dependants(noun, "amod", "compound"))
        ):
            return tuple(tree.subtree(child))
    return ()
