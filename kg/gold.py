"""What a benchmark gives: documents, gold and what was predicted, read from JSON lines and checked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from kg.errors import InputError
from kg.ids import WIKIDATA, normalise

T = TypeVar("T")
# A country and its kingdom, a territory and its state: in the news either item names the same actor.
SAME = {"Q756617": "Q35", "Q29999": "Q55", "Q40362": "Q6250"}


def read_rows(path: Path, cls: type[T]) -> list[T]:
    """Return the rows of a JSON lines file as `cls`, keys that `cls` does not know left out.

    Raises `InputError` with the line where a row is no JSON or breaks the schema.
    """
    adapter = TypeAdapter(cls)
    rows = []
    for number, row in _rows(path):
        try:
            rows.append(adapter.validate_python(row))
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            key = ".".join(map(str, fault["loc"]))
            raise InputError(f"{key}: {fault['msg']}", path=str(path), line=number) from error
    return rows


def item_of(iri: str | None) -> str | None:
    """Return the Wikidata item of an IRI or of a bare id, None for anything else."""
    found = (iri or "").removeprefix(WIKIDATA)
    return SAME.get(found, found) if found[:1] == "Q" and found[1:].isdigit() else None


def _rows(path: Path) -> Iterator[tuple[int, Any]]:
    try:
        with path.open(encoding="utf8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, json.loads(line)
    except OSError as error:
        raise InputError(error.strerror or str(error), path=str(path)) from error
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8", path=str(path)) from error
    except json.JSONDecodeError as error:
        raise InputError(f"not valid JSON: {error.msg}", path=str(path), line=number) from error


@cache
def _normal(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(normalise(name) for name in names if name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A document of the benchmark."""

    id: str
    lang: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Evidence as predicted, to be checked against the text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedActor:
    """An actor as `statements.jsonl` and `mentions.jsonl` write it."""

    id: str = ""
    name: str = ""
    aliases: tuple[str, ...] = ()

    def names(self) -> frozenset[str]:
        """Return all its names, normalised."""
        return _normal((self.name, *self.aliases))


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedStatement:
    """A line of `statements.jsonl`, as far as it is scored."""

    document: str
    type: str
    source: PredictedActor
    target: PredictedActor
    attributed_to: PredictedActor | None = None
    negated: bool = False
    modality: str = "actual"
    status: str = "current"
    evidence: tuple[Quote, ...] = ()
    inferred: bool = False
    confidence: float | None = None
    extractor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictedMention:
    """A line of `mentions.jsonl`, as far as it is scored."""

    document: str
    start: int
    end: int
    actor: PredictedActor


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldActor:
    """An actor of an item: with a Wikidata id only that id is right, otherwise any of its names."""

    name: str
    name_id: str | None = None
    qid: str | None = None
    aliases: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = ()

    def accepts(self, found: PredictedActor | None) -> bool:
        """Say whether `found` is this actor."""
        if found is None:
            return False
        linked, wanted = item_of(found.id), item_of(self.qid)
        if linked and wanted:
            return linked == wanted
        own = _normal((self.name, self.name_id or "", *self.aliases, *self.surfaces))
        return bool(own & found.names())


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldStatement:
    """A statement that an analyst took out of the text, with what else would have been right."""

    source: str
    type: str
    target: str
    accept_types: tuple[str, ...] = ()
    accept_sources: tuple[str, ...] = ()
    accept_targets: tuple[str, ...] = ()
    negated: bool = False
    modality: str = "actual"
    status: str = "current"
    attributed_to: str | None = None
    evidence: tuple[Quote, ...] = ()
    tier: Literal["core", "secondary", "optional"] = "core"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldItem:
    """A document's gold: actors by key, and statements that refer to those keys; it may bring its text."""

    id: str
    lang: str
    actors: dict[str, GoldActor]
    statements: tuple[GoldStatement, ...]
    text: str | None = None
