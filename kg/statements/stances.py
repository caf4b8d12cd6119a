"""Stances: the noun of "as a rival" in "regards China as a rival", gapped coordinations of it too."""

from __future__ import annotations

from collections.abc import Iterator

from kg.statements.scene import Scene
from kg.statements.slots import NOMINAL

REACH = 12  # tokens behind a verb within which its "as …" may stand


def complement_of(scene: Scene, verb: int, wanted: tuple[str, ...]) -> tuple[int, ...]:
    """Return the tokens of a verb's "as …" phrase if its noun is wanted (`*`: any), else nothing."""
    tree = scene.tree
    if not wanted:
        return ()
    gapped = {token for number, noun in gaps(scene, verb) for token in (scene.mentions[number].head, noun)}
    below = [c for one in tree.dependants(verb, "obj", "obl", "nsubj") for c in tree.dependants(one, "nmod")]
    for child in (*tree.dependants(verb, "obl", "xcomp", "advcl", "ccomp", "nmod", "obj"), *below):
        marked = any(tree.lowers[c] in scene.grammar.as_ for c in tree.dependants(child, "case", "mark"))
        if (marked or tree.relation(child) in ("xcomp", "ccomp")) and any(
            matches(scene, noun, wanted) for noun in tree.conjuncts(child) if noun not in gapped
        ):
            end = min((noun for noun in gapped if noun > child), default=len(tree.keys))
            return tuple(token for token in tree.subtree(child) if token < end)
    return () if gapped else _marked(scene, verb, wanted)


def _marked(scene: Scene, verb: int, wanted: tuple[str, ...]) -> tuple[int, ...]:
    """Return the "as …" phrase by word order: quotation marks tear it off, `sebagai "sahabat karib"`."""
    tree = scene.tree
    for token in range(verb + 1, min(verb + REACH, len(tree.keys))):
        if tree.sentences[token] != tree.sentences[verb] or tree.pos[token] == "VERB":
            break
        if tree.lowers[token] in scene.grammar.as_:
            behind = range(token + 1, min(token + 4, len(tree.keys)))
            noun = next((t for t in behind if tree.pos[t] in NOMINAL), None)
            if noun is None or not matches(scene, noun, wanted):
                break
            return (token, *(t for t in tree.subtree(noun) if t >= noun))
    return ()


def matches(scene: Scene, noun: int, wanted: tuple[str, ...]) -> bool:
    """Say whether a noun or one of its modifiers is wanted: "an enemy", "a terrorist group"."""
    tree = scene.tree
    return "*" in wanted or any(
        tree.keys[word] in wanted for word in (noun, *tree.dependants(noun, "amod", "compound", "nmod"))
    )


def gaps(scene: Scene, verb: int) -> Iterator[tuple[int, int]]:
    """Yield mention and noun of each "and Russia as a threat" after a stance verb, by word order alone.

    Parsers attach such conjuncts anywhere; "and", a mention and "as" side by side are sign enough.
    """
    tree = scene.tree
    sentence = tree.sentences[verb]
    for number in scene.places[sentence]:
        mention = scene.mentions[number]
        after, before = mention.end, mention.start - 1
        if before <= verb or after >= len(tree.keys) or tree.sentences[after] != sentence:
            continue
        if tree.lowers[after] in scene.grammar.as_ and tree.lowers[before] in scene.grammar.conjunctions:
            noun = tree.heads[after] if tree.heads[after] > after else after + 1
            if noun < len(tree.keys):
                yield number, noun
