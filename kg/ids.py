"""Identifiers made from content alone, so that the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from kg.model import ActorClass

WIKIDATA = "http://www.wikidata.org/entity/"
MINTED = "https://w3id.org/polkg/actor/"


def wikidata(qid: str) -> str:
    """Return the IRI of a Wikidata item, `Q30` -> `http://www.wikidata.org/entity/Q30`."""
    return WIKIDATA + qid


def minted(name: str, cls: ActorClass) -> str:
    """Return an actor IRI from the normalised name and the class; two homonyms of one class share it."""
    normal = normalise(name)
    slug = re.sub(r"[^a-z0-9]+", "-", normal).strip("-")[:60]
    return f"{MINTED}{cls}/{slug or 'x'}-{digest(cls, normal)[:8]}"


def digest(*parts: str) -> str:
    """Return 40 hex digits over the parts; a separator that no text holds keeps ("a","b") from ("ab","")."""
    return hashlib.sha1(
        "\x1f".join(parts).encode("utf-8", "surrogatepass"), usedforsecurity=False
    ).hexdigest()


def normalise(name: str) -> str:
    """Fold case, accents, punctuation and a leading article: 'The U.S. Army' -> 'us army'."""
    name = unicodedata.normalize("NFKD", name)
    name = "".join(c for c in name if not unicodedata.combining(c)).casefold()
    name = re.sub(r"[^\w]+", " ", name).strip()
    name = re.sub(r"\b(\w) (?=\w\b)", r"\1", name)
    return re.sub(r"^the (?=\w)", "", name)
