"""Acts told before: in "Peru demanded a recount. Chile rejected the demand" it is Peru's demand.

Event anaphora, as in Kolhatkar et al. 2018, "Anaphora with non-nominal antecedents in computational
linguistics: a survey": a noun with a definite word, or a pronoun, and nobody beside it whose act it could be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import NamedTuple

from kg.mentions.words import words
from kg.ontology import relation_types
from kg.statements.arguments import Argument
from kg.statements.attribution import claimant
from kg.statements.candidates import PROTEST, REFUSAL, Candidate, applies, arguments, voice_of
from kg.statements.clauses import is_passive
from kg.statements.frames import Entry
from kg.statements.qualifiers import qualifiers
from kg.statements.scene import Scene
from kg.statements.slots import fill

REACTIONS = (REFUSAL, PROTEST, "criticises", "praises", "supports", "opposes")
VERDICTS = (REFUSAL, PROTEST, "criticises", "praises", "opposes")  # of these none is meant by "the move"
ACCUSATION = "accuses"
BACK = 2  # sentences in which the act may stand
TOLD = "told"
STRUCTURAL = 0  # quad class of offices, members and parts: these are no acts
ALONE = ("det", "case", "punct", "amod", "advmod", "cc", "conj")
CONTENT = ("obj", "ccomp", "xcomp", "iobj", "obl", "advcl", "nsubj:pass")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """What points back: a noun or pronoun, or the verb itself ("Chile denied"), and of what kind it is.

    `kind` is "act" where the noun names the type, "deed" for "the move", "it" for a pronoun and "nothing"
    where a refusal stands alone. `claim`: what somebody says is meant; `doubted`: others deny that.
    """

    token: int
    kind: str
    claim: bool
    doubted: bool = False


def recalled(
    scene: Scene, frames: Mapping[str, tuple[Entry, ...]], listed: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield who is for or against an act that is only pointed back to, and what else such an act did.

    `listed` is what was found before.
    """
    done = {(found.predicate, found.entry.type) for found in listed}
    for token, key in enumerate(scene.tree.keys):
        entries = [e for e in frames.get(key, ()) if e.kind == "verb" and not e.frame.complement]
        for entry in sorted(entries, key=lambda e: not e.frame.needs):
            if (token, entry.type) in done or not applies(scene, token, entry):
                continue
            passive = is_passive(scene, token, voice_of(scene, token, entry))
            find = _reactions if entry.type in REACTIONS else _further
            found = list(find(_Place(scene, frames, listed, token), entry, passive=passive))
            yield from found
            if found and entry.type in REACTIONS:
                break


class _Place(NamedTuple):
    """A predicate in its text, and what was found there before."""

    scene: Scene
    frames: Mapping[str, tuple[Entry, ...]]
    listed: Sequence[Candidate]
    token: int


def _reactions(at: _Place, entry: Entry, *, passive: bool) -> Iterator[Candidate]:
    """Yield who is for or against it: "Chile rejected the demand", "called the raid a crime"."""
    pointer = _pointer(at, entry, passive=passive)
    if pointer is None or (TOLD in entry.target and pointer.doubted != (entry.type == REFUSAL)):
        return  # to call an accusation something is to reject it
    source = arguments(at.scene, at.token, entry.source, passive=passive)
    source = source or arguments(at.scene, at.token, ("climb",), passive=passive)
    for one, other in product(source, _whose(at, pointer, _side(at.scene, source))):
        yield Candidate(
            entry=entry, predicate=at.token, source=one, target=other, complement=(pointer.token,)
        )


def _further(at: _Place, entry: Entry, *, passive: bool) -> Iterator[Candidate]:
    """Yield what else the doer of an act did: "The raid killed two soldiers", "were killed in the raid"."""
    if relation_types()[entry.type].quad == STRUCTURAL:
        return
    nouns = [token for slot in entry.source for token in fill(at.scene, at.token, slot, passive=passive)]
    nouns += [t for t in at.scene.tree.dependants(at.token, "obl") if entry.type in _named(at, t)]
    pointer = next((found for token in nouns if (found := _noun(at, token)) is not None), None)
    if pointer is None or pointer.claim or arguments(at.scene, at.token, entry.source, passive=passive):
        return
    target = arguments(at.scene, at.token, entry.target, passive=passive)
    for other, one in product(target, _whose(at, pointer, {argument.actor for argument in target})):
        yield Candidate(
            entry=entry, predicate=at.token, source=one, target=other, complement=(pointer.token,)
        )


def is_recalled(argument: Argument) -> bool:
    """Say whether an argument is named in another clause than the one that tells what it has to do with."""
    return argument.slot.startswith(TOLD)


def _side(scene: Scene, source: list[Argument]) -> set[str]:
    """Return who reacts, and for whom: Sudan's prime minister is not for or against what Sudan did."""
    found = {argument.actor for argument in source}
    for argument in source:
        owner = scene.mentions[argument.mention].belongs_to
        found |= {scene.mentions[owner].actor} if owner is not None else set()
    for title in scene.titles:
        if title.body is not None and scene.mentions[title.person].actor in found:
            found.add(scene.mentions[title.body].actor)
    return found


def _pointer(at: _Place, entry: Entry, *, passive: bool) -> Pointer | None:
    """Return what in a target slot of a verb points back, None where anything else stands there."""
    scene, tree, verb = at.scene, at.scene.tree, at.token
    denies = entry.type == REFUSAL and any(
        operator.claim and operator.negated for operator, _ in scene.operators.get(tree.keys[verb], ())
    )
    called = TOLD in entry.target
    for slot in ("object", "clause") if called else entry.target:
        for token in fill(scene, verb, slot, passive=passive):
            if called and slot == "object" and not _is_called(scene, verb, token):
                return None
            if tree.pos[token] != "PRON":
                return _noun(at, token)
            known = tree.lowers[token] in scene.grammar.events and not _is_actor(scene, token)
            return Pointer(token=token, kind="it", claim=denies) if known else None
    alone = all(tree.relation(child) not in CONTENT for child in tree.children[verb])
    return Pointer(token=verb, kind="nothing", claim=True) if denies and alone else None


def _noun(at: _Place, noun: int) -> Pointer | None:
    """Return what kind of act or claim a noun points back to, None where it names none: "the man"."""
    tree, key = at.scene.tree, at.scene.tree.keys[noun]
    definite = words(at.scene.doc.lang_).groups.definite
    pointed = any(tree.lowers[child] in definite for child in tree.dependants(noun, "det"))
    others = any(tree.relation(child) not in ALONE for child in tree.children[noun])
    if not pointed or others or tree.pos[noun] != "NOUN" or _is_actor(at.scene, noun):
        return None
    named = _named(at, noun)
    doubted = ACCUSATION in named or key in at.scene.grammar.claims
    said = any(operator.claim and not operator.modality for operator, _ in at.scene.operators.get(key, ()))
    if not named and not doubted and key not in at.scene.grammar.deeds:
        return None
    return Pointer(token=noun, kind="act" if named else "deed", claim=doubted or said, doubted=doubted)


def _is_actor(scene: Scene, token: int) -> bool:
    return token in scene.at and bool(scene.mentions[scene.at[token]].actors)


def _is_called(scene: Scene, verb: int, thing: int) -> bool:
    """Say whether a verb calls a thing something: "called the raid a crime", not "called the meeting"."""
    tree = scene.tree
    rest = [c for c in tree.dependants(verb, "xcomp", "obj", "ccomp") if c != thing]
    rest += [c for c in tree.dependants(thing, "amod") if c > thing]  # "called the charge absurd"
    return bool(rest) or any(tree.case(c) in scene.grammar.as_ for c in tree.dependants(verb, "obl", "nmod"))


def _named(at: _Place, noun: int) -> set[str]:
    return {entry.type for entry in at.frames.get(at.scene.tree.keys[noun], ()) if entry.kind == "noun"}


def _whose(at: _Place, pointer: Pointer, barred: set[str]) -> list[Argument]:
    """Return whose act or claim is meant: that of the latest, none of the `barred` actors."""
    named, kind = _named(at, pointer.token), pointer.kind
    acts = list(_acts(at, min(pointer.token, at.token)))
    if pointer.claim:
        choice = [(act.token, _tellers(at.scene, act)) for act in acts if act.told]
    else:
        choice = [(act.token, act.doers) for act in acts if kind == "act" and act.type in named]
        if not choice and (kind != "act" or at.scene.tree.keys[pointer.token] in at.scene.grammar.deeds):
            kind = "it" if kind == "it" else "deed"  # "the verdict" of a court that jailed somebody
            choice = [(act.token, act.doers) for act in acts if act.type not in VERDICTS]
    free = [(token, ends) for token, ends in choice if ends and not barred & {actor for _, actor in ends}]
    last = max((token for token, _ in free), key=partial(_nearness, at.scene), default=None)
    ends = dict.fromkeys(end for token, ends in free if token == last for end in ends)
    return [Argument(mention=mention, actor=actor, slot=f"{TOLD} {kind}") for mention, actor in ends]


class _Act(NamedTuple):
    """An act told before: its predicate, whose it is, and whether it was `told` to whom it was done."""

    token: int
    type: str
    doers: tuple[tuple[int, str], ...]
    told: bool


def _acts(at: _Place, before: int) -> Iterator[_Act]:
    """Yield what was told in the sentences before a token, also what was done to nobody who is named."""
    scene, types = at.scene, relation_types()
    first = scene.tree.sentences[before] - BACK
    done = set()
    for found in at.listed:
        if found.predicate < before and scene.tree.sentences[found.predicate] >= first:
            done.add(found.predicate)
            if types[found.entry.type].quad != STRUCTURAL:
                yield _Act(found.predicate, found.entry.type, _doers(found), told=True)
    for token in range(before):
        if token in done or scene.tree.sentences[token] < first:
            continue
        for entry in at.frames.get(scene.tree.keys[token], ()):
            plain = entry.kind == "verb" and types[entry.type].quad != STRUCTURAL
            if plain and not types[entry.type].symmetric and applies(scene, token, entry):
                passive = is_passive(scene, token, voice_of(scene, token, entry))
                source = arguments(scene, token, entry.source, passive=passive)
                yield _Act(token, entry.type, tuple((a.mention, a.actor) for a in source), told=False)


def _doers(found: Candidate) -> tuple[tuple[int, str], ...]:
    """Return whose act it is: of a deal both its ends."""
    mutual = relation_types()[found.entry.type].symmetric
    ends = (found.source, found.target) if mutual else (found.source,)
    return tuple((end.mention, end.actor) for end in ends)


def _tellers(scene: Scene, act: _Act) -> tuple[tuple[int, str], ...]:
    """Return who says what an act is about: of an accusation who makes it, of others who claims them."""
    if act.type == ACCUSATION:
        return act.doers
    who = claimant(scene, act.token, qualifiers(scene, act.token).claimant)
    return tuple((who, actor) for actor in scene.mentions[who].actors) if who is not None else ()


def _nearness(scene: Scene, token: int) -> tuple[int, int, int]:
    """Order predicates: of the latest sentence the one least deep in its clauses, of these the last."""
    return scene.tree.sentences[token], -len(list(scene.tree.ancestors(token))), token
