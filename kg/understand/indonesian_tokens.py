"""The tokenizer of Indonesian news: clitics, name pairs, abbreviations and joined words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from pydantic import ConfigDict
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from kg import lang

Words = frozenset[str]

_CHUNK = re.compile(r"\S+")
_URL = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|(?:[\w-]+\.)+(?:com|co|id|org|net|gov|edu|tv|info|news|uk|my|sg|au)(?:/\S*)?",
    re.IGNORECASE,
)
_OPENING = re.compile(r"""``|--+|\.\.\.+|…|["'“”‘’«»‹›„`()\[\]{}<>•·*#,;:!?~=|–—]|[-.](?=\D)""")
_CLOSING = re.compile(r"""''|--+|\.\.\.+|…|['’]s|["'“”‘’«»‹›„`()\[\]{}<>•·*,;:!?~=|–—%]|[-.]""")
_CURRENCY = re.compile(
    r"Rp\.?(?=\d)|(?:US|A|S|HK|NZ)(?=\$)|[$£€¥](?=\d)|°(?=[CF])|US(?=\d{3,})", re.IGNORECASE
)
_INFIX = re.compile(
    r"""(--+|\.\.\.+|[…–—“”"()\[\]{}<>;=|*])"""
    r"""|(?<=[^\W\d_]{2})(/)(?=[^\W\d_]{2})|(?<=\d{3})(/)(?=\d\.?\d{3})"""
    r"""|(?<=[^\W\d_])([,:!?])(?=[^\W\d_])|(?<=[a-z]{2})(\.)(?=[A-Z])|(?<=[a-z]{2}[.])([A-Z].*)"""
    r"""|(?<=\d)(-)(Rp\.?)(?=\d)|([?!])(?=\*)"""
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")
_NUMBER = re.compile(r"[\d.,]*\d")
_AFFIXES = re.compile(r"(?:me|ber|ter|pe|per|se|ke|di|keber|memper)?[nmgyr]{0,3}\|(?:an|kan|i)?(?:nya)?")


@dataclass(frozen=True, kw_only=True)
class TokenRules:
    """The words of `kg/lang/<code>/tokens.yaml`, read as sets; the Indonesian one explains each list."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    nya_whole: str
    person_hosts: str
    particle_hosts: dict[str, str]
    abbreviations: str
    name_prefixes: str
    whole_names: str
    given_name_after: str
    joined: tuple[str, ...]
    lemmas: dict[str, str]


def make_tokenizer() -> Callable[[Language], IndonesianTokenizer]:
    """Return the factory that a pipeline's configuration names as its tokenizer; Malay has its own words."""
    return lambda nlp: IndonesianTokenizer(nlp.vocab, lang.load(nlp.lang or "id", "tokens", TokenRules))


def is_redoubled(first: str, second: str) -> bool:
    """Return whether two hyphenated parts are one redoubled word, in whatever form.

    "negara-negara", "besar-besaran", "tolong-menolong", "bolak-balik" (only vowels change) and "sayur-mayur"
    (only the first sound changes) are; "Rusia-Tiongkok" and "Niger-Nigeria" are not.
    """
    first, second = first.lower(), second.lower()
    short, long = sorted((first, second), key=len)
    if len(short) < 3:
        return first == second
    for stem in (short, short[1:] if len(short) > 4 else short):
        place = long.find(stem)
        if place >= 0 and _AFFIXES.fullmatch(f"{long[:place]}|{long[place + len(stem) :]}"):
            return True
    skeleton = re.sub("[aeiou]", "*", first) == re.sub("[aeiou]", "*", second)
    rhyme = len(first) == len(second) and first[1:] == second[1:]
    return skeleton or rhyme


class IndonesianTokenizer:
    """Cut a text into tokens whose words and spaces give the text back, character by character.

    The rules come with the package and not with the weights, so there is nothing to write to disk: a changed
    word list works at once.
    """

    def __init__(self, vocab: Vocab, rules: TokenRules | None = None) -> None:
        self.vocab = vocab
        self.rules = rules or lang.load("id", "tokens", TokenRules)
        self._cache: dict[str, tuple[str, ...]] = {}

    def __call__(self, text: str) -> Doc:
        """Return `text` as a Doc; white space beyond one blank is a token, as in spaCy's own tokenizer."""
        words: list[str] = []
        spaces: list[bool] = []
        place = 0
        before = ""
        for chunk in _CHUNK.finditer(text):
            place = self._add_space(text[place : chunk.start()], words, spaces, chunk.start())
            pieces = self._pieces(chunk.group(), before)
            words.extend(pieces)
            spaces.extend([False] * len(pieces))
            before, place = chunk.group(), chunk.end()
        self._add_space(text[place:], words, spaces, len(text))
        return Doc(self.vocab, **self._join(words, spaces))

    def pipe(self, texts: Any, batch_size: int = 1000) -> Any:  # noqa: ARG002 - spaCy passes it
        """Yield a Doc for each text."""
        for text in texts:
            yield self(text)

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: the rules are the package's own."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> IndonesianTokenizer:  # noqa: ARG002 - spaCy's protocol
        """Return the tokenizer unchanged."""
        return self

    def to_disk(self, path: Path | str, **_: Any) -> None:
        """Write nothing: the rules are the package's own."""

    def from_disk(self, path: Path | str, **_: Any) -> IndonesianTokenizer:  # noqa: ARG002 - spaCy's protocol
        """Return the tokenizer unchanged."""
        return self

    @staticmethod
    def _add_space(space: str, words: list[str], spaces: list[bool], end: int) -> int:
        if space.startswith(" ") and words:
            spaces[-1] = True
            space = space[1:]
        if space:
            words.append(space)
            spaces.append(False)
        return end

    def _join(self, words: list[str], spaces: list[bool]) -> dict[str, Any]:
        firsts = self._firsts
        joined = self.rules.joined
        out: list[str] = []
        after: list[bool] = []
        index, count = 0, len(words)
        while index < count:
            word = words[index]
            if spaces[index] and word.lower() in firsts and index + 1 < count:
                pair = f"{word} {words[index + 1]}"
                if pair.lower() in joined:
                    out.append(pair)
                    after.append(spaces[index + 1])
                    index += 2
                    continue
            out.append(word)
            after.append(spaces[index])
            index += 1
        return {"words": out, "spaces": after}

    def _pieces(self, chunk: str, before: str) -> tuple[str, ...]:
        if before.lower() in self._given_name_after and before[0].isupper():
            # "Lee Jae-Myung": the pair is one given name.
            return tuple(self._split(chunk, whole=True))
        found = self._cache.get(chunk)
        if found is None:
            found = self._cache[chunk] = tuple(self._split(chunk))
        return found

    def _split(self, chunk: str, *, whole: bool = False) -> list[str]:
        head: list[str] = []
        tail: list[str] = []
        if len(chunk) > 1:
            chunk = self._peel(chunk, head, tail)
        if not chunk:
            return head + tail[::-1]
        if _URL.fullmatch(chunk) or chunk.lower() in self._abbreviations:
            return [*head, chunk, *tail[::-1]]
        middle: list[str] = []
        for piece in filter(None, _INFIX.split(chunk)):
            middle.extend(self._word(piece, whole=whole))
        return head + middle + tail[::-1]

    def _peel(self, chunk: str, head: list[str], tail: list[str]) -> str:
        while len(chunk) > 1:
            opening = _OPENING.match(chunk) or _CURRENCY.match(chunk)
            if not opening or opening.end() == len(chunk):
                break
            head.append(opening.group())
            chunk = chunk[opening.end() :]
        while len(chunk) > 1:
            if chunk[-1] == "." and (chunk.lower() in self._abbreviations or _INITIALS.fullmatch(chunk)):
                break
            closing = next(
                (m for m in _CLOSING.finditer(chunk, max(0, len(chunk) - 6)) if m.end() == len(chunk)), None
            )
            if not closing or closing.start() == 0:
                break
            tail.append(closing.group())
            chunk = chunk[: closing.start()]
        return chunk

    def _word(self, word: str, *, whole: bool) -> list[str]:
        if "-" in word and len(word) > 2:
            return self._hyphenated(word, whole=whole)
        return self._clitic(word)

    def _hyphenated(self, word: str, *, whole: bool) -> list[str]:
        parts = word.split("-")
        last = parts[-1].lower()
        if last in ("nya", "ku", "mu", "lah", "kah", "pun") and parts[0]:
            return [*self._word("-".join(parts[:-1]), whole=whole), "-", parts[-1]]
        if not all(parts) or whole or word.lower() in self._whole_names:
            return [word]
        if len(parts) == 2 and all(_NUMBER.fullmatch(part) for part in parts):
            return [parts[0], "-", parts[1]]
        if all(len(part) > 1 and part.isalpha() and part[0].isupper() for part in parts) and not (
            self._binds(parts[0]) or is_redoubled(parts[0], parts[1])
        ):
            pieces = [piece for part in parts for piece in ("-", *self._clitic(part))]
            return pieces[1:]
        if word[:2].lower() == "se":
            # "sebagus-bagusnya": an adverb, no possessor.
            return [word]
        *rest, final = self._clitic(parts[-1])
        return ["-".join([*parts[:-1], *rest]), final] if rest else [word]

    def _binds(self, part: str) -> bool:
        return not part.isupper() and part.lower() in self._name_prefixes

    def _clitic(self, word: str) -> list[str]:
        lower = word.lower()
        for particle, hosts in self._particle_hosts.items():
            if lower.endswith(particle) and lower[: -len(particle)] in hosts:
                return [word[: -len(particle)], word[-len(particle) :]]
        if lower.endswith("nya") and len(lower) > 4 and lower not in self._nya_whole and lower[:-3].isalpha():
            return [word[:-3], word[-3:]]
        if lower.endswith(("ku", "mu")) and lower[:-2] in self._person_hosts:
            return [word[:-2], word[-2:]]
        return [word]

    @cached_property
    def _firsts(self) -> Words:
        return frozenset(pair.split()[0] for pair in self.rules.joined)

    @cached_property
    def _nya_whole(self) -> Words:
        return frozenset(self.rules.nya_whole.split())

    @cached_property
    def _person_hosts(self) -> Words:
        return frozenset(self.rules.person_hosts.split())

    @cached_property
    def _particle_hosts(self) -> dict[str, Words]:
        return {particle: frozenset(hosts.split()) for particle, hosts in self.rules.particle_hosts.items()}

    @cached_property
    def _abbreviations(self) -> Words:
        return frozenset(self.rules.abbreviations.split())

    @cached_property
    def _name_prefixes(self) -> Words:
        return frozenset(self.rules.name_prefixes.split())

    @cached_property
    def _whole_names(self) -> Words:
        return frozenset(self.rules.whole_names.split())

    @cached_property
    def _given_name_after(self) -> Words:
        return frozenset(self.rules.given_name_after.split())


registry.tokenizers.register("polkg.IndonesianTokenizer.v1", func=make_tokenizer)
