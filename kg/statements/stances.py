"""Stances: the noun of "as a rival" in "regards China as a rival", gapped coordinations of it too."""

from __future__ import annotations

from collections.abc import Iterator

from kg.statements.scene import Scene


def complement_of(scene: Scene, verb: int, wanted: tuple[str, ...]) -> tuple[int, ...]:
    """Return the tokens of a verb's "as …" phrase if its noun is wanted (`*`: any), else nothing."""
    tree = scene.tree
    if not wanted:
        return ()
    gapped = {noun for _, noun in gaps(scene, verb)}
    for child in tree.dependants(verb, "obl", "xcomp", "advcl", "ccomp", "nmod", "obj"):
        marked = any(tree.lowers[c] in scene.grammar.as_ for c in tree.dependants(child, "case", "mark"))
        if (marked or tree.relation(child) in ("xcomp", "ccomp")) and any(
            matches(scene, noun, wanted) for noun in tree.conjuncts(child) if noun not in gapped
        ):
            end = min((noun for noun in gapped if noun > child), default=len(tree.keys))
            return tuple(token for token in tree.subtree(child) if token < end)
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
