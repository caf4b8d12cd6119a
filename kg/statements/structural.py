"""Statements that noun phrases make: offices from titles, bodies and forces from whose they are."""

from __future__ import annotations

from collections.abc import Iterator

from kg.mentions.found import ActorMention
from kg.statements.draft import Draft
from kg.statements.qualifiers import Qualifiers
from kg.statements.scene import Scene

PARTS = ("GovernmentBody", "ArmedForce", "PoliticalParty")
GROUPS = ("ActorGroup", "ArmedGroup")
ORGANISATIONS = ("ArmedGroup", "PoliticalParty", "CivilOrganisation", "IntergovernmentalOrganisation")


def structural(scene: Scene) -> Iterator[Draft]:
    """Yield offices ("Presiden Rusia Vladimir Putin") and parts ("Israel's army"), by place."""
    yield from _offices(scene)
    for number, part in enumerate(scene.mentions):
        if part.belongs_to is None or part.form in ("pronoun", "clitic"):
            continue
        whole = scene.mentions[part.belongs_to]
        type_ = _membership(part, whole)
        if type_ is None or not part.actor or not whole.actor or part.actor == whole.actor:
            continue
        yield Draft(
            type=type_,
            source=number,
            source_actor=part.actor,
            target=part.belongs_to,
            target_actor=whole.actor,
            start=min(part.start, whole.start),
            end=max(part.end, whole.end),
            trigger=(part.start, part.end),
            qualifiers=Qualifiers(),
            extractor="structure",
            features=(f"part {part.cls} {whole.cls}", f"form {part.form}"),
        )


def _offices(scene: Scene) -> Iterator[Draft]:
    for title in scene.titles:
        if title.body is None:
            continue
        person, body = scene.mentions[title.person], scene.mentions[title.body]
        if not person.actor or not body.actor or person.actor == body.actor:
            continue
        yield Draft(
            type="holdsOffice",
            source=title.person,
            source_actor=person.actor,
            target=title.body,
            target_actor=body.actor,
            start=min(title.start, person.start),
            end=max(title.end, person.end),
            trigger=(title.start, title.end),
            qualifiers=Qualifiers(status=title.status),
            extractor="structure",
            features=(f"title {body.cls}", f"form {person.form}"),
            office=(title.start, title.end),
        )


def _membership(part: ActorMention, whole: ActorMention) -> str | None:
    if part.cls in PARTS:
        return "partOf"
    if part.cls in GROUPS and whole.cls in ORGANISATIONS:
        return "memberOf"
    return None
