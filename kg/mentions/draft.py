"""What is known of a mention before it is resolved, and a Doc's tokens as plain lists (faster to read)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from kg.model import ActorClass, Form, Status

MOST_TOKENS = 9  # of a name


@dataclass(slots=True, kw_only=True, eq=False)
class Draft:
    """A mention in the making.

    `keys` are the gazetteer's actors of that name, `concept` is the noun of a body or group ("police"), and
    `owner` the mention of the state or body that it is attached to; `joint` are owners beside that one
    ("British and Canadian troops"); `stands_for` is true where it means its owner ("Israeli officials").
    """

    start: int
    end: int
    form: Form
    cls: ActorClass
    keys: tuple[str, ...] = ()
    concept: str = ""
    owner: Draft | None = None
    joint: tuple[Draft, ...] = ()
    stands_for: bool = False
    plural: bool = False
    surname: bool = False
    keep: bool = True
    noun: int = -1
    head: int = -1


@dataclass(slots=True, kw_only=True, eq=False)
class TitleDraft:
    """A title in the text: its noun, the body that it names, and the person beside it, if any."""

    start: int
    end: int
    noun: str
    office: str
    status: Status
    body: Draft | None = None
    person: Draft | None = None


class Sheet:
    """The columns of a Doc that the rooms `mentions` and `actors` read."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.size = len(doc)
        self.texts: list[str] = [token.text for token in doc]
        self.lowers: list[str] = [text.lower() for text in self.texts]
        self.capital: list[bool] = [text[:1].isupper() for text in self.texts]

    @cached_property
    def pos(self) -> list[str]:
        """Parts of speech."""
        return [token.pos_ for token in self.doc]

    @cached_property
    def dep(self) -> list[str]:
        """Dependency labels."""
        return [token.dep_ for token in self.doc]

    @cached_property
    def heads(self) -> list[int]:
        """Head of each token; a root is its own."""
        return [token.head.i for token in self.doc]

    @cached_property
    def lemmas(self) -> list[str]:
        """Lemmas."""
        return [token.lemma_ for token in self.doc]

    @cached_property
    def sentence(self) -> list[int]:
        """Number of the sentence of each token."""
        number, found = -1, []
        for token in self.doc:
            number += bool(token.is_sent_start) or number < 0
            found.append(number)
        return found

    @cached_property
    def quoted(self) -> list[bool]:
        """Whether a token stands inside a direct quotation."""
        found = [False] * self.size
        for span in self.doc.spans.get("quotes", ()):
            found[span.start : span.end] = [True] * (span.end - span.start)
        return found

    def prefix(self, token: int) -> str:
        """Return the word that a hyphen joins to a token: "anti" before "Syrian"; "" if none does."""
        return self.lowers[token - 2] if token > 1 and self.lowers[token - 1] == "-" else ""

    def head_of(self, start: int, end: int) -> int:
        """Return the first token of a span whose head lies outside it, or that is a root."""
        heads = self.heads
        for token in range(start, end):
            if not start <= heads[token] < end or heads[token] == token:
                return token
        return end - 1

    def text(self, start: int, end: int) -> str:
        """Return the text of a span, with single spaces."""
        return " ".join(self.doc[start:end].text.split())
