"""Which judgement means a statement: matched on content, because ids change with every retrained weight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.export.files import REPLACEMENT, SURROGATE
from kg.ids import normalise
from kg.judgements.model import NARRATOR, Claim, Judgement, Judgements, Reference, name_key
from kg.model import Actor, Statement
from kg.ontology import relation_types


def judged(
    statement: Statement, judgements: Judgements, *, actors: Mapping[str, Actor]
) -> tuple[Judgement, ...]:
    """Return the entries that mean a statement, in the file's order: the last of them holds.

    `actors` are those of the statement's document. An actor is met by id, by any name that the document has
    for it, or by what `same` entries say it is, so that an answer is found again before and after merging.
    """
    listed = judgements.claims.get(statement.document, ())
    return tuple(
        entry
        for entry in listed
        if entry.claim is not None and _means(entry.claim, statement, judgements, actors=actors)
    )


def confirmed(
    statements: Iterable[Statement], judgements: Judgements, *, actors: Mapping[str, Actor]
) -> frozenset[str]:
    """Return the ids of the statements that a human called right, which no threshold may take away."""
    kinds = {s.id: [entry.kind for entry in judged(s, judgements, actors=actors)] for s in statements}
    return frozenset(id_ for id_, found in kinds.items() if found[-1:] == ["right"])


def claim(statement: Statement, actors: Mapping[str, Actor]) -> Claim:
    """Return the terms in which the file names a statement."""
    who = statement.attributed_to
    return Claim(
        document=statement.document,
        source=reference(actors[statement.source]),
        type=statement.type,
        target=reference(actors[statement.target]),
        quote=tuple(_folded(span.text) for span in statement.evidence),
        negated=statement.negated,
        modality=statement.modality,
        status=statement.status,
        attributed_to=Reference(name=NARRATOR) if who is None else reference(actors[who]),
    )


def reference(actor: Actor) -> Reference:
    """Return an actor as the file names it."""
    return Reference(id=actor.id, name=actor.name)


def _means(
    claim: Claim, statement: Statement, judgements: Judgements, *, actors: Mapping[str, Actor]
) -> bool:
    if claim.type != statement.type:
        return False
    for name in ("negated", "modality", "status"):
        if getattr(claim, name) not in (None, getattr(statement, name)):
            return False
    source = set(_keys(actors[statement.source], statement.source_mention.text))
    target = set(_keys(actors[statement.target], statement.target_mention.text))
    one, two = (_wanted(ref, judgements) for ref in (claim.source, claim.target))
    met = not (one.isdisjoint(source) or two.isdisjoint(target))
    if not met and relation_types()[claim.type].symmetric:
        met = not (one.isdisjoint(target) or two.isdisjoint(source))
    return met and _says(claim, statement, judgements, actors=actors) and _quotes(claim.quote, statement)


def _says(claim: Claim, statement: Statement, judgements: Judgements, *, actors: Mapping[str, Actor]) -> bool:
    wanted, who = claim.attributed_to, statement.attributed_to
    if wanted is None:
        return True
    if who is None:
        return wanted == Reference(name=NARRATOR)
    return not _wanted(wanted, judgements).isdisjoint(_keys(actors[who]))


def _quotes(wanted: Sequence[str], statement: Statement) -> bool:
    """Tell whether a quote is the statement's: where a quote begins and ends may change, its sentence not."""
    spans = [_folded(span.text) for span in statement.evidence]
    around = [*spans, _folded(statement.sentence.text)]
    quotes = [_folded(quote) for quote in wanted]
    return not quotes or any(
        any(quote in text for text in around) or any(span in quote for span in spans) for quote in quotes
    )


def _wanted(ref: Reference, judgements: Judgements) -> set[str]:
    known = {ref.key} | ({name_key(ref.name)} if ref.name else set())
    alike = [ref, *(other for key in known for other in judgements.groups.get(key, ()))]
    return {one.key for one in alike} | {name_key(one.name) for one in alike if one.name}


def _keys(actor: Actor, surface: str = "") -> Iterator[str]:
    yield actor.id
    names = (actor.name, *(name for _, name in actor.labels), *actor.aliases, surface)
    yield from (name_key(name) for name in names if normalise(name))


def _folded(text: str) -> str:
    return SURROGATE.sub(REPLACEMENT, " ".join(text.split()))
