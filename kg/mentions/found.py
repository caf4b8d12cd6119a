"""What `kg_mentions` and `kg_actors` leave on a Doc, by tokens: `doc._.mentions` and `doc._.titles`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import ActorClass, Form, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention:
    """Tokens `start` to `end` (half-open) that stand for an actor, or for several (`members`).

    Nested mentions are listed too ("Ukraine" inside "Ukraine's forces"). `head` is the token of the mention
    whose own head lies outside it; of a name behind its description ("the Kurdish group PKK") it is the
    description's noun. `actor` is "" until `kg_actors` has run, and where there are `members`.
    `within` and `belongs_to` are indexes in `doc._.mentions`: the smallest mention around this one, and the
    state or body that this one is a part of ("pasukan Ukraina" belongs to "Ukraina").
    """

    start: int
    end: int
    head: int
    form: Form
    cls: ActorClass
    actor: str
    members: tuple[str, ...] = ()
    within: int | None = None
    belongs_to: int | None = None

    @property
    def actors(self) -> tuple[str, ...]:
        """Every actor that it stands for."""
        return self.members or (self.actor,)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleUse:
    """Tokens of a title with the body that it names ("Presiden Rusia"), and the person who bears it.

    `person` and `body` are indexes in `doc._.mentions`; `body` is None where the text does not name it.
    `status` is past for "former", "mantan", "ex-" and future for "-elect", "terpilih".
    """

    start: int
    end: int
    person: int
    body: int | None
    status: Status


def implied(mentions: Sequence[ActorMention], titles: Sequence[TitleUse]) -> frozenset[int]:
    """Return the bodies that a title names by itself, by number: the police in "Kapolri X".

    As a person's title the words mean that person; the body is there for the office alone.
    """
    return frozenset(
        title.body
        for title in titles
        if title.body is not None
        and (mentions[title.body].start, mentions[title.body].end) == (title.start, title.end)
    )
