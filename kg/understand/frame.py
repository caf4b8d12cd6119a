"""Documents in, parsed `Doc`s out: the room's frame, the same for every language."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.metadata import entry_points
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import LanguageError
from kg.model import Document
from kg.understand.doc import register
from kg.understand.identify import identify
from kg.understand.parse import parse

LANGUAGES = ("en", "fr", "id", "ms")
"""Languages that the encoder reads and that have a pack."""
OUTSIDE = "kg.languages"
"""Entry points of other packages: a code, and the function `(code, *, threads)` that makes its pipeline."""

WINDOW_DOCUMENTS = 64
WINDOW_CHARACTERS = 400_000


Loader = Callable[..., Language]

log = logging.getLogger("kg")
register()


def understand(
    documents: Iterable[Document], *, unsupported: Literal["error", "skip"] = "error", threads: int = 1
) -> Iterator[Doc]:
    """Yield the parsed `Doc` of each document, in the order of `documents`, a bounded number at a time.

    A document without a language gets the one that is identified. One in a language that has no pipeline
    raises `LanguageError`, or is left out with a warning where `unsupported` is "skip".
    """
    for window in _windows(documents):
        named = map(_with_language, window)
        known = [d for d in named if _is_supported(d, unsupported=unsupported, threads=threads)]
        parsed: dict[int, Doc] = {}
        for code in sorted({d.lang or "" for d in known}):
            places = [place for place, d in enumerate(known) if d.lang == code]
            nlp = pipeline(code, threads=threads)
            parsed.update(zip(places, parse([known[p] for p in places], nlp), strict=True))
        yield from (parsed[place] for place in range(len(known)))


def pipeline(code: str, *, threads: int = 1) -> Language:
    """Return the pipeline of a language, loaded once; it may be used on plain strings like any of spaCy's.

    The annotations are the same with any number of `threads`.
    """
    return _pipeline(code, threads)


@cache
def _pipeline(code: str, threads: int) -> Language:
    loaders = _loaders()
    if code not in loaders:
        raise LanguageError(f"no pipeline for language {code!r}; known: {', '.join(languages())}")
    nlp = loaders[code]()(code, threads=threads)
    nlp.max_length = 10 * WINDOW_CHARACTERS
    nlp.add_pipe("kg_layout", first=True)
    nlp.add_pipe("kg_quotes", last=True)
    return nlp


def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a pipeline, sorted."""
    return tuple(sorted(_loaders()))


@cache
def _loaders() -> Mapping[str, Callable[[], Loader]]:
    """Return by language code what gives its loader; nothing is imported before a document asks for it."""
    outside = {point.name: point.load for point in sorted(entry_points(group=OUTSIDE))}
    return {**dict.fromkeys(LANGUAGES, _encoder), **outside}


def _encoder() -> Loader:
    from kg.understand.encoder import load

    return load


def _windows(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Cut the stream into lists that are long enough to batch and short enough to keep in memory."""
    window: list[Document] = []
    size = 0
    for document in documents:
        window.append(document)
        size += len(document.text)
        if len(window) >= WINDOW_DOCUMENTS or size >= WINDOW_CHARACTERS:
            yield window
            window, size = [], 0
    if window:
        yield window


def _with_language(document: Document) -> Document:
    """Fill in the language, as a bare code: "en" for "en-GB"."""
    code = document.lang.replace("_", "-").partition("-")[0].lower() if document.lang else ""
    code = code or identify(document.text)
    return document if code == document.lang else replace(document, lang=code)


def _is_supported(document: Document, *, unsupported: str, threads: int) -> bool:
    """Tell whether there is a pipeline for the document; if not, raise or warn as the caller wishes."""
    try:
        pipeline(document.lang or "", threads=threads)
    except LanguageError as error:
        message = f"document {document.id!r} is in language {document.lang!r}: {error}"
        if unsupported == "error":
            raise LanguageError(message) from error
        log.warning("skipped: %s", message)
        return False
    return True
