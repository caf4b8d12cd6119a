"""What a text tells by the way: whoever is reported around it, it is the writer's own.

Appositions and relative clauses behind a comma are conventional implicatures, which no verb of saying embeds
(Potts, "The Logic of Conventional Implicatures", 2005): "X said that his wife Y was hurt", "said that Z, who
had attacked Y, would leave".
"""

from __future__ import annotations

from kg.statements.scene import Scene

NAMING = ("name", "acronym")


def aside(scene: Scene, predicate: int) -> int | None:
    """Return the nearest word above a predicate, or it itself, that heads what is told by the way."""
    if names_an_actor(scene, predicate):
        return predicate
    path = (predicate, *scene.tree.ancestors(predicate))
    return next((token for token in path if heads_aside(scene, token)), None)


def heads_aside(scene: Scene, token: int) -> bool:
    """Say whether a word and all below it is told by the way: "despite its attack", "the US-backed party"."""
    tree = scene.tree
    relation = tree.relation(token)
    if tree.case(token) in scene.grammar.circumstances or relation == "appos":
        return True
    if relation == "amod":
        return tree.pos[token] == "VERB" or "VerbForm=Part" in tree.morphs[token]
    if relation != "acl":
        return False
    first = next((t for t in tree.subtree(token) if tree.pos[t] != "PUNCT"), token)
    return tree.lowers[first] in scene.grammar.relatives and first > 0 and tree.lowers[first - 1] == ","


def names_an_actor(scene: Scene, token: int) -> bool:
    """Say whether a noun is part of what an actor is called, whatever its clause says of that actor.

    "Pakistan's old rival India was not invited", "failed to have Maliki's nephew elected".
    """
    tree = scene.tree
    if tree.pos[token] not in ("NOUN", "PROPN") or tree.first(token, "cop") is not None:
        return False
    if tree.relation(token) in ("obj", "xcomp") and tree.keys[tree.heads[token]] in scene.grammar.linking:
        return False  # "pernah menjadi sekutu X": its verb says that of its subject
    if token in scene.at:
        return True
    apposed = [scene.mentions[scene.at[c]] for c in tree.dependants(token, "appos") if c in scene.at]
    return any(mention.form in NAMING for mention in apposed)  # "his wife Y"
