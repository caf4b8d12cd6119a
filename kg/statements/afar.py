"""Last resorts: whom a predicate is about where the parse ties nobody to it: above, below or near it."""

from __future__ import annotations

from kg.statements.clauses import contrasted, controls_object, objects, proposes, surface_subject
from kg.statements.receiving import is_means
from kg.statements.scene import Scene

NEAR = "~"  # "~with~to": a phrase with one of these prepositions that the parse ties to something else
REACH = 12  # tokens behind a predicate in which such a phrase may begin
CLAUSAL = ("acl", "advcl", "ccomp", "parataxis")


def climbed(scene: Scene, predicate: int) -> list[int]:
    """Return the nearest subject above a predicate: "was in Riyadh for talks with …". A last resort.

    Who only says or judges it has no part in it: "witnesses reported shots fired at students", "Poland
    condemned attacks on Ukraine", "Chile called for an end to the sanctions on Peru".
    """
    tree, ending = scene.tree, False
    for verb in tree.ancestors(predicate):
        if _only_says(scene, verb) or (ending and proposes(scene, verb)):
            return []
        if tree.keys[verb] in scene.grammar.inquiries and tree.pos[verb] == "NOUN":
            return []
        known = scene.operators.get(tree.keys[verb], ())
        ending = ending or (tree.pos[verb] == "NOUN" and any(operator.factive for operator, _ in known))
        passive = tree.first(verb, "nsubj:pass") is not None
        blamed = objects(scene, verb) if controls_object(scene, verb) and not passive else []
        if any(token in scene.at and predicate not in tree.subtree(token) for token in blamed):
            return blamed  # "criticised Israel for an attack on …"
        if _only_judges(scene, verb):
            return []
        found = surface_subject(scene, verb)
        inside = any(predicate in tree.subtree(token) for token in (*found, *tree.dependants(verb, "nsubj")))
        if not inside and any(token in scene.at for token in found):
            return found  # of "Protes kapal X, Beijing membantah" no parse knows what Beijing does
    return []


def _only_says(scene: Scene, verb: int) -> bool:
    """Tell whether a verb reports what others do: "said", unlike "announced", "vowed", "accused"."""
    found = [operator for operator, _ in scene.operators.get(scene.tree.keys[verb], ()) if operator.verbs]
    return any(operator.claim for operator in found) and not any(
        operator.light or operator.modality or operator.negated or operator.control == "object"
        for operator in found
    )


def _only_judges(scene: Scene, verb: int) -> bool:
    """Tell whether a verb takes what others did for a fact: "condemned", "welcomed", unlike "ended"."""
    found = [operator for operator, _ in scene.operators.get(scene.tree.keys[verb], ()) if operator.verbs]
    return any(operator.factive for operator in found) and not any(operator.light for operator in found)


def below(scene: Scene, predicate: int) -> list[int]:
    """Return the nearest mention below and behind a predicate, whatever joins them. A last resort.

    Not in a clause about something below it: "menolak penghinaan akibat runtuhnya X" rejects no X. Of a verb
    with an object only in that: "extradited the minister to X" extradites no X.
    """
    things = objects(scene, predicate) if scene.tree.pos[predicate] == "VERB" else []
    found = things or [predicate]
    for one in found:
        inner = one != predicate
        found += [
            c
            for c in scene.tree.children[one]
            if not (inner and _is_clause(scene, c)) and not contrasted(scene, c)
        ]
    behind = (token for token in sorted(found) if token > predicate and token in scene.at)
    behind = (token for token in behind if not _is_inside(scene, token, found))
    return next(([token] for token in behind if not _acts(scene, token)), [])


def _is_clause(scene: Scene, token: int) -> bool:
    """Tell whether a word heads a clause, also one joined to a noun: "called it a lie and accused X"."""
    tree = scene.tree
    return tree.relation(token) in CLAUSAL or (tree.relation(token) == "conj" and tree.pos[token] == "VERB")


def _is_inside(scene: Scene, token: int, found: list[int]) -> bool:
    """Tell whether a name is part of what another mention among these is called: "a Saudi refinery"."""
    around = scene.mentions[scene.at[token]].within
    return around is not None and scene.mentions[around].head in found


def _acts(scene: Scene, token: int) -> bool:
    """Tell whether a word is an agent: X is no party of "a truce brokered by X"."""
    return scene.tree.deps[token] == "obl:agent" or scene.tree.case(token) in scene.grammar.agents


def _has_subject(scene: Scene, verb: int) -> bool:
    """Say whether a verb is that of a clause of its own: "traded fire, and Chile called on both sides"."""
    words = scene.grammar.relatives
    return any(s < verb and scene.tree.lowers[s] not in words for s in scene.tree.dependants(verb, "nsubj"))


def nearest(scene: Scene, predicate: int, cases: tuple[str, ...]) -> list[int]:
    """Return the first phrase with one of the prepositions by word order: parsers misplace many of them.

    "kunjungan Presiden Prancis Emmanuel Macron ke Beirut": the visitor's name often keeps the destination.
    """
    tree = scene.tree
    for token in range(predicate + 1, min(predicate + REACH, len(tree.keys) - 1)):
        light = any(operator.light for operator, _ in scene.operators.get(tree.keys[token], ()))
        if tree.sentences[token] != tree.sentences[predicate]:
            break
        if is_means(scene, tree.heads[token]):
            continue
        if tree.lowers[token] in cases and tree.first(token, "fixed") is None:  # "di bawah" is no "di"
            behind = range(token + 1, min(token + 5, len(tree.keys)))
            here = (t for t in behind if tree.sentences[t] == tree.sentences[predicate])
            return next(([t] for t in here if t in scene.at), [])
        if tree.pos[token] == "VERB" and (not light or _has_subject(scene, token)):
            break
    return []
