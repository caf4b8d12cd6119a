"""Statements that noun phrases make: offices from titles, bodies and forces from whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from kg.mentions.found import ActorMention, TitleUse, implied
from kg.mentions.words import words
from kg.statements.draft import Draft
from kg.statements.frames import Entry, frames
from kg.statements.qualifiers import Qualifiers
from kg.statements.removal import removed
from kg.statements.scene import Scene

PARTS = ("GovernmentBody", "ArmedForce", "PoliticalParty")
GROUPS = ("ActorGroup", "ArmedGroup")
UNION = "IntergovernmentalOrganisation"  # "Dewan Keamanan PBB"
MOVEMENTS = ("ArmedGroup", "PoliticalParty")
ORGANISATIONS = ("ArmedGroup", "PoliticalParty", "CivilOrganisation", "IntergovernmentalOrganisation")


def structural(scene: Scene) -> Iterator[Draft]:
    """Yield offices ("Presiden Rusia Vladimir Putin") and parts ("Israel's army"), by place."""
    yield from _offices(scene)
    yield from _affiliations(scene)
    for number, part in enumerate(scene.mentions):
        if part.belongs_to is None or part.form in ("pronoun", "clitic"):
            continue
        whole = scene.mentions[part.belongs_to]
        role = _role(scene, part)
        if role is not None and (
            role.type == "holdsOffice" or (role.type == "memberOf" and whole.cls == "State")
        ):
            continue  # nobody is named, "an army spokesman"; or no organisation, "Israeli lawmakers"
        type_ = role.type if role else _membership(scene, part, whole)
        if type_ is None or not part.actor or not whole.actor or part.actor == whole.actor:
            continue
        ends = (number, part.belongs_to)
        source, target = ends if role is None or "bearer" in role.source else ends[::-1]
        yield Draft(
            type=type_,
            source=source,
            source_actor=scene.mentions[source].actor,
            target=target,
            target_actor=scene.mentions[target].actor,
            start=min(part.start, whole.start),
            end=max(part.end, whole.end),
            trigger=(part.start, part.end),
            qualifiers=Qualifiers(),
            extractor="structure",
            features=(
                f"role {type_}" if role else f"part {part.cls} {whole.cls}",
                f"form {part.form}",
                f"part marked {scene.is_marked(part)} {scene.is_marked(whole)}",
            ),
        )


def _offices(scene: Scene) -> Iterator[Draft]:
    lexicon = words(scene.doc.lang_)
    members, states = lexicon.members, lexicon.national
    gone = removed(scene) if scene.titles else frozenset()
    made = implied(scene.mentions, scene.titles)
    elected = lexicon.subnational.union(lexicon.titles.elected)
    for title in scene.titles:
        if title.body is None:
            continue
        person, body = scene.mentions[title.person], scene.mentions[title.body]
        if person.form == "title" or not person.actor or not body.actor or person.actor == body.actor:
            continue  # an office says nothing of a bearer whom the text does not name: "Presiden Sudan"
        spoken = scene.tree.lowers[title.start : title.end]
        noun = _noun(scene, title, body)
        if body.cls == "State" and noun in lexicon.callings:
            continue  # "Congolese warlord X" says what he is
        party = body.cls == "PoliticalParty"  # "Republican President Bush", "Democratic governor"
        member = (body.cls != "State" and not members.isdisjoint(spoken)) or (
            party
            and (
                not elected.isdisjoint(spoken)
                or (lexicon.titles.order == "before" and not states.isdisjoint(spoken))
            )
        )
        over = not member and (person.actor, scene.tree.sentences[person.head]) in gone
        named = title.start <= body.start < title.end  # else the state that is clear from the text
        itself = title.body in made  # "Kapolri": its words are the person's
        yield Draft(
            type="memberOf" if member else "holdsOffice",
            source=title.person,
            source_actor=person.actor,
            target=title.body,
            target_actor=body.actor,
            start=min(title.start, person.start),
            end=max(title.end, person.end),
            trigger=(title.start, title.end),
            qualifiers=Qualifiers(status="past" if over and title.status == "current" else title.status),
            extractor="structure",
            features=(
                f"{'member' if member else 'title'} {body.cls}",
                f"title marked {scene.is_marked(person)} {scene.is_marked(person if itself else body)}",
                f"form {person.form}",
                f"office {noun} {body.cls == 'State'}",
                *([] if named else [f"implied {body.form}"]),
            ),
            office=None if member else (title.start, title.end),
        )


def _noun(scene: Scene, title: TitleUse, body: ActorMention) -> str:
    """Return the word of a title that names the office: "minister" of "US defence minister"."""
    lexicon = words(scene.doc.lang_)
    own = [t for t in range(title.start, title.end) if not body.start <= t < body.end]
    before = lexicon.titles.order == "before"
    named = [t for t in own if t < body.start or not before or t >= body.end]
    nouns = [w for w in (scene.tree.lowers[t] for t in named) if w in lexicon.title_nouns]
    return nouns[-1 if before else 0] if nouns else ""


def _affiliations(scene: Scene) -> Iterator[Draft]:
    """Yield people and the organisation that stands with their name, where no title makes it their office."""
    offices = {(title.person, title.body) for title in scene.titles}
    for places in scene.places:
        for person, group in permutations(places, 2):
            way = _affiliation(scene, person, group) if (person, group) not in offices else None
            one, other = scene.mentions[person], scene.mentions[group]
            if way is None or not one.actor or not other.actor or one.actor == other.actor:
                continue
            start, end = min(one.start, other.start), max(one.end, other.end)
            yield Draft(
                type="memberOf",
                source=person,
                source_actor=one.actor,
                target=group,
                target_actor=other.actor,
                start=start,
                end=end,
                trigger=(start, end),
                qualifiers=Qualifiers(),
                extractor="structure",
                features=(
                    f"affiliation {way} {other.cls}",
                    f"form {one.form}",
                    f"affiliation marked {scene.is_marked(one)} {scene.is_marked(other)}",
                ),
            )


def _affiliation(scene: Scene, person: int, group: int) -> str | None:
    """Say how a person's name and an organisation's are joined: "Haniyeh of Hamas", "Abbas's Fatah"."""
    tree, titles = scene.tree, scene.titles
    one, other = scene.mentions[person], scene.mentions[group]
    if one.cls != "Person" or other.cls not in (*MOVEMENTS, *ORGANISATIONS, "Company", "MediaOrganisation"):
        return None
    if one.end < other.start and _beside(scene, one.end, other.start):
        return "of"
    if one.start <= tree.heads[other.head] < one.end <= other.start:
        return "of" if tree.case(other.head) in (*scene.grammar.of, *scene.grammar.origins) else None
    if other.cls not in MOVEMENTS:
        return None
    if tree.deps[one.head] == "nmod:poss" and other.start <= tree.heads[one.head] < other.end:
        return "possessor"
    if other.end <= one.start and any(
        title.person == person and title.start <= other.start and other.end <= title.end for title in titles
    ):
        return "title"  # "Hamas prime minister Ismail Haniyeh"
    return None


def _beside(scene: Scene, start: int, end: int) -> bool:
    """Tell whether no more than "of the", "dari" or a bracket lies between a person and an organisation."""
    between = [word for word in scene.tree.lowers[start:end] if word not in words(scene.doc.lang_).articles]
    links = (*scene.grammar.of, *scene.grammar.origins)
    return between == ["("] or (bool(between) and between[-1] in links and between[:-1] in ([], [","]))


def _role(scene: Scene, part: ActorMention) -> Entry | None:
    """Return the role that a group is named by: "Hamas supporters", "the president's critics"."""
    if part.form != "nominal":
        return None
    entries = frames(scene.doc.lang_).get(scene.tree.keys[part.head], ())
    return next((entry for entry in entries if entry.kind == "role" and not entry.frame.needs), None)


def _membership(scene: Scene, part: ActorMention, whole: ActorMention) -> str | None:
    actors = scene.doc._.actors
    if part.cls in PARTS or (
        part.form in ("name", "acronym") and whole.cls == actors[part.actor].cls == UNION
    ):
        return "partOf"
    if part.cls in GROUPS and whole.cls in ORGANISATIONS:
        return "memberOf"
    return None
