"""Acts that others are for or against: whom they were done to is not whom the others mean."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.ontology import relation_types
from kg.statements.arguments import arguments
from kg.statements.frames import Entry
from kg.statements.scene import Scene

VERBAL_QUADS, HARM, CONFLICT = (1, 3), 4, (3, 4)
"""The quad classes of verbal cooperation and conflict, that of material conflict, and both of conflict."""
REFUSAL, PROTEST = "rejects", "protestsAgainst"


def is_victim(
    scene: Scene, mention: int, verb: int, frames: Mapping[str, tuple[Entry, ...]], *, type_: str
) -> bool:
    """Say whether somebody is one to whom an act was done that a verb is for or against.

    "Poland condemned the invasion of Ukraine", "memuji penangkapan X", "refused to arrest X".
    """
    types, tree = relation_types(), scene.tree
    refused = type_ == REFUSAL
    said = (operator for operator, _ in scene.operators.get(tree.keys[verb], ()))
    denied = any(operator.claim and operator.negated for operator in said)  # "denied arming X"
    for noun in tree.ancestors(scene.mentions[mention].head):
        if noun == verb:
            return False
        done = [
            e
            for e in frames.get(tree.keys[noun], ())
            if (e.kind == "noun" and types[e.type].quad == HARM and not types[e.type].symmetric)
            or (e.kind == "verb" and refused and (denied or types[e.type].quad in CONFLICT))
        ]
        if done:
            doers = [a.mention for e in done for a in arguments(scene, noun, e.source, passive=False)]
            victims = [a.mention for e in done for a in arguments(scene, noun, e.target, passive=False)]
            return mention in victims and mention not in doers
    return False


@cache
def of_acts() -> frozenset[str]:
    """Return the types of which an act may be the object, and he who did it meant: "condemned the attack"."""
    verbal = (name for name, type_ in relation_types().items() if type_.quad in VERBAL_QUADS)
    return frozenset((*verbal, PROTEST))
