"""English parses as Universal Dependencies: spaCy's weights speak ClearNLP labels, the encoder learns UD.

The conversion is a series of passes over one `Tree`, each of them one difference between the two schemes. The
order matters: function words give way first, so that copulas and coordinations are dealt with among content
words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
from pydantic import ConfigDict
from spacy.language import Language
from spacy.tokens import Doc

from kg.lang import checked, read_yaml
from training.encoder import teacher_passes as passes
from training.encoder.teacher_passes import NOMINALS, PREDICATES, Words
from training.encoder.teacher_tree import Tree

FACTORY = "teacher_universal"
SYNTAX = Path(__file__).with_name("syntax.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Syntax:
    """`syntax.yaml`."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    labels: dict[str, str]
    fixed: dict[str, str]
    bare_infinitive: frozenset[str]
    entities: dict[str, str]
    temporal: frozenset[str]


def read_syntax() -> Syntax:
    """Return the words and labels that the conversion needs."""
    return checked(read_yaml(SYNTAX), Syntax, path=f"training/encoder/{SYNTAX.name}")


@Language.factory(FACTORY)
def make(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component that rewrites heads and labels of a parsed English `Doc`."""
    del name
    syntax = read_syntax()
    fixed = _by_first_word(syntax.fixed)
    strings: dict[int, str] = {0: ""}

    def text(keys: Any) -> list[str]:
        out = []
        for key in keys.tolist():
            word = strings.get(key)
            if word is None:
                word = strings[key] = nlp.vocab.strings[key]
            out.append(word)
        return out

    def keys(words: list[str]) -> Any:
        known = {word: nlp.vocab.strings.add(word) for word in set(words)}
        return numpy.asarray([known[word] for word in words], dtype=numpy.uint64)

    def universal(doc: Doc) -> Doc:
        if not len(doc):
            return doc
        columns = doc.to_array(["HEAD", "DEP", "POS", "TAG", "LEMMA", "LOWER"])
        offsets = columns[:, 0].astype(numpy.int64)
        heads = (offsets + numpy.arange(len(doc))).tolist()
        words = Words(
            pos=text(columns[:, 2]),
            tag=text(columns[:, 3]),
            lemma=text(columns[:, 4]),
            lower=text(columns[:, 5]),
            person={e.start: e.end for e in doc.ents if syntax.entities.get(e.label_) == "PER"},
            temporal=frozenset(
                i for e in doc.ents if e.label_ in syntax.temporal for i in range(e.start, e.end)
            ),
        )
        tree = Tree(heads, text(columns[:, 1]))
        convert(tree, words, syntax=syntax, fixed=fixed)
        moved = numpy.asarray(tree.heads, dtype=numpy.int64) - numpy.arange(len(doc))
        lemmas = keys([lemma.lower() for lemma in words.lemma])
        moved = moved.astype(numpy.uint64)
        result: Any = numpy.stack([moved, keys(tree.labels), keys(words.pos), lemmas], axis=1)
        return doc.from_array(["HEAD", "DEP", "POS", "LEMMA"], result)

    return universal


def convert(
    tree: Tree, words: Words, *, syntax: Syntax, fixed: dict[str, list[tuple[tuple[str, ...], str]]]
) -> None:
    """Turn a ClearNLP tree into a UD tree, in place."""
    passes.spaces(tree, words)
    passes.hyphens(tree, words)
    order = tree.bottom_up()
    passes.money(tree, words, order)
    passes.prepositions(tree, words, order)
    passes.copulas(tree, words, order)
    passes.conjuncts(tree, order)
    passes.fixed(tree, words, fixed)
    passes.names(tree, words)
    _rename(tree, words, syntax)
    passes.raise_subjects(tree, words, bare_infinitive=syntax.bare_infinitive)
    passes.pairs(tree, words)


def _by_first_word(fixed: dict[str, str]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Index the fixed expressions by their first word, the longest first."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase in sorted(fixed, key=lambda p: (-len(p.split()), p)):
        words = tuple(phrase.split())
        index.setdefault(words[0], []).append((words, fixed[phrase]))
    return index


def _rename(tree: Tree, words: Words, syntax: Syntax) -> None:
    """Give the labels that still are ClearNLP's their UD names."""
    for token, label in enumerate(tree.labels):
        pos = words.pos[token]
        if label == "aux" and words.tag[token] == "TO":
            new = "mark"
        elif label == "advmod" and pos == "ADP" and tree.heads[token] == token + 1:
            new = "case"  # "at least"
        elif label == "npadvmod":
            new = _unmarked(tree, words, token)
        elif label == "nmod":
            # Prepositional `nmod` was set above and has its case; ClearNLP's own is a loose premodifier.
            new = "nmod" if tree.with_label(token, "case") else "compound"
        elif label == "quantmod":
            new = "compound" if pos in ("NUM", "SYM") else "advmod"
        elif label == "dative":
            new = "iobj" if pos in NOMINALS else "obl"
        else:
            new = syntax.labels.get(label, label)
        tree.labels[token] = new


def _unmarked(tree: Tree, words: Words, token: int) -> str:
    """Label a noun that modifies without a preposition: "Russia-backed" is a compound, "last week" is not."""
    hyphen = token + 1 < len(words.lower) and words.lower[token + 1] in passes.HYPHENS
    if hyphen and not tree.with_label(token, "nummod", "det", "amod", "advmod"):
        return "compound"
    return "obl:unmarked" if words.pos[tree.heads[token]] in PREDICATES else "nmod:unmarked"
