"""Headlines in Title Case or capitals get the case of running text, which taggers and parsers know."""

from __future__ import annotations

import re

from kg.understand.layout import Layout

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = frozenset(".!?:;\"'“”‘’(\n–—")
_STEM = 5  # letters by which "Rejects" is found again in "rejected"
_TITLED = 0.6  # share of capitalised words from which a headline counts as Title Case


def truecase(text: str, found: Layout) -> str:
    """Return `text` with the common words of its headlines in lower case, and nothing moved.

    The article itself tells which words are common: those that its body writes small. Names, acronyms and
    words that the body does not have keep their case, as does the first word.
    """
    heads = [(b.start, b.end) for b in found.blocks if b.kind == "headline"]
    heads = [(start, end) for start, end in heads if _is_titled(text[start:end])]
    if not heads:
        return text
    small, large = _cases([text[b.start : b.end] for b in found.blocks if b.kind == "body"])
    stems = {word[:_STEM] for word in small if len(word) >= _STEM}
    joined = " ".join(sorted(small))
    pieces, at = [], 0
    for start, end in heads:
        for place, word in enumerate(_WORD.finditer(text, start, end)):
            old = word[0]
            lower = old.lower()
            if place == 0 or old == lower or len(lower) != len(old) or (old.isupper() and old in large):
                continue
            if old.isupper() and old.title() in large:
                new = old.title()
            elif old not in large and (
                lower in small or (old.istitle() and (lower[:_STEM] in stems or _inside(lower, joined)))
            ):
                new = lower
            else:
                continue
            pieces += [text[at : word.start()], new]
            at = word.end()
    return "".join(pieces) + text[at:]


def _is_titled(headline: str) -> bool:
    """Tell Title Case and capitals from a headline written like a sentence; short words are no evidence."""
    words = [word for word in _WORD.findall(headline) if len(word) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= _TITLED * len(words)


def _cases(bodies: list[str]) -> tuple[set[str], set[str]]:
    """Return the words written small, and those with capitals where no sentence begins."""
    small: set[str] = set()
    large: set[str] = set()
    for body in bodies:
        for word in _WORD.finditer(body):
            if word[0].islower():
                small.add(word[0])
            elif _before(body, word.start()) not in _SENTENCE_END:
                large.add(word[0])
    return small, large


def _before(body: str, place: int) -> str:
    """Return the last character before `place` that is no blank; a line end at the start."""
    while place and body[place - 1] == " ":
        place -= 1
    return body[place - 1] if place else "\n"


def _inside(word: str, joined: str) -> bool:
    """Tell whether the body has the word with affixes: "Ancam" in "mengancam"."""
    return len(word) >= _STEM and word in joined
