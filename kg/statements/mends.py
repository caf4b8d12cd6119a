"""Mends of the trees: what parsers hang wrongly again and again, put where the grammar expects it."""

from __future__ import annotations

from itertools import pairwise

from kg.mentions.found import ActorMention
from kg.statements import coordination
from kg.statements.coordination import PHRASE
from kg.statements.grammar import Grammar
from kg.statements.tree import Tree

DESCRIBING = ("amod", "compound", "nummod", "det")
SECOND = "xcomp:second"
"""The label of the second of two objects: one of both is a recipient, or it says what the first one is."""
NAMES = ("NOUN", "PROPN")


def mend(trees: Tree, mentions: tuple[ActorMention, ...], words: Grammar, hyphenated: frozenset[str]) -> None:
    """Change the trees of a Doc in place, one kind of mistake after the other.

    `hyphenated` are words that the tokenizer takes apart.
    """
    _join(trees, hyphenated)
    _prepose(trees, words.verbal_prepositions)
    _possess(trees, words.possessive)
    coordination.enumerate_states(trees, mentions)
    _name(trees, mentions)
    coordination.pair(trees, mentions)
    _lift(trees)
    _precede(trees, words.possessive)
    _complete(trees)
    _attach(trees, words.possessive)
    _unnest(trees)
    if words.possessor_behind:
        _call(trees)
    _raise(trees)
    _complement(trees, mentions)
    coordination.widen(trees, mentions)
    coordination.share(trees)
    coordination.rejoin(trees, mentions)
    coordination.parallel(trees)
    _follow(trees, mentions, words.relatives)
    _author(trees, mentions, words.agents)
    _credit(trees, mentions, words)
    _request(trees, words)
    coordination.describe(trees)
    coordination.finish(trees)


def _credit(trees: Tree, mentions: tuple[ActorMention, ...], words: Grammar) -> None:
    """Hang who did it on the passive verb, not on what it is about: "was barred from standing by Peru"."""
    for token in (mention.head for mention in mentions):
        if trees.relation(token) not in ("obl", "nmod") or trees.case(token) not in words.agents:
            continue
        for below, verb in pairwise((token, *trees.ancestors(token))):
            if trees.relation(below) not in ("advcl", "xcomp", "ccomp") or below > token:
                continue
            mark = next((trees.lowers[c] for c in trees.dependants(below, "mark") if c < below), "")
            own = [c for c in trees.dependants(verb, "obl") if trees.case(c) in words.agents]
            active = trees.first(below, "nsubj", "aux:pass", "nsubj:pass") is None
            if trees.first(verb, "nsubj:pass") is not None and active and not own and mark in words.barring:
                trees.hang(token, verb, "obl")
            break


def _request(trees: Tree, words: Grammar) -> None:
    """Make what somebody is called on to do a complement: "menyerukan kepada X agar menghentikan Y"."""
    asking = [word for word in words.requests if word not in words.purposes]
    for token, label in enumerate(trees.deps):
        if label == "advcl" and any(trees.lowers[mark] in asking for mark in trees.dependants(token, "mark")):
            trees.deps[token] = "ccomp"


def _precede(trees: Tree, marks: tuple[str, ...]) -> None:
    """Give a preposition behind a noun to what follows it: "musuh dari Amerika Serikat"."""
    for token, label in enumerate(trees.deps):
        noun = trees.heads[token]
        if label != "case" or token < noun or trees.lowers[token] in marks:
            continue
        behind = next((c for c in trees.children[noun] if min(trees.subtree(c)) == token + 1), None)
        if behind is not None and trees.relation(behind) in PHRASE:
            trees.hang(token, behind, "case")


def _complete(trees: Tree) -> None:
    """Hang what an adjective behind a verb leads to on the verb: "stopped short of condemning X"."""
    for token, label in enumerate(trees.deps):
        word = trees.heads[token]
        verb = trees.heads[word]
        short = trees.pos[word] == "ADJ" and trees.pos[verb] == "VERB" and word == verb + 1
        if label == "advcl" and token > word and short and trees.first(token, "mark") is not None:
            trees.hang(token, verb, "xcomp")


def _join(trees: Tree, known: frozenset[str]) -> None:
    """Let the head of a word that was taken apart at its hyphens stand for the whole: "run-off"."""
    after = 0
    for start in (token - 1 for token, word in enumerate(trees.lowers) if word == "-" and token):
        for end in (start + 5, start + 3):  # "son-in-law", "run-off"
            rest = (*trees.lowers[start + 1 : end - 1], *trees.keys[end - 1 : end])
            words = ["".join((first, *rest)) for first in (trees.lowers[start], trees.keys[start])]
            word = next((word for word in words if word in known), None)  # "brothers-in-law"
            tight = trees.starts[start + 1 : end] == trees.ends[start : end - 1]
            if word is not None and tight and start >= after:
                part = range(start, end)
                head = next(t for t in part if trees.heads[t] == t or trees.heads[t] not in part)
                trees.keys[head], after = word, end
                break


def _author(trees: Tree, mentions: tuple[ActorMention, ...], agents: tuple[str, ...]) -> None:
    """Hang who did a thing on the thing: "denied the accusation by X"; who has an object is no patient."""
    for token in (mention.head for mention in mentions):
        verb = trees.heads[token]
        thing = trees.first(verb, "obj")
        if trees.relation(token) == "obl" and trees.case(token) in agents and thing is not None:
            case = next(iter(trees.dependants(token, "case")))
            if trees.pos[thing] == "NOUN" and max(trees.subtree(thing)) + 1 == case:
                trees.hang(token, thing, "nmod")


def _prepose(trees: Tree, words: tuple[str, ...]) -> None:
    """Make verbs that stand for prepositions behind a noun prepositions: "perang melawan pasukan X"."""
    for token, word in enumerate(trees.lowers):
        if word not in words or token == 0 or trees.pos[token - 1] not in ("NOUN", "PROPN", "ADJ"):
            continue
        noun, thing = token - 1, trees.first(token, "obj", "nmod", "obl")
        if trees.pos[noun] == "ADJ":
            noun = trees.heads[noun]
        if thing is None or thing < token or trees.pos[token] != "VERB" or trees.pos[noun] != "NOUN":
            continue
        if not {token, thing}.intersection(trees.ancestors(noun)):  # else the noun would hang on itself
            trees.hang(thing, noun, "nmod")
            trees.hang(token, thing, "case")


def _possess(trees: Tree, marks: tuple[str, ...]) -> None:
    """Make an owner of what has the mark of one: parsers miss that in "X's ZANU-PF", "the Swiss Union's"."""
    for token, label in enumerate(trees.deps):
        noun = trees.heads[token]
        if label not in ("nmod", "compound", "nsubj") or trees.case(token) not in marks:
            continue
        if label == "nsubj":
            noun = next((other for other in trees.dependants(noun, "nsubj") if other > token), token)
        if noun > token and trees.pos[noun] != "VERB":
            trees.hang(token, noun, "nmod:poss")


def _attach(trees: Tree, marks: tuple[str, ...]) -> None:
    """Make an apposition with a preposition a plain phrase: "signed a deal with the battery maker CATL"."""
    for token, label in enumerate(trees.deps):
        if label == "appos" and trees.case(token) not in (None, *marks):
            trees.deps[token] = "nmod"


def _name(trees: Tree, mentions: tuple[ActorMention, ...]) -> None:
    """Hang a person's name on the noun that tells who it is, not on another's: "adik X, Y, …"."""
    people = {mention.head: mention.actor for mention in mentions if mention.cls == "Person"}
    for token, actor in people.items():
        other = trees.heads[token]
        named = trees.deps[token] == "appos" and people.get(other, actor) != actor
        if named and trees.relation(other) == "nmod" and trees.pos[trees.heads[other]] == "NOUN":
            trees.hang(token, trees.heads[other], "appos")


def _lift(trees: Tree) -> None:
    """Give a preposition to the noun, not to a word that describes it: "with its old rival Eritrea"."""
    for token, dep in enumerate(trees.deps):
        noun = trees.heads[token]
        while dep == "case" and trees.heads[noun] > noun > token and trees.relation(noun) in DESCRIBING:
            noun = trees.heads[noun]
        if noun != trees.heads[token]:
            trees.hang(token, noun, "case")


def _unnest(trees: Tree) -> None:
    """Hang what stands before a preposition on the verb: X in "menyebut X sebagai badut"."""
    for token, head in enumerate(trees.heads):
        if trees.deps[token] != "nmod" or token > head or trees.case(token) is not None:
            continue
        verb = trees.heads[head]
        between = any(token < word < head for word in trees.dependants(head, "case"))
        if between and verb < token and trees.pos[verb] == "VERB" and trees.first(verb, "obj") is None:
            trees.hang(token, verb, "obj")


def _call(trees: Tree) -> None:
    """Hang what somebody calls something on the verb: "menyebut serangan itu (sebuah) provokasi"."""
    for token, label in enumerate(trees.deps):
        name = trees.heads[token]
        verb = trees.heads[name]
        right = label in ("nmod", "nsubj") and trees.case(token) is None and verb < token < name
        said = trees.pos[name] == "NOUN" and trees.relation(name) in ("obj", "ccomp", "xcomp")
        said = said and trees.first(name, "cop", "mark") is None  # not "mengatakan X adalah sekutu"
        if right and said and trees.pos[verb] == "VERB" and min(trees.subtree(token)) == verb + 1:
            trees.hang(token, verb, "obj")
            trees.deps[name] = "xcomp"


def _raise(trees: Tree) -> None:
    """Hang what stands before an infinitive on the verb above: "prompting X to recall its envoy".

    Where it is bare only what is right behind a verb without an object: "mendesak kedua pihak menahan diri".
    """
    for token, verb in enumerate(trees.heads):
        above, below, label = trees.heads[verb], trees.relation(verb), trees.deps[token]
        if below not in ("xcomp", "ccomp") or label not in ("obj", "obl") or not above < token < verb:
            continue
        to = any(token < mark < verb for mark in trees.dependants(verb, "mark"))
        bare = trees.pos[token] in NAMES and min(trees.subtree(token)) == above + 1
        alone = trees.first(above, "obj") is None and trees.case(token) is None
        if (to and (label, below) == ("obj", "xcomp")) or (bare and alone):
            trees.hang(token, above, "obj")


def _complement(trees: Tree, mentions: tuple[ActorMention, ...]) -> None:
    """Set the second of two objects apart: "called Peru a bully", "gave Peru a loan"."""
    heads = {mention.head for mention in mentions}
    for verb, pos in enumerate(trees.pos):
        found = list(trees.dependants(verb, "obj")) if pos == "VERB" else []
        if len(found) == 2 and found[0] in heads and found[1] not in heads and verb < found[0]:
            trees.deps[found[1]] = SECOND


def _follow(trees: Tree, mentions: tuple[ActorMention, ...], relatives: tuple[str, ...]) -> None:
    """Give a relative clause behind a comma to the mention before it: "Rusia dan Tiongkok, yang berada …".

    Where that mention belongs to the noun that has the clause, "the son of the Emir, who …", it stays.
    """
    ends = {mention.end: mention.head for mention in sorted(mentions, key=lambda m: -m.start)}
    for verb, dep in enumerate(trees.deps):
        noun = trees.heads[verb]
        if trees.relation(verb) != "acl" or noun >= verb:
            continue
        pronoun = next((t for t in trees.subtree(verb) if t <= verb and trees.lowers[t] in relatives), None)
        if pronoun is None or pronoun < 2 or trees.lowers[pronoun - 1] != ",":
            continue
        near = ends.get(pronoun - 1)
        if near is None or near <= noun or _within(trees, near, noun) or verb in trees.ancestors(near):
            continue
        trees.hang(verb, near, dep)


def _within(trees: Tree, token: int, noun: int) -> bool:
    """Say whether a word belongs to a noun's phrase, not to a clause or a coordination of it."""
    while token != noun and trees.relation(token) in PHRASE and trees.heads[token] != token:
        token = trees.heads[token]
    return token == noun
