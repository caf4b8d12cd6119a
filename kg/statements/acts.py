"""What a text told just before: the acts and claims of the sentences before a word, the nearest first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.ontology import relation_types
from kg.statements.afar import NEAR
from kg.statements.arguments import arguments
from kg.statements.attribution import claimant, says
from kg.statements.candidates import Candidate, applies, voice_of
from kg.statements.clauses import is_passive
from kg.statements.frames import TOLD, Entry
from kg.statements.qualifiers import qualifiers
from kg.statements.scene import Scene
from kg.statements.speakers import speaker
from kg.statements.victims import PROTEST, REFUSAL

ATTITUDES = (REFUSAL, "criticises", "praises", "opposes")
REACTIONS = (*ATTITUDES, PROTEST, "supports")
ACCUSATION, SPOKEN = "accuses", ("accuses", "criticises", "praises", "threatens", "demandsOf", "offersTo")
POSTS = ("appoints", "dismisses")
STATES = ("alignedWith", "partnerOf", "alliedWith")
NO_ACTS = ("structural", "perception")
BACK = 2  # sentences before a word's own in which an act may stand
WINDOW = 150  # tokens: a table has no sentences
FAR = ("climb", "below", NEAR)  # slots that guess


class Act(NamedTuple):
    """An act or claim told before: its predicate, of which types it may be, whose it is, and about whom."""

    token: int
    types: frozenset[str]
    doers: tuple[tuple[int, str], ...]
    about: frozenset[str] = frozenset()


def acts(
    scene: Scene, listed: Sequence[Candidate], before: int, *, frames: Mapping[str, tuple[Entry, ...]]
) -> Iterator[Act]:
    """Yield the acts before a word: those found, those done to nobody who is named, and unknown ones.

    An event that no frame knows has no type: it bars the way to older ones.
    """
    first = _first(scene, before)
    found: dict[int, list[Candidate]] = {}
    for one in listed[bisect_left(listed, first, key=_place) :]:
        if one.predicate < before and _is_act(one.entry):
            found.setdefault(one.predicate, []).append(one)
    for token in _latest(scene, first, before):
        if token in found:
            ends = [end for one in found[token] for end in _ends(one)]
            types = frozenset(one.entry.type for one in found[token])
            yield Act(token, types, tuple(dict.fromkeys(ends)))
        elif scene.tree.pos[token] == "VERB":
            yield from _alone(scene, frames.get(scene.tree.keys[token], ()), token)


def claims(scene: Scene, listed: Sequence[Candidate], before: int) -> Iterator[Act]:
    """Yield what somebody said before a word, and who: accusers, who demands, whom a verb of saying names."""
    first = _first(scene, before)
    near = [one for one in listed[bisect_left(listed, first, key=_place) :] if one.predicate < before]
    spoken: dict[int, dict[tuple[int, str], None]] = {}
    about: dict[int, set[str]] = {}
    for one in near:
        about.setdefault(one.predicate, set()).update((one.source.actor, one.target.actor))
        if one.entry.type in SPOKEN:
            spoken.setdefault(one.predicate, {})[one.source.mention, one.source.actor] = None
    for token in _latest(scene, first, before):
        doers = tuple(spoken.get(token, ()))
        if not doers and token in about:
            who = claimant(scene, token, qualifiers(scene, token).claimant)
            doers = _actors(scene, who)
        if not doers and says(scene, token):
            doers = _actors(scene, speaker(scene, token))
        if doers:
            own = {actor for _, actor in doers}
            yield Act(token, frozenset(), doers, frozenset(about.get(token, ())) - own)


def _actors(scene: Scene, who: int | None) -> tuple[tuple[int, str], ...]:
    return tuple((who, actor) for actor in scene.mentions[who].actors if actor) if who is not None else ()


def is_fact(scene: Scene, token: int, *, plainly: bool) -> bool:
    """Say whether what was told is not denied; `plainly`, whether the text itself says that it was done."""
    stance = qualifiers(scene, token)
    if stance.negated:
        return False
    return not plainly or (stance.claimant is None and stance.modality == "actual")


def _place(found: Candidate) -> int:
    return found.predicate


def _first(scene: Scene, before: int) -> int:
    sentences = scene.tree.sentences
    return max(bisect_left(sentences, sentences[before] - BACK), before - WINDOW)


def _is_act(entry: Entry) -> bool:
    if entry.frame.complement or entry.kind in ("role", "adjective"):
        return False
    kept = relation_types()[entry.type].family not in NO_ACTS or entry.type in POSTS
    return kept and entry.type not in STATES


def _ends(found: Candidate) -> list[tuple[int, str]]:
    """Return whose act it is: of a deal both its ends."""
    mutual = relation_types()[found.entry.type].symmetric
    ends = (found.source, found.target) if mutual else (found.source,)
    return [(end.mention, end.actor) for end in ends if not end.slot.startswith(FAR)]


def _alone(scene: Scene, entries: Sequence[Entry], verb: int) -> Iterator[Act]:
    """Yield the act of a verb for which no pair was found: by whom it was done is known all the same."""
    told = [e for e in entries if e.kind == "verb" and _is_act(e) and applies(scene, verb, e)]
    types = frozenset(e.type for e in told if not relation_types()[e.type].symmetric)
    main = scene.tree.relation(verb) in ("root", "conj", "parataxis") or scene.tree.heads[verb] == verb
    said = any(operator.claim for operator, _ in scene.operators.get(scene.tree.keys[verb], ()))
    if (not types and (not main or said)) or any(TOLD in e.target for e in entries):
        return
    voice = voice_of(scene, verb, told[0]) if told else None
    source = arguments(scene, verb, ("subject",), passive=is_passive(scene, verb, voice))
    yield Act(verb, types, tuple(dict.fromkeys((a.mention, a.actor) for a in source)))


def _latest(scene: Scene, first: int, before: int) -> list[int]:
    """Return words by nearness: of the latest sentence the one least deep in its clauses, then the last."""
    tree = scene.tree
    tokens = range(first, before)
    return sorted(tokens, key=lambda t: (tree.sentences[t], -len(list(tree.ancestors(t))), t), reverse=True)
