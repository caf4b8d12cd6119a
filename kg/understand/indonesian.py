"""The Indonesian pipeline that the package ships: tokens, parts of speech, voice, roots, UD trees, names."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.language import Language

# Imported for what they register: the tokenizer and the lemmatizer that the pipeline's configuration names.
from kg.understand import indonesian_lemmas, indonesian_tokens  # noqa: F401

MODEL = Path(__file__).parent / "models" / "id_news"


def load() -> Language:
    """Return the shipped pipeline, read from the package: nothing is downloaded.

    `token.lemma_` is the root ("menganggap" is "anggap"), voice stands in `token.morph`, "-nya" is a token of
    its own and "kerja sama" is one token; `training/indonesian.py` makes the weights.
    """
    return spacy.load(MODEL)
