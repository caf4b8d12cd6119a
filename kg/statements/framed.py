"""The frame extractor: candidates with their qualifiers and claimants."""

from __future__ import annotations

from collections.abc import Iterator

from kg.ontology import relation_types
from kg.statements.attribution import claimant
from kg.statements.candidates import Candidate, candidates
from kg.statements.draft import Draft
from kg.statements.frames import frames
from kg.statements.qualifiers import Qualifiers, qualifiers
from kg.statements.scene import Scene


def framed(scene: Scene) -> Iterator[Draft]:
    """Yield what the language's frames say of the mentions, by place of the predicate."""
    known: dict[int, Qualifiers] = {}
    for found in candidates(scene, frames(scene.doc.lang_)):
        if not _allowed(scene, found):
            continue
        if found.predicate not in known:
            known[found.predicate] = qualifiers(scene, found.predicate)
        stance, frame = known[found.predicate], found.entry.frame
        mentions = [scene.mentions[argument.mention] for argument in (found.source, found.target)]
        tokens = [found.predicate, *found.complement]
        for mention in mentions:
            tokens += [mention.start, mention.end - 1]
        yield Draft(
            type=found.entry.type,
            source=found.source.mention,
            source_actor=found.source.actor,
            target=found.target.mention,
            target_actor=found.target.actor,
            start=min(tokens),
            end=max(tokens) + 1,
            trigger=(found.predicate, found.predicate + 1),
            qualifiers=Qualifiers(
                negated=stance.negated != frame.negated,
                modality=stance.modality if stance.modality != "actual" else frame.modality or "actual",
                status=stance.status if stance.status != "current" else frame.status or "current",
                certainty=stance.certainty,
                claimant=claimant(scene, found.predicate, stance.claimant),
            ),
            extractor="frames",
            features=_features(scene, found),
            characterisation=_words(scene, found),
        )


def _allowed(scene: Scene, found: Candidate) -> bool:
    """Say whether the classes of both actors lie in the relation type's domain and range."""
    type_ = relation_types()[found.entry.type]
    source, target = scene.mentions[found.source.mention], scene.mentions[found.target.mention]
    if source.members or target.members:
        return True
    forth = source.cls in type_.domain and target.cls in type_.range
    return forth or (type_.symmetric and target.cls in type_.domain and source.cls in type_.range)


def _words(scene: Scene, found: Candidate) -> tuple[int, int] | None:
    """Return the tokens of a stance's complement without its "as": 'a rival', 'pesaing terbesarnya'."""
    words = [
        token
        for token in found.complement
        if scene.tree.lowers[token] not in scene.grammar.as_ and scene.tree.pos[token] != "PUNCT"
    ]
    return (words[0], words[-1] + 1) if words else None


def _features(scene: Scene, found: Candidate) -> tuple[str, ...]:
    source, target = (scene.mentions[a.mention] for a in (found.source, found.target))
    type_, entry = found.entry.type, found.entry
    distance = abs(source.head - target.head)
    return (
        f"type {type_}",
        f"word {type_} {entry.word}",
        f"kind {entry.kind}",
        f"slots {entry.kind} {found.source.slot} {found.target.slot}",
        f"hops {found.source.hops} {found.target.hops}",
        f"source {type_} {source.cls}",
        f"target {type_} {target.cls}",
        f"forms {source.form} {target.form}",
        f"distance {min(distance // 6, 5)}",
    )
