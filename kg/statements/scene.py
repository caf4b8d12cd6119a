"""What the grammar looks at: the trees of a Doc, its mentions by token, and the language's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.mentions.found import ActorMention, TitleUse, implied
from kg.statements.frames import Operator, hyphenated, operators
from kg.statements.grammar import Grammar, Voice, grammar
from kg.statements.mends import mend
from kg.statements.opinions import Opinions, opinions
from kg.statements.tree import Tree, tree
from kg.understand.doc import ACTORS


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
    opinions: Opinions

    def is_marked(self, mention: ActorMention) -> str:
        """Say whether the encoder took the mention for an actor of a statement too; it knows no pronouns."""
        if mention.form in ("pronoun", "clitic"):
            return "pronoun"
        own = range(mention.start, mention.end)
        # what is said of a name counts, not what is said of the noun before it: "the Kurdish group PKK"
        known = mention.head in self.marked if mention.head in own else not self.marked.isdisjoint(own)
        return "marked" if known else "unmarked"


def scene(doc: Doc, code: str) -> Scene:
    """Return the scene of a Doc that `kg_actors` has been through."""
    words = grammar(code)
    trees = tree(doc, words)
    mentions: tuple[ActorMention, ...] = doc._.mentions
    titles: tuple[TitleUse, ...] = doc._.titles
    mend(trees, mentions, words, hyphenated(code))
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
        opinions=opinions(doc, trees) if doc._.opinions is None else doc._.opinions,
        marked=frozenset(span.root.i for span in doc.spans.get(ACTORS, ())),
    )


def _at(mentions: tuple[ActorMention, ...], titles: tuple[TitleUse, ...]) -> dict[int, int]:
    """Return the mention for each token: the outermost by its head, else the innermost that covers it.

    The words of a title stand for the person ("Presiden" in "Presiden Rusia Vladimir Putin"), those of the
    body inside it for the body.
    """
    found: dict[int, int] = {}
    made = implied(mentions, titles)
    numbers = [number for number in range(len(mentions)) if number not in made]
    by_width = sorted(numbers, key=lambda i: (mentions[i].start - mentions[i].end, i))
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
