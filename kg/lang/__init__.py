"""Language packs: one folder of YAML a language; code asks for a file of it and gets a checked dataclass."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from kg.errors import LanguageError, ResourceError

PACKS = Path(__file__).parent
T = TypeVar("T")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # C where built
    """YAML 1.2's booleans: word lists hold "on" and "no", which YAML 1.1 reads as true and false."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of all languages that have a pack, sorted."""
    return tuple(sorted(p.name for p in PACKS.iterdir() if p.is_dir() and any(p.glob("*.yaml"))))


def load(code: str, name: str, cls: type[T]) -> T:
    """Return `kg/lang/<code>/<name>.yaml` as `cls`, a frozen dataclass that forbids unknown keys.

    Raises `LanguageError` for a language without a pack and `ResourceError` for a file that breaks its
    schema, naming the file, the key and what was expected there.
    """
    if code not in languages():
        raise LanguageError(f"no language pack for {code!r}; known: {', '.join(languages())}")
    return checked(read_yaml(PACKS / code / f"{name}.yaml"), cls, path=f"kg/lang/{code}/{name}.yaml")


def checked(value: Any, cls: type[T], *, path: str) -> T:
    """Return `value` as `cls`; the first fault becomes a `ResourceError` that names `path` and the key."""
    try:
        return TypeAdapter(cls).validate_python(value)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        key = ".".join(map(str, fault["loc"]))
        raise ResourceError(f"{fault['msg']} (found {fault['input']!r:.80})", path=path, key=key) from error


def read_yaml(path: Path) -> Any:
    """Return the parsed YAML of a resource file; a syntax error names the line."""
    try:
        return yaml.load(path.read_text("utf8"), Loader=_Loader)
    except FileNotFoundError as error:
        raise ResourceError("is missing", path=str(path)) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}" if mark else None
        raise ResourceError(f"not valid YAML: {error}", path=str(path), key=line) from error
