"""Web pages: trafilatura finds the article in them, and what their metadata say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import InputError
from kg.model import Document
from kg.read.encoding import decode
from kg.read.plain import whole
from kg.read.record import document
from kg.read.source import Source

_WORDS = 8  # that an article has at least: without one, trafilatura gives the menu
_DECLARED = re.compile(rb"<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*[\"']?\s*([\w-]+)", re.I)
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>")
# No guessing from any date on the page; a fixed limit, since the default is today and would vary the result.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}


def read_html(source: Source) -> Iterator[Document | InputError]:
    """Yield the main text of a page, with its title, date, address and site from the metadata."""
    from trafilatura import bare_extraction

    data = whole(source)
    match = _DECLARED.search(data, 0, 4096)
    page = decode(data, path=source.place, declared=match[1].decode() if match else None)
    found = bare_extraction(
        _DECLARATION.sub("", page, count=1),
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params=dict(_DATES),
    )
    fields = found if isinstance(found, dict) else found.as_dict() if found else {}
    text = fields.get("text") or ""
    if len(text.split()) < _WORDS:
        raise InputError("no article text found in this page", path=source.place)
    yield document(
        {
            "text": text,
            "title": fields.get("title"),
            "published": fields.get("date"),
            "url": fields.get("url"),
            "publisher": fields.get("sitename"),
        },
        path=source.place,
        name=source.name,
    )
