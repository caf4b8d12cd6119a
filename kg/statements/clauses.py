"""Clauses: whose act a verb or an event noun is, by voice, control, relative clause and light verb."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.statements.coordination import HYPHENS
from kg.statements.scene import Scene


def surface_subject(scene: Scene, verb: int) -> list[int]:
    """Return the subject of a verb: its own, a shared one, or the name right before it."""
    return parsed_subject(scene, verb, depth=0) or _neighbour(scene, verb)


def _neighbour(scene: Scene, verb: int) -> list[int]:
    """Return the mention that ends before a verb and its auxiliaries; parsers break sentences there."""
    tree, token = scene.tree, verb - 1
    while token > 0 and tree.pos[token] in ("AUX", "ADV", "PART"):
        token -= 1
    number = scene.at.get(token)
    if number is None or scene.mentions[number].end != token + 1:
        return []
    return [scene.mentions[number].head]


def parsed_subject(scene: Scene, verb: int, *, depth: int) -> list[int]:
    """Return the subject that the parse gives a verb, its own or one shared by control or coordination."""
    tree = scene.tree
    own = [child for child in tree.dependants(verb, "nsubj", "csubj") if tree.pos[child] != "VERB"]
    head, relation = tree.heads[verb], tree.relation(verb)
    if own:
        return [antecedent(scene, verb, child) for child in own]
    shared = [c for adverb in tree.dependants(verb, "advmod") for c in tree.dependants(adverb, "nsubj")]
    if shared:  # "Kuba sudah lama diembargo": the parse gives the subject to the adverb
        return shared
    if depth > 6 or head == verb:
        return []
    if relation in ("acl", "amod"):
        return [head]
    told = relation == "advcl" and tree.first(verb, "mark") and not contrasted(scene, verb)
    controlled = relation in ("xcomp", "ccomp") or told  # not "arrested X although urged by Y to wait"
    asked = _asked(scene, head) if relation == "xcomp" or marked(scene, verb, scene.grammar.requests) else []
    if asked:
        return asked
    if controlled and controls_object(scene, head):
        return objects(scene, head) or parsed_subject(scene, head, depth=depth + 1)
    if relation in ("ccomp", "parataxis") and verb < head:
        return []  # "Five have been released, the minister said"
    if relation in ("xcomp", "ccomp", "advcl", "conj", "parataxis") and tree.pos[head] in (
        "VERB",
        "AUX",
        "ADJ",
    ):
        return parsed_subject(scene, head, depth=depth + 1)
    if relation in ("advcl", "conj", "xcomp"):  # of a noun: "a plan to attack", "is a threat and attacks"
        return list(tree.dependants(head, "nsubj")) or hosts(scene, head)
    return []


def _asked(scene: Scene, verb: int) -> list[int]:
    """Return whom a verb without an object asks to act: "called on X to go", "meminta kepada X agar"."""
    tree = scene.tree
    if not proposes(scene, verb) or tree.first(verb, "obj") is not None:
        return []
    told = (child for child in tree.dependants(verb, "obl", "nmod") if child > verb and child in scene.at)
    return [child for child in told if tree.case(child) in scene.grammar.asked]


def agents(scene: Scene, verb: int) -> list[int]:
    """Return the agent of a passive: with its case word, or bare behind the verb ("dipasok NATO")."""
    tree = scene.tree
    # Parsers take "opposed to Peru" for a passive with its agent.
    cases = (None, *scene.grammar.agents)
    found = [c for c in tree.dependants(verb, "obl:agent") if tree.case(c) in cases]
    found += [c for c in tree.dependants(verb, "obl", "nmod") if tree.case(c) in scene.grammar.agents]
    if not found:  # "accused of genocide by Gambia": the parser hangs the agent on the noun before it
        found = [
            deep
            for child in tree.dependants(verb, "obl", "obj", "nmod")
            if child > verb
            for deep in tree.dependants(child, "nmod", "obl")
            if tree.case(deep) in scene.grammar.agents and deep in scene.at
        ]
    if not found and scene.grammar.passives:
        found = [
            child
            for child in tree.dependants(verb, "obl", "obj", "nsubj", "nmod", "compound", "flat")
            if child > verb and tree.case(child) is None and min(tree.subtree(child)) == verb + 1
        ]
    if not found and scene.grammar.passives:
        found = _displaced(scene, verb)
    if not found and tree.relation(verb) == "amod":  # "US-backed", "Israeli-occupied"
        found = [child for child in tree.dependants(verb, "compound", "obl", "nsubj") if child < verb]
        if not found and verb > 1 and tree.lowers[verb - 1] in HYPHENS and verb - 2 in scene.at:
            found = [verb - 2]
    return sorted(set(found))


def _displaced(scene: Scene, verb: int) -> list[int]:
    """Return an agent that the parse gives to another word: "dituduh X menampung Y", "Y oleh X diminta …"."""
    tree = scene.tree
    number = scene.at.get(verb + 1)
    behind = scene.mentions[number] if number is not None else None
    told = any(subject < verb for subject in tree.dependants(verb, "nsubj"))  # not "diduga X menampung Y"
    clause = behind is not None and tree.relation(tree.heads[behind.head]) == "ccomp"
    if behind is not None and behind.start == verb + 1 and told and clause:
        return [behind.head]
    return [
        phrase
        for subject in tree.dependants(verb, "nsubj")
        for phrase in tree.dependants(subject, "nmod", "obl")
        if subject < phrase < verb and tree.case(phrase) in scene.grammar.agents
    ]


def objects(scene: Scene, verb: int) -> list[int]:
    """Return the object of an active verb: its own, its relative clause's antecedent, or a shared one."""
    tree = scene.tree
    found = list(tree.dependants(verb, "obj"))
    if found:
        return found
    found = [
        child
        for child in tree.dependants(verb, "nsubj", "obl", "nmod", "flat", "compound", "appos")
        if child > verb and tree.case(child) is None and min(tree.subtree(child)) == verb + 1
    ]
    if found and (
        tree.relation(found[0]) != "nsubj" or any(c < verb for c in tree.dependants(verb, "nsubj"))
    ):
        return found
    if tree.relation(verb) == "acl" and any(
        tree.lowers[child] not in scene.grammar.relatives for child in tree.dependants(verb, "nsubj")
    ):
        return [tree.heads[verb]]
    if tree.first(verb, "obl", "xcomp", "ccomp") is not None:
        return []  # "called on X and thanked Y"
    for child in tree.dependants(verb, "conj"):  # "arms and trains Hamas"
        if child > verb and tree.pos[child] == "VERB" and tree.first(child, "nsubj") is None:
            return list(tree.dependants(child, "obj"))
    return []


def clause_subject(scene: Scene, verb: int) -> list[int]:
    """Return the subject of the clause below a verb: "demanded that Iran halt …" -> Iran."""
    tree = scene.tree
    return [
        subject
        for clause in tree.dependants(verb, "ccomp", "xcomp", "advcl")
        if not contrasted(scene, clause)
        for subject in tree.dependants(clause, "nsubj")
        if subject > verb
    ]


def hosts(scene: Scene, noun: int) -> list[int]:
    """Return whose act a noun is by the verb above it: "Russia launched an attack" -> Russia."""
    tree = scene.tree
    if tree.first(noun, "cop") is not None:
        return [antecedent(scene, noun, c) for c in tree.dependants(noun, "nsubj")]
    for clause in light_clauses(scene, noun):
        if is_passive(scene, clause, form_voice(scene, clause)):
            return agents(scene, clause)
        subjects = tree.dependants(clause, "nsubj")
        return [c for c in subjects if tree.lowers[c] not in scene.grammar.relatives]
    verb = light_verb(scene, noun)
    if verb is None:
        return []
    top = _path_top(scene, noun, verb)
    if tree.deps[top] == "nsubj:pass":
        return agents(scene, verb)
    if tree.relation(top) == "nsubj":
        return []
    return surface_subject(scene, verb)


def light_verb(scene: Scene, noun: int) -> int | None:
    """Return the light verb that governs a noun, through "a series of …", "rounds of …" and coordination."""
    tree = scene.tree
    here, ending = noun, False  # who calls for an end to sanctions has not imposed them
    for _ in range(4):
        head, relation = tree.heads[here], tree.relation(here)
        if head == here:
            return None
        light = any(operator.light for operator, _ in scene.operators.get(tree.keys[head], ()))
        if relation == "obl" and tree.case(here) in scene.grammar.circumstances:
            return None
        if relation in ("obj", "obl", "nsubj", "xcomp") and tree.pos[head] in ("VERB", "AUX") and light:
            return None if ending and proposes(scene, head) else head
        if relation == "conj" or (relation in ("nmod", "compound") and light):
            ending = ending or any(
                operator.factive for operator, _ in scene.operators.get(tree.keys[head], ())
            )
            here = head
            continue
        return None
    return None


def proposes(scene: Scene, verb: int) -> bool:
    """Say whether a verb calls for what is below it: whoever is to do it, its subject need not."""
    found = scene.operators.get(scene.tree.keys[verb], ())
    return any(operator.modality == "proposed" for operator, _ in found)


def light_clauses(scene: Scene, noun: int) -> Iterator[int]:
    """Yield the light verbs of a noun's relative clauses: "serangan yang dilakukan Rusia ke Kyiv"."""
    tree = scene.tree
    for verb in tree.dependants(noun, "acl"):
        if any(operator.light for operator, _ in scene.operators.get(tree.keys[verb], ())):
            yield verb


def is_passive(scene: Scene, verb: int, voice: str | None) -> bool:
    """Say whether a verb's subject is its patient; `voice` is what the word form itself says."""
    tree = scene.tree
    if voice in ("active", "passive"):
        return voice == "passive"
    marked = any(tree.deps[child] in ("nsubj:pass", "aux:pass", "obl:agent") for child in tree.children[verb])
    participle = "VerbForm=Part" in tree.morphs[verb] and ("Tense=Past" in tree.morphs[verb])
    reduced = (
        tree.relation(verb) in ("acl", "amod") and participle and tree.first(verb, "nsubj", "obj") is None
    )
    joined = verb > 0 and tree.relation(verb) == "amod" and tree.lowers[verb - 1] in HYPHENS  # "Iran-backed"
    if marked or reduced or joined:
        return True
    if tree.relation(verb) == "conj" and tree.first(verb, "nsubj", "obj") is None and participle:
        return is_passive(scene, tree.heads[verb], None)
    return "Voice=Pass" in tree.morphs[verb]


def form_voice(scene: Scene, verb: int) -> str | None:
    """Return the voice that a verb's form itself shows, as far as the operators know the form."""
    voices = (voice for _, voice in scene.operators.get(scene.tree.keys[verb], ()))
    return next((voice for voice in voices if voice in ("active", "passive")), None)


def antecedent(scene: Scene, verb: int, subject: int) -> int:
    """Replace a relative pronoun by the noun that its clause describes.

    Where the parse leads to no mention, the one right before the pronoun is it: "Rusia, yang menyerang …".
    """
    tree = scene.tree
    if tree.lowers[subject] not in scene.grammar.relatives:
        return subject
    place = next((p for p in (verb, *tree.ancestors(verb)) if tree.relation(p) == "acl"), verb)
    noun = tree.heads[place] if tree.relation(place) == "acl" else subject
    before = subject - 2 if tree.lowers[subject - 1] in (",", "(") else subject - 1
    if noun in scene.at or before not in scene.at:
        return noun
    ending = [n for n, mention in enumerate(scene.mentions) if mention.end == before + 1]
    return min((scene.mentions[n].head for n in ending), default=noun)


def marked(scene: Scene, clause: int, words: Collection[str]) -> bool:
    """Say whether one of the words introduces a clause: "to halt", "that X halts", "after X halted"."""
    return any(scene.tree.lowers[mark] in words for mark in scene.tree.dependants(clause, "mark"))


def contrasted(scene: Scene, clause: int) -> bool:
    """Say whether a clause stands on its own beside the one above: "…, while Peru supported it"."""
    marks = scene.tree.dependants(clause, "mark", "cc")
    return any(scene.tree.lowers[mark] in scene.grammar.contrasts for mark in marks)


def controls_object(scene: Scene, verb: int) -> bool:
    """Say whether the act below a verb is its object's: "urged Iran to halt", "praised Iran for halting"."""
    found = scene.operators.get(scene.tree.keys[verb], ())
    return any(operator.control == "object" for operator, _ in found)


def _path_top(scene: Scene, noun: int, verb: int) -> int:
    """Return the token directly below the light verb on the way up from the noun."""
    here = noun
    while scene.tree.heads[here] != verb:
        here = scene.tree.heads[here]
    return here
