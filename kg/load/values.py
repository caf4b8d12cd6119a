"""Properties as databases take them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from kg.export.files import REPLACEMENT, SURROGATE
from kg.export.property_graph import DATES, Properties


def sent(row: Properties) -> dict[str, Any]:
    """Return a row with dates as such, lists as lists, and texts that UTF-8 can hold."""
    values: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, str):
            values[name] = date.fromisoformat(value) if name in DATES else whole(value)
        elif isinstance(value, Sequence):
            values[name] = list(map(whole, value))
        else:
            values[name] = value
    return values


def whole(text: str) -> str:
    """Return the text with U+FFFD for half a surrogate pair."""
    return SURROGATE.sub(REPLACEMENT, text)
