"""What a document gave, as one line of JSON: everything comes back as it was, half a surrogate pair too.

Rust writes and reads it, but for what it cannot: half a pair, and numbers that are none.
"""

from __future__ import annotations

import json
from functools import cache
from math import isfinite
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic_core import PydanticSerializationError

from kg.errors import GraphError
from kg.graph import Extraction
from kg.model import Actor

_json: Final = json.JSONEncoder(separators=(",", ":")).encode


def written(thing: Extraction | Actor) -> str:
    """Return an extraction or an actor as JSON."""
    if isinstance(thing, Actor):
        return _written(thing, _actor())
    if all(isfinite(statement.confidence) for statement in thing.statements):
        return _written(thing, _extraction())
    return _json(_extraction().dump_python(thing))


def read_extraction(text: str) -> Extraction:
    """Return the extraction that `written` was given; raises `GraphError` if it is not one."""
    found: Extraction = _read(text, _extraction())
    return found


def read_actor(text: str) -> Actor:
    """Return the actor that `written` was given; raises `GraphError` if it is not one."""
    found: Actor = _read(text, _actor())
    return found


def _written(thing: Extraction | Actor, shape: TypeAdapter[Any]) -> str:
    try:
        return shape.dump_json(thing).decode()
    except PydanticSerializationError:  # half a surrogate pair
        return _json(shape.dump_python(thing))


def _read(text: str, shape: TypeAdapter[Any]) -> Any:
    try:
        return shape.validate_json(text)
    except ValueError:
        pass  # half a surrogate pair, a number that is none, or damage: Python tells which
    try:
        return shape.validate_python(json.loads(text))
    except ValueError as error:  # pydantic's own are such too
        raise GraphError(f"the store is damaged: {text!r:.80} is no record of it") from error


@cache
def _extraction() -> TypeAdapter[Any]:
    return TypeAdapter(Extraction)


@cache
def _actor() -> TypeAdapter[Any]:
    return TypeAdapter(Actor)
