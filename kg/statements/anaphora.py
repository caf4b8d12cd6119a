"""Acts told before: in "Peru demanded a recount. Chile rejected the demand" it is Peru's demand.

Event anaphora, as in Kolhatkar et al. 2018, "Anaphora with non-nominal antecedents in computational
linguistics: a survey": a noun with a definite word, or a pronoun, with nobody beside it whose act it could be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

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

    `kind` is "act" where the noun names the type, "deed" for "the move", "it" for a pronoun and "nothing" where
    a refusal stands alone. `claim`: it is what somebody says that is meant; `doubted`: that it is not so.
    """

    token: int
    kind: str
    claim: bool
    doubted: bool = False


def recalled(
    scene: Scene, frames: Mapping[str, tuple[Entry, ...]], listed: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield who is for or against an act that is only pointed back to; `listed` is what was found before."""
    done = {(found.predicate, found.entry.type) for found in listed}
    settled: set[int] = set()
    for token, key in enumerate(scene.tree.keys):
        entries = [entry for entry in frames.get(key, ()) if entry.kind == "verb" and _reacts(entry)]
        for entry in sorted(entries, key=lambda e: not e.frame.needs):
            if token in settled or (token, entry.type) in done or not applies(scene, token, entry):
                continue
            passive = is_passive(scene, token, voice_of(scene, token, entry))
            pointer = _pointer(scene, token, entry, frames, passive=passive)
            if pointer is None or (TOLD in entry.target and pointer.doubted != (entry.type == REFUSAL)):
                continue  # to call an accusation something is to reject it
            settled.add(token)
            source = arguments(scene, token, entry.source, passive=passive)
            source = source or arguments(scene, token, ("climb",), passive=passive)
            own = _side(scene, source)
            meant = _whose(scene, pointer, frames, listed, own)
            if not meant and pointer.kind == "act" and scene.tree.keys[pointer.token] in scene.grammar.deeds:
                pointer = replace(pointer, kind="deed")  # "the verdict" of a court that jailed somebody
                meant = _whose(scene, pointer, frames, listed, own)
            for one, (mention, actor) in product(source, meant):
                target = Argument(mention=mention, actor=actor, slot=f"{TOLD} {pointer.kind}")
                yield Candidate(
                    entry=entry, predicate=token, source=one, target=target, complement=(pointer.token,)
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


def _reacts(entry: Entry) -> bool:
    return entry.type in REACTIONS and not entry.frame.complement


def _pointer(
    scene: Scene, verb: int, entry: Entry, frames: Mapping[str, tuple[Entry, ...]], *, passive: bool
) -> Pointer | None:
    """Return what in a target slot of a verb points back, None where anything else stands there."""
    tree, definite = scene.tree, words(scene.doc.lang_).groups.definite
    denies = entry.type == REFUSAL and any(
        operator.claim and operator.negated for operator, _ in scene.operators.get(tree.keys[verb], ())
    )
    called = TOLD in entry.target
    for slot in ("object", "clause") if called else entry.target:
        for token in fill(scene, verb, slot, passive=passive):
            if called and slot == "object" and not _is_called(scene, verb, token):
                return None
            if token in scene.at and scene.mentions[scene.at[token]].actors:
                return None
            if tree.pos[token] == "PRON":
                known = tree.lowers[token] in scene.grammar.events
                return Pointer(token=token, kind="it", claim=denies) if known else None
            pointed = any(tree.lowers[child] in definite for child in tree.dependants(token, "det"))
            others = [child for child in tree.children[token] if tree.relation(child) not in ALONE]
            if not pointed or tree.pos[token] != "NOUN" or others:
                return None
            return _noun(scene, token, frames)
    alone = all(tree.relation(child) not in CONTENT for child in tree.children[verb])
    return Pointer(token=verb, kind="nothing", claim=True) if denies and alone else None


def _noun(scene: Scene, noun: int, frames: Mapping[str, tuple[Entry, ...]]) -> Pointer | None:
    """Return what kind of act or claim a noun names, None where it names none: "decorated the man"."""
    key, named = scene.tree.keys[noun], _named(scene, noun, frames)
    doubted = ACCUSATION in named or key in scene.grammar.claims
    said = any(operator.claim and not operator.modality for operator, _ in scene.operators.get(key, ()))
    if not named and not doubted and key not in scene.grammar.deeds:
        return None
    return Pointer(token=noun, kind="act" if named else "deed", claim=doubted or said, doubted=doubted)


def _is_called(scene: Scene, verb: int, thing: int) -> bool:
    """Say whether a verb calls a thing something: "called the raid a crime", not "called the meeting"."""
    tree = scene.tree
    rest = [c for c in tree.dependants(verb, "xcomp", "obj", "ccomp") if c != thing]
    rest += [c for c in tree.dependants(thing, "amod") if c > thing]  # "called the charge absurd"
    return bool(rest) or any(tree.case(c) in scene.grammar.as_ for c in tree.dependants(verb, "obl", "nmod"))


def _named(scene: Scene, noun: int, frames: Mapping[str, tuple[Entry, ...]]) -> set[str]:
    return {entry.type for entry in frames.get(scene.tree.keys[noun], ()) if entry.kind == "noun"}


def _whose(
    scene: Scene,
    pointer: Pointer,
    frames: Mapping[str, tuple[Entry, ...]],
    listed: Sequence[Candidate],
    barred: set[str],
) -> list[tuple[int, str]]:
    """Return the mentions and actors whose act or claim is meant: the latest of them, none of the `barred`."""
    sentences = scene.tree.sentences
    near = [
        found
        for found in listed
        if found.predicate < pointer.token
        and sentences[pointer.token] - sentences[found.predicate] <= BACK
        and relation_types()[found.entry.type].quad != STRUCTURAL
    ]
    named = _named(scene, pointer.token, frames)
    if pointer.claim:
        choice = [(found, _tellers(scene, found)) for found in near]
    elif pointer.kind == "act":
        choice = [(found, _doers(found)) for found in near if found.entry.type in named]
    else:
        choice = [(found, _doers(found)) for found in near if found.entry.type not in VERDICTS]
    free = [(found, ends) for found, ends in choice if ends and not barred & {actor for _, actor in ends}]
    if not free:
        return []
    last = max((found for found, _ in free), key=lambda found: _nearness(scene, found.predicate))
    return list(
        dict.fromkeys(end for found, ends in free if found.predicate == last.predicate for end in ends)
    )


def _doers(act: Candidate) -> list[tuple[int, str]]:
    """Return whose act it is: of a deal both its ends."""
    mutual = relation_types()[act.entry.type].symmetric
    return [(end.mention, end.actor) for end in ((act.source, act.target) if mutual else (act.source,))]


def _tellers(scene: Scene, act: Candidate) -> list[tuple[int, str]]:
    """Return who says what an act is about: of an accusation who makes it, of others who claims them."""
    if act.entry.type == ACCUSATION:
        return _doers(act)
    who = claimant(scene, act.predicate, qualifiers(scene, act.predicate).claimant)
    return [(who, actor) for actor in scene.mentions[who].actors] if who is not None else []


def _nearness(scene: Scene, token: int) -> tuple[int, int, int]:
    """Order predicates: of the latest sentence the one least deep in its clauses, of these the last."""
    return scene.tree.sentences[token], -len(list(scene.tree.ancestors(token))), token
