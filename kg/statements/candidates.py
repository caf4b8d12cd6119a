"""Candidates: a predicate with the two mentions that its frame finds for it, before anything is qualified."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, permutations, product

from kg.ontology import relation_types
from kg.statements.afar import NEAR
from kg.statements.arguments import Argument, arguments, units
from kg.statements.clauses import is_passive
from kg.statements.frames import SLOTS, TOLD, Entry
from kg.statements.receiving import receivers
from kg.statements.scene import Scene
from kg.statements.stances import complement_of, gaps, matches
from kg.statements.victims import HARM, is_victim, of_acts

VERBAL = ("VERB", "AUX")
FUNCTIONS = ("case", "mark", "cc", "fixed", "aux", "cop")  # "perang melawan pasukan": a preposition there
DISMISSAL, DEMAND = "dismisses", "demandsOf"
MEDIATION = "mediatesBetween"
MUTUAL_REACH = 6  # tokens behind a verb within which "each other" begins
MEMBERS = 6  # of a pairwise relation; longer lists are lists, "talks among the 27 states"
NAMING = ("NOUN", "PROPN", "ADJ", "VERB", "X")


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
        stance = False
        for entry in sorted(entries, key=_generality):
            if entry.type in settled or (stance and "*" in entry.frame.complement):
                continue
            if not applies(scene, token, entry):
                continue
            for found in _from_entry(scene, token, entry):
                if _of_a_victim(scene, found, frames) or _is_barred(scene, found):
                    continue
                pair = (entry.type, found.source.actor, found.target.actor)
                if pair not in seen:
                    seen.add(pair)
                    settled.add(entry.type)
                    stance = stance or bool(entry.frame.complement)
                    yield found


def _of_a_victim(scene: Scene, found: Candidate, frames: Mapping[str, tuple[Entry, ...]]) -> bool:
    """Say whether a verb for or against an act is taken for one of whom it was done to."""
    verbal = found.entry.kind == "verb" and found.entry.type in of_acts()
    return verbal and is_victim(scene, found.target.mention, found.predicate, frames, type_=found.entry.type)


def _is_barred(scene: Scene, found: Candidate) -> bool:
    """Say whether a target is none for this frame, or a state's own: "China urged its citizens to leave"."""
    source, target = (scene.mentions[a.mention] for a in (found.source, found.target))
    owner = scene.mentions[target.belongs_to] if target.belongs_to is not None else None
    own = owner is not None and source.cls == "State" and owner.actor == source.actor
    return target.cls in found.entry.frame.barred or (own and found.entry.type == DEMAND)


def _generality(entry: Entry) -> tuple[int, bool]:
    """Order frames from the special to the general: "cut ties" before "cut", any other stance before "*"."""
    return -len(entry.others) - bool(entry.frame.needs), "*" in entry.frame.complement


def applies(scene: Scene, token: int, entry: Entry) -> bool:
    """Say whether a token is a predicate of this frame: its word class, its further words, what it needs."""
    tree, frame = scene.tree, entry.frame
    pos = tree.pos[token]
    if tree.relation(token) in FUNCTIONS:
        return False
    participle = pos == "ADJ" and entry.voice is None and "VerbForm=Part" in tree.morphs[token]
    verbal = participle or (token > 0 and tree.lowers[token - 1] in scene.grammar.mutual)  # "saling tuduh"
    if entry.kind == "verb" and pos not in VERBAL and entry.voice in (None, "base") and not verbal:
        return False
    if entry.kind in ("noun", "role") and (
        pos not in NAMING or (pos == "VERB" and scene.grammar.match == "lemma")
    ):
        return False
    if (
        entry.kind == "role"
        and tree.case(token) in scene.grammar.as_
        and tree.pos[tree.heads[token]] == "VERB"
    ):
        return False  # "memandang X sebagai pesaing": whose view it is says the verb
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
    return not {*near, *_governing(scene, token)}.intersection(frame.without)


def _governing(scene: Scene, token: int) -> tuple[str, ...]:
    """Return the verb that a noun is the object of, also in passives: who cuts ties has none."""
    tree = scene.tree
    governed = tree.relation(token) in ("obj", "nsubj") and tree.pos[token] == "NOUN"
    return (tree.keys[tree.heads[token]],) if governed else ()


def _near(scene: Scene, token: int) -> set[str]:
    """Return the words that depend on a token, two levels deep, and the one behind it."""
    tree = scene.tree
    near = {tree.keys[token + 1]} if token + 1 < len(tree.keys) else set()
    for child in tree.children[token]:
        near.add(tree.keys[child])
        near.update(tree.keys[deep] for deep in tree.children[child])
    return near


def _from_entry(scene: Scene, token: int, entry: Entry) -> Iterator[Candidate]:
    if TOLD in entry.target:
        return  # not in this clause (kg/statements/anaphora.py)
    symmetric = relation_types()[entry.type].symmetric
    one_way = entry.kind == "noun" and not symmetric and not _perceived(scene, entry)
    if one_way and receivers(scene, token):  # "came under fire": whoever it was, not the one under it
        yield from _given(scene, token, entry)
        return
    mutual = symmetric or "between" in entry.target
    harmful = entry.type == DISMISSAL or relation_types()[entry.type].quad == HARM
    passive = entry.kind == "verb" and is_passive(scene, token, voice_of(scene, token, entry))
    plain = entry.kind == "verb" and not entry.frame.complement
    if plain and not passive and _is_mutual(scene, token):
        yield from _mutual(scene, token, entry, symmetric=symmetric)
        return
    complement = complement_of(scene, token, entry.frame.complement)
    if entry.frame.complement:
        yield from _gapped(scene, token, entry, passive=passive)
        if not complement:
            return
    source = arguments(scene, token, entry.source, passive=passive)
    taken = {argument.mention for argument in source}
    if entry.frame.complement:
        taken |= {number for number, _ in gaps(scene, token)}
    target = arguments(scene, token, entry.target, passive=passive, taken=taken)
    target = target or arguments(scene, token, _near_slots(entry.target), passive=passive, taken=taken)
    pairing = ("between", *scene.grammar.between, *scene.grammar.of)  # "a meeting of Sudan, Chad and Libya"
    paired = _several(target) and target[0].slot in pairing
    if not (mutual and (paired or (_several(source) and not target))):
        taken |= {argument.mention for argument in target}
        source = source or arguments(scene, token, _near_slots(entry.source), passive=passive, taken=taken)
        attributive = passive and scene.tree.relation(token) in ("amod", "acl")  # "armed men": by nobody
        apart = attributive or (harmful and _circumstance(scene, token))
        if entry.kind in ("verb", "noun") and not apart:  # an ally is not one of any subject
            source = source or arguments(scene, token, ("climb",), passive=passive, taken=taken)
        if entry.kind != "verb" or "object" in entry.target:  # not of "said": what follows is what was said
            target = target or arguments(scene, token, ("below",), passive=passive, taken=taken)
    if (symmetric and paired) or (mutual and not (source and target)):
        groups = (
            arguments(scene, token, (slot,), passive=passive) for slot in ("between", *scene.grammar.of)
        )
        own = [] if entry.type == MEDIATION else source  # who mediates is no party
        group: list[Argument] = next((g for g in (*groups, own, target) if _several(g)), [])
        for one, other in combinations(group[:MEMBERS], 2):
            if one.actor != other.actor:
                yield Candidate(entry=entry, predicate=token, source=one, target=other, complement=complement)
        return
    for one, other in product(source, target):
        if one.actor != other.actor:
            yield Candidate(entry=entry, predicate=token, source=one, target=other, complement=complement)


def _circumstance(scene: Scene, noun: int) -> bool:
    """Say whether an act is but a circumstance of another: "suspended Gabon following the coup against X"."""
    here, tree = noun, scene.tree
    while tree.relation(here) in ("nmod", "conj", "compound") and tree.case(here) is None:
        here = tree.heads[here]
    return tree.case(here) in scene.grammar.circumstances


def _is_mutual(scene: Scene, verb: int) -> bool:
    """Say whether its subjects do to each other what a verb says: "accused each other", "saling menuduh"."""
    tree = scene.tree
    for phrase in scene.grammar.mutual:
        words = phrase.split()
        for start in range(max(0, verb - 1), min(verb + MUTUAL_REACH, len(tree.keys) - len(words))):
            end = start + len(words)
            below = verb in [*tree.ancestors(end - 1)][:2] or end == verb
            if tree.lowers[start:end] == words and below:
                return True
    return False


def _mutual(scene: Scene, token: int, entry: Entry, *, symmetric: bool) -> Iterator[Candidate]:
    """Yield what each of several subjects does to each other one."""
    group = arguments(scene, token, entry.source, passive=False)[:MEMBERS]
    for one, other in (combinations if symmetric else permutations)(group, 2):
        if one.actor != other.actor:
            yield Candidate(entry=entry, predicate=token, source=one, target=other)


def _perceived(scene: Scene, entry: Entry) -> bool:
    """Say whether what comes "from" somebody is another's view of that one: "sees a threat from Peru"."""
    return not {"giver", *scene.grammar.origins}.isdisjoint(entry.target)


def _given(scene: Scene, token: int, entry: Entry) -> Iterator[Candidate]:
    """Yield whose act it is that somebody gets: "Peru received aid from Chile", "won Chile's praise"."""
    target = arguments(scene, token, ("receiver",), passive=False)
    taken = {argument.mention for argument in target}
    slots = ("giver", "possessor", "modifier")
    source = arguments(scene, token, slots, passive=False, taken=taken) if target else []
    for one, other in product(source, target):
        if one.actor != other.actor:
            yield Candidate(entry=entry, predicate=token, source=one, target=other)


def _near_slots(slots: tuple[str, ...]) -> tuple[str, ...]:
    """Return the slot that looks for the prepositions among `slots` by word order."""
    cases = [slot for slot in slots if slot not in (*SLOTS, "climb", "below")]
    return (NEAR + NEAR.join(cases),) if cases else ()


def voice_of(scene: Scene, token: int, entry: Entry) -> str | None:
    """A bare form is active in headlines ("Trump ancam Iran"), passive where the parse says so."""
    if entry.voice != "base":
        return entry.voice
    return "passive" if scene.tree.first(token, "nsubj:pass") is not None else "active"


def _several(group: list[Argument]) -> bool:
    return len({argument.actor for argument in group}) > 1


def _gapped(scene: Scene, token: int, entry: Entry, *, passive: bool) -> Iterator[Candidate]:
    """Yield the further conjuncts of a stance: "regards China as a rival and Russia as a threat"."""
    sources = arguments(scene, token, entry.source, passive=passive)
    for number, noun in gaps(scene, token):
        if matches(scene, noun, entry.frame.complement):
            words = tuple(scene.tree.subtree(noun))
            for source, target in product(sources, units(scene, number, "gap", 0)):
                if source.actor != target.actor:
                    yield Candidate(
                        entry=entry, predicate=token, source=source, target=target, complement=words
                    )
