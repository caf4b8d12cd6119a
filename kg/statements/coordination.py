"""Mends of coordinations: what is joined to what, where parsers take the nearest word for it."""

from __future__ import annotations

from itertools import pairwise

from kg.mentions.found import ActorMention
from kg.statements.tree import Tree

HYPHENS = ("-", "–", "/")
PAIRED = ("name", "acronym", "demonym", "metonym")
PHRASE = ("nmod", "appos", "flat", "compound", "amod", "nummod")


def enumerate_states(trees: Tree, mentions: tuple[ActorMention, ...]) -> None:
    """Make two states side by side a coordination; parsers take "Inggris, Australia" for an apposition."""
    states = {mention.head: mention.actor for mention in mentions if mention.cls == "State"}
    for token, actor in states.items():
        head = trees.heads[token]
        if (
            trees.relation(token) in ("appos", "flat", "nmod", "compound")
            and states.get(head, actor) != actor
        ):
            between = trees.lowers[head + 1 : token] if head < token else []
            if "," in between:
                trees.deps[token] = "conj"


def pair(trees: Tree, mentions: tuple[ActorMention, ...]) -> None:
    """Make two names with a hyphen a coordination, wherever the parse hangs them: "US-Iran talks"."""
    heads = {mention.start: mention.head for mention in mentions if mention.form in PAIRED}
    for mention in mentions:
        first, second = mention.head, heads.get(mention.end + 1)
        if second is None or mention.form not in PAIRED or trees.lowers[mention.end] not in HYPHENS:
            continue
        if second in trees.ancestors(first) and trees.heads[second] != second:
            trees.hang(first, trees.heads[second], trees.deps[second])
        if second not in trees.ancestors(first):
            trees.hang(second, first, "conj")


def widen(trees: Tree, mentions: tuple[ActorMention, ...]) -> None:
    """Lift a conjunct out of a relative clause to a noun of its class: "Rusia, yang didukung UE, dan Iran".

    Parsers take the nearest noun; lists name actors of one kind. Where the nearest noun is of that kind too,
    commas around the clause and a verb that is still to come tell: "Germany, which helps Iran, and Peru met".
    """
    kinds = {mention.head: mention.cls for mention in mentions}
    for token, kind in kinds.items():
        head = trees.heads[token]
        signs = [c for c in trees.dependants(token, "cc") if c < token and trees.lowers[c - 1] == ","]
        if trees.relation(token) != "conj" or not signs:
            continue
        path = pairwise((head, *trees.ancestors(head)))
        lists = [
            noun
            for below, noun in path
            if trees.relation(below) == "acl"
            and kinds.get(noun) == kind
            and (kinds.get(head, kind) != kind or _open(trees, noun, below, token))
        ]
        if lists:
            trees.hang(token, lists[-1], "conj")


def _open(trees: Tree, noun: int, verb: int, token: int) -> bool:
    """Say whether a noun's relative clause begins with a comma, and the noun's own verb is behind a token."""
    return "," in trees.lowers[noun + 1 : verb] and trees.heads[noun] > token


def share(trees: Tree) -> None:
    """Make two subjects with "and" before the second one subject: "Turkey, which …, and Italy will meet"."""
    for verb in range(len(trees.heads)):
        found = list(trees.dependants(verb, "nsubj"))
        signs = [c for c in trees.dependants(verb, "cc") if c + 1 in found[1:]]
        for sign in signs:
            if not any(found[0] < other < sign for other in trees.dependants(verb, "conj", "parataxis")):
                trees.hang(sign + 1, found[0], "conj")
                trees.hang(sign, sign + 1, "cc")


def rejoin(trees: Tree, mentions: tuple[ActorMention, ...]) -> None:
    """Join names with "and" between them that hang side by side: "between rival Hutu and Tutsi militias"."""
    ends = {mention.end: mention.head for mention in mentions}
    for mention in mentions:
        sign, second = mention.start - 1, mention.head
        first = ends.get(sign)
        if first is None or trees.deps[sign] != "cc" or trees.heads[first] != trees.heads[second]:
            continue
        cases = list(trees.dependants(second, "case"))
        same = trees.relation(first) if trees.relation(first) == trees.relation(second) else ""
        if same in ("nmod", "compound", "amod") and all(c < first for c in cases):
            for case in cases:
                trees.hang(case, first, "case")
            trees.hang(second, first, "conj")


def parallel(trees: Tree) -> None:
    """Join nouns with "a", not one to a name below the other: "an ally of Peru and a foe of Cuba".

    So with what a copula says: "adalah sekutu Rusia dan musuh Israel".
    """
    plain = [noun for noun in range(len(trees.heads)) if _indefinite(trees, noun)]
    for noun, pos in enumerate(trees.pos):
        name = trees.heads[noun]
        if trees.relation(noun) != "conj" or trees.pos[name] != "PROPN" or pos != "NOUN":
            continue
        first = next((above for above in trees.ancestors(name) if trees.relation(name) in PHRASE), None)
        if first is None:
            continue
        said = trees.first(first, "cop") is not None and trees.first(noun, "det", "case") is None
        if (said and trees.case(name) is None) or (noun in plain and first in plain):
            trees.hang(noun, first, "conj")


def _indefinite(trees: Tree, noun: int) -> bool:
    return trees.pos[noun] == "NOUN" and any(
        "Definite=Ind" in trees.morphs[child] for child in trees.dependants(noun, "det")
    )


def describe(trees: Tree) -> None:
    """Hang a name on the noun right before it where both are joined to one: "Hamas and its rival Fatah"."""
    for token, label in enumerate(trees.deps):
        noun = token - 1
        beside = label == "conj" and noun > trees.heads[token] == trees.heads[noun]
        kinds = (trees.deps[noun], trees.pos[noun], trees.pos[token])
        apart = trees.first(token, "cc", "case", "punct") is not None
        if beside and kinds == ("conj", "NOUN", "PROPN") and not apart:
            trees.hang(token, noun, "appos")


def finish(trees: Tree) -> None:
    """Join what somebody did to what he did, not to what is to be done: "called on X to go and thanked Y"."""
    for token, label in enumerate(trees.deps):
        verb = trees.heads[token]
        done = (
            label == "conj" and "Tense=Past" in trees.morphs[token] and "VerbForm=Fin" in trees.morphs[token]
        )
        if not done or "VerbForm=Inf" not in trees.morphs[verb] or trees.first(token, "nsubj") is not None:
            continue
        path = (t for t in trees.ancestors(verb) if trees.pos[t] == "VERB")
        above = next((t for t in path if "VerbForm=Inf" not in trees.morphs[t]), None)
        if above is not None:
            trees.hang(token, above, "conj")
