"""A dependency tree that is being rebuilt, in plain lists: a Doc is slow to write to from Python."""

from __future__ import annotations


class Tree:
    """Tokens with their heads (a root is its own head), labels and children; every move keeps it a tree."""

    __slots__ = ("children", "heads", "labels")

    def __init__(self, heads: list[int], labels: list[str]) -> None:
        self.heads = heads
        self.labels = labels
        self.children: list[list[int]] = [[] for _ in heads]
        for token, head in enumerate(heads):
            if head != token:
                self.children[head].append(token)

    def bottom_up(self) -> list[int]:
        """Return all tokens, every one before its head."""
        order = [token for token, head in enumerate(self.heads) if token == head]
        for token in order:
            order.extend(self.children[token])
        return order[::-1]

    def attach(self, token: int, head: int, label: str) -> None:
        """Hang `token` under `head`, which must not be below it."""
        old = self.heads[token]
        if old != head:
            if old != token:
                self.children[old].remove(token)
            self.children[head].append(token)
            self.heads[token] = head
        self.labels[token] = label

    def promote(self, token: int, label: str) -> None:
        """Let `token` take its head's place: label, governor and other children; the head gets `label`."""
        head = self.heads[token]
        if head == token:
            return
        above = self.heads[head]
        self.children[head].remove(token)
        for child in self.children[head]:
            self.heads[child] = token
        self.children[token] += self.children[head]
        self.children[head] = []
        if above == head:
            self.heads[token] = token
        else:
            self.heads[token] = above
            self.children[above][self.children[above].index(head)] = token
        self.labels[token] = self.labels[head]
        self.heads[head] = token
        self.labels[head] = label
        self.children[token].append(head)

    def with_label(self, head: int, *labels: str) -> list[int]:
        """Return the children of `head` that bear one of `labels`, in the order of the text."""
        return sorted(child for child in self.children[head] if self.labels[child] in labels)

    def is_above(self, token: int, other: int) -> bool:
        """Tell whether `other` hangs, directly or not, under `token`."""
        while self.heads[other] != other:
            other = self.heads[other]
            if other == token:
                return True
        return False
