"""The learned extractor: relations that the encoder sees between two mentions, where no rule found them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from functools import cache, partial
from itertools import product

from kg.mentions.found import ActorMention
from kg.ontology import relation_types
from kg.statements.attribution import claimant, says_something, speaks_aside, stands_apart
from kg.statements.draft import Draft, View
from kg.statements.exclusion import excluded
from kg.statements.frames import frames
from kg.statements.qualifiers import Qualifiers, qualifiers
from kg.statements.removal import removed
from kg.statements.scene import Scene
from kg.statements.victims import REFUSAL, is_victim, of_acts
from kg.understand.encoder_pairs import Opinion

LEAST = 0.05
"""A relation less likely than this is no draft."""
SPOKEN, NOBODY, DOUBTED, SURE, DENIED = 0.6, 0.98, 0.8, 0.8, 0.4
"""How sure the encoder must be for its word to count above a rule's: on who says it, on that nobody does, on
the same where a claim may not reach so far, on modality and status, on denials."""

OFFICE, MEMBER = "holdsOffice", "memberOf"
CALLING = "characterises"
STRUCTURAL = (OFFICE, "partOf")
"""Titles and names say these plainly: the encoder is asked only where they say nothing of the source."""

Claim = tuple[str, str, str]


def learned(scene: Scene, found: Set[Claim]) -> Iterator[Draft]:
    """Yield what the encoder thinks likely, but for the claims that others have `found`, either way round."""
    related: dict[tuple[str, str], list[str]] = {}
    for other_name, source_actor, target_actor in sorted(found):
        related.setdefault((source_actor, target_actor), []).append(other_name)
    busy = {(name, source) for name, source, _ in found}
    titled = {(title.person, title.body) for title in scene.titles}
    posts = {name: _likeliest(scene, name) for name in (OFFICE, MEMBER)}
    known, verdicts = frames(scene.doc.lang_), of_acts() - {REFUSAL}
    left, sentences = cache(partial(removed, scene)), scene.tree.sentences
    for (source, target), opinion in scene.opinions.items():
        likely = [name for name, chance in opinion.types.items() if chance >= LEAST]
        if not likely:
            continue
        one, other = scene.mentions[source], scene.mentions[target]
        if _is_apart(scene, one.head, other.head):
            continue
        token = _trigger(scene, one.head, other.head)
        ruled = qualifiers(scene, token)
        stance = Qualifiers(
            negated=opinion.negated > DENIED or any(excluded(scene, n, token) for n in (source, target)),
            modality=opinion.modality,
            status=opinion.status,
            certainty=ruled.certainty,
            claimant=_claimant(scene, (source, opinion), token, ruled),
        )
        for name in likely:
            if relation_types()[name].symmetric and source > target and (target, source) in scene.opinions:
                continue  # written once; the other way round comes first
            if name == CALLING and not _describes(scene, one.head):
                continue
            if name == OFFICE and (source, target) in titled:
                continue  # the title has said what they have to do with each other
            if name in verdicts and is_victim(scene, target, token, known, type_=name):
                continue
            if name in posts and (name == OFFICE or one.cls == "Person") and posts[name][source] != target:
                continue
            kept = name == MEMBER and other.cls == "PoliticalParty"  # who leaves an office leaves no party
            post = name in posts and one.cls == "Person" and not kept
            for first, second in product(one.actors, other.actors):
                over = post and stance.status == "current" and (first, sentences[one.head]) in left()
                ways = claim(name, first, second), claim(name, second, first)
                again = (name, first) in busy
                spare = again and (name in STRUCTURAL or (name == MEMBER and one.cls == "Person"))
                if first != second and found.isdisjoint(ways) and not spare:
                    yield Draft(
                        type=name,
                        source=source,
                        source_actor=first,
                        target=target,
                        target_actor=second,
                        start=min(one.start, other.start, token),
                        end=max(one.end, other.end, token + 1),
                        trigger=(token, token + 1),
                        qualifiers=replace(stance, status="past") if over else stance,
                        extractor="learned",
                        features=(
                            *_features(scene, name, one, other),
                            *_beside(name, (first, second), related),
                            *((f"learned again {name}",) if again else ()),
                        ),
                        view=_view(scene, name, source, target),
                    )


def _describes(scene: Scene, token: int) -> bool:
    """Say whether a sentence has words to call somebody something: not so "Peru criticised Chile"."""
    tree, sentence = scene.tree, scene.tree.sentences[token]
    named = {t for n in scene.places[sentence] for t in range(scene.mentions[n].start, scene.mentions[n].end)}
    free = (t for t, number in enumerate(tree.sentences) if number == sentence and t not in named)
    return any(tree.pos[t] in ("NOUN", "ADJ") for t in free)


def _claimant(scene: Scene, found: tuple[int, Opinion], token: int, ruled: Qualifiers) -> int | None:
    """Return who says so: where the encoder is not sure that nobody does, whom the words name."""
    _, opinion = found
    if ruled.disputed:
        return ruled.claimant
    if opinion.claim is None and opinion.claimed > NOBODY:
        return None
    who = claimant(scene, token, ruled.claimant)
    pointed = opinion.claim is not None and says_something(scene, token)
    if opinion.claim is not None and pointed and not _is_mistaken(scene, token, found, ruled, who=who):
        return _bearer(scene, opinion.claim)
    doubted = opinion.claim is None and opinion.claimed > DOUBTED
    return None if doubted and stands_apart(scene, token, who) else who


def _is_mistaken(
    scene: Scene, token: int, found: tuple[int, Opinion], stance: Qualifiers, *, who: int | None
) -> bool:
    """Say whether the words tell that he does not say so at whom the encoder points; `who` is whom they name.

    He may be the one of whom hearsay tells, or speak in another sentence or in a clause of his own.
    """
    source, opinion = found
    told = stance.hearsay and opinion.claim == source
    aside = opinion.claim is not None and speaks_aside(scene, token, opinion.claim)
    return told or aside or _speaks_elsewhere(scene, token, who, opinion.claim)


def _speaks_elsewhere(scene: Scene, token: int, who: int | None, claim: int | None) -> bool:
    """Say whether the encoder points at another sentence, though a verb of saying here names somebody."""
    if who is None or claim is None:
        return False
    speech = next((q for q in scene.doc.spans.get("quotes", ()) if q.start <= token < q.end), None)
    if speech is not None and speech.start <= scene.mentions[who].head < speech.end:
        return False  # who speaks of others' words is the one who speaks
    sentences, here = scene.tree.sentences, scene.tree.sentences[token]
    told = sentences[scene.mentions[claim].head]
    if told > here == sentences[scene.mentions[who].head] and any(scene.mentions[who].actors):
        return True  # "He says it is so. Earlier, X blamed Y": X speaks of something else
    if scene.mentions[who].form in ("pronoun", "clitic"):
        return False
    return sentences[scene.mentions[who].head] == here > told


def _bearer(scene: Scene, claim: int) -> int:
    """Return who speaks where the encoder points at whose he is: X of "Peru's president X said"."""
    return next((title.person for title in scene.titles if title.body == claim), claim)


def _likeliest(scene: Scene, name: str) -> dict[int, int]:
    """Return where each mention likeliest holds an office or is a member.

    "President Bola Tinubu" beside three states; "Ana Soto of the Greens and Juan Vega of the Liberals".
    """
    best: dict[int, tuple[float, int]] = {}
    for (source, target), opinion in scene.opinions.items():
        chance = opinion.types.get(name, 0.0)
        best[source] = max(best.get(source, (chance, -target)), (chance, -target))
    return {source: -target for source, (_, target) in best.items()}


def advised(scene: Scene, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Yield the drafts of another extractor with what the encoder thinks of the same relation.

    What one word says of several is one relation: "mediated between Peru and Chile" has the better chance
    of both.
    """
    listed = [(draft, _view(scene, draft.type, draft.source, draft.target)) for draft in drafts]
    best: dict[tuple[str, tuple[int, int]], View] = {}
    for draft, view in listed:
        if view is not None:
            key = draft.type, draft.trigger
            best[key] = max(best.get(key, view), view, key=lambda v: v.chance)
    for draft, view in listed:
        if view is not None:
            draft = replace(draft, view=best[draft.type, draft.trigger], qualifiers=_advised(scene, draft))
        yield draft


def _advised(scene: Scene, draft: Draft) -> Qualifiers:
    """Return how the relation stands, the encoder's word taken where it is sure and no word says otherwise.

    Rules see one sentence and the words that they know; the encoder sees who spoke before.
    """
    stance, opinion = draft.qualifiers, scene.opinions[draft.source, draft.target]
    if draft.office is not None or draft.type == "partOf":
        return stance
    token, found = draft.trigger[0], (draft.source, opinion)
    itself = opinion.claim not in (draft.source, draft.target)
    if (
        opinion.claim is not None
        and opinion.claimed > SPOKEN
        and not stance.disputed
        and (opinion.claim != draft.source or stance.claimant is None)
        and says_something(scene, token, itself=itself)
        and not _is_mistaken(scene, token, found, stance, who=stance.claimant)
    ):
        stance = replace(stance, claimant=_bearer(scene, opinion.claim))
    nobody = opinion.claim is None and opinion.claimed > DOUBTED
    if nobody and not stance.disputed and stands_apart(scene, token, stance.claimant):
        stance = replace(stance, claimant=None)
    if (stance.modality, stance.status, stance.certainty) == ("actual", "current", "certain"):
        if opinion.modality_chance > SURE:
            stance = replace(stance, modality=opinion.modality)
        if opinion.status_chance > SURE:
            stance = replace(stance, status=opinion.status)
    return stance


def _view(scene: Scene, name: str, source: int, target: int) -> View | None:
    forth, back = scene.opinions.get((source, target)), scene.opinions.get((target, source))
    if forth is None:
        return None
    chance, reverse = forth.types.get(name, 0.0), back.types.get(name, 0.0) if back else 0.0
    if relation_types()[name].symmetric:
        chance = reverse = max(chance, reverse)
    return View(chance=chance, reverse=reverse, likeliest=max(forth.types.values(), default=0.0))


def claim(name: str, source: str, target: str) -> Claim:
    """Return what makes two drafts the same relation: a symmetric one in either direction."""
    return name, *relation_types()[name].ends(source, target)


def _features(scene: Scene, name: str, one: ActorMention, other: ActorMention) -> tuple[str, ...]:
    """Describe the two mentions; the confidence is learned from these names, the classes as with frames."""
    left, right = min(one.head, other.head), max(one.head, other.head)
    here = scene.places[scene.tree.sentences[one.head]]
    between = sum(left < scene.mentions[number].head < right for number in here)
    ends = ("source", (one, other)), ("target", (other, one))
    return (
        f"learned {name}",
        f"source {name} {one.cls}",
        f"target {name} {other.cls}",
        f"learned forms {one.form} {other.form}",
        f"learned between {min(between, 4)}",
        f"learned marked {scene.is_marked(one)} {scene.is_marked(other)}",
        *(f"learned attached {end}" for end, (part, rest) in ends if _is_attached(scene, part, rest)),
        *((f"joined {name}",) if scene.tree.are_coordinated(one.head, other.head) else ()),
        *((f"learned verb {name}",) if "VERB" in scene.tree.pos[left + 1 : right] else ()),
    )


def _is_attached(scene: Scene, mention: ActorMention, other: ActorMention) -> bool:
    """Say whether a mention only says whose a third one is: "Peru" in "Peru's army", "Peru's president X"."""
    around = mention.within is not None and scene.mentions[mention.within] != other
    return around or any(
        title.start <= mention.start and mention.end <= title.end and scene.mentions[title.person] != other
        for title in scene.titles
    )


def _is_apart(scene: Scene, one: int, other: int) -> bool:
    """Say whether one stands in a clause about another actor, and the other is joined to that one behind it.

    "Rusia, yang menyerang Ukraina, dan Belarus bertemu": no word relates Ukraine and Belarus.
    """
    tree = scene.tree
    first, last = sorted((one, other))
    above = tree.heads[last]
    path = [first, *tree.ancestors(first)]
    return (
        tree.relation(last) == "conj"
        and above in scene.at
        and above in path[1:]
        and any(tree.relation(word) == "acl" for word in path[: path.index(above)])
    )


def _beside(name: str, pair: tuple[str, str], related: Mapping[tuple[str, str], list[str]]) -> Iterator[str]:
    """Say which relations others found between the two: a rival is seldom also called something else."""
    if pair in related:
        yield "learned beside another"
        yield from (f"beside {name} {other}" for other in related[pair])
    else:
        yield "learned beside the reverse" if pair[::-1] in related else "learned alone"


def _trigger(scene: Scene, one: int, other: int) -> int:
    """Return the word under which both mentions hang, the second one's head failing that."""
    above = [one, *scene.tree.ancestors(one)]
    for token in (other, *scene.tree.ancestors(other)):
        if token in above:
            return token
    return scene.tree.heads[other]
