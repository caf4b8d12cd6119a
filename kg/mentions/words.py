"""The words of a language that name titles, bodies, groups and persons: checked YAML, ready to look up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Generic, Literal, TypeVar

from kg.lang import load
from kg.model import ActorClass, Status

V = TypeVar("V")
Order = Literal["before", "after"]


@cache
def words(code: str) -> Words:
    """Return the compiled packs `titles`, `groups` and `pronouns` of a language."""
    titles, groups, pronouns = (
        load(code, "titles", Titles),
        load(code, "groups", Groups),
        load(code, "pronouns", Pronouns),
    )
    offices = {word: office for office, names in titles.offices.items() for word in names}
    noun_of = {word: noun for noun in groups.nouns for word in noun.words}
    return Words(
        titles=titles,
        groups=groups,
        pronouns=pronouns,
        title_nouns=Phrases((word, offices.get(word, "")) for word in titles.nouns),
        alone=frozenset(titles.alone),
        of_states=frozenset(titles.of_states),
        indefinite=frozenset(titles.indefinite),
        modifiers=frozenset(titles.modifiers),
        honorifics=frozenset(titles.honorifics),
        particles=frozenset(titles.particles),
        not_names=frozenset(titles.not_names),
        articles=frozenset(titles.articles),
        demonstratives=frozenset(titles.demonstratives),
        subnational=frozenset(titles.subnational),
        regions=Phrases((name, name) for name in titles.regions),
        national=frozenset(titles.national),
        members=frozenset(titles.members),
        callings=frozenset(titles.callings),
        followers=frozenset(titles.followers),
        statuses=statuses(titles),
        nouns=Phrases(noun_of.items()),
        noun_of={noun.concept: noun for noun in groups.nouns},
        stop=frozenset(groups.stop),
        several=Phrases((phrase, several) for several in groups.several for phrase in several.words),
        definite=frozenset(groups.definite),
        states=frozenset(groups.states),
        anaphors=_classes(groups.anaphors),
        led=_classes(groups.led),
        group_modifiers=frozenset(groups.modifiers),
        attributive=frozenset(groups.attributive),
        classes=Phrases((word, cls) for cls, names in groups.classes.items() for word in names),
        personal={word: p for p in pronouns.pronouns for word in p.words},
        clitics={word: p for p in pronouns.clitics for word in p.words},
        locative=frozenset(pronouns.locative),
    )


def _classes(listed: list[Anaphor]) -> dict[str, frozenset[ActorClass]]:
    return {word: frozenset(anaphor.cls) for anaphor in listed for word in anaphor.words}


def statuses(titles: Titles) -> dict[str, Status]:
    """Return the words that put a title into the past or the future."""
    found: dict[str, Status] = dict.fromkeys(titles.past, "past")
    found.update(dict.fromkeys(titles.future, "future"))
    return found


class Phrases(Generic[V]):
    """Phrases of lower-case words with a value each; the longest that starts at a place is found."""

    __slots__ = ("_starts",)

    def __init__(self, entries: Iterable[tuple[str, V]]) -> None:
        self._starts: dict[str, list[tuple[list[str], V]]] = {}
        for phrase, value in entries:
            for parts in spellings(phrase):
                self._starts.setdefault(parts[0], []).append((parts, value))
        for listed in self._starts.values():
            listed.sort(key=lambda entry: -len(entry[0]))

    def __contains__(self, word: object) -> bool:
        return word in self._starts

    def at(self, tokens: list[str], start: int) -> tuple[int, V] | None:
        """Return the end and the value of the longest phrase that starts at `start`."""
        for parts, value in self._starts.get(tokens[start], ()):
            end = start + len(parts)
            if tokens[start:end] == parts:
                return end, value
        return None

    def first(self, tokens: list[str]) -> V | None:
        """Return the value of the phrase that ends last among the tokens."""
        best: tuple[int, V] | None = None
        for place in range(len(tokens)):
            found = self.at(tokens, place)
            if found and (best is None or found[0] >= best[0]):
                best = found
        return best[1] if best else None


def spellings(phrase: str) -> list[list[str]]:
    """Return the tokens of a phrase, hyphenated words as one token and as three ("vice-president")."""
    whole = phrase.replace("'s", " 's ")
    return [whole.split(), *([whole.replace("-", " - ").split()] if "-" in whole else [])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """`titles.yaml`: nouns that name an office or role, the words around them, and what is no name."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - read by pydantic, not a field

    order: Order
    past: list[str]
    future: list[str]
    modifiers: list[str]
    offices: dict[str, list[str]]
    nouns: list[str]
    alone: list[str]
    of_states: list[str]
    indefinite: list[str]
    counterparts: list[str]
    ministries: dict[str, str]
    bodies: dict[str, str]
    commands: dict[str, str]
    honorifics: list[str]
    of: list[str]
    articles: list[str]
    demonstratives: list[str]
    joiners: list[str]
    followers: list[str]
    ordinals: list[str]
    english: dict[str, str]
    guess: bool
    places: list[str]
    roles: list[str]
    particles: list[str]
    not_names: list[str]
    subnational: list[str]
    regions: list[str]
    elected: list[str]
    national: list[str]
    members: list[str]
    callings: list[str]
    becoming: list[str]
    naming: list[str]
    as_: list[str]
    domains: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A concept of `groups.yaml` with its words and the class of the actor that it makes.

    `bare: drop` is no actor without owner or modifier, `bare: owned` none without owner;
    `stands_for` means its owner ("Israeli officials");
    one that is `apart` is no other name of an owner who fights too ("Hamas's armed wing");
    one that `classifies` only says what the name beside it is ("the Hezbollah movement").
    """

    concept: str
    words: list[str]
    cls: ActorClass
    bare: Literal["keep", "drop", "owned"] = "keep"
    stands_for: bool = False
    classifies: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """Phrases for `number` actors named before ("the two countries"), of these classes if any are given.

    A `loose` one means them only with a word such as "the". Where the words say which they are ("the two
    Koreas"), `keys` are those of the gazetteer.
    """

    words: list[str]
    number: int
    cls: list[ActorClass]
    loose: bool = False
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Anaphor:
    """Nouns that with "the" or "itu" mean an actor of these classes who was named before ("the movement")."""

    words: list[str]
    cls: list[ActorClass]


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """`groups.yaml`: nouns for bodies and groups, and words that give an organisation its class."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - read by pydantic, not a field

    order: Order
    owners: list[str]
    origins: list[str]
    articles: list[str]
    possessives: list[str]
    joiners: list[str]
    inside_names: list[str]
    wings: list[str]
    documents: list[str]
    not_owner_after: list[str]
    not_owner_before: list[str]
    opposing: list[str]
    collective: list[str]
    events: list[str]
    acts: list[str]
    geography: list[str]
    currencies: list[str]
    stop: list[str]
    several: list[Several]
    definite: list[str]
    plurals: list[str]
    states: list[str]
    anaphors: list[Anaphor]
    led: list[Anaphor]
    others: list[str]
    modifiers: list[str]
    attributive: list[str]
    of_cities: list[str]
    abroad: list[str]
    seats: list[str]
    nouns: list[Noun]
    classes: dict[ActorClass, list[str]]
    default_class: ActorClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronoun:
    """Pronouns that refer to one kind of antecedent."""

    words: list[str]
    kind: Literal["person", "thing", "several", "first", "speaker", "any"]
    gender: Literal["m", "f", ""] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pronouns:
    """`pronouns.yaml`: pronouns, clitics and the words that decide what they refer to."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - read by pydantic, not a field

    pronouns: list[Pronoun]
    clitics: list[Pronoun]
    empty_hosts: list[str]
    sides: list[str]
    expletive_verbs: list[str]
    female: list[str]
    male: list[str]
    speech: list[str]
    asking: list[str]
    countries: list[str]
    locative: list[str]
    towards: list[str]
    of_seats: list[str]
    reasons: list[str]
    charges: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything of a language's packs that mentions and actors look up."""

    titles: Titles
    groups: Groups
    pronouns: Pronouns
    title_nouns: Phrases[str]
    alone: frozenset[str]
    of_states: frozenset[str]
    indefinite: frozenset[str]
    modifiers: frozenset[str]
    honorifics: frozenset[str]
    particles: frozenset[str]
    not_names: frozenset[str]
    articles: frozenset[str]
    demonstratives: frozenset[str]
    subnational: frozenset[str]
    regions: Phrases[str]
    national: frozenset[str]
    members: frozenset[str]
    callings: frozenset[str]
    followers: frozenset[str]
    statuses: Mapping[str, Status]
    nouns: Phrases[Noun]
    noun_of: Mapping[str, Noun]
    stop: frozenset[str]
    several: Phrases[Several]
    definite: frozenset[str]
    states: frozenset[str]
    anaphors: Mapping[str, frozenset[ActorClass]]
    led: Mapping[str, frozenset[ActorClass]]
    group_modifiers: frozenset[str]
    attributive: frozenset[str]
    classes: Phrases[ActorClass]
    personal: Mapping[str, Pronoun]
    clitics: Mapping[str, Pronoun]
    locative: frozenset[str]
