"""Acts told before: in "Peru demanded a recount. Chile rejected the demand" it is Peru's demand.

Event anaphora, as in Kolhatkar et al. 2018, "Anaphora with non-nominal antecedents in computational
linguistics: a survey": a noun with a definite word, or a pronoun, and nobody beside it whose act it could be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from typing import Literal, NamedTuple

from kg.mentions.words import words
from kg.ontology import relation_types
from kg.statements.acts import ACCUSATION, ATTITUDES, REACTIONS, Act, acts, claims, is_fact
from kg.statements.arguments import Argument, arguments
from kg.statements.candidates import Candidate, applies, voice_of
from kg.statements.clauses import is_passive
from kg.statements.frames import TOLD, Entry
from kg.statements.scene import Scene
from kg.statements.slots import fill
from kg.statements.victims import HARM, PROTEST, REFUSAL

ANY = "*"
SERVING = ("GovernmentBody", "ArmedForce")  # their owner is their side; no opposition is on its state's
ALONE = ("det", "case", "punct", "amod", "compound", "nmod", "advmod", "cc", "conj")  # beside a pointing noun
CONTENT = ("obj", "ccomp", "xcomp", "iobj", "obl", "advcl")  # what a denial that stands alone does not have


class _Pointer(NamedTuple):
    """What points back: a noun, a pronoun, or the verb itself ("Chile denied"); `types` that it may mean.

    `claim`: what somebody says is meant; `doubted`: that it is so.
    """

    token: int
    kind: Literal["act", "deed", "it", "nothing"]
    types: frozenset[str] = frozenset()
    claim: bool = False
    doubted: bool = False


class _Place(NamedTuple):
    """A predicate in its text, and what was found there before."""

    scene: Scene
    frames: Mapping[str, tuple[Entry, ...]]
    listed: Sequence[Candidate]
    token: int


def recalled(
    scene: Scene, frames: Mapping[str, tuple[Entry, ...]], listed: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield who is for or against an act that is only pointed back to, and what else such an act did.

    `listed` is what was found before, by place of the predicate.
    """
    done = {(found.predicate, found.entry.type) for found in listed}
    for token, key in enumerate(scene.tree.keys):
        if not scene.places[scene.tree.sentences[token]]:
            continue
        entries = [e for e in frames.get(key, ()) if e.kind == "verb" and _points(e)]
        for entry in sorted(entries, key=lambda e: (TOLD in e.target, not e.frame.needs)):
            if (token, entry.type) in done or not applies(scene, token, entry):
                continue
            passive = is_passive(scene, token, voice_of(scene, token, entry))
            find = _reactions if entry.type in REACTIONS else _further
            found = list(find(_Place(scene, frames, listed, token), entry, passive=passive))
            yield from found
            if found and entry.type in REACTIONS:
                break


def is_recalled(argument: Argument) -> bool:
    """Say whether an argument is named in another clause than the one that tells what it has to do with."""
    return argument.slot.startswith(TOLD)


def _points(entry: Entry) -> bool:
    return not entry.frame.complement or TOLD in entry.target


def _reactions(at: _Place, entry: Entry, *, passive: bool) -> Iterator[Candidate]:
    """Yield who is for or against it: "Chile rejected the demand", "called the raid a crime"."""
    source = arguments(at.scene, at.token, entry.source, passive=passive)
    source = source or arguments(at.scene, at.token, ("climb",), passive=passive)
    pointer = _pointer(at, entry, passive=passive) if source else None
    if pointer is None or (TOLD in entry.target and pointer.doubted != (entry.type == REFUSAL)):
        return  # to call an accusation something is to reject it
    for one, other in product(source, _whose(at, pointer, _side(at.scene, source))):
        yield Candidate(
            entry=entry, predicate=at.token, source=one, target=other, complement=(pointer.token,)
        )


def _further(at: _Place, entry: Entry, *, passive: bool) -> Iterator[Candidate]:
    """Yield to whom else an act was done: "The raid killed two soldiers", "were killed in the raid"."""
    scene, tree = at.scene, at.scene.tree
    if relation_types()[entry.type].symmetric:
        return
    nouns = [token for slot in entry.source for token in fill(scene, at.token, slot, passive=passive)]
    around = scene.grammar.circumstances
    nouns += [t for t in tree.dependants(at.token, "obl") if tree.case(t) not in around]
    found = (pointer for token in nouns if (pointer := _noun(at, token)) is not None)
    pointer = next((p for p in found if entry.type in p.types and not p.claim), None)
    if pointer is None or arguments(scene, at.token, entry.source, passive=passive):
        return
    target = arguments(scene, at.token, entry.target, passive=passive)
    pointer = pointer._replace(types=frozenset({entry.type}))
    whose = _whose(at, pointer, _side(scene, target), fact=True) if target else []
    for other, one in product(target, whose):
        yield Candidate(
            entry=entry, predicate=at.token, source=one, target=other, complement=(pointer.token,)
        )


def _side(scene: Scene, arguments_: list[Argument]) -> set[str]:
    """Return who they are and for whom: Sudan's prime minister is not for or against what Sudan did."""
    here = [scene.mentions[argument.mention] for argument in arguments_]
    found = {argument.actor for argument in arguments_}
    for mention in here:
        if mention.belongs_to is not None and mention.cls in SERVING:
            found |= set(scene.mentions[mention.belongs_to].actors)
    for title in scene.titles:
        if title.body is not None and not found.isdisjoint(scene.mentions[title.person].actors):
            found |= set(scene.mentions[title.body].actors)
    return found


def _pointer(at: _Place, entry: Entry, *, passive: bool) -> _Pointer | None:
    """Return what in a target slot of a verb points back, None where anything else stands there."""
    scene, tree, verb = at.scene, at.scene.tree, at.token
    denies = entry.type == REFUSAL and any(
        operator.claim and operator.negated for operator, _ in scene.operators.get(tree.keys[verb], ())
    )
    called = TOLD in entry.target
    for slot in ("object", "clause") if called else entry.target:
        if entry.type == PROTEST and slot == "object":
            continue  # "struck the deal"
        for token in fill(scene, verb, slot, passive=passive):
            if called and not _is_called(scene, verb, token, entry.frame.complement):
                continue
            relative = tree.lowers[token] in scene.grammar.relatives and tree.relation(verb) == "acl"
            if relative:  # "a verdict that Chile called unfair"
                return _noun(at, tree.heads[verb], relative=True)
            if tree.pos[token] == "PRON":
                known = _is_event(scene, verb, token)
                return _Pointer(token, "it", claim=denies) if known else None
            return _noun(at, token)
    alone = all(tree.relation(child) not in CONTENT for child in tree.children[verb])
    return _Pointer(verb, "nothing", claim=True) if denies and alone else None


def _is_event(scene: Scene, verb: int, pronoun: int) -> bool:
    """Tell "Chile denied it" from "Chile finds it hard to go"."""
    tree, grammar = scene.tree, scene.grammar
    ahead = any(
        tree.lowers[mark] in (*grammar.complementisers, *grammar.purposes)
        for child in tree.children[verb]
        for clause in (child, *tree.children[child])
        if clause > pronoun
        for mark in tree.dependants(clause, "mark")
    )
    return tree.lowers[pronoun] in grammar.events and not ahead and not _is_actor(scene, pronoun)


def _noun(at: _Place, noun: int, *, relative: bool = False) -> _Pointer | None:
    """Return what kind of act or claim a noun points back to, None where it names none: "the man".

    `relative`: it needs no definite word, since a clause tells which it is.
    """
    scene, tree, key = at.scene, at.scene.tree, at.scene.tree.keys[noun]
    definite = words(scene.doc.lang_).groups.definite
    pointed = relative or any(tree.lowers[child] in definite for child in tree.dependants(noun, "det"))
    if not pointed or tree.pos[noun] != "NOUN" or _is_actor(scene, noun):
        return None
    if not relative and any(not _is_plain(scene, child) for child in tree.children[noun]):
        return None
    types = {e.type for e in at.frames.get(key, ()) if e.kind == "noun"}
    if any(relation_types()[name].quad == HARM for name in types):
        types -= {*ATTITUDES, PROTEST}  # "the attack" is no criticism
    doubted = ACCUSATION in types or key in scene.grammar.claims
    said = any(operator.claim and not operator.modality for operator, _ in scene.operators.get(key, ()))
    deed = scene.grammar.deeds.get(key)
    if not types and not doubted and not said and deed is None:
        return None
    types |= set(deed or ())
    kind: Literal["act", "deed"] = "act" if types - {ANY} else "deed"
    return _Pointer(noun, kind, types=frozenset(types), claim=doubted or said, doubted=doubted)


def _is_plain(scene: Scene, child: int) -> bool:
    """Say whether a word beside a noun leaves it what was told: not "the earlier plan", "the plan for X"."""
    tree = scene.tree
    if tree.relation(child) in ("amod", "compound", "nmod"):
        other = tree.keys[child] in scene.grammar.others or tree.case(child) is not None
        return not other and child not in scene.at
    return tree.relation(child) in ALONE


def _is_actor(scene: Scene, token: int) -> bool:
    return token in scene.at and any(scene.mentions[scene.at[token]].actors)


def _is_called(scene: Scene, verb: int, thing: int, wanted: tuple[str, ...]) -> bool:
    """Say whether a verb calls a thing what is wanted: "called the raid a crime", also "not fair"."""
    tree, grammar = scene.tree, scene.grammar
    calls = [c for c in tree.dependants(verb, "xcomp", "obj", "ccomp") if c != thing]
    calls += [c for c in tree.dependants(verb, "obl", "nmod") if tree.case(c) in grammar.as_]
    calls += [c for c in tree.dependants(thing, "amod") if c > thing]  # "called the charge absurd"
    for word in (conjunct for call in calls for conjunct in tree.conjuncts(call)):
        parts = (word, *tree.dependants(word, "amod", "compound", "nmod"))
        denied = any(tree.keys[c] in grammar.negators for c in tree.children[word])
        sign = f"{grammar.negators[0]} " if denied else ""
        if any(sign + tree.keys[part] in wanted for part in parts):
            return True
    return False


def _whose(at: _Place, pointer: _Pointer, barred: set[str], *, fact: bool = False) -> list[Argument]:
    """Return whose act or claim is meant: the nearest's, nobody's where that is one of the `barred`.

    `fact`: only of what the text itself says was done.
    """
    before = min(pointer.token, at.token)
    here = at.scene.tree.sentences[before]
    find = claims if pointer.claim else partial(acts, frames=at.frames)
    told = list(find(at.scene, at.listed, before))
    for act in (act for wanted in _choices(pointer, barred) for act in told if wanted(act)):
        actors = {actor for _, actor in act.doers}
        if barred & actors and at.scene.tree.sentences[act.token] == here:
            continue  # "Rwanda, which armed the rebels, denied the attack"
        if not actors and not pointer.types:
            continue
        if barred & actors or (not pointer.claim and not is_fact(at.scene, act.token, plainly=fact)):
            break
        return [Argument(mention=n, actor=actor, slot=f"{TOLD} {pointer.kind}") for n, actor in act.doers]
    return []


def _choices(pointer: _Pointer, barred: set[str]) -> Iterator[Callable[[Act], bool]]:
    """Yield what an act must be to be meant, the likeliest first: of the type; about who denies it."""
    types = pointer.types - {ANY}
    if pointer.claim:
        yield lambda act: not barred.isdisjoint(act.about)
        yield lambda _: True
        return
    if types:
        yield lambda act: not types.isdisjoint(act.types)
    if not types or ANY in pointer.types:
        yield lambda act: act.types.isdisjoint(ATTITUDES)
