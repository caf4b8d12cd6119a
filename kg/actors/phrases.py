"""Groups without a name of their own: whose they are, and all that the text calls them."""

from __future__ import annotations

from kg.actors.linking import Linker
from kg.actors.nominals import ORGANISED
from kg.actors.records import Record, seen
from kg.mentions.countries import STATE
from kg.mentions.draft import Draft, Sheet, TitleDraft
from kg.mentions.groups import COUNTED
from kg.mentions.words import Words

MOST_TOKENS = 10
SPEAKING = frozenset({"first", "speaker"})
NOT_INSIDE = frozenset({
    "acl:relcl", "acl", "advcl", "cc", "conj", "punct", "parataxis", "nsubj", "cop", "aux", "mark",
    "ccomp", "xcomp", "dep", "discourse",
})  # fmt: skip
DESCRIBING = frozenset({"amod", "compound", "nmod", "nmod:poss", "flat"})


def name_groups(linker: Linker, drafts: list[Draft], titles: list[TitleDraft]) -> None:
    """Name the groups that a pronoun owns after whom it means, and note the full phrases of the others.

    "His supporters" are "Amina Warsame's supporters"; "supporters" may be called "supporters of the mayor".
    """
    at = {draft.start: draft for draft in drafts if draft.form in ("pronoun", "clitic")}
    state_of = {
        linker.of[title.person].id: linker.of[title.body]
        for title in titles
        if title.person in linker.of and title.body in linker.of and linker.of[title.body].cls == "State"
    }
    after = linker.words.titles.order == "after"
    for draft in drafts:
        record = linker.of.get(draft)
        if draft.form != "nominal" or draft.concept in (STATE, COUNTED) or record is None:
            continue
        if record.key or record.name != linker.text(draft):
            continue  # it is known who is meant
        pronoun = (at.get(draft.end) or at.get(draft.end - 1)) if after else at.get(draft.start - 1)
        owner = linker.of.get(pronoun) if pronoun is not None else None
        if pronoun is not None and pronoun.concept in SPEAKING:
            continue  # "our supporters": who is meant with the speaker is not said
        if (
            owner is not None
            and pronoun is not None
            and owned_by(linker.sheet, draft, pronoun)
            and (owner.cls == "Person" or owner.cls in ORGANISED)
        ):
            linker.of[draft] = _owned(
                linker, draft, state_of.get(owner.id, owner) if draft.cls == "ArmedForce" else owner
            )
        elif draft.owner is None:
            seen(record, full_phrase(linker.sheet, linker.words, draft))


def _owned(linker: Linker, draft: Draft, owner: Record) -> Record:
    """Return the group as that of `owner`, in English where the pack has an English word for it."""
    surface = linker.text(draft)
    foreign, plain = linker.sheet.doc.lang_ != "en", linker.plain(draft)
    if draft.cls == "ArmedForce" and owner.cls == "State":
        return linker.owned(draft, owner, surface, plain=plain)
    if linker.sheet.lowers[draft.end - 1] in linker.words.clitics:
        surface = linker.sheet.text(draft.start, draft.end - 1)
    record = linker.records.new(
        f"{surface} {owner.name}"
        if foreign and not plain
        else f"{possessive(owner.name)} {draft.concept if foreign else surface}",
        draft.cls,
        surface=surface,
        label=f"{surface} {owner.name}" if foreign else "",
        local=not owner.key,
    )
    seen(record, linker.text(draft))
    last = owner.name.split()[-1] if owner.cls == "Person" else owner.name
    return seen(record, f"{surface} {last}" if foreign else f"{possessive(last)} {surface}")


def owned_by(sheet: Sheet, draft: Draft, pronoun: Draft) -> bool:
    """Tell whether a pronoun owns a group rather than a word in it ("lainnya" is "other")."""
    before = pronoun.start - 1
    return draft.cls != "State" and (pronoun.form != "clitic" or sheet.pos[before] in ("NOUN", "PROPN"))


def possessive(name: str) -> str:
    """Return the English possessive of a name: "Hamas'", "Putin's"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def full_phrase(sheet: Sheet, words: Words, draft: Draft) -> str:
    """Return a mention with all that describes its noun: "armed groups in Iraq", "former soldiers"."""
    start, end = draft.start, draft.end
    while start > 0 and end - start < MOST_TOKENS and _describes(sheet, words, start - 1, (start, end)):
        start -= 1
    while end < sheet.size and end - start < MOST_TOKENS and _belongs(sheet, end, (start, draft.end)):
        end += 1
    while end > draft.end and (
        sheet.dep[end - 1] in ("case", "det") or not sheet.texts[end - 1][:1].isalnum()
    ):
        end -= 1
    return sheet.text(start, end)


def _describes(sheet: Sheet, words: Words, token: int, span: tuple[int, int]) -> bool:
    """Tell whether a token before the phrase modifies it, and is no article."""
    return (
        span[0] <= sheet.heads[token] < span[1]
        and (sheet.dep[token] in DESCRIBING or sheet.lowers[token] in words.groups.plurals)
        and sheet.lowers[token] not in words.articles
        and sheet.pos[token] in ("ADJ", "NOUN", "PROPN", "VERB", "DET")
        and not sheet.texts[token][0].isdigit()
    )


def _belongs(sheet: Sheet, token: int, span: tuple[int, int]) -> bool:
    """Tell whether a token after the phrase hangs on it, through nouns and prepositions only."""
    for _ in range(MOST_TOKENS):
        if span[0] <= token < span[1]:
            return True
        if sheet.dep[token] in NOT_INSIDE or sheet.heads[token] == token:
            return False
        token = sheet.heads[token]
    return False
