"""The table of the Indonesian lemmatizer: lemmas of the treebanks, and roots that plain text attests."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg import lang
from kg.understand.indonesian_lemmas import Affixes, IndonesianLemmatizer, RootTable, candidates
from training.indonesian_data import Sentence

# A root is attested where plain text has it bare so often, and so many forms of it with so many prefixes.
_BARE, _FORMS, _PREFIXES = 5, 3, 2
_WORD = re.compile(r"\b[a-z]+\b")


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
