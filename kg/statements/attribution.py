"""Who says so: verbs of saying around a quotation, "…, said X", "according to X"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from kg.statements.asides import aside
from kg.statements.clauses import contrasted, marked
from kg.statements.scene import Scene
from kg.statements.speakers import MEDIUM, adds, is_postposed, speaker

QUOTING = ('"', "“", "”", "'", "‘", "’")
REACH = 12  # tokens between the end of a quotation and the verb that says whose it is


def claimant(scene: Scene, predicate: int, found: int | None) -> int | None:
    """Return the mention to which a predicate's clause is attributed, None for the narrator.

    `found` is what the verbs above the predicate say. Media that only carry the report are no claimants.
    """
    apart = aside(scene, predicate)
    for choice in (
        found,
        _according(scene, predicate, apart),
        _quoted(scene, predicate),
        _postposed(scene, predicate) if apart is None else None,
    ):
        if choice is not None:
            return None if scene.mentions[choice].cls == MEDIUM else choice
    return None


def _according(scene: Scene, predicate: int, apart: int | None) -> int | None:
    """Return X of "according to X" in the predicate's sentence, or in the aside that it stands in."""
    tree = scene.tree
    for number in scene.places[tree.sentences[predicate]]:
        head = scene.mentions[number].head
        for token in (head, *list(tree.ancestors(head))[:2]):
            case = tree.case(token)
            if case and any(case.startswith(word) for word in scene.grammar.according):
                within = apart is None or token in tree.subtree(apart)
                reached = predicate not in tree.subtree(token) and _reaches(scene, token, predicate)
                return number if reached and within else None
    return None


def _reaches(scene: Scene, source: int, predicate: int) -> bool:
    """Say whether "according to X" is not in a clause of its own: "sanctions after polls that, X says, …"."""
    tree = scene.tree
    first = min(tree.dependants(source, "case"), default=source)
    if first > 1 and tree.lowers[first - 2] in scene.grammar.relatives and tree.lowers[first - 1] == ",":
        return predicate in tree.subtree(tree.heads[first - 2])  # "that, according to X, were rigged"
    clause = next((t for t in (source, *tree.ancestors(source)) if tree.relation(t) == "acl"), None)
    return clause is None or predicate in tree.subtree(clause)


def _quoted(scene: Scene, predicate: int) -> int | None:
    """Return who speaks the quotation that holds the predicate: the nearest verb of saying outside it."""
    for quote in scene.doc.spans.get("quotes", ()):
        if quote.start <= predicate < quote.end and quote.label_ != "words":
            after = range(quote.end, min(len(scene.doc), quote.end + REACH))
            before = range(max(0, quote.start - 1), max(-1, quote.start - 1 - REACH), -1)
            for token in (*after, *before):
                if says(scene, token):
                    who = speaker(scene, token)
                    if who is not None:
                        return who
    return None


def _postposed(scene: Scene, predicate: int) -> int | None:
    """Return X of "…, X said" and "…, kata X" where the parse does not tie the two clauses together.

    Not beyond a semicolon: "it is a pact; X calls it a waste of paper".
    """
    tree = scene.tree
    sentence = tree.sentences[predicate]
    token = predicate + 1
    while token < len(tree.keys) and tree.sentences[token] == sentence and tree.lowers[token] != ";":
        if (
            says(scene, token)
            and is_postposed(scene, token)
            and not adds(scene, token)
            and not _joined(scene, token)
            and not _is_about(scene, token)
            and not contrasted(scene, token)
            and not marked(scene, token, scene.grammar.circumstances)
            and not any(c > token for c in tree.dependants(token, "ccomp"))
            # "Hidalgo, the mayor of Paris, accused …" does not say so of herself
            and not any(predicate in tree.subtree(s) for s in tree.dependants(token, "nsubj"))
        ):
            return speaker(scene, token)
        token += 1
    return None


def _joined(scene: Scene, verb: int) -> bool:
    """Tell whether a verb tells of something else: "…, and X demands a vote", "…, a charge denied by X"."""
    tree = scene.tree
    return tree.relation(verb) in ("acl", "amod", "xcomp") or tree.first(verb, "cc") is not None


def _is_about(scene: Scene, verb: int) -> bool:
    """Tell whether a verb only tells of what stands before its subject: "…, a claim Peru denied"."""
    return sum(subject < verb for subject in scene.tree.dependants(verb, "nsubj")) > 1


def says_something(scene: Scene, token: int, *, itself: bool = True) -> bool:
    """Tell whether there is a verb of saying in a word's sentence, "according to", or a quotation.

    The word may be that verb `itself`: who is accused is not the one who says so for that.
    """
    tree = scene.tree
    number = tree.sentences[token]
    words = range(bisect_left(tree.sentences, number), bisect_right(tree.sentences, number))
    text = " ".join(tree.lowers[word] for word in words)
    told = any(f" {phrase} " in f" {text} " for phrase in scene.grammar.according)
    said = any(says(scene, word) for word in words if itself or word != token)
    return told or said or any(tree.lowers[word] in QUOTING for word in words)


def stands_apart(scene: Scene, token: int, who: int | None) -> bool:
    """Tell whether someone's claim may not reach a word: "Peru said it fled after Chile attacked it"."""
    if who is None:
        return False
    return _is_parted(scene, token, scene.mentions[who].head, by=contrasted)


def speaks_aside(scene: Scene, token: int, who: int) -> bool:
    """Tell whether somebody speaks in a clause of his own: "Peru left hours after Chile warned Cuba"."""
    return _is_parted(scene, scene.mentions[who].head, token, by=_describes)


def _is_parted(scene: Scene, one: int, other: int, *, by: Callable[[Scene, int], bool]) -> bool:
    """Say whether one word stands in a circumstance, or a clause that `by` picks, and the other does not."""
    tree, words = scene.tree, scene.grammar.circumstances
    clauses = (t for t in (one, *tree.ancestors(one)) if tree.heads[t] != t)
    apart = (t for t in clauses if by(scene, t) or marked(scene, t, words))
    return any(other not in tree.subtree(clause) for clause in apart)


def _describes(scene: Scene, clause: int) -> bool:
    return scene.tree.relation(clause) == "acl"


def says(scene: Scene, token: int) -> bool:
    """Say whether a word is a verb of saying, or of Indonesian nouns one that says whose a report is."""
    tree = scene.tree
    key = tree.keys[token]
    found = (operator for operator, _ in scene.operators.get(key, ()) if operator.claim and operator.verbs)
    if scene.grammar.match == "lemma":
        return tree.pos[token] in ("VERB", "AUX") and any(found)
    thus = token > 0 and tree.lowers[token - 1] in scene.grammar.thus  # "demikian pernyataan X"
    return any(thus or key not in operator.nouns for operator in found)  # not "tuduhan yang dibantah X"
