"""The spaCy component `kg_statements`: a Doc with resolved mentions gets its statements."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.metadata import entry_points

from spacy.language import Language
from spacy.tokens import Doc

from kg.model import Actor, ActorClass
from kg.ontology import relation_types
from kg.statements.builder import build
from kg.statements.draft import Draft
from kg.statements.framed import framed
from kg.statements.learned import Claim, advised, claim, learned
from kg.statements.scene import Scene, scene
from kg.statements.structural import structural

Extractor = Callable[[Scene], Iterator[Draft]]
EXTRACTORS: Mapping[str, Extractor] = {"structure": structural, "frames": framed}


@Language.factory("kg_statements", assigns=["doc._.statements"])
def make(nlp: Language, name: str) -> Callable[[Doc], Doc]:  # noqa: ARG001 - the signature that spaCy calls
    """Make the component that sets `doc._.statements`, sorted by place."""
    return extract


def extract(doc: Doc) -> Doc:
    """Set the statements of a Doc that `kg_mentions` and `kg_actors` have been through."""
    if doc._.mentions:
        here = scene(doc, doc.lang_)
        doc._.statements = build(here, _drafts(here))
    return doc


def drafts(doc: Doc) -> list[Draft]:
    """Return what all extractors find in a Doc, however unlikely: what the confidence is learned from."""
    return list(_drafts(scene(doc, doc.lang_))) if doc._.mentions else []


@cache
def extractors() -> Mapping[str, Extractor]:
    """Return our extractors and those that other packages bring as entry points `kg.extractors`."""
    outside = {point.name: point.load() for point in sorted(entry_points(group="kg.extractors"))}
    return {**EXTRACTORS, **outside}


def _drafts(here: Scene) -> Iterator[Draft]:
    found: set[Claim] = set()
    for run in extractors().values():
        for draft in advised(here, (d for d in run(here) if _admitted(here, d))):
            found.add(claim(draft.type, draft.source_actor, draft.target_actor))
            yield draft
    yield from (draft for draft in learned(here, found) if _admitted(here, draft))


def _admitted(here: Scene, draft: Draft) -> bool:
    """Say whether the ontology lets actors of these classes stand in the relation, whatever found them."""
    source = _class(here, draft.source, draft.source_actor)
    target = _class(here, draft.target, draft.target_actor)
    type_ = relation_types()[draft.type]
    return type_.admits(source, target) or (type_.symmetric and type_.admits(target, source))


def _class(here: Scene, mention: int, actor: str) -> ActorClass:
    known: Actor | None = here.doc._.actors.get(actor)
    return known.cls if known else here.mentions[mention].cls
