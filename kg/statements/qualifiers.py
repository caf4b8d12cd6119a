"""How a statement stands: negated, attempted, planned, hypothetical, past - and who says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.model import Certainty, Modality, Status
from kg.statements.asides import heads_aside, names_an_actor
from kg.statements.clauses import contrasted, form_voice, is_passive, light_clauses, marked
from kg.statements.frames import Operator
from kg.statements.operators import leaves_said, operator_over, operators_above, teller
from kg.statements.scene import Scene
from kg.statements.speakers import speaker

OPEN = ("actual", "planned")
COMPLEMENTS = (
    "ccomp",
    "xcomp",
    "csubj",
    "obj",
    "obl",
    "nmod",
    "acl",
    "advcl",
    "parataxis",
    "nsubj",
    "compound",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifiers:
    """What stands around a predicate; `claimant` is an index in `doc._.mentions`, None the narrator.

    `hearsay` is what somebody says whom the text does not name: "Rwanda is believed to have armed them". A
    `disputed` claim is denied by another than its claimant: "X denied Y's claim that …".
    """

    negated: bool = False
    modality: Modality = "actual"
    status: Status = "current"
    certainty: Certainty = "certain"
    claimant: int | None = None
    hearsay: bool = False
    disputed: bool = False


def qualifiers(scene: Scene, predicate: int) -> Qualifiers:
    """Walk from a predicate up to its root and gather what negates, hedges, plans and claims it.

    Operators of the main clause reach into complements ("denied that it plans to attack"), not into relative
    clauses; a claim reaches everywhere.
    """
    tree = scene.tree
    found = Qualifiers()
    here, open_, shared, told, vowed = predicate, True, False, True, False
    below: Operator | None = None  # what the word reached is to what stands below it
    if names_an_actor(scene, predicate):
        return _own_words(scene, predicate, found, shared=False)
    for _ in range(12):
        if open_:
            own = _own_words(scene, here, found, shared=shared)
            found = _undenied(found, own, below) if below is not None and below.denied else own
            if here != predicate or not _announces(scene, here):
                found = _conditional(scene, here, found)
            for verb in light_clauses(scene, here):  # "pertemuan yang akan diadakan"
                found = _own_words(scene, verb, found, shared=False)
        head, relation = teller(scene, here), tree.relation(here)
        if head == here:
            break
        told = told and not heads_aside(scene, here) and not _is_another(scene, here)
        if below is not None and below.claim and not below.modality and found.claimant is not None:
            open_ = False  # "X denies claims by Y that Z attacked": Y does not deny it
        below = None
        shared = relation == "conj"
        if shared and (tree.first(here, "nsubj") is not None or tree.pos[here] == "NOUN"):
            open_ = False  # a new clause, another thing: "will visit Iran, and Israel protests"
        if relation == "appos" and head in scene.at:
            open_ = False  # "will visit Peru, its ally": it is one already
        if relation in COMPLEMENTS:
            named = here != predicate and here in scene.at  # "rejected the government backed by X"
            apart = (named and relation in ("obj", "obl")) or _is_circumstance(scene, here)
            operator = None if apart else operator_over(scene, head, here)
            open_ = open_ and not _stands_alone(scene, here)
            reached = open_
            if operator is not None:
                reaches = open_ and not (operator.modality == "planned" and _is_finite(scene, here))
                event = here == predicate and leaves_said(scene, operator, here)
                if event:
                    reaches = open_ = False
                found = _apply(scene, found, operator, head, open_=reaches)
                told = told and not (event and operator.negated)
                if told and operator.claim and (reaches or not operator.modality):
                    free = replace(found, claimant=None) if vowed else found  # "claims that Chile vowed to"
                    outer = _claimed(scene, free, operator, head, open_=reaches)
                    found = outer if outer.claimant is not None else replace(outer, claimant=found.claimant)
                    vowed = operator.light and operator.modality == "planned"
                if operator.negated and found.claimant is not None and not open_:
                    found = replace(found, disputed=True)
                open_, below = open_ and not operator.factive, operator if reaches else None
            elif relation in ("acl", "advcl", "parataxis", "nsubj", "obj", "obl", "nmod"):
                open_ = open_ and relation == "nsubj" and tree.keys[head] in scene.grammar.exists
            found = _inherited(scene, here, found) if reached else found
        here = head
    return found


def _is_another(scene: Scene, verb: int) -> bool:
    """Say whether a semicolon sets apart what somebody else does: "X accused Y; the group rejected it"."""
    tree = scene.tree
    if tree.relation(verb) not in ("parataxis", "conj") or tree.first(verb, "nsubj") is None:
        return False
    first = min(tree.subtree(verb))
    return ";" in (tree.lowers[first], tree.lowers[max(0, first - 1)])


def _undenied(found: Qualifiers, own: Qualifiers, operator: Operator) -> Qualifiers:
    """Take back a denial that is of the claim alone: "did not confirm that X attacked Y" leaves it open."""
    if own.negated == found.negated:
        return own
    modality = operator.denied if found.modality in OPEN and operator.denied else found.modality
    return replace(own, negated=found.negated != operator.negated, modality=modality)


def _stands_alone(scene: Scene, token: int) -> bool:
    """Say whether nothing but a claim reaches into a clause: "they plan it, said X", "X, who attacked …".

    "X rejected it, while Y supported it" denies no support, "refused to go, defying X" no defiance.
    """
    tree = scene.tree
    if tree.relation(token) == "parataxis" or contrasted(scene, token):
        return True
    if tree.relation(token) == "advcl" and _set_off(scene, token):
        return True
    subjects = (tree.lowers[child] for child in tree.dependants(token, "nsubj"))
    return tree.relation(token) == "acl" and any(word in scene.grammar.relatives for word in subjects)


def _is_circumstance(scene: Scene, token: int) -> bool:
    """Say whether a clause tells when or why: "denied it after Y expelled Z" denies no expulsion.

    Also where the parse takes it for what was said: "will go, X said, two months after Y expelled Z".
    """
    return scene.tree.relation(token) in ("advcl", "ccomp") and marked(
        scene, token, scene.grammar.circumstances
    )


def _set_off(scene: Scene, token: int) -> bool:
    """Say whether a comma sets a clause off, and it is no infinitive: "failed to urge X, Y's ally, to go"."""
    tree = scene.tree
    if marked(scene, token, scene.grammar.purposes):
        return False
    clause = sorted(tree.subtree(token))
    edge = clause[0] - 1 if token > tree.heads[token] else min(clause[-1] + 1, len(tree.lowers) - 1)
    return "," in (tree.lowers[max(0, edge)], tree.lowers[clause[0]], tree.lowers[clause[-1]])


def _inherited(scene: Scene, token: int, found: Qualifiers) -> Qualifiers:
    """Add what is to come by its main clause: "akan bertemu guna berunding", "arrived to meet"."""
    tree, words = scene.tree, scene.grammar
    head = tree.heads[token]
    bound = tree.relation(token) == "xcomp" and tree.keys[head] in words.auxiliaries.destined
    marks = {tree.lowers[child] for child in tree.dependants(token, "mark", "advmod")}
    if found.modality != "actual" or tree.relation(token) not in ("advcl", "xcomp", "acl"):
        return found
    purpose = not marks.isdisjoint(words.purposes)
    planned = words.auxiliaries.planned
    ahead = any(tree.keys[c] in planned or tree.lowers[c] in planned for c in tree.dependants(head, "aux"))
    if purpose and (bound or ahead or tree.keys[head] in words.journeys):
        return replace(found, modality="planned", status="future")
    if ahead and not marks.isdisjoint(words.before):
        return replace(found, modality="planned", status="future")
    return found


def _announces(scene: Scene, verb: int) -> bool:
    """Say whether a verb itself says or plans something: who threatens to act if, threatens in any case."""
    return any(
        operator.claim or operator.modality for operator, _ in scene.operators.get(scene.tree.keys[verb], ())
    )


def _conditional(scene: Scene, verb: int, found: Qualifiers) -> Qualifiers:
    """Add that it happens only if something else does: "will bomb X if Y leaves", not "even if"."""
    tree, words = scene.tree, scene.grammar
    for clause in tree.dependants(verb, "advcl"):
        for mark in tree.dependants(clause, "mark"):
            regardless = mark and tree.lowers[mark - 1] in words.regardless
            if tree.lowers[mark] in words.conditions and not regardless and found.modality in OPEN:
                return replace(found, modality="hypothetical")
    return found


def _is_finite(scene: Scene, token: int) -> bool:
    """Say whether a clause is what somebody agrees or decides is so: "setuju bahwa X bekerja sama"."""
    return marked(scene, token, scene.grammar.complementisers)


def _own_words(scene: Scene, token: int, found: Qualifiers, *, shared: bool) -> Qualifiers:
    """Read a word's own negators, auxiliaries and conjunctions: "did not", "may", "if"."""
    tree, words = scene.tree, scene.grammar
    for child in tree.children[token]:
        relation = tree.relation(child)
        if relation == "nsubj" and not shared and _is_nobody(scene, child):
            found = replace(found, negated=not found.negated)
        hearsay = tree.lowers[child] in words.auxiliaries.hypothetical  # "Malta kabarnya menjual …"
        if relation not in ("advmod", "aux", "det", "mark", "cc", "amod", "case", "neg") and not hearsay:
            continue
        if shared and relation not in ("aux",):
            continue
        word, key = tree.lowers[child], tree.keys[child]
        if not shared and _denies(scene, child):
            found = replace(found, negated=not found.negated)
        if relation in ("mark", "case", "advmod") and word in words.conditions and found.modality == "actual":
            found = replace(found, modality="hypothetical")
        if key in words.auxiliaries.planned or word in words.auxiliaries.planned:
            found = replace(
                found, status="future", modality="planned" if found.modality == "actual" else found.modality
            )
        if key in words.auxiliaries.reported and found.modality == "actual":
            reported = any(operator.claim for operator, _ in operators_above(scene, token))
            found = replace(
                found,
                modality="planned" if reported else "hypothetical",
                status="future" if reported else found.status,
            )
        failed = key in words.auxiliaries.able and _is_denied(scene, token)
        if key in words.auxiliaries.hypothetical and found.modality in OPEN and not failed:
            found = replace(found, modality="hypothetical")
        if key in words.auxiliaries.attempted and found.modality == "actual":
            found = replace(found, modality="attempted")
        never = child > 0 and tree.lowers[child - 1] in words.negators  # "tidak pernah"
        if key in words.auxiliaries.past and not never:
            found = replace(found, status="past")
        if key in words.auxiliaries.probable:
            found = replace(found, certainty="probable")
        elif key in words.auxiliaries.possible:
            found = replace(found, certainty="possible")
    return found


def _denies(scene: Scene, word: int) -> bool:
    """Say whether a particle denies: "not", "instead of", "no longer"."""
    tree, words = scene.tree, scene.grammar
    both = f"{tree.lowers[word]} {tree.lowers[min(word + 1, len(tree.lowers) - 1)]}"
    return (
        tree.lowers[word] in words.negators
        or both in words.negators
        or (tree.lowers[word] in words.lingering and _is_denied(scene, word))
    )


def _is_denied(scene: Scene, verb: int) -> bool:
    return any(scene.tree.lowers[child] in scene.grammar.negators for child in scene.tree.children[verb])


def _is_nobody(scene: Scene, subject: int) -> bool:
    """Say whether a subject denies its verb: "neither has ties", "no minister met them", "tak satu pun"."""
    tree, negators = scene.tree, scene.grammar.negators
    words = [subject, *tree.dependants(subject, "det", "cc", "advmod", "nummod")]
    numbers = list(tree.dependants(subject, "nummod"))
    words += [below for number in numbers for below in tree.dependants(number, "advmod")]
    merely = set(scene.grammar.merely)  # "not only Peru condemned it"
    return any(
        tree.lowers[word] in negators and merely.isdisjoint(tree.lowers[word + 1 : word + 2])
        for word in words
    )


def _apply(scene: Scene, found: Qualifiers, operator: Operator, head: int, *, open_: bool) -> Qualifiers:
    if open_:
        if operator.negated:
            found = replace(found, negated=not found.negated)
        feared = operator.claim and operator.modality == "hypothetical" and found.modality == "planned"
        if operator.modality and (found.modality == "actual" or feared):  # "feared that X will attack"
            found = replace(found, modality=operator.modality)
        if operator.status and found.status == "current" and not (operator.factive and _is_open(scene, head)):
            found = replace(found, status=operator.status)
    return found


def _claimed(scene: Scene, found: Qualifiers, operator: Operator, head: int, *, open_: bool) -> Qualifiers:
    if found.claimant is not None:
        return found
    found = replace(found, claimant=speaker(scene, head))
    if open_ and found.claimant is None and is_passive(scene, head, form_voice(scene, head)):
        certainty: Certainty = "probable" if found.certainty == "certain" else found.certainty
        unnamed = operator.unnamed if found.modality in OPEN else None
        return replace(found, certainty=certainty, hearsay=True, modality=unnamed or found.modality)
    return found


def _is_open(scene: Scene, verb: int) -> bool:
    """Say whether it is no fact that a subject does it: "should end it", "did not end it", "to end it"."""
    stance = qualifiers(scene, verb)
    return stance.negated or stance.modality != "actual" or marked(scene, verb, scene.grammar.purposes)
