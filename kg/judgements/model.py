"""A judgement as it stands in the file: frozen, and checked while it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, ConfigDict

from kg.errors import UnknownNameError
from kg.ids import normalise, wikidata
from kg.model import Modality, Status
from kg.ontology import relation_type

Kind = Literal["same", "not_same", "wrong", "right"]
KINDS: tuple[Kind, ...] = get_args(Kind)
NARRATOR = "narrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An actor by id, by name or by both; the id counts where there is one, the name is for readers."""

    __pydantic_config__ = ConfigDict(extra="forbid")
    id: str = ""
    name: str = ""

    @property
    def key(self) -> str:
        """Return what tells this reference from others: homonyms share a name, but never an id."""
        return self.id or name_key(self.name)


def name_key(name: str) -> str:
    """Return a name as a key; no id begins like it."""
    return f"name {normalise(name) or name}"


def _expanded(value: Any) -> Any:
    if isinstance(value, str):
        value = {"id" if re.match(r"(?:wd:)?Q[0-9]+$|\w+://|urn:", value) else "name": value}
    if isinstance(value, Mapping):
        if not (value.get("id") or value.get("name")):
            raise ValueError("an actor needs an id or a name")
        if isinstance(value.get("id"), str) and re.fullmatch(r"(?:wd:)?Q[0-9]+", value["id"]):
            value = {**value, "id": wikidata(value["id"].removeprefix("wd:"))}
    return value


def _known_type(name: str) -> str:
    try:
        return relation_type(name).name
    except UnknownNameError as error:
        raise ValueError(str(error)) from error


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Ref = Annotated[Reference, BeforeValidator(_expanded)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Which statement is meant, in terms that outlive its id: ids change with every retrained weight.

    What is None holds for any value. `attributed_to` with the name `narrator` means that nobody is quoted.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")
    document: str
    source: Ref
    type: Annotated[str, AfterValidator(_known_type)]
    target: Ref
    quote: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    negated: bool | None = None
    modality: Modality | None = None
    status: Status | None = None
    attributed_to: Ref | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One entry: `same` and `not_same` have `actors`, `wrong` and `right` a `claim`.

    `document` narrows a `not_same` to one document.
    """

    kind: Kind
    line: int = 0
    actors: tuple[Reference, ...] = ()
    document: str | None = None
    claim: Claim | None = None

    def __str__(self) -> str:
        if self.claim is not None:
            c = self.claim
            ends = (c.source.name or c.source.id, c.target.name or c.target.id)
            return f"{self.kind}: {ends[0]} {c.type} {ends[1]} in {c.document!r}"
        return f"{self.kind}: {', '.join(r.name or r.id for r in self.actors)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgements:
    """All entries of a file in its order, and what is looked up in them often."""

    path: str = ""
    entries: tuple[Judgement, ...] = ()
    claims: Mapping[str, tuple[Judgement, ...]] = field(default_factory=dict)  # by document
    groups: Mapping[str, tuple[Reference, ...]] = field(default_factory=dict)  # by key; all that are the same
