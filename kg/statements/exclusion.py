"""Whom a phrase leaves out: "Serbia but not Kosovo", "Prancis, bukan dengan Jerman"."""

from __future__ import annotations

from kg.statements.scene import Scene
from kg.statements.slots import NOMINAL

INSIDE = ("nmod", "compound", "flat", "amod", "appos")


def excluded(scene: Scene, number: int, predicate: int) -> bool:
    """Say whether a mention stands in a phrase that a negator takes out of what the predicate says."""
    tree, token = scene.tree, scene.mentions[number].head
    while token != predicate:
        if _is_left_out(scene, token):
            return True
        if tree.relation(token) not in INSIDE or tree.heads[token] == token:
            return False
        token = tree.heads[token]
    return False


def _is_left_out(scene: Scene, token: int) -> bool:
    """Say whether a negator stands before a phrase that is set against another; "not only" is none."""
    tree, words = scene.tree, scene.grammar
    head, conjunct = tree.heads[token], tree.relation(token) == "conj"
    if conjunct and any(tree.lowers[sign] in words.or_ for sign in tree.dependants(token, "cc")):
        earlier = [c for c in tree.dependants(head, "conj") if c < token]
        return head != token and _is_left_out(scene, earlier[-1] if earlier else head)  # "not Peru or Chile"
    behind = conjunct and tree.pos[head] in NOMINAL
    before = any(tree.pos[one] in NOMINAL for one in tree.dependants(token, "conj"))  # "not X but Y"
    return any(
        behind or before or tree.pos[sign - 1] == "CCONJ" or tree.lowers[sign - 1] == ","
        for sign in tree.dependants(token, "advmod", "cc")
        if 0 < sign < token
        and tree.lowers[sign] in words.negators
        and tree.lowers[sign + 1] not in words.merely
    )
