"""From bytes to text: which encoding they are in, and whether the result is text at all."""

from __future__ import annotations

import codecs
import re

from kg.errors import InputError

MAX_CHARACTERS = 2_000_000  # of one document: longer ones are whole corpora in one file, or no text
HEAD = 1 << 16  # bytes that are enough to tell an encoding

_BOMS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf_32"),
    (codecs.BOM_UTF32_BE, "utf_32"),
    (codecs.BOM_UTF8, "utf_8_sig"),
    (codecs.BOM_UTF16_LE, "utf_16"),
    (codecs.BOM_UTF16_BE, "utf_16"),
)
_ASCII = bytes(range(128))
# share of bytes beyond ASCII up to which text in one byte a character is taken for Windows-1252
_WESTERN = 0.3
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
_BINARY = 0.01  # share of control characters from which on a file counts as binary
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(data: bytes, *, path: str, declared: str | None = None) -> str:
    """Return `data` as text, unchanged but for a byte order mark; `declared` is what it says of itself."""
    encoding = encoding_of(data, path=path, declared=declared)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"not valid {encoding}: {error.reason}", path=path, line=line) from error
    if fault := fault_of(text):
        message, at = fault
        raise InputError(message, path=path, line=text.count("\n", 0, at) + 1 if at else None)
    return text


def encoding_of(data: bytes, *, path: str, declared: str | None = None) -> str:
    """Return the codec for `data`, which may be only the beginning of it.

    UTF-8 where it is valid, else what is declared, else what charset-normalizer finds; but Windows-1252 for
    bytes that are nearly all ASCII, which charset-normalizer takes for its eastern neighbours.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    if b"\0" in data and (wide := _detected(data) or "").startswith(("utf_16", "utf_32")):
        return wide  # without a mark at its beginning
    if _decodes(data, "utf_8"):
        return "utf_8"
    if declared and _decodes(data, declared):
        return declared
    beyond = len(data.translate(None, delete=_ASCII))
    if b"\0" not in data and beyond <= _WESTERN * len(data) and _decodes(data, "cp1252"):
        return "cp1252"
    if found := _detected(data):
        return found
    raise InputError("binary data, or text in an unknown encoding; save it as UTF-8", path=path)


def fault_of(text: str) -> tuple[str, int] | None:
    """Return what keeps `text` from being a document's text, and where (0: all of it); else None."""
    if len(text) > MAX_CHARACTERS:
        return f"a document of {len(text)} characters; at most {MAX_CHARACTERS}", 0
    if "\0" in text:
        return "a NUL character: binary data or damaged text", text.index("\0")
    if len(_CONTROL.findall(text, 0, HEAD)) > _BINARY * min(len(text), HEAD):
        return "control characters all over: binary data, no text", 0
    if not text.isascii() and (match := _SURROGATE.search(text)):
        return "half of a surrogate pair, which no file can hold", match.start()
    if not text.strip():
        return "no text, only white space" if text else "empty", 0
    return None


def _detected(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:HEAD]).best()
    return best.encoding if best else None


def _decodes(data: bytes, encoding: str) -> bool:
    """Tell whether a codec that exists reads the bytes, of which the last character may be cut."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(data)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
