"""Bodies and groups named by a noun: "Israeli army", "tentara Israel", "the two countries"."""

from __future__ import annotations

from kg.mentions.bearers import Index
from kg.mentions.draft import Draft, Sheet, TitleDraft
from kg.mentions.owners import (
    MOST_MODIFIERS,
    NOMINAL,
    coordinated,
    joined_owner,
    joint_states,
    owner_behind,
)
from kg.mentions.titles import BODIES
from kg.mentions.words import Noun, Words

COUNTED = "counted"
"""The concept of a phrase for so many actors named before."""
MODIFYING = frozenset({"amod", "compound", "flat", "flat:name", "nmod", "nmod:poss"})
WORDS_OF_NAMES = frozenset({"ADJ", "NOUN", "PROPN", "VERB", "NUM"})


def body_drafts(sheet: Sheet, names: list[Draft], words: Words) -> list[Draft]:
    """Return the bodies and groups that a noun names; an owner is one of `names`."""
    return read(sheet, Index(names), words, frozenset())


def representatives(sheet: Sheet, index: Index, titles: list[TitleDraft], words: Words) -> list[Draft]:
    """Return the nouns for people who stand for their body: "Israeli officials", "juru bicara istana"."""
    bearers = frozenset(
        t for title in titles if title.person is not None for t in range(title.start, title.end)
    )
    return read(sheet, index, words, bearers, stands_for=True)


def read(
    sheet: Sheet, index: Index, words: Words, barred: frozenset[int], *, stands_for: bool = False
) -> list[Draft]:
    """Return the noun phrases whose noun is in the pack, of those that stand for others or of the rest."""
    span_of = leftwards if words.groups.order == "before" else rightwards
    found: list[Draft] = []
    token = 0
    while token < sheet.size:
        pair = (
            words.several.at(sheet.lowers, token)
            if not stands_for and sheet.lowers[token] in words.several
            else None
        )
        if (
            pair is not None
            and not (pair[1].loose and not definite(sheet, words, (token, pair[0])))
            and (
                pair[1].keys
                or pair[0] == sheet.size
                or sheet.pos[pair[0]] not in ("NOUN", "ADJ", "PROPN", "NUM")
            )
        ):
            found.append(
                Draft(
                    start=token, end=pair[0], form="nominal", cls="ActorGroup", concept=COUNTED, plural=True
                )
            )
            token = pair[0]
            continue
        hit = words.nouns.at(sheet.lowers, token) if sheet.lowers[token] in words.nouns else None
        if (
            hit is None
            or hit[1].stands_for != stands_for
            or token in barred
            or index.inside(token) is not None
        ):
            token += 1 if hit is None or stands_for or hit[1].stands_for else hit[0] - token
            continue
        draft = span_of(sheet, index, words, (token, *hit))
        if draft is not None:
            found.append(draft)
        token = max(hit[0], draft.end if draft else 0)
    return found


def leftwards(sheet: Sheet, index: Index, words: Words, hit: tuple[int, int, Noun]) -> Draft | None:
    """Read a noun phrase whose modifiers stand before the noun (English)."""
    noun_start, end, noun = hit
    if not nominal(sheet, end - 1) or followed_by_noun(sheet, end, words):
        return None
    start, lowers, heads = noun_start, sheet.lowers, sheet.heads
    owner: Draft | None = None
    barred, joined = False, []  # type: tuple[bool, list[Draft]]
    while start > 0 and noun_start - start < MOST_MODIFIERS:
        place = start - 1
        word = lowers[place]
        name = index.ends.get(start) or (index.ends.get(place) if word in words.groups.possessives else None)
        if name is not None:
            # "Jordan's armed forces chief": the parser hangs the owner on the chief
            beside = name.end + (lowers[name.end] in words.groups.possessives)
            adjacent = beside == noun_start and (
                name.form == "demonym" or name.cls in ("ArmedGroup", "State")
            )
            if not adjacent and not below(heads, name, (name.start, end)):
                break
            against = sheet.prefix(name.start) in words.groups.not_owner_before
            if owner is None and not barred and not against and name.cls in BODIES | {"Person"}:
                owner = name
                joined = coordinated(sheet, index, words, name)
            start = name.start - 2 if against else name.start
            if against:
                barred = True
        elif sheet.doc[start].ent_iob_ == "I" and place < heads[place] < end and word not in words.articles:
            start = place  # "New Democratic Party"
        elif word in words.groups.stop or sheet.pos[place] not in WORDS_OF_NAMES or sheet.pos[place] == "NUM":
            if word == "-" and place > 0 and lowers[place - 1] not in words.groups.stop:
                barred = barred or lowers[start] in words.groups.not_owner_after
                start = place
                continue
            break
        elif not place < heads[place] < end:
            break
        else:
            start = place
    while start < noun_start and lowers[start] == "-":  # "nine-month-old government": a number stopped us
        start = min(start + 2, noun_start)
    if owner is not None and owner.cls == "Person":
        owner = None
    if joined and start == owner.start if owner is not None else False:
        start = joined[0].start
    span_end = end
    if owner is None or owner.cls == "State":  # "Colombian rebels from the ELN" are the ELN
        behind = joined_owner(sheet, index, words, end, noun)
        if behind is not None and (owner is None or behind.cls == noun.cls == "ArmedGroup"):
            owner, joined, span_end = behind, [], behind.end
    draft = made(noun, (start, span_end), owner, (sheet, words))
    if draft is not None:
        draft.noun = end - 1
    if draft is not None and joined and start == joined[0].start:
        draft.joint = tuple(joined)
    return draft


def rightwards(sheet: Sheet, index: Index, words: Words, hit: tuple[int, int, Noun]) -> Draft | None:
    """Read a noun phrase whose modifiers follow the noun (Indonesian)."""
    start, noun_end, noun = hit
    end, lowers = noun_end, sheet.lowers
    if sheet.pos[start] == "VERB":
        return None
    owner: Draft | None = None
    joined: list[Draft] = []
    while end < sheet.size and end - noun_end < MOST_MODIFIERS:
        word = lowers[end]
        name = index.starts.get(end)
        if name is not None:
            if name.cls == "Person":
                body = noun.cls == "GovernmentBody" and not _after_title(sheet, words, start)
                if owner is None and end == noun_end and body:
                    end = name.end  # "pemerintah Bush", but "juru bicara kepolisian Budi"
                break
            if owner is not None and (owner.cls == "State" or name.cls != "State"):
                break
            owner, end = owner or name, name.end
            if owner.cls == "State":
                joined = joint_states(sheet, index, words, owner)
                break
        elif word in words.groups.owners:
            name = owner_behind(sheet, index, words, end + 1)
            if name is not None and owner is None and name.form != "metonym":
                owner, end = name, name.end
            break
        elif word in words.groups.not_owner_before:
            following = index.starts.get(end + 1) or index.starts.get(end + 2)
            end = following.end if following is not None else end + 1
            if following is not None:
                break
        elif word in words.group_modifiers or word.isspace():
            end += 1
        elif (
            word in words.groups.stop
            or sheet.pos[end] not in NOMINAL
            or (word in words.title_nouns and sheet.capital[end])
        ):
            break
        elif more := words.nouns.at(lowers, end):
            army = noun.cls == "ArmedForce" and more[1].cls == "GovernmentBody"  # "tentara pemerintah"
            if more[1].cls != noun.cls and not noun.stands_for and not army:
                break
            noun = more[1] if noun.stands_for and more[1].cls != "ActorGroup" else noun
            end = more[0]
        elif depends(sheet, end, (start, end)) or (sheet.capital[start] and sheet.capital[end]):
            end += 1
        else:
            break
    while lowers[end - 1].isspace():
        end -= 1
    if lowers[start] in words.title_nouns and index.person_at(end) is not None:
        return None  # "anggota parlemen Jepang Hirofumi Nakasone" is a title
    if owner is None and start > 0 and lowers[start] in words.attributive and sheet.pos[start - 1] == "NOUN":
        return None
    if joined and noun.cls == "ArmedForce":
        end = joined[-1].end
    behind = joined_owner(sheet, index, words, end, noun) if owner is None or owner.cls == "State" else None
    if behind is not None and behind.cls == noun.cls == "ArmedGroup":
        owner, joined, end = behind, [], behind.end
    draft = made(noun, (start, end), owner, (sheet, words))
    if draft is not None:
        draft.noun = start
        draft.joint = tuple(joined) if end > noun_end and joined and end == joined[-1].end else ()
    return draft


def _after_title(sheet: Sheet, words: Words, start: int) -> bool:
    """Tell whether the words before a noun are a title: "juru bicara", "kepala"."""
    hits = (words.title_nouns.at(sheet.lowers, place) for place in range(max(0, start - 3), start))
    return any(hit is not None and hit[0] == start for hit in hits)


def depends(sheet: Sheet, token: int, span: tuple[int, int]) -> bool:
    """Tell whether a token modifies one of the span before it."""
    return span[0] <= sheet.heads[token] < span[1] and sheet.dep[token] in MODIFYING


def made(
    noun: Noun, span: tuple[int, int], owner: Draft | None, context: tuple[Sheet, Words]
) -> Draft | None:
    """Return the mention, unless a noun of this kind means nobody without an owner, or "the" before it."""
    (start, end), (sheet, words) = span, context
    alone = " ".join(sheet.lowers[start:end]) in noun.words
    if owner is None and (noun.stands_for or noun.bare == "owned"):
        return None
    if owner is None and noun.bare == "drop" and alone:
        known = noun.classifies or noun.cls == "ArmedForce"  # "the group", "kelompok itu"
        if not (known and definite(sheet, words, span)) or counted(sheet, start):
            return None
        end += end < sheet.size and words.groups.order == "after" and sheet.lowers[end] in words.definite
    return Draft(
        start=start,
        end=end,
        form="nominal",
        cls=noun.cls,
        concept=noun.concept,
        owner=owner,
        stands_for=noun.stands_for or (noun.classifies and owner is not None and _is_such(noun, owner)),
        plural=sheet.lowers[span[1] - 1].endswith("s")
        or noun.cls in ("ActorGroup", "ArmedGroup", "ArmedForce"),
    )


def _is_such(noun: Noun, owner: Draft) -> bool:
    """Tell whether a name beside a noun is such a thing: "organisasi HAM Kontras", no "UN aid agencies"."""
    named = owner.cls not in ("State", "ActorGroup")
    return named and (noun.cls != "CivilOrganisation" or owner.cls == noun.cls)


def counted(sheet: Sheet, token: int) -> bool:
    """Tell whether a number stands before: "four companies"."""
    return token > 0 and sheet.pos[token - 1] == "NUM"


def definite(sheet: Sheet, words: Words, span: tuple[int, int]) -> bool:
    """Tell whether a phrase means somebody named before: "the movement", "gerakan itu"."""
    start, end = span
    if words.groups.order == "before" or words.groups.articles:
        return start > 0 and sheet.lowers[start - 1] in words.definite
    return sheet.lowers[end - 1] in words.definite or (
        end < sheet.size and sheet.lowers[end] in words.definite
    )


def nominal(sheet: Sheet, token: int) -> bool:
    """Tell whether a token is a noun here ("police" in "to police the border" is not)."""
    return sheet.pos[token] in ("NOUN", "PROPN", "ADJ")


def followed_by_noun(sheet: Sheet, end: int, words: Words) -> bool:
    """Tell whether the noun only modifies the next one ("police station"), and that is none of its people."""
    if end < sheet.size and (sheet.lowers[end] in words.title_nouns or sheet.lowers[end] in words.nouns):
        return False
    return (
        end < sheet.size
        and sheet.pos[end] in ("NOUN", "PROPN")
        and sheet.dep[end - 1] in ("compound", "amod", "nmod")
        and sheet.heads[end - 1] >= end
    )


def below(heads: list[int], name: Draft, span: tuple[int, int]) -> bool:
    """Tell whether the head of a name lies to its right within the phrase."""
    start, end = span
    for token in range(name.start, name.end):
        if not name.start <= heads[token] < name.end:
            return name.end <= heads[token] < end or start <= heads[token] < name.start
    return False
