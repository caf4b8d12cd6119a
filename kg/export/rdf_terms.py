"""RDF terms, written as N-Triples: whatever a name, id or quote holds, the term made of it is legal.

Terms are strings here, since a library's term objects cost more time than all the rest of an export.
"""

from __future__ import annotations

import datetime
import math
import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, TypeAlias
from urllib.parse import quote

from kg.ids import MINTED
from kg.ontology import NAMESPACE

Term: TypeAlias = str
BASE: Final = "https://w3id.org/polkg/"
PREFIXES: Final = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "polkg": NAMESPACE,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_DATES: Final = (
    (re.compile(r"[0-9]{4}"), "gYear", "{}-01-01"),
    (re.compile(r"[0-9]{4}-[0-9]{2}"), "gYearMonth", "{}-01"),
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "date", "{}"),
)
# What RFC 3987 allows in an IRI; anything else is percent-encoded. Letters beyond ASCII stay readable, but
# not spaces beyond ASCII, which the RFC allows and some readers of N-Quads do not.
_ILLEGAL: Final = re.compile(
    r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%\u00a1-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]|\s"
)
_ESCAPED: Final = re.compile(r'[\x00-\x1f"\\\x7f\ud800-\udfff]')
_ESCAPES: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


@lru_cache(maxsize=4096)
def term(name: str) -> Term:
    """Return the IRI of a prefixed name, `polkg:negated`."""
    prefix, _, local = name.partition(":")
    return f"<{PREFIXES[prefix]}{local}>"


@lru_cache(maxsize=65536)
def actor_iri(key: str) -> Term:
    """Return the IRI of an actor: its id where that is one, with illegal characters percent-encoded."""
    # An id like "polkg:x" would be read as a prefixed name by JSON-LD, so only these schemes count as IRIs.
    if re.match(r"https?://[^/]|urn:[a-z]", key):
        iri = _ILLEGAL.sub(lambda match: _quoted(match.group()), key)
        if _is_iri(iri):
            return f"<{iri}>"
    return f"<{MINTED}{_quoted(key)}>"


@lru_cache(maxsize=65536)
def node_iri(kind: str, key: str) -> Term:
    """Return the IRI of a thing of ours: `document`, `statement`, `run`, `software`, `claims`."""
    return f"<{BASE}{kind}/{_quoted(key)}>"


def span_iri(document: Term, start: int, end: int) -> Term:
    """Return the IRI of a span: the document's with a fragment after RFC 5147, as NIF has it."""
    return f"{document[:-1]}#char={start},{end}>"


def text(value: str) -> Term:
    """Return a plain string; half a surrogate pair, which no RDF format can hold, becomes U+FFFD."""
    return f'"{_ESCAPED.sub(_escape, value)}"'


def words(value: str, lang: str | None) -> Term:
    """Return words of a language; plain where the tag is none that RDF allows."""
    return f"{text(value)}@{lang}" if lang and _is_tag(lang) else text(value)


def boolean(value: bool) -> Term:
    """Return `xsd:boolean`."""
    return _typed("true" if value else "false", "boolean")


@lru_cache(maxsize=4096)
def date(value: str) -> Term:
    """Return a partial ISO date as `xsd:date`, `xsd:gYearMonth` or `xsd:gYear`, anything else as a string."""
    for pattern, kind, whole in _DATES:
        if pattern.fullmatch(value):
            try:
                datetime.date.fromisoformat(whole.format(value))
            except ValueError:
                break
            return _typed(value, kind)
    return text(value)


@lru_cache(maxsize=4096)
def decimal(value: float) -> Term:
    """Return a number without an exponent; what is no number stays `xsd:double`, for the shapes to find."""
    if not math.isfinite(value):
        return _typed({math.inf: "INF", -math.inf: "-INF"}.get(value, "NaN"), "double")
    return _typed(format(Decimal(repr(float(value))), "f"), "decimal")


@lru_cache(maxsize=65536)
def index(value: int) -> Term:
    """Return a character offset as NIF types it."""
    return _typed(str(value), "nonNegativeInteger")


def parts(literal: Term) -> tuple[str, str, str]:
    """Split a literal into its quoted text, its datatype's IRI term and its language; both may be empty."""
    quoted, _, rest = literal.rpartition('"')
    return (
        quoted + '"',
        rest.removeprefix("^^") if rest[:1] == "^" else "",
        rest[1:] if rest[:1] == "@" else "",
    )


def _typed(value: str, kind: str) -> Term:
    return f'"{value}"^^{term(f"xsd:{kind}")}'


def _quoted(key: str) -> str:
    """Percent-encode all but unreserved characters; dots too where a path would take them for `.` or `..`."""
    encoded = quote(key, safe="", errors="surrogatepass")
    return encoded if encoded.strip(".") else encoded.replace(".", "%2E")


def _escape(match: re.Match[str]) -> str:
    char = match.group()
    if "\ud800" <= char <= "\udfff":
        return "\N{REPLACEMENT CHARACTER}"
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


def _is_iri(value: str) -> bool:
    from pyoxigraph import NamedNode

    try:
        NamedNode(value)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=256)
def _is_tag(lang: str) -> bool:
    from pyoxigraph import Literal

    try:
        Literal("", language=lang)
    except ValueError:
        return False
    return re.fullmatch(r"[A-Za-z]+(?:-[A-Za-z0-9]+)*", lang) is not None
