"""Who is who after all: a spelling split off from an actor, and actors that are one merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from kg.graph import Extraction, named
from kg.ids import WIKIDATA, minted, normalise
from kg.judgements.model import Judgement, Judgements, Reference, name_key
from kg.model import ACTOR_CLASSES, Actor, Span


class Names:
    """The actors of a graph by id and by name."""

    def __init__(self, actors: Mapping[str, Actor]) -> None:
        self.actors = actors
        self._called: defaultdict[str, list[str]] = defaultdict(list)
        self._also: defaultdict[str, list[str]] = defaultdict(list)
        for id_, actor in actors.items():
            for key in sorted({name_key(name) for name in (actor.name, *dict(actor.labels).values())}):
                self._called[key].append(id_)
            for key in sorted({name_key(name) for name in actor.aliases}):
                self._also[key].append(id_)

    def find(self, ref: Reference, *, like: Actor | None = None) -> list[str]:
        """Return the ids that a reference means: its own, or every actor of that name.

        A name counts before an alias, and an actor of the class of `like` before others. Of a reference with
        an id that is gone the name is tried, unless the id stood for one document's actor only.
        """
        if ref.id in self.actors:
            return [ref.id]
        if not ref.name or (ref.id and _local(ref)):
            return []
        key = name_key(ref.name)
        found = self._called.get(key) or ([] if ref.id else self._also.get(key, []))
        alike = [id_ for id_ in found if like is not None and self.actors[id_].cls == like.cls]
        # A Wikidata item before what was minted.
        return sorted(alike or found, key=lambda id_: (not id_.startswith(WIKIDATA), id_))


def apart(judgements: Judgements, names: Names) -> frozenset[tuple[str, str]]:
    """Return the pairs of ids, in order, that `not_same` keeps apart."""
    pairs: set[tuple[str, str]] = set()
    for entry in judgements.entries:
        if entry.kind == "not_same":
            one, two = (names.find(ref) or [ref.id] for ref in entry.actors)
            pairs |= {(min(a, b), max(a, b)) for a in one for b in two if a and b and a != b}
    return frozenset(pairs)


def directions(entry: Judgement, names: Names) -> list[tuple[Reference, Reference]]:
    """Return which spellings a `not_same` takes away from which actors.

    The spelling is the reference that has no id, the first of two such. Where both were actors once and one
    is gone, its name may have been linked to the other since, and is taken away again.
    """
    one, two = entry.actors
    if not (one.id and two.id):
        return [(two, one)] if one.id else [(one, two)]
    return [
        (spelling, other)
        for spelling, other in ((one, two), (two, one))
        if spelling.id not in names.actors
        and spelling.name
        and not _local(spelling)
        and normalise(spelling.name) != normalise(other.name)
    ]


def split(extraction: Extraction, actor: str, spelling: Reference, *, local: bool) -> Extraction:
    """Give a spelling that now stands for `actor` an actor of its own: a `local` one is this document's.

    Pronouns go with it where the document has no other name for the actor. The extraction itself comes back
    if nothing changes.
    """
    old = next((one for one in extraction.actors if one.id == actor), None)
    if old is None or actor == spelling.id:
        return extraction
    wanted = name_key(spelling.name)
    own = [m for m in extraction.mentions if m.actor == old.id]
    taken = {m.span for m in own if name_key(m.span.text) == wanted}
    if not taken:
        return extraction
    if all(m.span in taken for m in own if m.form not in ("pronoun", "clitic")):
        taken = {m.span for m in own}
    id_ = spelling.id or minted(spelling.name, old.cls)
    if not spelling.id and (local or id_ == old.id):
        id_ = minted(f"{spelling.name} {extraction.source.id}", old.cls)
    whole = len(taken) == len({m.span for m in own})

    def change(actor: str, span: Span | None) -> str:
        return id_ if actor == old.id and (span in taken or (whole and span is None)) else actor

    words = {m.span.text for m in own if m.span in taken} - {spelling.name}
    new = Actor(id=id_, name=spelling.name, cls=old.cls, aliases=tuple(sorted(words)))
    return renamed(extraction, change, {id_: new})


def merging(judgements: Judgements, names: Names) -> tuple[dict[str, Actor], frozenset[str]]:
    """Return what each merged id becomes, and the keys of the references that met an actor.

    An id that comes first stays, even where no document has it; of names, the first that is known.
    """
    kept_apart = apart(judgements, names)
    becomes: dict[str, Actor] = {}
    used: set[str] = set()
    for group in dict.fromkeys(judgements.groups.values()):
        lead = next((names.actors[id_] for ref in group for id_ in names.find(ref)), None)
        if lead is None:
            continue
        kept = lead
        if group[0].id and group[0].id != lead.id:
            kept = replace(lead, id=group[0].id, name=group[0].name or lead.name)
        kept = _last(kept, becomes)
        united = {kept.id}
        for ref in group:
            for id_ in names.find(ref, like=kept):
                pairs = {(min(id_, other), max(id_, other)) for other in united}
                if id_ != kept.id and id_ not in becomes and pairs.isdisjoint(kept_apart):
                    becomes[id_] = kept
                    united.add(id_)
                if id_ in united:
                    used.add(ref.key)
        if group[0].id:
            used.add(group[0].key)
    return {id_: _last(actor, becomes) for id_, actor in becomes.items()}, frozenset(used)


def _last(actor: Actor, becomes: Mapping[str, Actor]) -> Actor:
    while actor.id in becomes:
        actor = becomes[actor.id]
    return actor


def merge(extraction: Extraction, becomes: Mapping[str, Actor]) -> Extraction:
    """Put the actor that stays in the place of each that is merged into it."""
    changed = [actor for actor in extraction.actors if actor.id in becomes]
    if not changed:
        return extraction
    new = {actor.id: actor for actor in extraction.actors}
    for actor in changed:
        kept = becomes[actor.id]
        new[kept.id] = _united(new.get(kept.id, replace(kept, aliases=())), actor)

    def change(actor: str, _span: Span | None) -> str:
        return becomes[actor].id if actor in becomes else actor

    return renamed(extraction, change, new)


def renamed(
    extraction: Extraction, change: Callable[[str, Span | None], str], actors: Mapping[str, Actor]
) -> Extraction:
    """Return the extraction with other actor ids; `actors` has those that are new or other than before.

    `change` is asked with the mention's place, or with None for a claimant, who has none.
    """
    mentions = tuple(replace(m, actor=change(m.actor, m.span)) for m in extraction.mentions)
    statements = tuple(
        replace(
            s,
            source=change(s.source, s.source_mention),
            target=change(s.target, s.target_mention),
            attributed_to=None if s.attributed_to is None else change(s.attributed_to, None),
        )
        for s in extraction.statements
    )
    known = {**{actor.id: actor for actor in extraction.actors}, **actors}
    return with_used(replace(extraction, mentions=mentions, statements=statements), known.values())


def with_used(extraction: Extraction, actors: Iterable[Actor]) -> Extraction:
    """Return the extraction with those of `actors` that a mention or statement still names."""
    used = named(extraction.mentions, extraction.statements)
    return replace(extraction, actors=tuple(sorted((a for a in actors if a.id in used), key=lambda a: a.id)))


def _united(kept: Actor, other: Actor) -> Actor:
    labels = tuple(sorted({**dict(other.labels), **dict(kept.labels)}.items()))
    names = (other.name, *dict(other.labels).values(), *dict(kept.labels).values())
    aliases = {*kept.aliases, *other.aliases, *names} - {kept.name, ""}
    return replace(kept, labels=labels, aliases=tuple(sorted(aliases)))


def _local(ref: Reference) -> bool:
    """Tell whether a minted id holds the document too: then the same name elsewhere is somebody else."""
    return not ref.id.startswith(WIKIDATA) and all(minted(ref.name, c) != ref.id for c in ACTOR_CLASSES)
