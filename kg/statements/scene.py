"""What the grammar looks at: the trees of a Doc, its mentions by token, and the language's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.mentions.found import ActorMention, TitleUse
from kg.statements.frames import Operator, operators
from kg.statements.grammar import Grammar, Voice, grammar
from kg.statements.tree import Tree, tree
from kg.understand.doc import ACTORS

HYPHENS = ("-", "–", "/")
PAIRED = ("name", "acronym", "demonym", "metonym")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One Doc as the extractors see it; `at` gives the mention that a token stands for."""

    doc: Doc
    tree: Tree
    grammar: Grammar
    operators: Mapping[str, tuple[tuple[Operator, Voice | None], ...]]
    mentions: tuple[ActorMention, ...]
    titles: tuple[TitleUse, ...]
    at: dict[int, int]
    places: list[list[int]]
    marked: frozenset[int]

    def is_marked(self, mention: ActorMention) -> str:
        """Say whether the encoder took the mention for an actor of a statement too; it knows no pronouns."""
        if mention.form in ("pronoun", "clitic"):
            return "pronoun"
        return "marked" if mention.head in self.marked else "unmarked"


DESCRIBING = ("amod", "compound", "nummod", "det")
SECOND = "xcomp:second"
"""The label of the second of two objects: one of both is a recipient, or it says what the first one is."""


def scene(doc: Doc, code: str) -> Scene:
    """Return the scene of a Doc that `kg_actors` has been through."""
    words = grammar(code)
    trees = tree(doc, words)
    mentions: tuple[ActorMention, ...] = doc._.mentions
    titles: tuple[TitleUse, ...] = doc._.titles
    _prepose(trees, words.verbal_prepositions)
    _enumerate(trees, mentions)
    _pair(trees, mentions)
    _lift(trees)
    _unnest(trees)
    _complement(trees, mentions)
    places: list[list[int]] = [[] for _ in range(trees.sentences[-1] + 1 if trees.sentences else 0)]
    for number, mention in enumerate(mentions):
        for sentence in {trees.sentences[mention.start], trees.sentences[mention.end - 1]}:
            places[sentence].append(number)  # a parser may break a sentence within a name
    return Scene(
        doc=doc,
        tree=trees,
        grammar=words,
        operators=operators(code),
        mentions=mentions,
        titles=titles,
        at=_at(mentions, titles),
        places=places,
        marked=frozenset(span.root.i for span in doc.spans.get(ACTORS, ())),
    )


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


def _complement(trees: Tree, mentions: tuple[ActorMention, ...]) -> None:
    """Set the second of two objects apart: "called Peru a bully", "gave Peru a loan"."""
    heads = {mention.head for mention in mentions}
    for verb, pos in enumerate(trees.pos):
        found = list(trees.dependants(verb, "obj")) if pos == "VERB" else []
        if len(found) == 2 and found[0] in heads and found[1] not in heads and verb < found[0]:
            trees.deps[found[1]] = SECOND


def _hang(trees: Tree, token: int, head: int, dep: str) -> None:
    """Give a token another head; its dependants stay with it."""
    if trees.heads[token] != token:
        trees.children[trees.heads[token]].remove(token)
    trees.heads[token], trees.deps[token] = head, dep
    trees.children[head] = sorted([*trees.children[head], token])


def _at(mentions: tuple[ActorMention, ...], titles: tuple[TitleUse, ...]) -> dict[int, int]:
    """Return the mention for each token: the outermost by its head, else the innermost that covers it.

    The words of a title stand for the person ("Presiden" in "Presiden Rusia Vladimir Putin"), those of the
    body inside it for the body.
    """
    found: dict[int, int] = {}
    by_width = sorted(range(len(mentions)), key=lambda i: (mentions[i].start - mentions[i].end, i))
    for number in by_width:  # the widest first: narrower ones overwrite what they cover
        for token in range(mentions[number].start, mentions[number].end):
            found[token] = number
    bodies = set(found)
    for title in titles:
        for token in range(title.start, title.end):
            if token not in bodies:
                found[token] = title.person
    for number in reversed(by_width):  # the widest last: a head stands for the whole
        found[mentions[number].head] = number
    return found
