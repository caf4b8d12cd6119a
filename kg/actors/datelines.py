"""The state that a text is written in: that of the city in its dateline, "JAKARTA, Kompas.com - "."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc

from kg.mentions.gazetteer import gazetteer

_PLACE = re.compile(r"\W*([^\W\d_][\w'’. ]*)")
SEATS = ("metonym", "name")


def dateline_state(doc: Doc) -> str:
    """Return the gazetteer's key of the state in whose seat of government a text is written, or "".

    Who writes from a capital calls its ministers "the minister", those of others by their states.
    """
    document, found = doc._.document, doc._.layout
    if document is None or found is None:
        return ""
    block = next((block for block in found.blocks if block.kind == "dateline"), None)
    place = _PLACE.match(document.text, block.start, block.end) if block is not None else None
    return _seats().get(place[1].strip().lower(), "") if place else ""


@cache
def _seats() -> dict[str, str]:
    """Return the keys of the states by the lower-case names of their seats of government, in any language.

    At home a seat is often but a city: in Indonesian "Jakarta" says nothing and does nothing.
    """
    known = gazetteer()
    return {
        name.text.lower(): name.key
        for name in known.names
        if name.form in SEATS and known.entries[name.key].cls == "State"
    }
