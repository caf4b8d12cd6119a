"""What a query or update may not hold: SERVICE and LOAD, by which it would leave this machine."""

from __future__ import annotations

import re
from string import ascii_letters, digits

from kg.errors import QueryError

# What the parser cannot take for a keyword. Each piece is shorter than or the same as what the parser takes,
# so that nothing behind it is hidden; ASCII only, since Python's \w knows letters that SPARQL does not.
_PIECES = re.compile(
    r"""
    (?P<sure>
        '''(?:[^'\\]|\\.|'{1,2}(?!'))*''' | \"\"\"(?:[^"\\]|\\.|"{1,2}(?!"))*\"\"\"
        | '(?:[^'\\\r\n]|\\.)*' | "(?:[^"\\\r\n]|\\.)*"
        | \#[^\r\n]*
        | <[A-Za-z][A-Za-z0-9+.-]*://[^<>"{}|^`\\\s]*>  # nothing else begins like this
        | [?$][A-Za-z0-9_]+ | :[A-Za-z0-9_-]+ | @[A-Za-z]+(?:-[A-Za-z0-9]+)*
        | \\[_~.!$&'()*+,;=/?\#@%-][A-Za-z0-9_-]*  # of a local name: no comment begins in `x:a\#b`
    )
    | <(?P<perhaps>[^<>"{}|^`\\\s]*)>  # `<urn:x>`, or the "less than" of `?a<?b)SERVICE#>`
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def refuse_service(sparql: str) -> None:
    """Raise `QueryError` for a query in which SERVICE may stand as a keyword.

    In doubt it is refused. The parser needs no blank around keywords and ends words elsewhere than one would
    think: `SERVICE:x{}` and `SERVICESILENT<…>{}` are calls, so every "service" outside of strings, comments,
    IRIs, variables and local names counts.
    """
    _refuse("SERVICE", sparql, "a query")


def refuse_load(sparql: str) -> None:
    """Raise `QueryError` for an update in which LOAD may stand as a keyword."""
    _refuse("LOAD", sparql, "an update")


def _refuse(word: str, sparql: str, what: str) -> None:
    for text in dict.fromkeys((sparql, _ESCAPE.sub(_char, sparql))):
        if (doubt := _doubt(word.lower(), text)) is not None:
            raise QueryError(f"{word} is refused: {what} here never leaves this machine{doubt}")


def _doubt(word: str, text: str) -> str | None:
    """Return None where the word is no keyword, else what helps whoever did not mean one, if anything."""
    if word not in text.lower():
        return None
    rest: list[str] = []
    end = 0
    for piece in _PIECES.finditer(text):
        rest.append(text[end : piece.start()])
        end = piece.end()
        # Where a comment or a string may begin inside, what follows may be read in two ways.
        if (perhaps := piece["perhaps"]) and (found := re.search(f"{word}|['#]", perhaps, re.IGNORECASE)):
            return _way(perhaps, found.start())
    rest.append(text[end:])
    return "" if word in " ".join(rest).lower() else None


def _way(iri: str, place: int) -> str:
    """Return how to write an IRI that leaves no doubt: its prefix ends before the place that does."""
    prefix = iri[:place].rstrip(f"{ascii_letters}{digits}_-")
    local = re.sub(r"[~.!$&'()*+,;=/?#@-]", r"\\\g<0>", iri[len(prefix) :])
    return f"; if <{iri}> is an IRI, write p:{local} for it, after PREFIX p: <{prefix}>"


def _char(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else " "
