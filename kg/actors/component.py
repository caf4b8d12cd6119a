"""The spaCy component `kg_actors`: which actor each mention stands for; what stays unknown is dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from kg.actors.coreference import Resolver
from kg.actors.holders import link_titles
from kg.actors.homes import give_homes
from kg.actors.linking import Linker
from kg.actors.offices import give_bodies, give_ministries, give_states, give_wholes
from kg.actors.phrases import name_groups
from kg.actors.tenure import end_tenures
from kg.errors import KgError
from kg.mentions.component import DRAFTS, as_found
from kg.mentions.draft import Draft, Sheet, TitleDraft
from kg.mentions.words import Words, words
from kg.understand.doc import register


@Language.factory("kg_actors")
def make(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Make the component for the language of `nlp`; it needs `kg_mentions` before it."""
    del name
    register()
    lexicon = words(nlp.lang)

    def actors(doc: Doc) -> Doc:
        resolver, drafts, titles = resolved(doc, lexicon)
        linker = resolver.linker
        linker.relink(drafts)
        name_groups(linker, drafts, titles)
        kept: list[Draft] = [d for d in drafts if d in linker.of or d in resolver.members]
        mentions, doc._.titles = as_found(kept, titles)
        doc._.mentions = tuple(
            replace(mention, actor="", members=resolver.members[draft])
            if draft in resolver.members
            else replace(mention, actor=linker.of[draft].id, cls=linker.of[draft].cls)
            for mention, draft in zip(mentions, kept, strict=True)
        )
        used = {linker.of[d].id for d in kept if d in linker.of} | {
            i for m in resolver.members.values() for i in m
        }
        doc._.actors = {id_: linker.records.by_id[id_].actor() for id_ in sorted(used)}
        return doc

    return actors


def resolved(doc: Doc, lexicon: Words) -> tuple[Resolver, list[Draft], list[TitleDraft]]:
    """Return the resolver of a Doc that `kg_mentions` has been through, when it is done, and its mentions."""
    if DRAFTS not in doc.user_data:
        raise KgError("the component kg_actors needs kg_mentions before it")
    drafts, titles = doc.user_data.pop(DRAFTS)
    document = doc._.document
    date = document.published.isoformat() if document is not None and document.published else ""
    linker = Linker(Sheet(doc), lexicon, document=document.id if document is not None else "", date=date)
    linker.link(drafts)
    give_bodies(linker, drafts, titles)
    link_titles(linker, titles)
    give_states(linker, drafts, titles)
    give_ministries(linker, drafts, titles)
    give_homes(linker, drafts, titles)
    end_tenures(linker, titles)
    give_wholes(linker, drafts)
    resolver = Resolver(linker, drafts, titles)
    resolver.resolve()
    return resolver, drafts, titles
