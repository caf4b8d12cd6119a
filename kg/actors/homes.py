"""Whose government "the government" is where no state is named beside it: that of the offices around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.actors.linking import Linker
from kg.actors.nominals import beside
from kg.actors.offices import mostly
from kg.mentions.draft import Draft, TitleDraft
from kg.mentions.gazetteer import gazetteer, terms_of

Pointer = tuple[Draft, str]
"""A mention, and the key of the state that it points to."""


def give_homes(linker: Linker, drafts: Sequence[Draft], titles: Sequence[TitleDraft]) -> None:
    """Make bodies of a state without a name that state's: "the government" after "Kenya's High Court".

    One that the text does not tell stays a body of its own, in each document another.
    """
    alone = [draft for draft in drafts if draft in linker.alone and _national(linker, draft)]
    pointers = list(_pointers(linker, drafts, titles)) if alone else []
    for draft in alone:
        state = _home(linker, draft, pointers)
        if state:
            record = linker.records.by_key(state)
            linker.of[draft] = linker.owned(draft, record, linker.text(draft), plain=True)


def _national(linker: Linker, draft: Draft) -> bool:
    """Tell whether a noun means a body that each state has one of; police and courts are of a city too."""
    groups, noun = linker.words.groups, linker.words.noun_of.get(draft.concept)
    return (
        noun is not None
        and noun.cls == draft.cls
        and draft.concept not in (*groups.of_cities, *groups.abroad)
    )


def _pointers(linker: Linker, drafts: Sequence[Draft], titles: Sequence[TitleDraft]) -> Iterator[Pointer]:
    """Yield the bodies, parties and holders of an office of a state, with its key."""
    entries = gazetteer().entries
    for draft in drafts:
        owners = [linker.of[o] for o in (draft.owner, *draft.joint) if o is not None and o in linker.of]
        entry = entries.get(linker.of[draft].key) if draft in linker.of else None
        bodies = draft.form == "nominal" and draft.cls == "GovernmentBody"  # soldiers are abroad, too
        known = {owner.key for owner in owners} if bodies else set()
        if entry is not None:
            known |= {entry.of, entry.home, *(term.state for term in terms_of(entry.key))}
        states = [key for key in sorted(known - {""}) if entries[key].cls == "State"]
        yield from ((draft, key) for key in states)
    for title in titles:
        body = linker.of.get(title.body) if title.body is not None else None
        if (
            body is not None
            and title.person is not None
            and body.cls == "State"
            and title.status == "current"
        ):
            yield title.person, body.key


def _home(linker: Linker, draft: Draft, pointers: Sequence[Pointer]) -> str:
    """Return the key of the state, "" where none or several may be meant.

    Not of what it does something to, or speaks of: "the government criticised Iran's army".
    """
    sentence = linker.sheet.sentence
    apart = [
        (other, state)
        for other, state in pointers
        if (other.start < draft.start or sentence[other.start] != sentence[draft.start])
        and not beside(linker.sheet, other, draft)
    ]
    here = {state for other, state in apart if sentence[other.start] == sentence[draft.start]}
    if len(here) == 1:
        return here.pop()
    return mostly(Counter(state for _, state in apart)) or linker.written_in
