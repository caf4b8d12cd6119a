"""Precision and recall of statements against gold: the measures of the benchmark, over its JSON lines.

A statement is right (strict) when its type is the gold's or one that the gold accepts, both actors are the
gold's or ones it accepts (either way round for a symmetric type), and the negation agrees. `pair` ignores
type, direction and negation. Optional gold counts neither when found nor when missed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from kg.gold import GoldItem, GoldStatement, PredictedMention, PredictedStatement, Text, item_of


def score(
    gold: Iterable[GoldItem],
    predicted: Iterable[PredictedStatement],
    *,
    texts: Iterable[Text],
    symmetric: Collection[str],
) -> Report:
    """Return the figures over the items of `gold` whose document is among `texts`."""
    known = {text.id: text.text for text in texts}
    report = Report()
    found = _by_document(predicted, texts=known, symmetric=symmetric, report=report)
    for item in gold:
        if item.id in known:
            _count(item, found.get(item.id, []), symmetric=symmetric, report=report)
    return report


def score_actors(
    gold: Iterable[GoldItem], mentions: Iterable[PredictedMention], *, texts: Iterable[Text]
) -> dict[str, float | None]:
    """Return how many gold actors were found in their document, and how well names were linked to Wikidata.

    Links are judged on mentions that stand exactly on a gold name whose Wikidata id is known.
    """
    known = {text.id: text.text for text in texts}
    of_document: dict[str, list[PredictedMention]] = defaultdict(list)
    for mention in mentions:
        of_document[mention.document].append(mention)
    n: Counter[str] = Counter()
    for item in gold:
        here = of_document[item.id]
        for actor in item.actors.values():
            if item.id not in known or not actor.surfaces:
                continue
            n["actors"] += 1
            n["found"] += any(actor.accepts(mention.actor) for mention in here)
            if not actor.qid:
                continue
            longest_first = sorted(actor.surfaces, key=len, reverse=True)
            pattern = re.compile("|".join(map(re.escape, longest_first)))
            places = {match.span() for match in pattern.finditer(known[item.id])}
            for mention in here:
                if (mention.start, mention.end) in places:
                    linked, right = item_of(mention.actor.id) is not None, actor.accepts(mention.actor)
                    n["linkable"] += 1
                    n["linked"] += linked and right
                    n["wrong"] += linked and not right
    return {
        "actor_recall": ratio(n["found"], n["actors"]),
        "link": ratio(n["linked"], n["linkable"]),
        "wrong_link": ratio(n["wrong"], n["linkable"]),
    }


def ratio(part: int, whole: int) -> float | None:
    """Return part / whole, or None where there is nothing to divide."""
    return round(part / whole, 4) if whole else None


def _by_document(
    predicted: Iterable[PredictedStatement],
    *,
    texts: Mapping[str, str],
    symmetric: Collection[str],
    report: Report,
) -> dict[str, list[PredictedStatement]]:
    # The same claim in another wording is the same statement: the first one stands for all.
    found: dict[str, dict[tuple[object, ...], PredictedStatement]] = defaultdict(dict)
    for statement in predicted:
        if statement.inferred or statement.document not in texts:
            continue
        text = texts[statement.document]
        report.n["quotes"] += max(1, len(statement.evidence))
        report.n["exact quotes"] += sum(
            quote.start < quote.end and text[quote.start : quote.end] == quote.text
            for quote in statement.evidence
        )
        ends = [statement.source.id, statement.target.id]
        if statement.type in symmetric:
            ends.sort()
        claimant = statement.attributed_to.id if statement.attributed_to else None
        key = (statement.type, *ends, claimant, statement.negated, statement.modality)
        found[statement.document].setdefault(key, statement)
    return {document: list(statements.values()) for document, statements in found.items()}


def _count(
    item: GoldItem, predicted: Sequence[PredictedStatement], *, symmetric: Collection[str], report: Report
) -> None:
    grades = {
        (i, j): grade(gold, statement, item=item, symmetric=symmetric)
        for i, gold in enumerate(item.statements)
        for j, statement in enumerate(predicted)
    }
    gold_of = _matched(grades, item=item)
    paired = [(i, j) for (i, j), grade in grades.items() if grade > Grade.NONE]
    paired_gold, paired_found = {i for i, _ in paired}, {j for _, j in paired}
    hit = set(gold_of.values())
    n = report.n
    for i, gold in enumerate(item.statements):
        if gold.tier == "optional":
            continue
        n["gold"] += 1
        n[f"gold {gold.tier}"] += 1
        n["gold paired"] += i in paired_gold
        report.types[gold.type]["gold"] += 1
        if i in hit:
            n["hit"] += 1
            n[f"hit {gold.tier}"] += 1
            report.types[gold.type]["hit"] += 1
        else:
            report.missed.append((item, gold))
    for j, statement in enumerate(predicted):
        found = item.statements[gold_of[j]] if j in gold_of else None
        if found and found.tier == "optional":
            continue
        if not found and any(grades[i, j] == Grade.STRICT for i in range(len(item.statements))):
            continue  # says again, in other words, what another one has matched
        n["predicted"] += 1
        n["predicted paired"] += j in paired_found
        report.types[statement.type]["predicted"] += 1
        if found:
            _count_attributes(found, statement, item=item, n=n)
        else:
            report.wrong.append((item, statement))


def _matched(grades: Mapping[tuple[int, int], Grade], *, item: GoldItem) -> dict[int, int]:
    # Gold that counts is given away before optional gold, earlier before later.
    strict = [pair for pair, grade in grades.items() if grade == Grade.STRICT]
    strict.sort(key=lambda pair: (item.statements[pair[0]].tier == "optional", pair))
    gold_of: dict[int, int] = {}
    for i, j in strict:
        if j not in gold_of and i not in gold_of.values():
            gold_of[j] = i
    return gold_of


def grade(
    gold: GoldStatement, found: PredictedStatement, *, item: GoldItem, symmetric: Collection[str]
) -> Grade:
    """Return how far a predicted statement agrees with a gold one of its item."""
    sources = [item.actors[key] for key in (gold.source, *gold.accept_sources)]
    targets = [item.actors[key] for key in (gold.target, *gold.accept_targets)]
    forth = any(a.accepts(found.source) for a in sources) and any(a.accepts(found.target) for a in targets)
    back = any(a.accepts(found.source) for a in targets) and any(a.accepts(found.target) for a in sources)
    if not forth and not back:
        return Grade.NONE
    right_way = forth or found.type in symmetric
    if not right_way or found.type not in (gold.type, *gold.accept_types):
        return Grade.PAIR
    return Grade.STRICT if found.negated == gold.negated else Grade.BUT_NEGATION


def _count_attributes(
    gold: GoldStatement, found: PredictedStatement, *, item: GoldItem, n: Counter[str]
) -> None:
    if gold.attributed_to is None:
        # A holder who is repeated as his own claimant says nothing new.
        n["attribution"] += found.attributed_to is None or found.attributed_to.id == found.source.id
    else:
        right = item.actors[gold.attributed_to].accepts(found.attributed_to)
        n["attribution"] += right
        n["attributed"] += 1
        n["attributed hit"] += right
    n["modality"] += found.modality == gold.modality
    n["status"] += found.status == gold.status
    n["matched"] += 1


class Grade(IntEnum):
    """How far a predicted statement agrees with a gold one."""

    NONE = 0
    PAIR = 1
    BUT_NEGATION = 2
    STRICT = 3


@dataclass(slots=True)
class Report:
    """Counts over all items; `figures` makes measures of them."""

    n: Counter[str] = field(default_factory=Counter)
    types: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    missed: list[tuple[GoldItem, GoldStatement]] = field(default_factory=list)
    wrong: list[tuple[GoldItem, PredictedStatement]] = field(default_factory=list)

    def figures(self) -> dict[str, float | None]:
        """Return every measure by name, None where nothing was there to be measured."""
        n = self.n
        return {
            **_prf("strict", precision=(n["hit"], n["predicted"]), recall=(n["hit"], n["gold"])),
            **_prf(
                "pair",
                precision=(n["predicted paired"], n["predicted"]),
                recall=(n["gold paired"], n["gold"]),
            ),
            "core_recall": ratio(n["hit core"], n["gold core"]),
            "attribution": ratio(n["attribution"], n["matched"]),
            "attribution_recall": ratio(n["attributed hit"], n["attributed"]),
            "modality": ratio(n["modality"], n["matched"]),
            "status": ratio(n["status"], n["matched"]),
            "evidence_exact": ratio(n["exact quotes"], n["quotes"]),
        }


def _prf(name: str, *, precision: tuple[int, int], recall: tuple[int, int]) -> dict[str, float | None]:
    p = precision[0] / precision[1] if precision[1] else 0.0
    r = recall[0] / recall[1] if recall[1] else 0.0
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return {f"{name}_precision": round(p, 4), f"{name}_recall": round(r, 4), f"{name}_f1": round(f1, 4)}
