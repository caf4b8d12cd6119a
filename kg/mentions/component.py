"""The spaCy component `kg_mentions`: finds who is mentioned in a Doc, by name, title, noun or pronoun."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from kg.mentions.bearers import Index
from kg.mentions.countries import country_drafts
from kg.mentions.described import without_descriptions
from kg.mentions.draft import Draft, Sheet, TitleDraft
from kg.mentions.found import ActorMention, TitleUse
from kg.mentions.gazetteer import NameMatcher
from kg.mentions.geography import without_geography
from kg.mentions.groups import COUNTED, body_drafts, representatives
from kg.mentions.names import name_drafts
from kg.mentions.namesakes import bodies_abroad, without_namesakes
from kg.mentions.nationals import nationals
from kg.mentions.opposed import opposed_drafts
from kg.mentions.places import give_seats, without_places
from kg.mentions.predicates import predicated
from kg.mentions.pronouns import led_drafts, pronoun_drafts
from kg.mentions.recognised import recognised_names, recognised_phrases
from kg.mentions.titles import named, title_drafts
from kg.mentions.towns import without_towns
from kg.mentions.words import Words, words
from kg.understand.doc import register

DRAFTS = "kg_mentions"


@Language.factory("kg_mentions")
def make(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component for the language of `nlp`."""
    del name
    register()
    matcher, lexicon = NameMatcher(nlp), words(nlp.lang)

    def mentions(doc: Doc) -> Doc:
        sheet = Sheet(doc)
        drafts, titles = found_in(sheet, matcher, lexicon)
        doc.user_data[DRAFTS] = (drafts, titles)
        doc._.mentions, doc._.titles = as_found(drafts, titles)
        return doc

    return mentions


def found_in(sheet: Sheet, matcher: NameMatcher, lexicon: Words) -> tuple[list[Draft], list[TitleDraft]]:
    """Return all mentions of a Doc, sorted, and the titles."""
    hits = matcher.hits(sheet.doc)
    names = name_drafts(sheet, without_namesakes(sheet, hits, lexicon), lexicon)
    people = nationals(sheet, names, lexicon)
    names = without_geography(sheet, [name for name in names if name not in people], lexicon)
    bodies = body_drafts(sheet, names, lexicon)
    abroad = list(bodies_abroad(sheet, hits, [*names, *bodies], lexicon))
    names = [*(name for name in names if name.keep), *abroad]
    counted = {token for body in bodies if body.concept == COUNTED for token in range(body.start, body.end)}
    names = [name for name in names if name.start not in counted]  # "the two Koreas" are no Koreas
    recognised = recognised_names(sheet, [*names, *bodies, *people], lexicon)
    names = without_towns(sheet, [*names, *without_geography(sheet, recognised, lexicon)], lexicon)
    index = Index([*names, *bodies])
    give_seats(sheet, bodies, index, lexicon)
    titles = title_drafts(sheet, index, lexicon)
    pronouns = pronoun_drafts(sheet, lexicon)
    _predicates(sheet, [*pronouns, *index.names()], titles, lexicon)
    at = {draft.start: draft for draft in pronouns}
    _owners(at, titles, lexicon)
    _possessors(at, index.names(), lexicon)
    alone = [
        title_alone(title)
        for title in titles
        if title.person is None and may_stand_alone(sheet, title, lexicon)
    ]
    bodies = [*index.names(), *representatives(sheet, index, titles, lexicon), *alone]
    barred = frozenset(token for title in titles for token in range(title.start, title.end))
    bodies += recognised_phrases(sheet, [*bodies, *pronouns], lexicon, barred)
    drafts = without_places(sheet, without_descriptions(sheet, bodies, lexicon), titles, lexicon)
    drafts += [*pronouns, *led_drafts(sheet, pronouns, lexicon)]
    drafts += opposed_drafts(sheet, drafts, lexicon)
    drafts += country_drafts(sheet, drafts, lexicon)
    drafts.sort(key=lambda draft: (draft.start, -draft.end))
    for draft in drafts:
        draft.head = head(sheet, draft)
    return drafts, titles


def _predicates(sheet: Sheet, drafts: list[Draft], titles: list[TitleDraft], lexicon: Words) -> None:
    """Find the bearers of the titles that a sentence says of somebody ("he became president")."""
    people = {token: d for d in drafts if d.cls == "Person" for token in range(d.start, d.end)}
    for title in titles:  # the head of "Presiden Rusia Vladimir Putin" is the title
        if title.person is not None and title.end <= title.person.start:
            people.setdefault(sheet.head_of(title.start, title.person.end), title.person)
    for title in titles:
        if title.person is None:
            title.person = predicated(sheet, people, lexicon, title)


def _owners(pronouns: dict[int, Draft], titles: list[TitleDraft], lexicon: Words) -> None:
    """Give titles the pronoun as their body that stands for it: "its president X", "presidennya X"."""
    for title in titles:
        token = title.end if lexicon.titles.order == "after" else title.start - 1
        pronoun = pronouns.get(token)
        if (
            title.body is None
            and title.person is not None
            and pronoun is not None
            and pronoun.concept in ("thing", "several", "any")
        ):
            title.body = pronoun


def _possessors(pronouns: dict[int, Draft], drafts: list[Draft], lexicon: Words) -> None:
    """Give bodies and groups the pronoun that owns them: "its army", "militernya"."""
    for draft in drafts:
        pronoun = pronouns.get(draft.end if lexicon.groups.order == "after" else draft.start - 1)
        if (
            draft.form == "nominal"
            and draft.owner is None
            and draft.concept != COUNTED
            and pronoun is not None
            and pronoun.concept in ("thing", "any", "first")
        ):
            draft.owner = pronoun


def head(sheet: Sheet, draft: Draft) -> int:
    """Return the head of a mention: of a phrase its noun, where several tokens have heads outside."""
    if draft.noun >= 0 and not draft.start <= sheet.heads[draft.noun] < draft.end:
        return draft.noun
    return sheet.head_of(draft.start, draft.end)


def may_stand_alone(sheet: Sheet, title: TitleDraft, lexicon: Words) -> bool:
    """Tell whether a title means its holder without his name; "leader" does only beside a state."""
    before = sheet.lowers[title.start - 1] if title.start else ""
    if before in lexicon.articles and before in lexicon.indefinite:
        return False  # "the first visit by a Chinese premier"
    if named(lexicon, title, lexicon.alone):
        return True
    if not named(lexicon, title, lexicon.of_states):
        return False
    return title.body is not None and title.body.cls == "State" and before not in lexicon.indefinite


def title_alone(title: TitleDraft) -> Draft:
    """Return a title without a name as a mention of its holder; the holder becomes the title's person."""
    title.person = Draft(
        start=title.start, end=title.end, form="title", cls="Person", concept=title.noun, owner=title.body
    )
    return title.person


def as_found(
    drafts: list[Draft], titles: list[TitleDraft]
) -> tuple[tuple[ActorMention, ...], tuple[TitleUse, ...]]:
    """Return mentions and titles as the contract of the rooms wants them, without actors yet."""
    place = {id(draft): index for index, draft in enumerate(drafts)}
    around = enclosing(drafts)
    mentions = tuple(
        ActorMention(
            start=draft.start, end=draft.end, head=draft.head, form=draft.form, cls=draft.cls, actor="",
            within=around[index], belongs_to=place.get(id(draft.owner)),
        )
        for index, draft in enumerate(drafts)
    )  # fmt: skip
    uses = tuple(
        TitleUse(
            start=title.start, end=title.end, person=place[id(title.person)], body=place.get(id(title.body)),
            status=title.status,
        )
        for title in titles
        if id(title.person) in place
    )  # fmt: skip
    return mentions, uses


def enclosing(drafts: list[Draft]) -> list[int | None]:
    """Return for each of the sorted mentions the index of the smallest one around it."""
    found: list[int | None] = []
    open_ones: list[int] = []
    for index, draft in enumerate(drafts):
        while open_ones and drafts[open_ones[-1]].end < draft.end:
            open_ones.pop()
        found.append(open_ones[-1] if open_ones else None)
        open_ones.append(index)
    return found
