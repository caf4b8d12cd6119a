"""Offices that a text itself says are over: of who is dismissed, and of who resigns."""

from __future__ import annotations

from collections.abc import Iterator

from kg.statements.arguments import Argument, arguments, resolve
from kg.statements.candidates import DISMISSAL, VERBAL, applies, voice_of
from kg.statements.clauses import is_passive, marked, surface_subject
from kg.statements.frames import frames
from kg.statements.qualifiers import qualifiers
from kg.statements.scene import Scene


def removed(scene: Scene) -> frozenset[tuple[str, int]]:
    """Return the actors that have left an office, each with the number of the sentence that says so."""
    tree, found = scene.tree, set()
    for token in range(len(tree.keys)):
        left = [argument.actor for argument in _left(scene, token)]
        if left:
            stance = qualifiers(scene, token)
            if not stance.negated and stance.modality == "actual":
                found |= {(actor, tree.sentences[token]) for actor in left}
    return frozenset(found)


def _left(scene: Scene, token: int) -> Iterator[Argument]:
    """Yield who is dismissed by a verb, or resigns; nobody in "a plot to oust X"."""
    tree = scene.tree
    if marked(scene, token, scene.grammar.purposes):
        return
    for entry in frames(scene.doc.lang_).get(tree.keys[token], ()):
        if entry.type == DISMISSAL and entry.kind == "verb" and applies(scene, token, entry):
            passive = is_passive(scene, token, voice_of(scene, token, entry))
            found = arguments(scene, token, entry.target, passive=passive)
            yield from (argument for argument in found if not argument.hops)
    if _resigns(scene, token) and tree.pos[token] in VERBAL:
        for subject in surface_subject(scene, token):
            yield from resolve(scene, subject, "subject")


def _resigns(scene: Scene, verb: int) -> bool:
    """Tell whether a word is a verb of resigning, with its particle: "stepped down"."""
    tree = scene.tree
    words = (word.split() for word in scene.grammar.resigning)
    below = {tree.lowers[child] for child in tree.children[verb]}
    return any(first == tree.keys[verb] and below.issuperset(rest) for first, *rest in words)
