"""The frame extractor: candidates with their qualifiers and claimants."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache, partial

from kg.statements.anaphora import is_recalled, recalled
from kg.statements.attribution import claimant
from kg.statements.candidates import Candidate, candidates
from kg.statements.draft import Draft
from kg.statements.exclusion import excluded
from kg.statements.frames import frames
from kg.statements.qualifiers import Qualifiers, qualifiers
from kg.statements.scene import Scene

Claim = tuple[int, str, bool, int, int]
POSTS = ("holdsOffice", "memberOf")


def framed(scene: Scene) -> Iterator[Draft]:
    """Yield what the language's frames say of the mentions, at last what they say of acts told before."""
    stances = cache(partial(qualifiers, scene))
    known = frames(scene.doc.lang_)
    listed = tuple(candidates(scene, known))
    listed = (*listed, *recalled(scene, known, listed))
    said = {_claim(found, found.predicate) for found in listed}
    for found in listed:
        if (found.entry.type in POSTS and _titled(scene, found)) or _said_by_noun(scene, found, said):
            continue
        verb = _verb_for(scene, found, said)
        stands = found.predicate if verb is None else verb
        stance, frame = stances(stands), found.entry.frame
        ends = (found.source, found.target)
        left_out = [not is_recalled(a) and excluded(scene, a.mention, found.predicate) for a in ends]
        mentions = [scene.mentions[argument.mention] for argument in ends]
        if any(left_out) and scene.tree.are_coordinated(*(mention.head for mention in mentions)):
            continue  # "Peru, not Chile, met Brazil": the first two did not meet, nor were said not to
        tokens = [found.predicate, *found.complement]
        for argument, mention in zip(ends, mentions, strict=True):
            tokens += [] if is_recalled(argument) else [mention.start, mention.end - 1]
        yield Draft(
            type=found.entry.type,
            source=found.source.mention,
            source_actor=found.source.actor,
            target=found.target.mention,
            target_actor=found.target.actor,
            start=min(tokens),
            end=max(tokens) + 1,
            trigger=(found.predicate, found.predicate + 1),
            qualifiers=replace(
                stance,
                negated=(stance.negated != frame.negated) != any(left_out),
                modality=stance.modality if stance.modality != "actual" else frame.modality or "actual",
                status=stance.status if stance.status != "current" else frame.status or "current",
                claimant=claimant(scene, stands, stance.claimant),
            ),
            extractor="frames",
            features=_features(scene, found, stance),
            characterisation=_words(scene, found),
        )


def _verb_for(scene: Scene, found: Candidate, said: Collection[Claim]) -> int | None:
    """Return the verb above or behind a noun that says the same of the same two, and knows whether it is so.

    "denied supplying arms to X", "X and Y agreed a pact", "the end of the pact, which was signed by X and Y".
    """
    tree, noun = scene.tree, found.predicate
    if tree.pos[noun] != "NOUN" or found.source.slot == "between":
        return None
    verbs = [*tree.dependants(noun, "acl"), *([tree.heads[noun]] if tree.relation(noun) == "obj" else ())]
    return next((verb for verb in verbs if _claim(found, verb) in said), None)


def _said_by_noun(scene: Scene, found: Candidate, said: Collection[Claim]) -> bool:
    """Say whether a verb only says what its noun says of a pair: "welcomed the talks between X and Y"."""
    things = scene.tree.dependants(found.predicate, "obj", "nsubj")
    return found.source.slot == "between" and any(_claim(found, thing) in said for thing in things)


def _claim(found: Candidate, predicate: int) -> Claim:
    """Return what a candidate says, as if another word had said it."""
    entry = found.entry
    return predicate, entry.type, entry.frame.negated, found.source.mention, found.target.mention


def _titled(scene: Scene, found: Candidate) -> bool:
    """Tell whether a title says it better, this one's or another's.

    "President Soto of Chile and Prime Minister Quispe of Peru", "Democratic governor Paul Ortiz".
    """
    person, body = found.source.mention, found.target.mention
    here = [title for title in scene.titles if title.start <= found.predicate < title.end]
    own = any(title.person == person and title.body is not None for title in scene.titles)
    if own and any(title.person != person for title in here):
        return True
    return any((title.person, title.body) == (person, body) for title in here)


def _words(scene: Scene, found: Candidate) -> tuple[int, int] | None:
    """Return the tokens of a stance's complement without its "as": 'a rival', 'pesaing terbesarnya'."""
    if any(map(is_recalled, (found.source, found.target))):
        return None
    words = [
        token
        for token in found.complement
        if scene.tree.lowers[token] not in scene.grammar.as_ and scene.tree.pos[token] != "PUNCT"
    ]
    return (words[0], words[-1] + 1) if words else None


def _features(scene: Scene, found: Candidate, stance: Qualifiers) -> tuple[str, ...]:
    """Describe how a candidate was found; the confidence is learned from these names."""
    source, target = (scene.mentions[a.mention] for a in (found.source, found.target))
    type_, entry, place = found.entry.type, found.entry, found.predicate
    left, right = min(source.head, target.head), max(source.head, target.head)
    here = scene.places[scene.tree.sentences[place]]
    between = sum(left < scene.mentions[number].head < right for number in here)
    order = "".join(sorted("pst", key=lambda x: {"p": place, "s": source.head, "t": target.head}[x]))
    return (
        f"type {type_}",
        f"word {type_} {entry.lemma}",
        f"kind {entry.kind} {scene.doc.lang_}",
        f"slots {entry.kind} {found.source.slot} {found.target.slot}",
        f"word target {type_} {entry.lemma} {found.target.slot}",
        f"hops {found.source.hops} {found.target.hops}",
        f"source {type_} {source.cls}",
        f"target {type_} {target.cls}",
        f"forms {source.form} {target.form}",
        f"between {min(between, 4)}",
        f"order {entry.kind} {order}",
        f"modality {stance.modality}",
        f"marked {scene.is_marked(source)} {scene.is_marked(target)}",
    )
