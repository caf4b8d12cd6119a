"""The actors of one document while they are being collected: ids, names, labels and the surfaces seen."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.ids import minted, normalise, wikidata
from kg.mentions.gazetteer import Entry, gazetteer
from kg.model import Actor, ActorClass


@dataclass(slots=True, kw_only=True)
class Record:
    """One actor: what the text calls it gathers in `surfaces`."""

    id: str
    name: str
    cls: ActorClass
    key: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    surfaces: set[str] = field(default_factory=set)
    gender: str = ""

    def actor(self) -> Actor:
        """Return the finished actor; aliases are the other surfaces and labels, without the name itself."""
        aliases = {*self.surfaces, *self.labels.values()} - {self.name, ""}
        return Actor(
            id=self.id,
            name=self.name,
            cls=self.cls,
            labels=tuple(sorted(self.labels.items())),
            aliases=tuple(sorted(aliases)),
        )


class Records:
    """The actors of a document by id."""

    def __init__(self, document: str, lang: str) -> None:
        self.by_id: dict[str, Record] = {}
        self.known_by_concept: dict[str, dict[str, Record]] = {}
        self._document = document
        self._lang = lang

    def known(self, entry: Entry, surface: str = "") -> Record:
        """Return the record of a gazetteer's actor."""
        id_ = wikidata(entry.qid) if entry.qid else minted(entry.name, entry.cls)
        record = self.by_id.get(id_)
        if record is None:
            labels = {"en": entry.name, "id": entry.label_id}
            record = Record(id=id_, name=entry.name, cls=entry.cls, key=entry.key, labels=labels)
            self.by_id[id_] = record
            if entry.concept:
                self.known_by_concept.setdefault(entry.concept, {})[id_] = record
        return seen(record, surface)

    def new(
        self, name: str, cls: ActorClass, *, surface: str = "", label: str = "", local: bool = False
    ) -> Record:
        """Return the record of an actor without a Wikidata id; a `local` one is another in each document.

        "The police" of two documents are not the same police, and two men called Hassan are not one.
        """
        if not normalise(name):
            name = surface or name
        id_ = minted(f"{name} {self._document}" if local else name, cls)
        record = self.by_id.get(id_)
        if record is None:
            record = Record(id=id_, name=name, cls=cls, labels={self._lang: label} if label else {})
            self.by_id[id_] = record
        return seen(record, surface)

    def by_key(self, key: str, surface: str = "") -> Record:
        """Return the record of the gazetteer's actor with that key."""
        return self.known(gazetteer().entries[key], surface)


def seen(record: Record, surface: str) -> Record:
    """Note what the text calls an actor."""
    if surface:
        record.surfaces.add(surface)
    return record
