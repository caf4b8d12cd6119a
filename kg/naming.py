"""Which actor a user means: by its id, a Wikidata id, or any of its names in any language."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from kg.errors import QueryError
from kg.ids import normalise, wikidata
from kg.model import Actor


def find_actor(words: str, actors: Mapping[str, Actor]) -> str:
    """Return the id of the one actor that is meant; raises `QueryError` for none and for several."""
    words = words.strip()
    known = iri(words)
    if known is None:
        return named(words, names(actors.values()))
    if known not in actors:
        raise QueryError(f"the graph has no actor {words!r}")
    return known


def iri(words: str) -> str | None:
    """Return the IRI that is spelled out (`Q20`, `wd:Q20`, `https://…`), None if the words are a name."""
    if words.startswith("wd:") or re.fullmatch(r"Q[0-9]+", words):
        return wikidata(words.removeprefix("wd:"))
    return words if re.match(r"(?:https?|urn):", words) else None


def named(words: str, names: Iterable[tuple[str, int, str]]) -> str:
    """Return the id of the one actor of that name; `names` are name, rank (0 label, 1 alias) and id.

    Case decides first ("AS" may be a country where "as" is none), then labels before aliases.
    """
    known, folded = list(names), normalise(words)
    for same in (lambda name: name == words, lambda name: bool(folded) and normalise(name) == folded):
        for rank in (0, 1):
            found = {actor for name, kind, actor in known if kind == rank and same(name)}
            if len(found) == 1:
                return min(found)
            if found:
                raise QueryError(f"{words!r} may be {', '.join(sorted(found))}; give one of these")
    close = difflib.get_close_matches(words, sorted({name for name, _, _ in known}), n=3)
    raise QueryError(f"no actor is named {words!r}" + (f"; close: {', '.join(close)}" if close else ""))


def names(actors: Iterable[Actor]) -> Iterable[tuple[str, int, str]]:
    """Yield name, rank and id for every name of every actor."""
    for actor in actors:
        yield from ((name, 0, actor.id) for name in {actor.name, *(name for _, name in actor.labels)})
        yield from ((name, 1, actor.id) for name in actor.aliases)
