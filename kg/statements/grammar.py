"""What the engine must know of a language, read from `grammar.yaml`: function words, never content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from pydantic import ConfigDict

from kg.lang import load

Voice = Literal["active", "passive", "base"]
STRICT = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassiveRule:
    """How an active verb form turns into its passive and its bare form, 'menuduh' -> 'dituduh', 'tuduh'.

    `active` is a regular expression for the prefix, the others are what may stand in its place.
    """

    __pydantic_config__ = STRICT
    active: str
    passive: tuple[str, ...]
    base: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Auxiliaries:
    """Auxiliary and adverb words by what they do to a statement."""

    __pydantic_config__ = STRICT
    planned: tuple[str, ...] = ()
    reported: tuple[
        str, ...
    ] = ()  # future seen from the past: planned below a claim ("said it would"), else hypothetical
    destined: tuple[str, ...] = ()  # "is to meet"
    hypothetical: tuple[str, ...] = ()
    able: tuple[str, ...] = ()  # "could not agree": those of them that say, denied, that it did not happen
    attempted: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    probable: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """Function words of one language; `match` says whether word lists hold lemmas or surface forms."""

    __pydantic_config__ = STRICT
    match: Literal["lemma", "lower"]
    agents: tuple[str, ...]
    between: tuple[str, ...]
    of: tuple[str, ...]
    possessive: tuple[str, ...] = ()  # "Russia's attack": marks of an owner
    asked: tuple[str, ...] = ()  # prepositions of who is asked to act: "called on Peru to go"
    requests: tuple[str, ...] = ()  # what the clause of the act begins with: "to", "agar"
    barring: tuple[str, ...] = ()  # "barred from standing by Peru": whose agent is that of the verb above
    as_: tuple[str, ...]
    relatives: tuple[str, ...]
    negators: tuple[str, ...]
    or_: tuple[str, ...] = ()  # "not Peru or Chile" leaves both out
    merely: tuple[str, ...] = ()  # "not only Peru": that is no denial
    conditions: tuple[str, ...]
    regardless: tuple[str, ...] = ()  # "even if": no condition
    resigning: tuple[str, ...] = ()  # verbs by which who holds an office leaves it
    thus: tuple[str, ...] = ()  # what ends a report and says whose it is: "demikian pernyataan X"
    contrasts: tuple[str, ...] = ()  # what stands above does not reach below "while", "sedangkan"
    complementisers: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    journeys: tuple[str, ...] = ()  # "arrived to hold talks": what a journey is for is still to come
    authoring: tuple[str, ...] = ()  # "rejected a bill tabled by X": whose it is
    lingering: tuple[str, ...] = ()  # "no longer an ally": a negator of the adverb denies the rest
    receiving: tuple[str, ...] = ()  # "received aid from Chile": the subject is who gets it
    undergone: tuple[str, ...] = ()  # "came under attack by Chad": so is who is under something
    inquiries: tuple[str, ...] = ()  # "led the inquiry into the murder of X": who does so is no murderer
    by_means: tuple[str, ...] = ()  # with them, "with the help of Chile": who acts so is helped by Chile
    means: tuple[str, ...] = ()
    involving: tuple[str, ...] = ()  # "the talks involved Chad and Libya": who takes part
    providing: tuple[str, ...] = ()  # "provided Peru with aid": the means are not the subject's
    circumstances: tuple[str, ...] = ()  # "left because of the strikes": who left did not strike
    mutual: tuple[str, ...] = ()  # "accused each other", "saling menuduh": each does it to the others
    linking: tuple[str, ...] = ()  # "merupakan musuh X", "became a critic of X": said of the subject
    attached: tuple[str, ...] = ()  # "Iran-backed group": participles that leave a group its own
    deeds: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """Nouns for what was told before, each with the types it may mean: "condemned the verdict"; none: any."""
    claims: tuple[str, ...] = ()  # "called the account fiction": what somebody says, and others doubt
    events: tuple[str, ...] = ()  # "denied it": pronouns that may mean what was told
    others: tuple[str, ...] = ()  # "the earlier plan" is another one than was told
    exists: tuple[str, ...] = ()  # "tidak ada serangan": what is said of the verb is said of its subject
    according: tuple[str, ...]
    conjunctions: tuple[str, ...]
    examples: tuple[str, ...]
    auxiliaries: Auxiliaries
    first_person: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()  # "Besancenot from the Communist League": whom a person belongs to
    passives: tuple[PassiveRule, ...] = ()
    verbal_prepositions: tuple[str, ...] = ()
    possessor_behind: bool = False

    def forms(self, active: str) -> dict[str, Voice]:
        """Return the surface forms of an active verb with their voice; the bare one may be either."""
        found: dict[str, Voice] = {}
        for rule in self.passives:
            if re.match(rule.active, active):
                found |= {re.sub(rule.active, form, active): "base" for form in rule.base}
                found |= {re.sub(rule.active, form, active): "passive" for form in rule.passive}
                break
        return found | {active: "active"}


@cache
def grammar(code: str) -> Grammar:
    """Return the grammar words of a language."""
    return load(code, "grammar", Grammar)
