"""White space tokens, masked furniture among them, are kept from the weights and put back into their parse.

No treebank has such tokens: a parser that meets one hangs words under it or ends the sentence there.
"""

from __future__ import annotations

from typing import Any

import numpy
from spacy.tokens import Doc, Span, SpanGroup

ANNOTATIONS: list[int | str] = ["HEAD", "DEP", "POS", "MORPH", "LEMMA", "ENT_IOB", "ENT_TYPE"]


def without_spaces(doc: Doc) -> Doc:
    """Return the words and sentence starts of an unparsed `doc` as a Doc; `doc` itself if it is all words."""
    words = [token for token in doc if not token.is_space]
    if len(words) in (0, len(doc)):
        return doc
    follows = [doc[t.i].whitespace_ != "" or (t.i + 1 < len(doc) and doc[t.i + 1].is_space) for t in words]
    lean = Doc(doc.vocab, words=[t.text for t in words], spaces=follows)
    for copy, token in zip(lean, words, strict=True):
        copy.is_sent_start = token.is_sent_start
    return lean


def with_spaces(doc: Doc, lean: Doc) -> Doc:
    """Give `doc` the annotations of its parsed words `lean`; white space depends on the word before it."""
    if lean is doc or not len(lean):
        return doc
    places = numpy.asarray([token.i for token in doc if not token.is_space])
    rows = lean.to_array(ANNOTATIONS)
    heads = places[numpy.arange(len(lean)) + rows[:, 0].astype(numpy.int64)]
    everywhere = numpy.arange(len(doc))
    before = numpy.searchsorted(places, everywhere, side="right") - 1
    add = doc.vocab.strings.add
    full: Any = numpy.zeros((len(doc), len(ANNOTATIONS)), dtype=numpy.uint64)
    full[:, 1:3] = add("dep"), add("SPACE")
    full[:, 4] = doc.to_array(["LOWER"]).reshape(-1)
    full[:, 5] = 2  # outside of an entity
    full[places] = rows
    targets = places[numpy.maximum(before, 0)]
    targets[places] = heads
    full[:, 0] = (targets - everywhere).astype(numpy.uint64)
    for gap in numpy.setdiff1d(everywhere, places):
        following = full[gap + 1] if gap + 1 < len(doc) else None
        if following is not None and following[5] == 1:  # a name over a line end stays one name
            full[gap, 5:] = 1, following[6]
    doc.from_array(ANNOTATIONS, full)
    if lean._.vectors is not None:
        doc._.vectors = numpy.zeros((len(doc), lean._.vectors.shape[1]), lean._.vectors.dtype)
        doc._.vectors[places] = lean._.vectors
    for key, group in lean.spans.items():
        spans = [Span(doc, places[s.start], places[s.end - 1] + 1, label=s.label) for s in group]
        doc.spans[key] = SpanGroup(doc, name=key, spans=spans, attrs=dict(group.attrs))
    return doc
