"""What somebody gets: "Peru received aid from Chile", "Mali came under attack by Chad", "menuai kritik"."""

from __future__ import annotations

from kg.statements.clauses import agents, form_voice, hosts, is_passive, surface_subject
from kg.statements.scene import Scene


def receivers(scene: Scene, noun: int) -> list[int]:
    """Return who gets what an event noun names: the subject of a verb of receiving that governs it."""
    tree = scene.tree
    if tree.case(noun) in scene.grammar.undergone:
        return hosts(scene, noun) or surface_subject(scene, tree.heads[noun])
    if is_means(scene, noun):
        above = tree.heads[noun]
        if above in scene.at:  # "the junta, with Chinese backing, attacked"
            return [above]
        passive = is_passive(scene, above, form_voice(scene, above))
        return agents(scene, above) if passive else surface_subject(scene, above)
    verb = _verb(scene, noun)
    return surface_subject(scene, verb) if verb is not None else []


def givers(scene: Scene, noun: int) -> list[int]:
    """Return from whom it comes, wherever the parse hangs that."""
    tree = scene.tree
    cases = (*scene.grammar.origins, *scene.grammar.agents)
    found = [child for child in tree.dependants(noun, "nmod", "obl") if tree.case(child) in cases]
    if not found and tree.heads[noun] != noun:
        found = [
            c for c in tree.dependants(tree.heads[noun], "obl", "nmod") if c > noun and tree.case(c) in cases
        ]
    if not found and (_verb(scene, noun) is not None or is_means(scene, noun)):
        # "enjoy the backing of Peru", "with the help of Peru"
        found = [c for c in tree.dependants(noun, "nmod") if tree.case(c) in scene.grammar.of]
    if not found:  # "ancaman yang meningkat dari Peru"
        found = [
            child
            for clause in tree.dependants(noun, "acl", "amod")
            for child in tree.dependants(clause, "obl", "nmod")
            if child > clause and tree.case(child) in cases
        ]
    return found


def is_means(scene: Scene, noun: int) -> bool:
    """Say whether somebody acts by means of it: "took the town with the help of Peru"."""
    tree, grammar = scene.tree, scene.grammar
    given = tree.keys[tree.heads[noun]] in grammar.providing
    return tree.case(noun) in grammar.by_means and tree.keys[noun] in grammar.means and not given


def _verb(scene: Scene, noun: int) -> int | None:
    """Return the verb of receiving whose object a noun is, also as one of several: "aid and arms"."""
    tree = scene.tree
    first = tree.first_conjunct(noun)
    verb = tree.heads[first]
    received = tree.keys[verb] in scene.grammar.receiving and tree.relation(first) == "obj"
    return verb if received and tree.pos[verb] == "VERB" else None
