"""The attributes that the rooms hang on a spaCy `Doc`: registered here, so that none has two names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import is_dataclass
from functools import cache
from importlib import import_module
from typing import Any

from pydantic import TypeAdapter
from spacy.tokens import Doc
from srsly.msgpack import (  # type: ignore[import-untyped]  # ships no types
    msgpack_decoders,
    msgpack_encoders,
)

EXTENSIONS: dict[str, Any] = {
    "document": None,
    "layout": None,
    "vectors": None,  # of each token, in half precision, for `encoder_pairs`; None where nothing made them
    "opinions": None,  # of pairs of mentions, where they come from elsewhere than the encoder
    "weights": "",  # fingerprint of what read the text; empty where a pipeline of another make did
    "mentions": (),
    "titles": (),
    "actors": {},
    "statements": (),
}
ACTORS = "actors"
"""The key in `doc.spans` of actor mentions; a span's label is its class in the ontology."""
_PACKAGE = "kg."
_CLASS, _FIELDS = "kg.class", "kg.fields"

Hook = Callable[[Any], Any]


def register() -> None:
    """Declare the attributes, and how `Doc.to_disk` writes them; calling it again changes nothing."""
    for name, default in EXTENSIONS.items():
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    msgpack_encoders.register("polkg", func=_packed)
    msgpack_decoders.register("polkg", func=_unpacked)


def _packed(value: Any, chain: Hook | None = None) -> Any:
    """Return one of this package's dataclasses as a dict that names its class; leave the rest to others."""
    if is_dataclass(value) and type(value).__module__.startswith(_PACKAGE):
        name = f"{type(value).__module__}:{type(value).__qualname__}"
        return {_CLASS: name, _FIELDS: _adapter(name).dump_python(value, mode="json")}
    return chain(value) if chain else value


def _unpacked(value: Any, chain: Hook | None = None) -> Any:
    """Return the dataclass that `_packed` made a dict of, fields checked; a file names no other class."""
    if isinstance(value, dict) and _CLASS in value:
        return _adapter(value[_CLASS]).validate_python(value[_FIELDS])
    return chain(value) if chain else value


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    module, _, attribute = name.partition(":")
    found = getattr(import_module(module), attribute) if module.startswith(_PACKAGE) else None
    if not (isinstance(found, type) and is_dataclass(found)):
        raise ValueError(f"{name!r} is no dataclass of polkg")
    return TypeAdapter(found)
