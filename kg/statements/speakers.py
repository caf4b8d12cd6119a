"""Who speaks: the actor behind a verb of saying."""

from __future__ import annotations

from kg.mentions.words import words as lexicon
from kg.statements.arguments import resolve
from kg.statements.clauses import agents, controls_object, form_voice, is_passive, surface_subject
from kg.statements.scene import Scene
from kg.statements.slots import possessors

MEDIUM = "MediaOrganisation"
FOLLOWING = 10  # tokens behind a verb of saying within which its speaker may stand
CLOSING = (",", '"', "”", "’", "''", "»")


def speaker(scene: Scene, verb: int) -> int | None:
    """Return the mention that says it: the subject of a verb of saying, in passives the agent.

    Behind a comma or a quotation mark the speaker may follow: "…, kata polisi", "…, said an Iranian"; but
    not whom the verb is about: "…, accusing Iran of", "…, saying he had".
    """
    tree = scene.tree
    if tree.pos[verb] == "NOUN":
        for token in agents(scene, verb) or possessors(scene, verb):  # "claims by the UN that …"
            for argument in resolve(scene, token, "possessor"):
                return argument.mention
    passive = is_passive(scene, verb, form_voice(scene, verb))
    postposed = is_postposed(scene, verb) and not controls_object(scene, verb) and not adds(scene, verb)
    shared = not postposed or tree.first(verb, "nsubj") is not None
    subjects = agents(scene, verb) if passive else surface_subject(scene, verb) if shared else []
    # the subject right before the verb, where the parse gives it two: "Indonesia, I am sure, will help"
    for token in sorted(subjects, key=lambda token: (token > verb, -token)):
        if _is_medium(scene, token):
            return None
        for argument in resolve(scene, token, "subject"):
            return argument.mention
    if not postposed or passive or any(token < verb for token in subjects):
        return None
    following = range(verb + 1, min(verb + FOLLOWING, len(tree.keys)))
    return next(
        (scene.at[t] for t in following if t in scene.at and tree.sentences[t] == tree.sentences[verb]), None
    )


def adds(scene: Scene, verb: int) -> bool:
    """Tell whether a verb only adds something about the subject: "asked for help, fearing an attack by X"."""
    tree, morph = scene.tree, scene.tree.morphs[verb]
    going_on = "VerbForm=Ger" in morph or ("VerbForm=Part" in morph and "Tense=Pres" in morph)
    first = tree.first(verb, "aux") if tree.relation(verb) == "advcl" else None
    over = first is not None and "VerbForm=Fin" not in tree.morphs[first]  # "having accused X"
    return (going_on or over) and tree.first(verb, "nsubj") is None


def _is_medium(scene: Scene, token: int) -> bool:
    """Say whether a word stands for one who only carries a report: "the Israeli daily Haaretz said"."""
    found = lexicon(scene.doc.lang_).classes.at(scene.tree.lowers, token)
    return found is not None and found[1] == MEDIUM and token not in scene.at


def is_postposed(scene: Scene, verb: int) -> bool:
    """Say whether a comma or a closing quotation mark stands before the clause of a verb of saying."""
    first = min((t for t in scene.tree.subtree(verb) if t > verb - 4), default=verb)
    return any(scene.tree.lowers[t] in CLOSING for t in range(max(0, first - 1), verb))
