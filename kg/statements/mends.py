"""Mends of the trees: what parsers hang wrongly again and again, put where the grammar expects it."""

from __future__ import annotations

from itertools import pairwise

from kg.mentions.found import ActorMention
from kg.statements.grammar import Grammar
from kg.statements.tree import Tree

HYPHENS = ("-", "–", "/")
PAIRED = ("name", "acronym", "demonym", "metonym")
DESCRIBING = ("amod", "compound", "nummod", "det")
SECOND = "xcomp:second"
"""The label of the second of two objects: one of both is a recipient, or it says what the first one is."""
NAMES = ("NOUN", "PROPN")
PHRASE = ("nmod", "appos", "flat", "compound", "amod", "nummod")


def mend(trees: Tree, mentions: tuple[ActorMention, ...], words: Grammar, hyphenated: frozenset[str]) -> None:
    """Change the trees of a Doc in place, one kind of mistake after the other.

    `hyphenated` are words that the tokenizer takes apart.
    """
    _join(trees, hyphenated)
    _prepose(trees, words.verbal_prepositions)
    _possess(trees, words.possessive)
    _enumerate(trees, mentions)
    _name(trees, mentions)
    _pair(trees, mentions)
    _lift(trees)
    _attach(trees, words.possessive)
    _unnest(trees)
    _raise(trees)
    _complement(trees, mentions)
    _widen(trees, mentions)
    _share(trees)
    _rejoin(trees, mentions)
    _parallel(trees)
    _follow(trees, mentions, words.relatives)
    _author(trees, mentions, words.agents)
    _credit(trees, mentions, words)


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
                _hang(trees, token, verb, "obl")
            break


def _join(trees: Tree, known: frozenset[str]) -> None:
    """Let the head of a word that was taken apart at its hyphens stand for the whole: "run-off"."""
    after = 0
    for start in (token - 1 for token, word in enumerate(trees.lowers) if word == "-" and token):
        for end in (start + 5, start + 3):  # "son-in-law", "run-off"
            last = trees.keys[end - 1 : end]
            words = (
                "".join((first, *trees.lowers[start + 1 : end - 1], *last)) for first in _forms(trees, start)
            )
            word = next((word for word in words if word in known), None)
            tight = trees.starts[start + 1 : end] == trees.ends[start : end - 1]
            if word is not None and tight and start >= after:
                head = next((t for t in range(start, end) if not start <= trees.heads[t] < end), start)
                trees.keys[head], after = word, end
                break


def _forms(trees: Tree, token: int) -> tuple[str, str]:
    """Return a word as it stands and without its ending: "brothers-in-law"."""
    return trees.lowers[token], trees.keys[token]


def _author(trees: Tree, mentions: tuple[ActorMention, ...], agents: tuple[str, ...]) -> None:
    """Hang who did a thing on the thing: "denied the accusation by X"; who has an object is no patient."""
    for token in (mention.head for mention in mentions):
        verb = trees.heads[token]
        thing = trees.first(verb, "obj")
        if trees.relation(token) == "obl" and trees.case(token) in agents and thing is not None:
            case = next(iter(trees.dependants(token, "case")))
            if trees.pos[thing] == "NOUN" and max(trees.subtree(thing)) + 1 == case:
                _hang(trees, token, thing, "nmod")


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
            _hang(trees, thing, noun, "nmod")
            _hang(trees, token, thing, "case")


def _possess(trees: Tree, marks: tuple[str, ...]) -> None:
    """Make an owner of what has the mark of one: parsers miss that in "X's ZANU-PF", "the Swiss Union's"."""
    for token, label in enumerate(trees.deps):
        noun = trees.heads[token]
        if label not in ("nmod", "compound", "nsubj") or trees.case(token) not in marks:
            continue
        if label == "nsubj":
            noun = next((other for other in trees.dependants(noun, "nsubj") if other > token), token)
        if noun > token and trees.pos[noun] != "VERB":
            _hang(trees, token, noun, "nmod:poss")


def _attach(trees: Tree, marks: tuple[str, ...]) -> None:
    """Make an apposition with a preposition a plain phrase: "signed a deal with the battery maker CATL"."""
    for token, label in enumerate(trees.deps):
        if label == "appos" and trees.case(token) not in (None, *marks):
            trees.deps[token] = "nmod"


def _enumerate(trees: Tree, mentions: tuple[ActorMention, ...]) -> None:
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


def _name(trees: Tree, mentions: tuple[ActorMention, ...]) -> None:
    """Hang a person's name on the noun that tells who it is, not on another's: "adik X, Y, …"."""
    people = {mention.head: mention.actor for mention in mentions if mention.cls == "Person"}
    for token, actor in people.items():
        other = trees.heads[token]
        named = trees.deps[token] == "appos" and people.get(other, actor) != actor
        if named and trees.relation(other) == "nmod" and trees.pos[trees.heads[other]] == "NOUN":
            _hang(trees, token, trees.heads[other], "appos")


def _pair(trees: Tree, mentions: tuple[ActorMention, ...]) -> None:
    """Make two names with a hyphen a coordination, wherever the parse hangs them: "US-Iran talks"."""
    heads = {mention.start: mention.head for mention in mentions if mention.form in PAIRED}
    for mention in mentions:
        first, second = mention.head, heads.get(mention.end + 1)
        if second is None or mention.form not in PAIRED or trees.lowers[mention.end] not in HYPHENS:
            continue
        if second in trees.ancestors(first) and trees.heads[second] != second:
            _hang(trees, first, trees.heads[second], trees.deps[second])
        if second not in trees.ancestors(first):
            _hang(trees, second, first, "conj")


def _lift(trees: Tree) -> None:
    """Give a preposition to the noun, not to a word that describes it: "with its old rival Eritrea"."""
    for token, dep in enumerate(trees.deps):
        noun = trees.heads[token]
        while dep == "case" and trees.heads[noun] > noun > token and trees.relation(noun) in DESCRIBING:
            noun = trees.heads[noun]
        if noun != trees.heads[token]:
            _hang(trees, token, noun, "case")


def _unnest(trees: Tree) -> None:
    """Hang what stands before a preposition on the verb: X in "menyebut X sebagai badut"."""
    for token, head in enumerate(trees.heads):
        if trees.deps[token] != "nmod" or token > head or trees.case(token) is not None:
            continue
        verb = trees.heads[head]
        between = any(token < word < head for word in trees.dependants(head, "case"))
        if between and verb < token and trees.pos[verb] == "VERB" and trees.first(verb, "obj") is None:
            _hang(trees, token, verb, "obj")


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
            _hang(trees, token, above, "obj")


def _complement(trees: Tree, mentions: tuple[ActorMention, ...]) -> None:
    """Set the second of two objects apart: "called Peru a bully", "gave Peru a loan"."""
    heads = {mention.head for mention in mentions}
    for verb, pos in enumerate(trees.pos):
        found = list(trees.dependants(verb, "obj")) if pos == "VERB" else []
        if len(found) == 2 and found[0] in heads and found[1] not in heads and verb < found[0]:
            trees.deps[found[1]] = SECOND


def _widen(trees: Tree, mentions: tuple[ActorMention, ...]) -> None:
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
            _hang(trees, token, lists[-1], "conj")


def _open(trees: Tree, noun: int, verb: int, token: int) -> bool:
    """Say whether a noun's relative clause begins with a comma, and the noun's own verb is behind a token."""
    return "," in trees.lowers[noun + 1 : verb] and trees.heads[noun] > token


def _share(trees: Tree) -> None:
    """Make two subjects with "and" before the second one subject: "Turkey, which …, and Italy will meet"."""
    for verb in range(len(trees.heads)):
        found = list(trees.dependants(verb, "nsubj"))
        signs = [c for c in trees.dependants(verb, "cc") if c + 1 in found[1:]]
        for sign in signs:
            if not any(found[0] < other < sign for other in trees.dependants(verb, "conj", "parataxis")):
                _hang(trees, sign + 1, found[0], "conj")
                _hang(trees, sign, sign + 1, "cc")


def _rejoin(trees: Tree, mentions: tuple[ActorMention, ...]) -> None:
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
                _hang(trees, case, first, "case")
            _hang(trees, second, first, "conj")


def _parallel(trees: Tree) -> None:
    """Join nouns with "a", not one to a name below the other: "an ally of Peru and a foe of Cuba"."""
    plain = [noun for noun in range(len(trees.heads)) if _indefinite(trees, noun)]
    for noun in plain:
        name = trees.heads[noun]
        if trees.relation(noun) != "conj" or trees.pos[name] != "PROPN":
            continue
        first = next((above for above in trees.ancestors(name) if trees.relation(name) in PHRASE), None)
        if first in plain:
            _hang(trees, noun, first, "conj")


def _indefinite(trees: Tree, noun: int) -> bool:
    return trees.pos[noun] == "NOUN" and any(
        "Definite=Ind" in trees.morphs[child] for child in trees.dependants(noun, "det")
    )


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
        _hang(trees, verb, near, dep)


def _within(trees: Tree, token: int, noun: int) -> bool:
    """Say whether a word belongs to a noun's phrase, not to a clause or a coordination of it."""
    while token != noun and trees.relation(token) in PHRASE and trees.heads[token] != token:
        token = trees.heads[token]
    return token == noun


def _hang(trees: Tree, token: int, head: int, dep: str) -> None:
    """Give a token another head; its dependants stay with it."""
    if trees.heads[token] != token:
        trees.children[trees.heads[token]].remove(token)
    trees.heads[token], trees.deps[token] = head, dep
    trees.children[head] = sorted([*trees.children[head], token])
