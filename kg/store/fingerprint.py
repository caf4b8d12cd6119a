"""What a document's extraction is made from, in one word: the same word, the same extraction."""

from __future__ import annotations

import hashlib
import json
from dataclasses import astuple
from functools import cache
from pathlib import Path
from typing import Final

from kg.ids import digest
from kg.model import Document
from kg.ontology import ontology_folder

KG: Final = Path(__file__).parents[1]
ROOMS: Final = (
    "read",
    "understand",
    "lang",
    "mentions",
    "actors",
    "statements",
    "annotating.py",
    "extracting.py",
    "ids.py",
)
"""What of the package has a say in an extraction: code, words, gazetteer and weights."""


def fingerprint(document: Document, *settings: str) -> str:
    """Return a digest over a document with its metadata, the settings and what of the package reads it."""
    return digest(_reader(), json.dumps(astuple(document), default=str), *settings)


@cache
def _reader() -> str:
    """Return a digest over the files of `ROOMS` and the ontology, so that with new weights all is new."""
    whole = hashlib.sha256()
    roots = [*(KG / room for room in ROOMS), ontology_folder()]
    for root in roots:
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file() and path.suffix != ".pyc":
                whole.update(f"{path.relative_to(root)}\0{path.stat().st_size}\0".encode())
                with path.open("rb") as file:
                    whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()
