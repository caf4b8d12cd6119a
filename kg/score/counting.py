"""Count what was found, missed and wrong, and how well what was found is qualified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from kg.gold import GoldItem, GoldStatement, PredictedStatement, Text
from kg.score.matching import Grade, grade, matched, matched_but_for_negation
from kg.score.report import ATTRIBUTED, NEGATED, Report

PLAIN = {"modality": "actual", "status": "current"}


def score(
    gold: Iterable[GoldItem],
    predicted: Iterable[PredictedStatement],
    *,
    texts: Iterable[Text] | None,
    symmetric: Collection[str],
) -> Report:
    """Return the figures over the items of `gold` whose document is among `texts`.

    Without texts all items count, and no quote is compared with its text.
    """
    items = list(gold)
    known: dict[str, str | None] = {item.id: None for item in items}
    if texts is not None:
        known = {text.id: text.text for text in texts}
    report = Report()
    found = _by_document(predicted, texts=known, symmetric=symmetric, report=report)
    for item in items:
        if item.id in known:
            _count(item, found.get(item.id, []), symmetric=symmetric, report=report)
    return report


def _by_document(
    predicted: Iterable[PredictedStatement],
    *,
    texts: Mapping[str, str | None],
    symmetric: Collection[str],
    report: Report,
) -> dict[str, list[PredictedStatement]]:
    # The same claim in another wording is the same statement: the first one stands for all.
    found: dict[str, dict[tuple[object, ...], PredictedStatement]] = defaultdict(dict)
    for statement in predicted:
        if statement.inferred or statement.document not in texts:
            continue
        text = texts[statement.document]
        if text is not None:
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
    gold_of = matched(grades, item=item)
    paired = [(i, j) for (i, j), grade in grades.items() if grade > Grade.NONE]
    paired_gold, paired_found = {i for i, _ in paired}, {j for _, j in paired}
    hit = set(gold_of.values())
    n = report.n
    n["items"] += 1
    for i, gold in enumerate(item.statements):
        n[f"gold {gold.tier}"] += 1
        n[f"hit {gold.tier}"] += i in hit
        if gold.tier == "optional":
            continue
        n["gold"] += 1
        n["gold paired"] += i in paired_gold
        report.types[gold.type]["gold"] += 1
        if i in hit:
            n["hit"] += 1
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
        if statement.confidence is not None:
            report.judged.append((statement.confidence, found is not None))
        if found:
            report.types[statement.type]["right"] += 1
            _count_attributes(found, statement, item=item, report=report)
        else:
            report.wrong.append((item, statement))
    for j, i in matched_but_for_negation(grades, item=item, gold_of=gold_of).items():
        _count_negation(item.statements[i], predicted[j], report=report)


def _count_attributes(
    gold: GoldStatement, found: PredictedStatement, *, item: GoldItem, report: Report
) -> None:
    n = report.n
    n["matched"] += 1
    _count_negation(gold, found, report=report)
    for name, wanted, given in (
        ("modality", gold.modality, found.modality),
        ("status", gold.status, found.status),
    ):
        n[name] += wanted == given
        for value in {wanted, given} - {PLAIN[name]}:
            report.mark((name, value), gold=value == wanted, found=value == given, right=wanted == given)
    # A holder who is repeated as his own claimant says nothing new.
    by_another = found.attributed_to is not None and found.attributed_to.id != found.source.id
    wanted_actor = item.actors[gold.attributed_to] if gold.attributed_to is not None else None
    right = wanted_actor.accepts(found.attributed_to) if wanted_actor else not by_another
    n["attribution"] += right
    n["attributed"] += wanted_actor is not None
    n["attributed hit"] += wanted_actor is not None and right
    if wanted_actor or by_another:
        marked = wanted_actor is not None and right
        report.mark(ATTRIBUTED, gold=wanted_actor is not None, found=by_another or marked, right=marked)


def _count_negation(gold: GoldStatement, found: PredictedStatement, *, report: Report) -> None:
    report.n["matched but for negation"] += 1
    report.n["negation"] += gold.negated == found.negated
    if gold.negated or found.negated:
        report.mark(NEGATED, gold=gold.negated, found=found.negated, right=gold.negated and found.negated)
