"""Which language a text is in: py3langid, and words that part a supported language from its nearest kin."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from pydantic import ConfigDict

from kg import lang

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier  # type: ignore[import-untyped]  # ships no types

UNDETERMINED = "und"

_PREFIX = 2000  # characters that are looked at: accuracy is at its ceiling long before
_SURE = 0.5  # a winner below this is only taken when no supported language comes near it
_NEAR = 0.5  # share of the winner's probability that a supported language must reach to be preferred
_WORD = re.compile(r"[^\W\d_]+")


def identify(text: str) -> str:
    """Return the ISO 639 code of the language of `text`, or `und` when there are no words to tell by.

    py3langid alone takes every fifth Indonesian sentence for Malay and some English ones for Nigerian Pidgin.
    Between such kin the telling words of `lang/<code>/identify.yaml` decide; other languages stand as found.
    """
    words = _WORD.findall(text[:_PREFIX].lower())
    if not words:
        return UNDETERMINED
    shares = dict(_identifier().rank(text[:_PREFIX]))
    winner = max(shares, key=lambda code: (shares[code], code))
    for code, cues in _cues():
        if winner in cues.kin:
            return _between(code, winner, words, cues=cues, share=shares[code] / shares[winner])
    if shares[winner] < _SURE and winner not in dict(_cues()):
        code = max(dict(_cues()), key=lambda code: (shares.get(code, 0.0), code), default=winner)
        if shares.get(code, 0.0) >= _NEAR * shares[winner]:
            return code
    return UNDETERMINED if winner == "zxx" else winner


def _between(code: str, kin: str, words: list[str], *, cues: IdentifyCues, share: float) -> str:
    """Return `code` or its `kin`, whichever has more telling words; without any, `code` if it came close."""
    own = sum(word in cues.own for word in words)
    other = sum(word in cues.kin[kin] for word in words)
    if own != other:
        return code if own > other else kin
    return code if share >= cues.near else kin


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _cues() -> tuple[tuple[str, IdentifyCues], ...]:
    """Return the cues of every pack; a pack without the file has no kin to be told from."""
    return tuple(
        (code, lang.load(code, "identify", IdentifyCues))
        if (lang.PACKS / code / "identify.yaml").exists()
        else (code, IdentifyCues())
        for code in lang.languages()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifyCues:
    """`lang/<code>/identify.yaml`: words of the language, and of its kin, that the other never uses.

    `near` is the share of its kin's probability that the language must reach when no telling word occurs.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    near: float = 0.2
    own: frozenset[str] = frozenset()
    kin: dict[str, frozenset[str]] = field(default_factory=dict)
