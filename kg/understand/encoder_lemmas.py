"""Lemmas from form and part of speech: roots in Indonesian, citation forms in other languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.lang import PACKS, load
from kg.understand.indonesian_lemmas import IndonesianLemmatizer

ROOTS = Path(__file__).parent / "models" / "lemmas_id"
_AS_WRITTEN = frozenset(("PROPN", "PRON", "PUNCT", "SYM", "NUM", "X"))
SHORTEST = 2
"""Letters that the stem of a verb's form has at least."""
LONGER = 5
"""Letters than which a word with the ending of a verb's form has more: "king" and "red" end so by chance."""
_NEGATION = frozenset(("n't", "n’t"))


@Language.factory("kg_lemmas")
def make(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component for the pipeline's language; one without a lemmatizer keeps its small forms."""
    del name
    if nlp.lang == "id":
        return IndonesianLemmatizer().from_disk(ROOTS)
    return _Lemmas(nlp.lang or "en")


class _Lemmas:
    """Look words up in the tables of `simplemma`, each once."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._known: dict[tuple[str, str], str] = {}
        self._forms = word_forms(code)

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of every token."""
        for token in doc:
            key = (token.text, token.pos_)
            found = self._known.get(key)
            if found is None:
                found = self._known[key] = self._lemma(*key)
            token.lemma_ = found
        return doc

    def _lemma(self, form: str, pos: str) -> str:
        if pos in _AS_WRITTEN or not form.strip():
            return form.lower()
        if form.lower() in _NEGATION:
            return "not"
        if not _has_table(self.code):
            return form.lower()
        from simplemma import is_known, lemmatize

        # A sentence's first word: "Said" is known to the tables as "said" only.
        lower = form.lower()
        found = str(lemmatize(lower, lang=self.code)).lower()
        if lower.endswith(self._forms.kept.get(pos, ())) and len(lower) > LONGER:
            return lower
        if pos not in ("VERB", "AUX"):
            return found
        if lower in self._forms.irregular:
            return self._forms.irregular[lower]
        if found != lower and is_known(found, lang=self.code):
            return found
        # The tables know no parts of speech: "thanked" is not in them, and "beating" is a noun of its own.
        return next((v for v in self._forms.lemmas(lower) if is_known(v, lang=self.code)), found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """Verb forms with their lemmas, endings of them with what lemmas have in their place (`lemmas.yaml`).

    `kept` has, by part of speech, the endings of words that keep their form, though it is a verb's too.
    """

    irregular: dict[str, str]
    endings: dict[str, list[str]]
    kept: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def lemmas(self, form: str) -> Iterator[str]:
        """Yield what the lemma of a regular form may be, the likeliest first."""
        for ending, replacements in self.endings.items():
            stem = form.removesuffix(ending)
            if stem == form or len(stem) < SHORTEST:
                continue
            if stem[-1] == stem[-2]:  # "banned", but "assessed"
                yield stem[:-1]
            yield from (stem + new for new in replacements)


@cache
def word_forms(code: str) -> Forms:
    """Return the forms that a language's pack names; few packs need any."""
    if not (PACKS / code / "lemmas.yaml").exists():
        return Forms(irregular={}, endings={})
    return load(code, "lemmas", Forms)


@cache
def _has_table(code: str) -> bool:
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    return code in SUPPORTED_LANGUAGES
