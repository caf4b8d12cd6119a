"""Operators: which words take an event and say how it stands, and what of it they take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.statements.frames import Operator
from kg.statements.grammar import Voice
from kg.statements.scene import Scene


def operator_over(scene: Scene, head: int, below: int) -> Operator | None:
    """Return the operator that a head is for what stands below it, if it is one."""
    tree = scene.tree
    verbal = tree.pos[head] in ("VERB", "AUX")
    found = scene.operators.get(tree.keys[head], ())
    # "they fear" before "the fear", "warned X not to" before "warned that"
    ordered = sorted(found, key=lambda pair: (verbal and not pair[0].verbs, not pair[0].needs))
    for operator, voice in ordered:
        nominal = tree.keys[head] in operator.nouns
        if verbal and nominal and scene.grammar.match == "lemma" and tree.keys[head] not in operator.verbs:
            continue  # "called a meeting", not "the call for a meeting"
        if operator.verbs and not verbal and voice in (None, "base") and not nominal:
            continue
        if tree.relation(below) == "nsubj" and tree.deps[below] != "nsubj:pass":
            continue
        if operator.needs and not _has(scene, head, operator.needs):
            continue
        if operator.over and tree.keys[below] not in operator.over:
            continue
        return operator
    return None


def teller(scene: Scene, clause: int) -> int:
    """Return what a clause hangs on, a report right before it rather than the verb: "denied reports that"."""
    tree, head = scene.tree, scene.tree.heads[clause]
    thing = tree.first(head, "obj") if tree.relation(clause) == "ccomp" else None
    if thing is None:
        return head
    key, first = tree.keys[thing], min(tree.subtree(clause))
    if max(tree.subtree(thing)) + 1 != first:
        return head
    told = any(key in operator.nouns for operator, _ in scene.operators.get(key, ()))
    return thing if told and tree.lowers[first] in scene.grammar.complementisers else head


def leaves_said(scene: Scene, operator: Operator, token: int) -> bool:
    """Say whether what was spoken stays so: who rejects an accusation does not deny that it was made."""
    tree = scene.tree
    if not operator.negated and (operator.modality or operator.light):
        return False
    operators = scene.operators.get(tree.keys[token], ())
    return tree.pos[token] == "NOUN" and any(operator.claim for operator, _ in operators)


def operators_above(scene: Scene, token: int) -> Iterator[tuple[Operator, Voice | None]]:
    """Yield the operators that the words above a word may be."""
    for verb in scene.tree.ancestors(token):
        yield from scene.operators.get(scene.tree.keys[verb], ())


def _has(scene: Scene, head: int, needs: Sequence[str]) -> bool:
    """Say whether a word depends on a verb, or introduces what does: "ruled out", "called for talks"."""
    tree = scene.tree
    children = tree.children[head]
    marks = (mark for child in children for mark in tree.dependants(child, "mark"))
    return any(tree.lowers[word] in needs for word in (*children, *marks)) or any(
        tree.case(child) in needs for child in children
    )
