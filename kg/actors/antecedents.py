"""Whom a pronoun means: what speaks for and against each candidate, weighed as annotated text taught.

A log-linear ranking of the candidates and of "nobody" (Denis and Baldridge 2008, "Specialized models and
ranking for coreference resolution"). Its features are named judgements, whose weights
`training/antecedents.py` learns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from math import log1p
from pathlib import Path

from kg.actors.records import Record
from kg.errors import ResourceError
from kg.lang import checked, read_yaml
from kg.mentions.draft import Draft, Sheet
from kg.mentions.words import Words

WEIGHTS = Path(__file__).parent / "data" / "antecedents.json"
SUBJECT = frozenset({"subj", "passive"})
OWNING = frozenset({"nmod", "nmod:poss"})
VERBS = frozenset({"VERB", "AUX"})
NOUNS = frozenset({"ADJ", "NOUN"})
NEAR = 8  # words before a noun where its preposition stands
DEEP = 15  # steps up a tree
ROLES = {
    "nsubj": "subj",
    "nsubj:pass": "passive",
    "obj": "obj",
    "iobj": "obj",
    "obl:agent": "agent",
    "nmod:poss": "poss",
    "appos": "appos",
    "root": "root",
    "ROOT": "root",
} | dict.fromkeys(("compound", "amod", "flat", "flat:name"), "mod")

Features = dict[str, float]


class Standing:
    """Where a mention stands in its sentence; `head` is the word that has its role, a title's for a name."""

    def __init__(self, sheet: Sheet, words: Words, draft: Draft, head: int) -> None:
        self.sheet, self.words, self.draft, self.head = sheet, words, draft, head

    @cached_property
    def first(self) -> int:
        """The head, or for one that is joined by "and" that of the first: all have its role."""
        token = self.head
        for _ in range(DEEP):
            if self.sheet.dep[token] != "conj":
                break
            token = self.sheet.heads[token]
        return token

    @cached_property
    def role(self) -> str:
        """What it is to the word above it."""
        dep = self.sheet.dep[self.first]
        role = ROLES.get(dep) or next((role for role in ("obl", "nmod") if dep.startswith(role)), "other")
        if role == "other" and self.draft.form == "clitic" and self.sheet.pos[self.above] in NOUNS:
            return "poss"  # "pesaing terbesarnya": the parse has no name for what hangs on the adjective
        return role

    @cached_property
    def above(self) -> int:
        """The word above it."""
        return self.sheet.heads[self.first]

    @cached_property
    def path(self) -> list[int]:
        """The words from its head up to the root."""
        found = [self.head]
        while len(found) < DEEP and self.sheet.heads[found[-1]] != found[-1]:
            found.append(self.sheet.heads[found[-1]])
        return found

    @cached_property
    def verb(self) -> int:
        """The verb of its clause, -1 if there is none."""
        return next((token for token in self.path[1:] if self.sheet.pos[token] in VERBS), -1)

    @cached_property
    def case(self) -> str:
        """The word that joins it to what is above: "in", "by"."""
        sheet, head = self.sheet, self.head
        near = range(max(0, head - NEAR), head)
        return next((sheet.lowers[t] for t in near if sheet.heads[t] == head and sheet.dep[t] == "case"), "")

    @cached_property
    def speaks(self) -> bool:
        """Whether it is the subject of a verb of saying, or owns a word of saying: "ujarnya"."""
        sheet, start, speech = self.sheet, self.draft.start, self.words.pronouns.speech
        if self.draft.form == "clitic" and start and sheet.lowers[start - 1] in speech:
            return True
        return self.role in (*SUBJECT, "poss") and sheet.lemmas[self.above] in speech

    @cached_property
    def sentence(self) -> int:
        """The number of its sentence."""
        return self.sheet.sentence[self.draft.start]


def features(pronoun: Standing, other: Standing, record: Record | None) -> Features:
    """Return what speaks for and against a candidate; it has no record if it stands for several actors."""
    sheet, mine, theirs = pronoun.sheet, pronoun.draft, other.draft
    apart = pronoun.sentence - other.sentence
    where, kind, cls = "before" if apart else "here", _kind(mine), record.cls if record else "several"
    quoted = f"{sheet.quoted[mine.start]:d}{sheet.quoted[theirs.start]:d}"
    found = {
        f"apart {apart}",
        f"{where} {other.role}",
        f"{where} {pronoun.role} < {other.role}",
        f"{where} {kind}",
        f"{where} < {pronoun.role}",
        f"{where} {mine.form}",
        f"form {theirs.form}",
        f"{kind} {cls}",
        f"quoted {quoted}",
    }
    if kind != "person":
        found.add(f"{kind} {pronoun.role} {cls}")
    elif record is not None:
        found.add("same gender" if record.gender and record.gender == mine.concept[6:] else "gender unknown")
    if other.role in ("obl", "nmod"):
        found.add(f"case {other.case}")
    if pronoun.role == "obl":
        found.add(f"under {pronoun.case} < {other.role}")  # "according to him", "menurutnya"
    if pronoun.role == other.role:
        found.add(f"parallel {where} {other.role}")
    if other.first != other.head:
        found.add("joined by and")
    if theirs.form == "demonym" and not theirs.plural:
        found.add("one national")
    if theirs.plural and kind in ("several", "thing"):
        found.add(f"{kind} plural")
    if other.role in SUBJECT:
        found |= {f"main subject {where}"} if other.above == other.path[-1] else set()
        found |= {f"spoke {where}"} if other.speaks else set()
    if pronoun.speaks:
        found |= {f"speaker {where}", f"speaker {where} {other.role}", f"speaker {quoted}"}
        found |= {"speaker nobody"} if cls != "Person" else set()
        found |= {f"speaker spoke {where}"} if other.speaks else set()
    found |= set(_between(pronoun, other)) if not apart else set()
    return dict.fromkeys(sorted(found), 1.0) | {f"distance {where}": log1p(max(0, mine.start - theirs.end))}


def nobody(pronoun: Standing) -> Features:
    """Return what speaks for it that a pronoun means no actor: "it" for a plan, "-nya" that makes a noun."""
    sheet, mine = pronoun.sheet, pronoun.draft
    host = sheet.pos[mine.start - 1] if mine.form == "clitic" and mine.start else sheet.pos[pronoun.above]
    names = ("", f" {_kind(mine)}", f" {_kind(mine)} {pronoun.role}", f" {mine.form} {host}")
    found = [f"nobody{name}" for name in names]
    found += [f"nobody {sheet.lowers[mine.start]} {sheet.lemmas[pronoun.above].lower()}"]
    return dict.fromkeys(found, 1.0)


def weigh(found: Mapping[str, float], learned: Mapping[str, float]) -> float:
    """Return the score of a candidate: of two, `exp` of the difference is how many times likelier one is."""
    return sum(learned.get(name, 0.0) * value for name, value in found.items())


@cache
def weights() -> dict[str, float]:
    """Return the weights that the package ships."""
    if not WEIGHTS.exists():
        raise ResourceError("is missing; python -m training.antecedents makes it", path=str(WEIGHTS))
    return checked(read_yaml(WEIGHTS), dict[str, float], path="kg/actors/data/antecedents.json")


def _kind(draft: Draft) -> str:
    return "person" if draft.concept.startswith("person") else draft.concept


def _between(pronoun: Standing, other: Standing) -> Iterator[str]:
    """Yield how both stand in one sentence: whose clause is above whose, what joins them."""
    sheet = pronoun.sheet
    if other.above in pronoun.path:
        level = pronoun.path.index(other.above)
        verbs = min(sum(sheet.pos[token] in VERBS for token in pronoun.path[1 : level + 1]), 3)
        if other.role in SUBJECT:
            yield f"commands {verbs} {pronoun.role}"
            yield f"commands by {sheet.dep[pronoun.path[level - 1]] if level else 'itself'}"
            if other.speaks and level > 1:
                yield "speaker above"
        elif other.role in ("obj", "obl"):
            yield f"above as {other.role}"
            yield f"above {verbs} as {other.role} {pronoun.role}"
    if other.head in pronoun.path:
        yield "inside"
    if pronoun.verb == other.verb:
        yield "same clause"
        yield f"same clause {pronoun.role} < {other.role}"
    elif pronoun.verb >= 0:
        up = "up" if other.verb in pronoun.path else "down" if pronoun.verb in other.path else "beside"
        yield f"clause {sheet.dep[pronoun.verb]} {up}"
    if _in_clause_on(pronoun, other):
        yield "in a clause on it"
    if _joined_to(pronoun, other):
        yield "joined to it"
    laid = _laid_to(pronoun, other)
    if laid:
        yield f"{laid} {pronoun.role}"


def _in_clause_on(pronoun: Standing, other: Standing) -> bool:
    """Tell whether a pronoun is in a clause that modifies the candidate: "China, which … its economy"."""
    sheet = pronoun.sheet
    return any(sheet.dep[t].startswith("acl") and sheet.heads[t] == other.head for t in pronoun.path)


def _joined_to(pronoun: Standing, other: Standing) -> bool:
    """Tell whether a pronoun owns what is joined to the candidate: "Warsame and dozens of her voters"."""
    sheet = pronoun.sheet
    for token in (pronoun.draft.start, *pronoun.path[1:4]):
        if sheet.dep[token] == "conj":
            return sheet.heads[token] == other.head
        if sheet.dep[token] not in OWNING:
            return False
    return False


def _laid_to(pronoun: Standing, other: Standing) -> str:
    """Return how a pronoun is in what an object is judged for or asked to do; "" if it is not.

    "Poland criticised Hungary for its attacks", "asked Chile to withdraw its envoy".
    """
    sheet, words = pronoun.sheet, pronoun.words.pronouns
    head, verb = other.head, sheet.heads[other.head]
    if sheet.dep[head] not in ("obj", "iobj"):
        return ""
    token = next((t for t in pronoun.path if sheet.heads[t] in (verb, head)), -1)
    if token <= head:
        return ""
    cues = {
        sheet.lowers[place]
        for place in range(head + 1, token)
        if sheet.heads[place] == token and sheet.dep[place] in ("case", "mark")
    }
    clause = sheet.pos[token] == "VERB"
    if not cues.isdisjoint((*words.reasons, *words.charges) if clause else words.reasons):
        return "judged for a deed" if clause else "judged for"
    return "asked to" if clause and sheet.dep[token] == "xcomp" else ""
