"""What a query or update may not hold: SERVICE and LOAD, by which it would leave this machine."""

from __future__ import annotations

import re

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
    if _may_hold("service", sparql):
        raise QueryError("SERVICE is refused: a query here never leaves this machine")


def refuse_load(sparql: str) -> None:
    """Raise `QueryError` for an update in which LOAD may stand as a keyword."""
    if _may_hold("load", sparql):
        raise QueryError("LOAD is refused: an update here never leaves this machine")


def _may_hold(word: str, sparql: str) -> bool:
    return any(_calls(word, text) for text in {sparql, _ESCAPE.sub(_char, sparql)})


def _calls(word: str, text: str) -> bool:
    if word not in text.lower():
        return False
    rest: list[str] = []
    end = 0
    for piece in _PIECES.finditer(text):
        rest.append(text[end : piece.start()])
        end = piece.end()
        # Where a comment or a string may begin inside, what follows may be read in two ways.
        if (perhaps := piece["perhaps"]) and re.search(f"{word}|['#]", perhaps, re.IGNORECASE):
            return True
    rest.append(text[end:])
    return word in " ".join(rest).lower()


def _char(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else " "
