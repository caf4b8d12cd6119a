"""Slots: where, seen from a predicate, an argument may stand. Which slot a word uses is data."""

from __future__ import annotations

from collections.abc import Iterator

from kg.statements.scene import Scene

NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X")
NEAR = "~"  # "~with~to": a phrase with one of these prepositions that the parse ties to something else
REACH = 12  # tokens behind a predicate in which such a phrase may begin
CASELESS = ("nmod", "compound", "flat", "amod", "appos", "nsubj", "det", "obl", "obj", "dep")


def fill(scene: Scene, predicate: int, slot: str, *, passive: bool) -> list[int]:
    """Return the tokens that stand in a slot of a predicate, coordination not yet unfolded."""
    match slot:
        case "subject":
            return agents(scene, predicate) if passive else surface_subject(scene, predicate)
        case "object":
            return surface_subject(scene, predicate) if passive else objects(scene, predicate)
        case "iobject":
            return list(scene.tree.dependants(predicate, "iobj"))
        case "clause":
            return clause_subject(scene, predicate)
        case "possessor":
            return possessors(scene, predicate)
        case "modifier":
            return modifiers(scene, predicate)
        case "host":
            return hosts(scene, predicate)
        case "bearer":
            return bearers(scene, predicate)
        case "head":
            return described(scene, predicate)
        case "between":
            return prepositional(scene, predicate, scene.grammar.between)
        case "fellow":
            return fellows(scene, predicate)
        case "climb":
            return climbed(scene, predicate)
        case "below":
            return below(scene, predicate)
        case _ if slot.startswith(NEAR):
            return nearest(scene, predicate, tuple(slot.split(NEAR)[1:]))
        case _:
            return prepositional(scene, predicate, (slot,))


def surface_subject(scene: Scene, verb: int, *, depth: int = 0) -> list[int]:
    """Return the subject of a verb, its own or the one it shares by control or coordination."""
    tree = scene.tree
    own = [child for child in tree.dependants(verb, "nsubj", "csubj") if tree.pos[child] != "VERB"]
    head, relation = tree.heads[verb], tree.relation(verb)
    if own:
        return [_antecedent(scene, verb, child) for child in own]
    shared = [c for adverb in tree.dependants(verb, "advmod") for c in tree.dependants(adverb, "nsubj")]
    if shared:  # "Kuba sudah lama diembargo": the parse gives the subject to the adverb
        return shared
    if depth > 6 or head == verb:
        return []
    if relation in ("acl", "amod"):
        return [head]
    controlled = relation in ("xcomp", "ccomp") or (relation == "advcl" and tree.first(verb, "mark"))
    if controlled and _object_control(scene, head):
        return objects(scene, head) or surface_subject(scene, head, depth=depth + 1)
    if relation in ("xcomp", "ccomp", "advcl", "conj", "parataxis") and tree.pos[head] in (
        "VERB",
        "AUX",
        "ADJ",
    ):
        return surface_subject(scene, head, depth=depth + 1)
    if relation in ("advcl", "conj", "xcomp"):  # of a noun: "a plan to attack", "is a threat and attacks"
        return list(tree.dependants(head, "nsubj")) or hosts(scene, head)
    return []


def agents(scene: Scene, verb: int) -> list[int]:
    """Return the agent of a passive: with its case word, or bare behind the verb ("dipasok NATO")."""
    tree = scene.tree
    found = list(tree.dependants(verb, "obl:agent"))
    found += [c for c in tree.dependants(verb, "obl", "nmod") if tree.case(c) in scene.grammar.agents]
    if not found and scene.grammar.passives:
        found = [
            child
            for child in tree.dependants(verb, "obl", "obj", "nsubj", "nmod", "compound", "flat")
            if child > verb and tree.case(child) is None and min(tree.subtree(child)) == verb + 1
        ]
    if not found:  # "US-backed", "Israeli-occupied"
        found = [
            child
            for child in tree.dependants(verb, "compound", "obl", "nsubj")
            if child < verb and tree.relation(verb) == "amod"
        ]
    return sorted(set(found))


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
        for subject in tree.dependants(clause, "nsubj")
        if subject > verb
    ]


def prepositional(scene: Scene, predicate: int, cases: tuple[str, ...]) -> list[int]:
    """Return the phrases with one of the prepositions: on the predicate, its object, its light verb."""
    tree = scene.tree
    found: list[int] = []
    around = [predicate, *tree.dependants(predicate, "obj", "xcomp"), *light_clauses(scene, predicate)]
    light = light_verb(scene, predicate)
    if light is not None:
        around += [light, *(c for c in tree.dependants(light, "obj", "nsubj") if c != predicate)]
    for place in around:
        for child in tree.dependants(place, "obl", "nmod", "advcl", "acl"):
            if tree.case(child) in cases:
                found.append(child)
            elif child not in scene.at:
                found += [c for c in tree.dependants(child, "nmod", "obl") if tree.case(c) in cases]
        if found:
            break
    return [child for child in found if child != predicate]


def possessors(scene: Scene, noun: int) -> list[int]:
    """Return whose the noun is: "Russia's attack", "its attack", "serangan Rusia", "serangannya"."""
    tree = scene.tree
    found = list(tree.dependants(noun, "nmod:poss"))
    if not found and tree.relation(noun) in ("amod", "compound"):  # "Egypt's rival Sudan", "its ally Iran"
        found = list(tree.dependants(tree.heads[noun], "nmod:poss"))
    if not found and scene.grammar.match == "lower":
        found = [
            c for c in tree.dependants(noun, *CASELESS) if c > noun and tree.case(c) is None and c in scene.at
        ]
        if not found:  # an adjective or a further noun in between: "dominasi kolonial Eropa"
            found = [
                deep
                for child in tree.dependants(noun, "amod", "nmod", "compound", "flat")
                if child > noun and child not in scene.at and tree.case(child) is None
                for deep in tree.dependants(child, *CASELESS)
                if deep in scene.at and tree.case(deep) is None
            ]
    return found


def modifiers(scene: Scene, noun: int) -> list[int]:
    """Return the names before a noun: "the Russian attack", "US sanctions", "Russia-China talks"."""
    tree = scene.tree
    found = [
        child
        for child in tree.dependants(noun, "amod", "compound", "nmod", "nummod", "flat")
        if child < noun and tree.deps[child] != "nmod:poss" and tree.case(child) is None
    ]
    deeper = [
        c for one in found if one not in scene.at for c in tree.dependants(one, "compound", "amod", "nmod")
    ]
    return [child for child in (*found, *deeper) if child in scene.at]


def hosts(scene: Scene, noun: int) -> list[int]:
    """Return whose act a noun is by the verb above it: "Russia launched an attack" -> Russia."""
    tree = scene.tree
    if tree.first(noun, "cop") is not None:
        return list(tree.dependants(noun, "nsubj"))
    for verb in light_clauses(scene, noun):
        if is_passive(scene, verb, _form_voice(scene, verb)):
            return agents(scene, verb)
        subjects = tree.dependants(verb, "nsubj")
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


def bearers(scene: Scene, noun: int) -> list[int]:
    """Return whom a role noun is said of: "Iran is an ally", "Iran, an ally of …", "its ally Iran"."""
    tree = scene.tree
    head, relation = tree.heads[noun], tree.relation(noun)
    if tree.first(noun, "nsubj") is not None:
        return [_antecedent(scene, noun, c) for c in tree.dependants(noun, "nsubj")]
    if relation == "appos":
        return [head]
    named = [c for c in tree.dependants(noun, "appos", "flat", "compound") if c > noun and c in scene.at]
    if named:
        return named[:1]
    number = scene.at.get(noun)
    if number is not None and scene.mentions[number].head == noun:  # a group: "supporters of Fujimori"
        return [noun]
    if relation in ("compound", "nmod", "amod") and head > noun and head in scene.at:
        return [head]  # "ally Iran"
    if relation == "conj":
        return bearers(scene, head)
    if tree.case(noun) in scene.grammar.as_ and head != noun:
        return objects(scene, head) or surface_subject(scene, head)
    if relation in ("xcomp", "obj", "obl") and light_verb(scene, noun) is not None:
        return hosts(scene, noun)
    before = noun - 2  # "Iran, an ally of …", wherever the parse hangs it
    if before >= 0 and tree.lowers[noun - 1] == "," and before in scene.at:
        return [scene.mentions[scene.at[before]].head]
    return []


def fellows(scene: Scene, noun: int) -> list[int]:
    """Return what the bearer of a role is coordinated with: "Hamas and rival Fatah" -> Hamas."""
    tree = scene.tree
    bearing = {conjunct for bearer in bearers(scene, noun) for conjunct in tree.conjuncts(bearer)}
    first = next((tree.first_conjunct(token) for token in sorted(bearing)), noun)
    return [token for token in tree.conjuncts(first) if token not in bearing and token != noun]


def described(scene: Scene, word: int) -> list[int]:
    """Return the noun that an adjective or participle describes, or the subject it is said of."""
    tree = scene.tree
    relation, head = tree.relation(word), tree.heads[word]
    if relation in ("amod", "acl") or (relation in ("nmod", "compound", "flat") and head < word):
        return [head]
    return surface_subject(scene, word)


def climbed(scene: Scene, predicate: int) -> list[int]:
    """Return the nearest subject above a predicate: "was in Riyadh for talks with …". A last resort."""
    tree = scene.tree
    for verb in tree.ancestors(predicate):
        found = [token for token in surface_subject(scene, verb) if predicate not in tree.subtree(token)]
        if any(token in scene.at for token in found):
            return found
    return []


def below(scene: Scene, predicate: int) -> list[int]:
    """Return the nearest mention below and behind a predicate, whatever joins them. A last resort."""
    behind = (token for token in scene.tree.subtree(predicate) if token > predicate)
    return next(([token] for token in behind if token in scene.at), [])


def nearest(scene: Scene, predicate: int, cases: tuple[str, ...]) -> list[int]:
    """Return the first phrase with one of the prepositions by word order: parsers misplace many of them.

    "kunjungan Presiden Prancis Emmanuel Macron ke Beirut": the visitor's name often keeps the destination.
    """
    tree = scene.tree
    for token in range(predicate + 1, min(predicate + REACH, len(tree.keys) - 1)):
        light = any(operator.light for operator, _ in scene.operators.get(tree.keys[token], ()))
        if tree.sentences[token] != tree.sentences[predicate]:
            break
        if tree.lowers[token] in cases:
            behind = range(token + 1, min(token + 5, len(tree.keys)))
            return next(([t] for t in behind if t in scene.at), [])
        if tree.pos[token] == "VERB" and not light:
            break
    return []


def light_verb(scene: Scene, noun: int) -> int | None:
    """Return the light verb that governs a noun, through "a series of …", "rounds of …" and coordination."""
    tree = scene.tree
    here = noun
    for _ in range(4):
        head, relation = tree.heads[here], tree.relation(here)
        if head == here:
            return None
        light = any(operator.light for operator, _ in scene.operators.get(tree.keys[head], ()))
        if relation in ("obj", "obl", "nsubj", "xcomp") and tree.pos[head] in ("VERB", "AUX") and light:
            return head
        if relation == "conj" or (relation in ("nmod", "compound") and light):
            here = head
            continue
        return None
    return None


def light_clauses(scene: Scene, noun: int) -> Iterator[int]:
    """Yield the light verbs of a noun's relative clauses: "serangan yang dilakukan Rusia terhadap Ukraina"."""
    tree = scene.tree
    for verb in tree.dependants(noun, "acl"):
        if any(operator.light for operator, _ in scene.operators.get(tree.keys[verb], ())):
            yield verb


def _form_voice(scene: Scene, verb: int) -> str | None:
    """Return the voice that a verb's form itself shows, as far as the operators know the form."""
    voices = (voice for _, voice in scene.operators.get(scene.tree.keys[verb], ()))
    return next((voice for voice in voices if voice in ("active", "passive")), None)


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
    if marked or reduced:
        return True
    if tree.relation(verb) == "conj" and tree.first(verb, "nsubj", "obj") is None and participle:
        return is_passive(scene, tree.heads[verb], None)
    return "Voice=Pass" in tree.morphs[verb]


def _antecedent(scene: Scene, verb: int, subject: int) -> int:
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


def _object_control(scene: Scene, verb: int) -> bool:
    found = scene.operators.get(scene.tree.keys[verb], ())
    return any(operator.control == "object" for operator, _ in found)


def _path_top(scene: Scene, noun: int, verb: int) -> int:
    """Return the token directly below the light verb on the way up from the noun."""
    here = noun
    while scene.tree.heads[here] != verb:
        here = scene.tree.heads[here]
    return here
