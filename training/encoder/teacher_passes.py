"""The passes that make a ClearNLP tree a UD tree, in place: one function for each difference."""

from __future__ import annotations

from dataclasses import dataclass

from training.encoder.teacher_tree import Tree

PREDICATES = frozenset({"VERB", "AUX", "ADJ", "ADV"})
NOMINALS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "obl", "nmod"})
OPENING = {"``": "''", "-LRB-": "-RRB-"}
CLOSING = frozenset(OPENING.values())
HYPHENS = frozenset({"-", "–", "—", "--"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The columns of a document that the passes look at.

    `person` maps the start of a person's name to its end; `temporal` are the tokens of dates and times.
    """

    pos: list[str]
    tag: list[str]
    lemma: list[str]
    lower: list[str]
    person: dict[int, int]
    temporal: frozenset[int]


def spaces(tree: Tree, words: Words) -> None:
    """Make white space, masked furniture among it, a leaf: it never heads a word."""
    for token, pos in enumerate(words.pos):
        if pos != "SPACE":
            continue
        heirs = [child for child in sorted(tree.children[token]) if words.pos[child] != "SPACE"]
        if heirs:
            tree.promote(heirs[0], "dep")
        tree.labels[token] = "ROOT" if tree.heads[token] == token else "dep"


def hyphens(tree: Tree, words: Words) -> None:
    """Make the hyphen of "al-Khatib" punctuation; the tagger gives it the tag of its name."""
    for token, word in enumerate(words.lower):
        if word in HYPHENS and not tree.children[token] and tree.heads[token] != token:
            words.pos[token] = "PUNCT"
            tree.labels[token] = "punct"


def money(tree: Tree, words: Words, order: list[int]) -> None:
    """Make the currency sign the head of its sum: "$ 5 million"."""
    for token in order:
        head = tree.heads[token]
        if words.tag[token] == "$" and words.pos[head] == "NUM" and head > token:
            tree.promote(token, "nummod")
            for child in list(tree.children[token]):
                if words.pos[child] == "NUM" and token < child < head:
                    tree.attach(child, head, "compound")


def prepositions(tree: Tree, words: Words, order: list[int]) -> None:
    """Make every preposition a `case` (before a clause: `mark`) of its object, which takes its place.

    "held talks [with [officials]]" -> "held talks [[with] officials]"; nested ones, as in "out of fear", and
    coordinated ones, as in "to Russia and to Iran", come out right because objects take over from the bottom.
    """
    raised: dict[int, bool] = {}  # complement that stands in its preposition's place -> is it a clause?
    for token in order:
        label = tree.labels[token]
        objects = tree.with_label(token, "pobj", "pcomp")
        if not objects:
            verbal = label == "pcomp" and words.pos[token] in ("VERB", "AUX")  # "after living in Rome"
            if label not in ("prep", "agent", "dative", "pcomp") or words.pos[token] in NOMINALS or verbal:
                continue
            # "in and around Gaza", "according to officials": the object hangs under the second word.
            objects = [c for c in tree.with_label(token, "conj", "prep", "agent") if c in raised]
            if not objects:
                continue
        elif words.pos[token] in NOMINALS and label not in ("prep", "agent"):
            continue
        complement = min(objects, key=lambda c: (tree.labels[c] == "pcomp", c))
        clause = raised.get(complement, False) or (
            tree.labels[complement] == "pcomp" and _is_clause(tree, words, complement)
        )
        for extra in objects:
            if words.pos[extra] in ("ADP", "SCONJ") and not tree.children[extra] and extra != complement:
                tree.labels[extra] = "case"  # "because [of] the war"
            elif extra != complement:
                tree.labels[extra] = "dep" if tree.labels[extra] == "pobj" else "advcl"
        tree.promote(complement, "mark" if clause else "case")
        raised[complement] = clause
    for token in sorted(raised):
        label = tree.labels[token]
        governor = tree.heads[token]
        if governor == token or label not in ("prep", "agent", "dative", "pcomp", "pobj"):
            continue
        if (
            token in words.temporal
            and words.pos[governor] in ("PROPN", "PRON")
            and governor < token < tree.heads[governor]
            and tree.labels[governor] in ("nsubj", "nsubjpass")
        ):  # "Iran on Monday rejected ...": the parser likes to give the day to the name
            governor = tree.heads[governor]
            tree.attach(token, governor, label)
        verbal = _is_predicate(tree, words, governor)
        if raised[token]:
            tree.labels[token] = "advcl" if verbal else "acl"
        elif label == "agent":
            tree.labels[token] = "obl:agent"
        else:
            tree.labels[token] = "obl" if verbal else "nmod"
    for token in order:
        if tree.labels[token] in ("prep", "agent"):  # left without an object: "the man he spoke with"
            tree.labels[token] = "obl" if words.pos[token] in NOMINALS else "advmod"


def _is_predicate(tree: Tree, words: Words, token: int) -> bool:
    """Tell verbs and adjectives from nouns and from adjectives that stand for one ("most of the votes")."""
    if words.pos[token] == "ADJ" and tree.labels[token] in ARGUMENTS:
        return False
    return words.pos[token] in PREDICATES and not tree.with_label(token, "det", "poss")


def _is_clause(tree: Tree, words: Words, token: int) -> bool:
    """Tell a clause after a preposition ("after meeting him") from a bare adverb ("until now")."""
    return words.pos[token] in ("VERB", "AUX") or bool(tree.with_label(token, "nsubj", "nsubjpass"))


def copulas(tree: Tree, words: Words, order: list[int]) -> None:
    """Make the predicate the head and "be" its `cop`; in "there is a plan" the verb stays, with a subject."""
    for token in order:
        if words.lemma[token] != "be" or tree.labels[token] in ("aux", "auxpass"):
            continue
        if tree.with_label(token, "expl"):
            for child in tree.with_label(token, "attr"):
                tree.labels[child] = "nsubj"
            continue
        predicates = tree.with_label(token, "attr", "acomp")
        if not predicates and not tree.with_label(token, "ccomp", "xcomp", "dobj", "oprd"):
            predicates = [c for c in tree.with_label(token, "obl") if c > token][:1]
            predicates += [
                c for c in tree.with_label(token, "advmod") if c > token and words.pos[c] == "ADV"
            ][-1:]
        if not predicates:
            continue
        tree.promote(predicates[0], "cop")
        for other in predicates[1:]:
            if tree.labels[other] in ("attr", "acomp"):
                tree.labels[other] = "dep"


def conjuncts(tree: Tree, order: list[int]) -> None:
    """Hang every conjunct under the first one, and conjunctions and commas under the conjunct after them."""
    for token in reversed(order):
        if tree.labels[token] != "conj":
            continue
        first = tree.heads[token]
        while tree.labels[first] == "conj" and tree.heads[first] != first:
            first = tree.heads[first]
        if first != tree.heads[token]:
            tree.attach(token, first, "conj")
    for token in order:
        if tree.labels[token] not in ("cc", "punct"):
            continue
        head = tree.heads[token]
        first = tree.heads[head] if tree.labels[head] == "conj" else head
        later = [c for c in tree.with_label(first, "conj") if c > token]
        if later and first < token and later[0] != head:
            tree.attach(token, later[0], tree.labels[token])


def fixed(tree: Tree, words: Words, fixed: dict[str, list[tuple[tuple[str, ...], str]]]) -> None:
    """Bind expressions such as "according to" and "as well as" under their first word."""
    for token, word in enumerate(words.lower):
        for phrase, label in fixed.get(word, ()):
            end = token + len(phrase)
            if tuple(words.lower[token:end]) == phrase:
                _bind(tree, range(token, end), label)
                break


def _bind(tree: Tree, span: range, label: str) -> None:
    """Make the tokens of `span` a flat `fixed` expression, below the clause that hung on them if one did."""
    tops = [t for t in span if tree.heads[t] not in span or tree.heads[t] == t]
    below = [c for t in span for c in tree.children[t] if c not in span and tree.labels[c] != "punct"]
    if len(below) == 1 and tops == [tree.heads[below[0]]] and tree.labels[below[0]] in ("acl", "advcl"):
        tree.promote(below[0], label)  # "in order [to win]"
        tree.labels[below[0]] = "advcl"
        below = []
    if len({tree.heads[t] for t in tops}) != 1 or below or tree.heads[tops[0]] == tops[0]:
        return
    first, governor, old = span[0], tree.heads[tops[0]], tree.labels[tops[0]]
    for token in span:
        for child in [c for c in tree.children[token] if c not in span]:
            tree.attach(child, governor, "punct")
        tree.attach(token, governor, old)
    tree.labels[first] = label or old
    for token in span[1:]:
        tree.attach(token, first, "fixed")


def names(tree: Tree, words: Words) -> None:
    """Make the first name of a person the head and the others `flat`: "Vladimir" <- "Putin"."""
    for start, end in words.person.items():
        span, last = range(start, end), end - 1
        inner = [t for t in span if t != last and words.pos[t] != "PUNCT"]
        if words.pos[last] != "PROPN" or not inner or any(tree.heads[t] not in span for t in inner):
            continue
        if any(tree.labels[t] not in ("compound", "nmod") or tree.is_above(t, last) for t in inner):
            continue
        first = inner[0]
        for token in inner:
            tree.attach(token, last, "compound")
        tree.promote(first, "flat")
        for token in inner[1:]:
            tree.attach(token, first, "flat")


def raise_subjects(tree: Tree, words: Words, *, bare_infinitive: frozenset[str]) -> None:
    """Make the subject of a non-finite complement the object of the verb above: "urged [Iran] to stop"."""
    for token, label in enumerate(list(tree.labels)):
        if label != "ccomp":
            continue
        head = tree.heads[token]
        subjects = tree.with_label(token, "nsubj", "nsubj:pass")
        if words.pos[head] != "VERB" or not subjects or not head < subjects[0] < token:
            continue
        marks = tree.with_label(token, "mark", "aux", "cop")
        if any(words.tag[m] not in ("TO", "VB", "VBN") for m in marks):
            continue
        infinitive = any(words.tag[m] == "TO" for m in marks)
        bare = words.tag[token] == "VB" and words.lemma[head] in bare_infinitive
        small = not marks and (words.tag[token] in ("VBG", "VBN") or words.pos[token] not in ("VERB", "AUX"))
        if infinitive or bare or small:
            for subject in subjects[:1]:
                tree.attach(subject, head, "obj")
            tree.labels[token] = "xcomp"


def pairs(tree: Tree, words: Words) -> None:
    """Hang a pair of quotation marks or brackets under the head of what they enclose."""
    opened: list[int] = []
    for token, tag in enumerate(words.tag):
        if tag in OPENING:
            opened.append(token)
        elif tag in CLOSING and opened:
            first = opened.pop()
            if OPENING[words.tag[first]] != tag:
                opened.clear()
                continue
            span = range(first + 1, token)
            tops = [t for t in span if tree.heads[t] not in span or tree.heads[t] == t]
            tops = [t for t in tops if tree.labels[t] != "punct"]
            if len(tops) == 1 and not (tree.children[first] or tree.children[token]):
                tree.attach(first, tops[0], "punct")
                tree.attach(token, tops[0], "punct")
