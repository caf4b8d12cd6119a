"""Slots: where, seen from a predicate, an argument may stand. Which slot a word uses is data."""

from __future__ import annotations

from kg.mentions.words import words
from kg.statements.afar import NEAR, below, climbed, nearest
from kg.statements.clauses import (
    agents,
    antecedent,
    clause_subject,
    hosts,
    light_clauses,
    light_verb,
    objects,
    surface_subject,
)
from kg.statements.coordination import HYPHENS
from kg.statements.mends import SECOND
from kg.statements.receiving import givers, is_means, receivers
from kg.statements.scene import Scene

NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X")
CASELESS = ("nmod", "compound", "flat", "amod", "appos", "nsubj", "det", "obl", "obj", "dep")


def fill(scene: Scene, predicate: int, slot: str, *, passive: bool) -> list[int]:
    """Return the tokens that stand in a slot of a predicate, coordination not yet unfolded."""
    match slot:
        case "subject":
            return agents(scene, predicate) if passive else surface_subject(scene, predicate)
        case "object":
            return surface_subject(scene, predicate) if passive else objects(scene, predicate)
        case "iobject":
            return recipients(scene, predicate)
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
        case "receiver":
            return receivers(scene, predicate)
        case "giver":
            return givers(scene, predicate)
        case "between":
            return prepositional(scene, predicate, scene.grammar.between) or involved(scene, predicate)
        case "told":
            return []  # not in this clause
        case "joined":
            return joined(scene, predicate)
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


def prepositional(scene: Scene, predicate: int, cases: tuple[str, ...]) -> list[int]:
    """Return the phrases with one of the prepositions: on the predicate, its object, its light verb."""
    tree = scene.tree
    things = tree.dependants(predicate, "obj", "xcomp", "nsubj:pass")  # "ties with X were cut by Y"
    around = [predicate, *things, *light_clauses(scene, predicate)]
    light = light_verb(scene, predicate)
    if light is not None:
        around += [light, *(c for c in tree.dependants(light, "obj", "nsubj") if c != predicate)]
    phrases = [list(tree.dependants(place, "obl", "nmod", "advcl", "acl")) for place in around]
    hits = ([child for child in listed if tree.case(child) in cases] for listed in phrases)
    found = next((direct for direct in hits if direct), [])
    if not any(scene.at.keys() & tree.subtree(child) for child in found):
        # one phrase down, where none names anybody: "joined on Monday in attacks on X"
        further = [c for listed in phrases for c in listed if c not in scene.at and not _apart(scene, c)]
        deep = [c for child in further for c in tree.dependants(child, "nmod", "obl")]
        found = list(dict.fromkeys([*found, *(c for c in deep if tree.case(c) in cases)]))
    return [child for child in found if child != predicate]


def _apart(scene: Scene, phrase: int) -> bool:
    """Say whether a phrase tells something else: "X, at war with Y, will talk", "with the help of Y".

    A relative clause with a light verb does not: "lifted the sanctions imposed on Y".
    """
    tree = scene.tree
    if tree.deps[phrase] == "acl:relcl":
        return tree.pos[phrase] != "VERB" or phrase not in light_clauses(scene, tree.heads[phrase])
    return tree.case(phrase) in scene.grammar.circumstances or is_means(scene, phrase)


def involved(scene: Scene, noun: int) -> list[int]:
    """Return who takes part: "The talks involved Chad and Libya", "Perundingan itu melibatkan X dan Y"."""
    verb = scene.tree.heads[noun]
    subject = scene.tree.deps[noun] == "nsubj" and scene.tree.keys[verb] in scene.grammar.involving
    return objects(scene, verb) if subject else []


def recipients(scene: Scene, verb: int) -> list[int]:
    """Return who is given something: "sent them aid", and the first of two objects: "gave Peru a loan"."""
    tree = scene.tree
    found = list(tree.dependants(verb, "iobj"))
    if not found and any(tree.deps[child] == SECOND for child in tree.children[verb]):
        found = list(tree.dependants(verb, "obj"))
    return found


def possessors(scene: Scene, noun: int) -> list[int]:
    """Return whose the noun is: "Russia's attack", "its attack", "serangan Rusia", "serangannya"."""
    tree = scene.tree
    found = list(tree.dependants(noun, "nmod:poss"))
    if not found and tree.relation(noun) in ("amod", "compound"):  # "Egypt's rival Sudan", "its ally Iran"
        found = list(tree.dependants(tree.heads[noun], "nmod:poss"))
    if not found and scene.grammar.possessor_behind:
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
        if not found:  # right behind, but given to another noun: "pengembangan kemitraan Rusia-Tiongkok"
            found = _behind(scene, noun)
    return found


def _behind(scene: Scene, noun: int) -> list[int]:
    """Return the mention that begins behind a noun and its adjectives."""
    tree, token = scene.tree, noun + 1
    while token < len(tree.keys) - 1 and tree.pos[token] == "ADJ" and token not in scene.at:
        token += 1
    number = scene.at.get(token)
    if number is None or scene.mentions[number].start != token:
        return []
    return [scene.mentions[number].head]


def modifiers(scene: Scene, noun: int) -> list[int]:
    """Return the names before a noun: "the Russian attack", "US sanctions", "Russia-China talks"."""
    tree = scene.tree
    found = [
        child
        for child in tree.dependants(noun, "amod", "compound", "nmod", "nummod", "flat")
        if child < noun and tree.deps[child] != "nmod:poss" and tree.case(child) is None
        if not _opposed(scene, child) and not _participial(scene, child)
    ]
    deeper = [
        c for one in found if one not in scene.at for c in tree.dependants(one, "compound", "amod", "nmod")
    ]
    return [child for child in (*found, *deeper) if child in scene.at]


def _participial(scene: Scene, token: int) -> bool:
    """Say whether a name belongs to a participle behind a hyphen: no "Iran-backed group" is one of Iran."""
    behind = scene.tree.lowers[token + 1 : token + 3]
    return len(behind) == 2 and behind[0] in HYPHENS and behind[1] in scene.grammar.attached


def _opposed(scene: Scene, token: int) -> bool:
    """Tell whether a name only says what its noun is for or against: "an anti-Syrian leader"."""
    number = scene.at.get(token)
    hyphen = scene.mentions[number].start - 1 if number is not None else 0
    prefixes = words(scene.doc.lang_).groups.not_owner_before
    return hyphen > 0 and scene.tree.lowers[hyphen] in HYPHENS and scene.tree.lowers[hyphen - 1] in prefixes


def bearers(scene: Scene, noun: int) -> list[int]:
    """Return whom a role noun is said of: "Iran is an ally", "Iran, an ally of …", "its ally Iran"."""
    tree = scene.tree
    head, relation = tree.heads[noun], tree.relation(noun)
    if tree.first(noun, "nsubj") is not None:
        return [antecedent(scene, noun, c) for c in tree.dependants(noun, "nsubj")]
    if _linked(scene, noun):
        return surface_subject(scene, head)
    if tree.deps[noun] == SECOND:  # "considers Peru a danger to Chile"
        return objects(scene, head)
    if relation == "conj" and (tree.first(head, "nsubj") is not None or _linked(scene, head)):
        return bearers(scene, head)
    if relation == "appos":
        return [head]
    named = [c for c in tree.dependants(noun, "appos", "flat", "compound") if c > noun and c in scene.at]
    if named:
        return named[:1]
    number = scene.at.get(noun)
    if number is not None and scene.mentions[number].head == noun:  # a group: "supporters of Fujimori"
        return [noun] if scene.mentions[number].cls in ("ActorGroup", "ArmedGroup") else []
    if relation in ("compound", "nmod", "amod") and head > noun and (head in scene.at or relation == "amod"):
        return [head]  # "ally Iran", "the rival Fatah and Hamas movements"
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


def _linked(scene: Scene, noun: int) -> bool:
    """Tell whether a verb says of its subject that it is what the noun says: "merupakan musuh X"."""
    tree = scene.tree
    said = ("obj", "xcomp") if tree.case(noun) is not None else ("obj", "xcomp", "obl")
    return tree.relation(noun) in said and tree.keys[tree.heads[noun]] in scene.grammar.linking


def fellows(scene: Scene, noun: int) -> list[int]:
    """Return what the bearer of a role is coordinated with: "Hamas and rival Fatah" -> Hamas."""
    tree = scene.tree
    bearing = {conjunct for bearer in bearers(scene, noun) for conjunct in tree.conjuncts(bearer)}
    first = next((tree.first_conjunct(token) for token in sorted(bearing)), noun)
    return [token for token in tree.conjuncts(first) if token not in bearing and token != noun]


def joined(scene: Scene, prefix: int) -> list[int]:
    """Return what follows a prefix, with or without a hyphen: "anti-American", "pro-Rusia"."""
    after = prefix + 1 if scene.tree.lowers[prefix + 1] not in HYPHENS else prefix + 2
    return [after] if after in scene.at else []


def described(scene: Scene, word: int) -> list[int]:
    """Return the noun that an adjective or participle describes, or the subject it is said of."""
    tree = scene.tree
    relation, head = tree.relation(word), tree.heads[word]
    if relation in ("amod", "acl") or (relation in ("nmod", "compound", "flat") and head < word):
        return [head]
    return surface_subject(scene, word)
