"""Roots of Indonesian words: a table learned from treebanks, then affixes taken off down to a known root."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from pydantic import ConfigDict
from spacy.tokens import Doc

from kg import lang
from kg.understand.indonesian_tokens import TokenRules, is_redoubled

_INFLECTED = frozenset(("NOUN", "VERB", "ADJ", "ADV", "NUM"))
_PLAIN = re.compile(r"[a-z]+(?:-[a-z]+)*")
_DEEPEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefix:
    """A prefix as written, and what the root behind it may have begun with."""

    written: str
    root: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What is taken off a word of these parts of speech whose root nobody knows."""

    pattern: str
    root: str
    pos: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Affixes:
    """The affixes of `kg/lang/id/affixes.yaml`."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    prefixes: tuple[Prefix, ...]
    suffixes: tuple[str, ...]
    unknown: tuple[Cut, ...]
    unknown_suffixes: dict[str, tuple[str, ...]]
    roots: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RootTable:
    """What the treebanks teach: lemmas by form and part of speech, and roots, the most frequent first."""

    forms: dict[str, dict[str, str]] = field(default_factory=dict)
    roots: tuple[str, ...] = ()
    attested: tuple[str, ...] = ()


def candidates(word: str, affixes: Affixes) -> dict[str, int]:
    """Return every string that affixes may have turned into `word`, with the number of affixes."""
    seen: dict[str, int] = {}
    todo = [(word, 0)]
    for form, depth in todo:
        if form in seen:
            continue
        seen[form] = depth
        if depth == _DEEPEST:
            continue
        for suffix in affixes.suffixes:
            if form.endswith(suffix) and len(form) - len(suffix) >= 3:
                todo.append((form[: -len(suffix)], depth + 1))
        for prefix in affixes.prefixes:
            if form.startswith(prefix.written):
                rest = form[len(prefix.written) :]
                todo.extend((start + rest, depth + 1) for start in prefix.root if len(start + rest) >= 3)
    return seen


class IndonesianLemmatizer:
    """A spaCy component that sets `token.lemma_` from form and part of speech; names keep their form."""

    def __init__(self, table: RootTable | None = None) -> None:
        self.table = table or RootTable()
        self.affixes = lang.load("id", "affixes", Affixes)
        self.fixed = lang.load("id", "tokens", TokenRules).lemmas
        self._sure = frozenset(self.affixes.roots.split())
        self._cuts = [(re.compile(cut.pattern), cut) for cut in self.affixes.unknown]
        self._cache: dict[tuple[str, str], str] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the lemma of every token."""
        for token in doc:
            token.lemma_ = self.lemma(token.lower_, token.pos_)
        return doc

    def lemma(self, form: str, pos: str) -> str:
        """Return the lemma of a lower-case form: "menganggap" is "anggap", "kemitraan" is "mitra"."""
        found = self._cache.get((form, pos))
        if found is None:
            found = self._cache[form, pos] = self._lemma(form, pos)
        return found

    def _lemma(self, form: str, pos: str) -> str:
        if form in self.fixed:
            return self.fixed[form]
        if pos == "PROPN":
            return form
        known = self.table.forms.get(form)
        if known:
            # The tagger may be wrong: then the form's most frequent lemma, which stands first.
            return known.get(pos) or next(iter(known.values()))
        if pos in _INFLECTED and _PLAIN.fullmatch(form):
            return self.root(form, pos)
        return form

    def root(self, form: str, pos: str) -> str:
        """Return the root of a form that the table lacks."""
        if "-" in form:
            first, _, second = form.partition("-")
            if not is_redoubled(first, second):
                return form
            return min(
                self._lemma(first, pos),
                self._lemma(second, pos),
                key=lambda r: (self._rank.get(r, len(self._rank)), len(r)),
            )
        found = candidates(form, self.affixes)
        rank = self._rank
        sure = [c for c in found if c in self._sure]
        if sure:
            return max(sure, key=len)
        roots = [c for c in found if c in rank and len(c) > 3] or [c for c in found if c in rank]
        if roots:
            return max(roots, key=lambda c: (found[c], -rank[c]))
        attested = [c for c in found if c in self._attested]
        if attested:
            return min(attested, key=self._attested.__getitem__)
        return self._cut(form, pos)

    def _cut(self, form: str, pos: str) -> str:
        for pattern, cut in self._cuts:
            match = pattern.match(form) if pos in cut.pos else None
            if match:
                rest = cut.root + form[match.end() :]
                suffix = next(
                    (
                        s
                        for s in self.affixes.unknown_suffixes[pos]
                        if rest.endswith(s) and len(rest) - len(s) > 2
                    ),
                    "",
                )
                return rest.removesuffix(suffix)
        return form

    @cached_property
    def _rank(self) -> dict[str, int]:
        return {root: rank for rank, root in enumerate(self.table.roots)}

    @cached_property
    def _attested(self) -> dict[str, int]:
        return {root: rank for rank, root in enumerate(self.table.attested)}

    def to_bytes(self, **_: Any) -> bytes:
        """Return the table as JSON."""
        table = {"forms": self.table.forms, "roots": self.table.roots, "attested": self.table.attested}
        return (json.dumps(table, ensure_ascii=False, indent=0) + "\n").encode()

    def from_bytes(self, data: bytes, **_: Any) -> IndonesianLemmatizer:
        """Take the table from JSON."""
        read = json.loads(data)
        self.table = RootTable(
            forms=read["forms"], roots=tuple(read["roots"]), attested=tuple(read["attested"])
        )
        self._cache.clear()
        self.__dict__.pop("_rank", None)
        self.__dict__.pop("_attested", None)
        return self

    def to_disk(self, path: Path | str, **_: Any) -> None:
        """Write the table as `roots.json` into the folder `path`."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "roots.json").write_bytes(self.to_bytes())

    def from_disk(self, path: Path | str, **_: Any) -> IndonesianLemmatizer:
        """Read the table from `roots.json` in the folder `path`."""
        return self.from_bytes((Path(path) / "roots.json").read_bytes())
