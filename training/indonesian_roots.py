"""Make the table of the Indonesian lemmatizer: `python -m training.indonesian_roots DATA`.

DATA is a folder with `ud/` and `text/`: lemmas come from the trees, and from the texts which roots exist.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import spacy

from kg import lang
from kg.understand.encoder_lemmas import ROOTS
from kg.understand.indonesian_lemmas import Affixes, IndonesianLemmatizer, RootTable, candidates
from kg.understand.indonesian_tokens import IndonesianTokenizer
from training.indonesian_data import Sentence, harmonise, read_treebank, recut

# How often each treebank's sentences count: the first is news.
TREEBANKS = {"id_csui-ud-train": 2, "id_pud-ud-test": 1, "id_gsd-ud-dev": 1}

# A root is attested where plain text has it bare so often, and so many forms of it with so many prefixes.
_BARE, _FORMS, _PREFIXES = 5, 3, 2
_WORD = re.compile(r"\b[a-z]+\b")


def main() -> None:
    """Write the table into the package."""
    options = argparse.ArgumentParser(prog="python -m training.indonesian_roots", description=__doc__)
    options.add_argument("data", type=Path, help="folder with ud/ and text/")
    options.add_argument("--out", type=Path, default=ROOTS, help="folder of roots.json")
    args = options.parse_args()
    table = root_table(trees(args.data / "ud"), plain_texts(args.data / "text"))
    IndonesianLemmatizer(table).to_disk(args.out)


def trees(folder: Path) -> list[Sentence]:
    """Return the sentences of the training treebanks, each as often as its treebank weighs."""
    cut = IndonesianTokenizer(spacy.blank("id").vocab)
    out: list[Sentence] = []
    for name, times in TREEBANKS.items():
        found = [recut(text, words, cut) for text, words in read_treebank(folder / f"{name}.conllu")]
        out.extend([harmonise(s) for s in found if s] * times)
    return out


def root_table(sentences: Sequence[Sentence], texts: Iterable[str]) -> RootTable:
    """Return the table; forms that the rules get right by themselves are left out of it."""
    lemmas: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    roots: Counter[str] = Counter()
    for token in (t for s in sentences for t in s):
        if token.pos != "PROPN" and token.lemma and token.form[:1].islower():
            lemmas[token.form][token.pos][token.lemma] += 1
            roots[token.lemma] += 1
    ranked = tuple(sorted(roots, key=lambda root: (-roots[root], root)))
    affixes = lang.load("id", "affixes", Affixes)
    words = Counter(word for text in texts for word in _WORD.findall(text))
    table = RootTable(roots=ranked, attested=tuple(_attested(words, set(lemmas), affixes)))
    rules = IndonesianLemmatizer(table)
    forms: dict[str, dict[str, str]] = {}
    for form in sorted(lemmas):
        by_pos = sorted(lemmas[form].items(), key=lambda item: (-sum(item[1].values()), item[0]))
        best = {pos: min(counts, key=lambda c: (-counts[c], c)) for pos, counts in by_pos}
        if any(rules.lemma(form, pos) != lemma for pos, lemma in best.items()):
            forms[form] = best
    return RootTable(forms=forms, roots=tuple(r for r in ranked if r.isalpha()), attested=table.attested)


def _attested(words: Counter[str], known: set[str], affixes: Affixes) -> list[str]:
    family: dict[str, set[str]] = defaultdict(set)
    for word in known | {w for w, times in words.items() if times > 1}:
        for candidate in candidates(word, affixes):
            if candidate != word:
                family[candidate].add(word)
    kinds = tuple(sorted({p.written[:2] for p in affixes.prefixes}))
    found = {
        root: len(forms)
        for root, forms in family.items()
        if words[root] >= _BARE
        and len(forms) >= _FORMS
        and len({next((k for k in kinds if form.startswith(k)), "") for form in forms}) >= _PREFIXES
    }
    return sorted(found, key=lambda root: (-found[root], root))


def plain_texts(folder: Path) -> Iterator[str]:
    """Yield the Indonesian texts of `text/` in the data folder, of which only words are counted."""
    for name, key in (("kompas_2025.jsonl", "text"), ("panl_int.jsonl", "id_text")):
        for line in (folder / name).read_text("utf8").splitlines():
            yield json.loads(line)[key]


if __name__ == "__main__":
    main()
