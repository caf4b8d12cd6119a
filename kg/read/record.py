"""A record with named fields, from JSON or a table, as a document."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Mapping

from kg.errors import InputError
from kg.model import Document
from kg.read.encoding import fault_of

FIELDS = ("id", "text", "lang", "title", "published", "url", "publisher")
MAX_ID = 512  # characters

_LANG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*", re.I)
_UNSEEN = ("Cc", "Cs", "Zl", "Zp")  # categories no id may have: controls, surrogates, line separators
_TURNING = frozenset(
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)  # change reading order


def document(
    record: Mapping[str, object], *, path: str, line: int | None = None, name: str | None = None
) -> Document | InputError:
    """Return a record as a document, or its fault; keys that are not the document's are ignored.

    `name` stands in for a missing id where the record is all that its file holds.
    """
    try:
        return Document(
            id=_id(record.get("id"), name),
            text=_text(record),
            lang=_lang(_string(record, "lang")),
            title=_string(record, "title"),
            published=published(record.get("published")),
            url=_string(record, "url"),
            publisher=_string(record, "publisher"),
        )
    except ValueError as error:
        return InputError(str(error), path=path, line=line)


def published(value: object) -> datetime.date | None:
    """Return a date, from one or from ISO 8601; else raise `ValueError`: relative times hang on it."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if value is None or isinstance(value, datetime.date):
        return value
    if isinstance(value, str):
        if not value.strip():
            return None
        try:
            return datetime.datetime.fromisoformat(value.strip()).date()
        except ValueError:
            pass
    raise ValueError(f"published: not a date like 2025-01-31: {value!r:.80}")


def checked_id(value: str) -> str:
    """Return an id that can be shown, stored and compared, else raise `ValueError`. It is never a path."""
    if len(value) > MAX_ID:
        raise ValueError(f"id: {len(value)} characters; at most {MAX_ID}")
    if value != value.strip() or not value:
        raise ValueError(f"id: empty or with white space around it: {value!r}")
    if any(unicodedata.category(c) in _UNSEEN or c in _TURNING for c in value):
        raise ValueError(f"id: control characters in it: {value!a:.80}")
    return value


def _id(value: object, name: str | None) -> str:
    if value is None and name is not None:
        return checked_id(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise ValueError(f"id: expected a string, found {_kind(value)}")
    return checked_id(value)


def _text(record: Mapping[str, object]) -> str:
    value = record.get("text")
    if not isinstance(value, str):
        raise ValueError(f"text: expected a string, found {_kind(value)}")
    if fault := fault_of(value):
        raise ValueError(f"text: {fault[0]}")
    return value


def _string(record: Mapping[str, object], key: str) -> str | None:
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(f"{key}: expected a string, found {_kind(value)}")
    if fault := fault_of(value):
        if value.strip():
            raise ValueError(f"{key}: {fault[0]}")
        return None
    return value.strip()


def _lang(value: str | None) -> str | None:
    """Return the language of a tag such as `en-US`, in lower case."""
    if value is None:
        return None
    match = _LANG.fullmatch(value)
    if not match:
        raise ValueError(f"lang: not a language code like 'id' or 'en': {value!r:.80}")
    return match[1].lower()


def _kind(value: object) -> str:
    names = {
        bool: "true or false",
        type(None): "nothing",
        int: "a number",
        float: "a number",
        str: "a string",
    }
    return names.get(type(value), "a list" if isinstance(value, list) else "an object")
