"""The attributes that the rooms hang on a spaCy `Doc`: registered here, so that none has two names."""

from __future__ import annotations

from typing import Any

from spacy.tokens import Doc

EXTENSIONS: dict[str, Any] = {
    "document": None,
    "layout": None,
    "mentions": (),
    "titles": (),
    "actors": {},
    "statements": (),
}


def register() -> None:
    """Declare the attributes; calling it again changes nothing."""
    for name, default in EXTENSIONS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
