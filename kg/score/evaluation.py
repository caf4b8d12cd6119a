"""All that is measured of one build, over all languages or over one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.gold import GoldItem, PredictedMention, PredictedStatement, Text
from kg.score.actors import score_actors
from kg.score.calibration import calibration_error
from kg.score.counting import score
from kg.score.report import Report

THRESHOLDS = tuple(step / 10 for step in range(1, 10))


def evaluation(
    items: Sequence[GoldItem], found: Found, *, texts: Sequence[Text] | None, symmetric: Collection[str]
) -> Evaluation:
    """Return the measures of what was found, and those that other thresholds would give.

    The calibration is that of every statement, those below the threshold too.
    """
    report = score(items, found.shown, texts=texts, symmetric=symmetric)
    every = score(items, found.every, texts=texts, symmetric=symmetric)
    figures = report.figures()
    if found.mentions is not None:
        figures |= score_actors(items, found.mentions, texts=texts)
    if report.judged:
        figures["calibration_error_shown"] = calibration_error(report.judged)
    if every.judged:
        figures["calibration_error"] = calibration_error(every.judged)
    at = [
        (least, score(items, at_least(found.every, least), texts=texts, symmetric=symmetric))
        for least in THRESHOLDS
        if every.judged
    ]
    ids = {item.id for item in items}
    return Evaluation(
        languages=tuple(sorted({item.lang for item in items})),
        extractors=tuple(sorted({s.extractor for s in found.every if s.document in ids and s.extractor})),
        report=report,
        every=every,
        figures=figures,
        at=tuple(at),
    )


def by_language(
    items: Sequence[GoldItem], found: Found, *, texts: Sequence[Text] | None, symmetric: Collection[str]
) -> list[Evaluation]:
    """Return an evaluation for each language of the gold, by its code."""
    return [
        evaluation(
            [item for item in items if item.lang == code],
            found,
            texts=None if texts is None else [text for text in texts if text.lang == code],
            symmetric=symmetric,
        )
        for code in sorted({item.lang for item in items})
    ]


def at_least(statements: Sequence[PredictedStatement], least: float) -> list[PredictedStatement]:
    """Return the statements that are so sure; those without a confidence count as sure."""
    return [s for s in statements if s.confidence is None or s.confidence >= least]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a build found: above its threshold, with what is below it, and the mentions where known."""

    shown: Sequence[PredictedStatement]
    every: Sequence[PredictedStatement]
    mentions: Sequence[PredictedMention] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What was measured; `at` has the counts at other thresholds of confidence."""

    languages: tuple[str, ...]
    extractors: tuple[str, ...]
    report: Report
    every: Report
    figures: dict[str, float | None]
    at: tuple[tuple[float, Report], ...]
