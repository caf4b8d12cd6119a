"""A Doc's dependency trees as plain lists: what the grammar asks for thousands of times must be cheap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from kg.statements.grammar import Grammar


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Parallel lists over the tokens of a Doc; a root is its own head. Labels are UD v2, subtypes kept."""

    heads: list[int]
    deps: list[str]
    pos: list[str]
    keys: list[str]
    lowers: list[str]
    sentences: list[int]
    children: list[list[int]]
    starts: list[int]
    ends: list[int]
    morphs: list[str]

    def relation(self, token: int) -> str:
        """Return the label without its subtype, `nsubj:pass` -> `nsubj`."""
        return self.deps[token].partition(":")[0]

    def dependants(self, token: int, *relations: str) -> Iterator[int]:
        """Yield the children whose label, or its part before the colon, is one of `relations`."""
        for child in self.children[token]:
            dep = self.deps[child]
            if dep in relations or dep.partition(":")[0] in relations:
                yield child

    def first(self, token: int, *relations: str) -> int | None:
        """Return the first child with one of the labels."""
        return next(self.dependants(token, *relations), None)

    def ancestors(self, token: int) -> Iterator[int]:
        """Yield the heads above a token, nearest first."""
        while self.heads[token] != token:
            token = self.heads[token]
            yield token

    def conjuncts(self, token: int) -> list[int]:
        """Return the token and all that are coordinated below it: 'Moscow' -> [Moscow, Beijing]."""
        found = [token]
        for one in found:
            found.extend(self.dependants(one, "conj"))
        return sorted(found)

    def first_conjunct(self, token: int) -> int:
        """Return the head of a token's coordination."""
        while self.relation(token) == "conj":
            token = self.heads[token]
        return token

    def are_coordinated(self, one: int, other: int) -> bool:
        """Say whether two tokens are of one coordination: "Peru" and "Chile" of "Peru, Brazil and Chile"."""
        return self.first_conjunct(one) == self.first_conjunct(other)

    def subtree(self, token: int) -> list[int]:
        """Return the token and all below it, in text order."""
        found = [token]
        for one in found:
            found.extend(self.children[one])
        return sorted(found)

    def hang(self, token: int, head: int, dep: str) -> None:
        """Give a token another head; its dependants stay with it."""
        if self.heads[token] != token:
            self.children[self.heads[token]].remove(token)
        self.heads[token], self.deps[token] = head, dep
        self.children[head] = sorted([*self.children[head], token])

    def case(self, token: int) -> str | None:
        """Return the preposition(s) of a phrase as one word group: 'with', 'according to', 'di bawah'."""
        words = []
        for child in self.dependants(token, "case"):
            words.append(child)
            words.extend(self.dependants(child, "fixed"))
        return " ".join(self.lowers[word] for word in sorted(words)) or None


def tree(doc: Doc, grammar: Grammar) -> Tree:
    """Return the trees of all sentences of a Doc; read from its arrays, token objects cost ten times more."""
    lemma = "LEMMA" if grammar.match == "lemma" else "LOWER"
    table = doc.to_array(["HEAD", "DEP", "POS", lemma, "LOWER", "MORPH", "SENT_START", "LENGTH", "SPACY"])
    size = len(doc)
    heads = (np.arange(size) + table[:, 0].astype(np.int64)).tolist()
    children: list[list[int]] = [[] for _ in heads]
    for token, head in enumerate(heads):
        if head != token:
            children[head].append(token)
    strings = doc.vocab.strings
    known: dict[int, str] = {}

    def words(column: int) -> list[str]:
        values = table[:, column].tolist()
        for value in set(values) - known.keys():
            known[value] = strings[value]
        return [known[value] for value in values]

    lengths = table[:, 7].astype(np.int64)
    ends = np.cumsum(lengths + table[:, 8].astype(np.int64)) - table[:, 8].astype(np.int64)
    begins = table[:, 6].astype(np.int64) == 1
    if size:
        begins[0] = False
    return Tree(
        heads=heads,
        deps=words(1),
        pos=words(2),
        keys=[_single(word.casefold()) for word in words(3)],
        lowers=words(4),
        sentences=np.cumsum(begins).tolist(),
        children=children,
        starts=(ends - lengths).tolist(),
        ends=ends.tolist(),
        morphs=words(5),
    )


def _single(word: str) -> str:
    """Undo full reduplication, the Indonesian plural: 'serangan-serangan' -> 'serangan'."""
    one, hyphen, two = word.partition("-")
    return one if hyphen and one == two else word
