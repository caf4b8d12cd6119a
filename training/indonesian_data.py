"""Sentences for training and scoring: treebanks and entity files, cut as the shipped tokenizer cuts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.tokens import Doc

from kg.understand.indonesian_tokens import is_redoubled

# The tag of a token of which nobody knows whether it is in a name.
UNKNOWN = "-"
Cut = Callable[[str], Doc]
# Bookkeeping of the treebanks that says nothing about the word's grammar.
_DROPPED_FEATURES = ("Typo=", "ExtPos=", "Abbr=")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One token: `head` is an index in its sentence, its own for the root; `entity` is a BIO tag."""

    form: str
    space: bool = True
    start: int = 0
    pos: str = ""
    feats: str = ""
    lemma: str = ""
    head: int = 0
    dep: str = ""
    entity: str = ""


Sentence = tuple[Token, ...]


def read_treebank(path: Path) -> Iterator[tuple[str, Sentence]]:
    """Yield text and syntactic words of each sentence of a CoNLL-U file, with the words' places in the text.

    A multiword token's words share its characters in order, because in these treebanks they spell it out.
    """
    for block in path.read_text("utf8").strip().split("\n\n"):
        lines = block.split("\n")
        text = next(line[9:] for line in lines if line.startswith("# text = "))
        words: list[Token] = []
        place, inside = 0, 0
        for line in lines:
            cells = line.split("\t")
            if line.startswith("#") or "." in cells[0]:
                continue
            if "-" in cells[0]:
                inside = int(cells[0].split("-")[1])
                continue
            found = text.find(cells[1], place)
            start = found if 0 <= found <= place + 2 else place
            place = start + len(cells[1])
            number = len(words)
            head = int(cells[6]) - 1
            feats = "|".join(
                f for f in cells[5].split("|") if f != "_" and not f.startswith(_DROPPED_FEATURES)
            )
            words.append(
                Token(
                    form=cells[1],
                    space=text[place : place + 1] == " " and number + 1 != inside,
                    start=start,
                    pos=cells[3],
                    feats=feats,
                    lemma=cells[2].lower() if cells[2] != "_" else "",
                    head=number if head < 0 else head,
                    dep="ROOT" if head < 0 else cells[7],
                )
            )
        yield text, tuple(words)


def recut(text: str, words: Sentence, cut: Cut) -> Sentence | None:
    """Return a treebank sentence in the tokens of `cut`, or None where the two cuts cross each other.

    A token that covers several words ("kerja sama") takes the one that governs the others; a word cut in
    several tokens governs the rest of them.
    """
    if any(text[w.start : w.start + len(w.form)] != w.form for w in words):
        return None
    doc = cut(text)
    owner: dict[int, int] = {}
    for number, word in enumerate(words):
        owner.update((place, number) for place in range(word.start, word.start + len(word.form)))
    tokens = [token for token in doc if not token.is_space]
    groups = [sorted({owner[p] for p in range(t.idx, t.idx + len(t)) if p in owner}) for t in tokens]
    if not all(groups):
        return None
    main = [_governor(group, words) for group in groups]
    token_of: dict[int, int] = {}
    for number, group in enumerate(groups):
        for member in group:
            token_of.setdefault(member, number)
    out: list[Token] = []
    for number, token in enumerate(tokens):
        word = words[main[number]]
        first = token_of[main[number]]
        new = replace(word, form=token.text, start=token.idx, space=bool(token.whitespace_))
        if len(groups[number]) > 1:
            new = replace(new, lemma=token.text.lower())
        if first == number:
            head = token_of[word.head]
            new = replace(new, head=number if word.dep == "ROOT" else head)
            if head == number and word.dep != "ROOT":
                return None
        else:
            new = _remainder(new, first)
        out.append(new)
    return tuple(out) if _is_tree(out) else None


def _governor(group: Sequence[int], words: Sentence) -> int:
    return next((w for w in group if words[w].head not in group or words[w].head == w), group[0])


def _remainder(token: Token, head: int) -> Token:
    if token.form in "-/.":
        return replace(token, pos="PUNCT", feats="", lemma=token.form, dep="punct", head=head)
    if token.form.lower() == "nya":
        return replace(
            token,
            pos="PRON",
            feats="Number=Sing|Person=3|PronType=Prs",
            lemma="nya",
            dep="nmod:poss",
            head=head,
        )
    return replace(
        token, lemma=token.form.lower(), dep="flat:name" if token.pos == "PROPN" else "flat", head=head
    )


def _is_tree(tokens: Sequence[Token]) -> bool:
    roots = [n for n, token in enumerate(tokens) if token.dep == "ROOT"]
    if len(roots) != 1:
        return False
    for number in range(len(tokens)):
        steps = 0
        while tokens[number].head != number:
            number, steps = tokens[number].head, steps + 1
            if steps > len(tokens):
                return False
    return True


def harmonise(sentence: Sentence) -> Sentence:
    """Return a sentence in the labels of CSUI: a noun that narrows a noun is `nmod`, never `compound`."""
    return tuple(replace(t, dep="nmod") if t.dep == "compound" else t for t in sentence)


def read_entities(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Yield each sentence of a CoNLL file as pairs of word and BIO tag (first and last column)."""
    for block in re.split(r"\n\s*\n", path.read_text("utf8").strip()):
        pairs = [(cells[0], cells[-1]) for cells in map(str.split, block.split("\n")) if len(cells) > 1]
        if pairs:
            yield pairs


def tie(pairs: Sequence[tuple[str, str]], cut: Cut) -> Sentence:
    """Return a sentence of an entity file as running text, in the tokens of `cut`, with its entities."""
    text, spans = detokenise(pairs)
    doc = cut(text)
    tags = ["O"] * len(doc)
    for start, end, label in spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            tags[span.start : span.end] = [f"B-{label}", *[f"I-{label}"] * (len(span) - 1)]
    return tuple(
        Token(form=t.text, space=bool(t.whitespace_), start=t.idx, entity=tag)
        for t, tag in zip(doc, tags, strict=True)
        if not t.is_space
    )


def detokenise(pairs: Sequence[tuple[str, str]]) -> tuple[str, list[tuple[int, int, str]]]:
    """Return running text and entity spans of words that stand apart in an entity file."""
    text = ""
    spans: list[tuple[int, int, str]] = []
    glue, quoted, label = True, False, ""
    words = [word for word, _ in pairs]
    for number, (word, tag) in enumerate(pairs):
        # "mudah - mudahan" is one word that the file has taken apart.
        hyphen = (
            word == "-" and 0 < number < len(words) - 1 and is_redoubled(words[number - 1], words[number + 1])
        )
        opening = word in ("(", "[", "“", "‘") or (word == '"' and not quoted)
        closing = word in (")", "]", "”", "’", ",", ".", ":", ";", "!", "?", "%", "...") or (
            word == '"' and quoted
        )
        if not glue and not closing and not hyphen:
            text += " "
        start = len(text)
        text += word
        if word == '"':
            quoted = not quoted
        glue = opening or hyphen
        if tag.startswith("I-") and spans and label == tag[2:]:
            spans[-1] = (spans[-1][0], len(text), tag[2:])
        elif tag[:2] in ("B-", "I-"):
            spans.append((start, len(text), tag[2:]))
        label = tag[2:]
    return text, spans
