"""From a token in a slot to the actors that its phrase stands for."""

from __future__ import annotations

from dataclasses import dataclass

from kg.statements.afar import NEAR
from kg.statements.clauses import agents
from kg.statements.coordination import PAIRED
from kg.statements.receiving import is_means
from kg.statements.scene import Scene
from kg.statements.slots import NOMINAL, fill, modifiers, possessors

DEPTH = 1  # common nouns between a slot and a mention, besides the first
GROUP = "ActorGroup"
REACH = 6  # tokens behind a noun within which "such as" may follow


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """A mention in a slot; `hops` counts the nouns between ("Israel's missiles hit": Israel at one hop)."""

    mention: int
    actor: str
    slot: str
    hops: int = 0


def resolve(scene: Scene, token: int, slot: str) -> list[Argument]:
    """Return the actors that a phrase stands for: all that it coordinates, or whose thing it names."""
    found: list[Argument] = []
    for one in scene.tree.conjuncts(token):
        number = scene.at.get(one)
        spelled_out = _spelled_out(scene, number) if number is not None else []
        if spelled_out:  # "its old rivals Eritrea and Sudan"
            found += [unit for name in spelled_out for unit in units(scene, name, slot, 0)]
        elif number is not None:
            found += units(scene, number, slot, 0)
            if scene.mentions[number].cls == GROUP:  # "foes such as Iran and Syria": it holds for these too
                found += [unit for example in examples(scene, one) for unit in units(scene, example, slot, 1)]
        elif scene.tree.relation(one) == "appos" and scene.tree.heads[one] in scene.at:
            found += units(
                scene, scene.at[scene.tree.heads[one]], slot, 0
            )  # "Holmes, an envoy who replaced …"
        elif scene.tree.pos[one] in NOMINAL or scene.tree.pos[one] in ("NUM", "DET"):
            named = apposed(scene, one)
            if named:  # "a deal with Ethiopia's old rivals Eritrea and Sudan"
                found += [unit for name in named for unit in units(scene, name, slot, 0)]
                continue
            if is_means(scene, one):
                continue  # "broke up the protest with the help of Chile": nothing was broken with Chile
            owners = [scene.at[owner] for owner in _owners(scene, one)] or examples(scene, one)
            for owner in owners:
                found += units(scene, owner, slot, 1)
    return found


def apposed(scene: Scene, noun: int) -> list[int]:
    """Return the mentions in apposition behind a noun, all that it coordinates."""
    named = [c for c in scene.tree.dependants(noun, "appos") if c > noun and c in scene.at]
    return [scene.at[c] for c in scene.tree.conjuncts(named[0]) if c in scene.at] if named else []


def _spelled_out(scene: Scene, number: int) -> list[int]:
    """Return the names that say who a group without a name is."""
    mention = scene.mentions[number]
    if mention.form != "nominal" or mention.cls != GROUP:
        return []
    return [n for n in apposed(scene, mention.head) if scene.mentions[n].form in PAIRED]


def authors(scene: Scene, noun: int) -> list[int]:
    """Return who made what a noun names: "a bill tabled by X", "usul yang diajukan X"."""
    verbs = scene.tree.dependants(noun, "acl")
    return [
        who
        for verb in verbs
        if scene.tree.keys[verb] in scene.grammar.authoring
        for who in agents(scene, verb)
    ]


def examples(scene: Scene, noun: int) -> list[int]:
    """Return the mentions that spell a noun out: "sepuluh orang, termasuk X dan Y", "states such as X"."""
    tree, cues = scene.tree, [cue.split() for cue in scene.grammar.examples]
    for token in range(noun + 1, min(noun + REACH, len(tree.keys) - 1)):
        told = any(tree.lowers[token : token + len(words)] == words for words in cues)
        if tree.sentences[token] != tree.sentences[noun] or (tree.pos[token] == "VERB" and not told):
            break
        if told:
            first = next((t for t in range(token + 1, token + 4) if t in scene.at), None)
            if first is None:
                break
            return [
                scene.at[t] for t in tree.conjuncts(scene.mentions[scene.at[first]].head) if t in scene.at
            ]
    return []


def units(scene: Scene, number: int, slot: str, hops: int) -> list[Argument]:
    """Return the actors that one mention stands for: several for "the two countries"."""
    mention = scene.mentions[number]
    found = [Argument(mention=number, actor=actor, slot=slot, hops=hops) for actor in mention.actors]
    for token in _joined_owners(scene, number):
        other = scene.at.get(token)
        if other is not None and not mention.start <= token < mention.end:
            actor = scene.mentions[other].actor
            found.append(Argument(mention=other, actor=actor, slot=slot, hops=hops + 1))
    return found


def _joined_owners(scene: Scene, number: int) -> list[int]:
    """Return whose else a group is: "leaders of Chad and Libya", "US and Iraqi troops"."""
    mention = scene.mentions[number]
    whole = scene.mentions[mention.belongs_to] if mention.belongs_to is not None else None
    if whole is not None and whole.actor == mention.actor:
        return scene.tree.conjuncts(scene.tree.first_conjunct(whole.head))
    inside = range(mention.start, mention.end) if mention.form == "nominal" else ()
    first = next((f for t in inside if (f := scene.tree.first_conjunct(t)) < mention.start), None)
    return (
        scene.tree.conjuncts(first) if first is not None and scene.tree.heads[first] == mention.head else []
    )


def _owners(scene: Scene, noun: int, *, depth: int = 0) -> list[int]:
    """Return the tokens of the mentions that a noun leads to: "US policy", "bases of units of Iran"."""
    tree, cases = scene.tree, (*scene.grammar.of, *scene.grammar.between)
    phrases = list(tree.dependants(noun, "nmod", "obl"))
    for found in (
        [child for child in phrases if tree.case(child) in scene.grammar.agents],  # "the killing of X by Y"
        possessors(scene, noun),
        authors(scene, noun),
        [child for child in phrases if tree.case(child) in cases],
        modifiers(scene, noun),
        list(tree.dependants(noun, "appos", "flat")),
    ):
        owners = [_whole(scene, c, noun) for one in found for c in tree.conjuncts(one) if c in scene.at]
        if not owners and depth < DEPTH:
            owners = [deep for one in found for deep in _owners(scene, one, depth=depth + 1)]
        if owners:
            return owners
    return []


def _whole(scene: Scene, owner: int, noun: int) -> int:
    """Return the head of the group before a noun that its owner is in: "Fiji's opposition leader"."""
    here = [scene.mentions[number] for number in scene.places[scene.tree.sentences[noun]]]
    around = [m for m in here if m.start <= owner < m.end <= noun and scene.tree.heads[m.head] == noun]
    return max(around, key=lambda mention: mention.end - mention.start).head if around else owner


def arguments(
    scene: Scene,
    token: int,
    slots: tuple[str, ...],
    *,
    passive: bool,
    taken: set[int] = frozenset(),  # type: ignore[assignment]
) -> list[Argument]:
    """Return the mentions in the first slot that holds any."""
    for slot in slots:
        found: list[Argument] = []
        for filler in fill(scene, token, slot, passive=passive):
            within = filler == scene.tree.heads[token] and scene.tree.relation(token) == "amod"
            described = filler < token and _describes(scene, token, filler)
            for argument in resolve(scene, filler, slot if not slot.startswith(NEAR) else NEAR):
                mention = scene.mentions[argument.mention]
                inside = mention.start <= token < mention.end and slot != "bearer" and not within
                if argument.mention not in taken and not inside and not (described and mention.start > token):
                    found.append(argument)
        if found:
            return list(dict.fromkeys(found))
    return []


def _describes(scene: Scene, token: int, noun: int) -> bool:
    """Say whether a word stands in a clause about a noun; what is coordinated behind it has no part in that.

    "Rusia, yang menyerang Ukraina, dan Belarus bertemu": Belarus attacks nobody.
    """
    path = [token, *scene.tree.ancestors(token)]
    if noun not in path:
        return False
    return any(scene.tree.relation(word) == "acl" for word in path[: path.index(noun)])
