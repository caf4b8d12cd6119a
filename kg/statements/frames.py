"""Frames: which words express a relation type, and where its source and its target stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import ConfigDict

from kg.errors import ResourceError, UnknownNameError
from kg.lang import load
from kg.model import ActorClass, Modality, Status
from kg.ontology import relation_types
from kg.statements.grammar import Grammar, Voice, grammar

Kind = Literal["verb", "noun", "role", "adjective"]

# Where an argument may stand; every other slot name is a preposition of the language.
SLOTS = (
    "subject",  # Russia attacked; of passives the agent
    "object",  # attacked Russia; of passives the subject
    "iobject",  # gave Russia weapons
    "clause",  # urged that Iran halt: subject of the clause that the verb governs
    "possessor",  # Russia's attack, serangan Rusia
    "modifier",  # the Russian attack, Iran-backed fighters
    "host",  # Russia launched an attack: subject of the verb that governs the noun
    "bearer",  # Iran is an ally, Iran, an ally of Syria, its ally Iran: who a role noun is said of
    "joined",  # anti-American: what a prefix stands before
    "fellow",  # Hamas and rival Fatah: what the bearer is coordinated with
    "head",  # forces backed by Iran, hostile states: the noun that a participle or adjective describes
    "giver",  # received aid from Russia: with "receiver", for every noun of an act that is not mutual
    "receiver",  # Russia received aid
    "told",  # called the move an insult: who made the move, told before (kg/statements/anaphora.py)
    "between",  # talks between Moscow and Beijing, Russia-China talks: the members of a pair
)
TOLD = "told"
STRICT = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One way of saying a relation type; `source` and `target` list slots in order of preference.

    `complement` are the nouns that fill "as …" in "regard Y as …" (`*` any); `needs` words of which one must
    depend on the predicate ("supply weapons", not "supply food"); `without` words of which none may. No
    target is of a `barred` class ("joined NATO", not "joined Peru in a protest").
    """

    __pydantic_config__ = STRICT
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    complement: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    barred: tuple[ActorClass, ...] = ()
    negated: bool = False
    modality: Modality | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A frame under one form of a word; `lemma` is the form in the file, which the scorer learns from."""

    type: str
    kind: Kind
    word: str
    lemma: str
    others: tuple[str, ...]
    voice: Voice | None
    source: tuple[str, ...]
    target: tuple[str, ...]
    frame: Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Words that take an event and say how it stands: "plans to", "denied that", "the threat of", "launch".

    `claim`: the operator's subject says it. `control`: whose act the event is, the operator's subject or
    object ("urged Iran to release" - Iran releases). `light`: the noun below takes the verb's subject and
    obliques for its own. `factive`: what it does leaves the event a fact, whatever stands above ("should
    end the boycott" - there is one); its status holds where the operator itself is a fact ("ended it").
    `unnamed`: the modality where a claim has nobody who claims it ("is suspected of"). `denied`: the
    modality, and no denial, where the operator itself is denied ("did not confirm that").
    `needs`: words of which one must depend on the verb ("rule … out"). `over`: what must stand below ("cancel
    a visit", not "cancel sanctions").
    """

    __pydantic_config__ = STRICT
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    modality: Modality | None = None
    unnamed: Modality | None = None
    denied: Modality | None = None
    status: Status | None = None
    negated: bool = False
    claim: bool = False
    light: bool = False
    factive: bool = False
    control: Literal["subject", "object"] = "subject"
    needs: tuple[str, ...] = ()
    over: tuple[str, ...] = ()


DEFAULTS: Mapping[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "verb": (("subject",), ("object",)),
    "noun": (("possessor", "modifier", "host"), ()),
    "role": (("bearer",), ("possessor", "modifier")),
    "adjective": (("head", "bearer"), ()),
}


@cache
def frames(code: str) -> Mapping[str, tuple[Entry, ...]]:
    """Return the frames of a language by the first word of their predicate, in the order of the file."""
    path = f"kg/lang/{code}/frames.yaml"
    known = relation_types()
    words = grammar(code)
    index: dict[str, list[Entry]] = {}
    for type_, entries in load(code, "frames", dict[str, tuple[Frame, ...]]).items():
        if type_ not in known:
            raise ResourceError(str(UnknownNameError("relation type", type_, known)), path=path, key=type_)
        for number, frame in enumerate(entries):
            for entry in _entries(type_, frame, words):
                if not entry.target:
                    raise ResourceError("has no target", path=path, key=f"{type_}.{number}")
                index.setdefault(entry.word, []).append(entry)
    return {word: tuple(found) for word, found in index.items()}


@cache
def operators(code: str) -> Mapping[str, tuple[tuple[Operator, Voice | None], ...]]:
    """Return the operators of a language by their words."""
    words = grammar(code)
    index: dict[str, list[tuple[Operator, Voice | None]]] = {}
    for operator in load(code, "operators", tuple[Operator, ...]):
        for verb in operator.verbs:
            for form, voice in _forms(verb, words).items():
                index.setdefault(form, []).append((operator, voice))
        for noun in operator.nouns:
            index.setdefault(noun, []).append((operator, None))
    return {word: tuple(found) for word, found in index.items()}


@cache
def hyphenated(code: str) -> frozenset[str]:
    """Return the words with a hyphen that frames and operators know: "run-off", "co-founder"."""
    index = frames(code)
    more = (
        w for found in index.values() for e in found for w in (*e.others, *e.frame.needs, *e.frame.without)
    )
    return frozenset(word for word in (*index, *operators(code), *more) if "-" in word)


def _entries(type_: str, frame: Frame, words: Grammar) -> list[Entry]:
    found = []
    by_kind: dict[Kind, tuple[str, ...]] = {
        "verb": frame.verbs,
        "noun": frame.nouns,
        "role": frame.roles,
        "adjective": frame.adjectives,
    }
    for kind, phrases in by_kind.items():
        source, target = DEFAULTS[kind]
        for phrase in phrases:
            word, *others = (part.replace("_", " ") for part in phrase.split())
            forms = _forms(word, words) if kind == "verb" else {word: None}
            found += [
                Entry(
                    type=type_,
                    kind=kind,
                    word=form,
                    lemma=word,
                    others=tuple(others),
                    voice=voice,
                    source=frame.source or source,
                    target=frame.target or target,
                    frame=frame,
                )
                for form, voice in forms.items()
            ]
    return found


def _forms(verb: str, words: Grammar) -> Mapping[str, Voice | None]:
    """Return a verb's forms with their voice; None where only syntax tells it ('attacked')."""
    return words.forms(verb) if words.passives else {verb: None}
