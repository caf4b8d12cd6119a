"""What `kg eval` tells beside precision and recall: attributes, tiers, confidence, and the page of it all."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bench.accuracy import page
from kg.gold import GoldActor, GoldItem, GoldStatement, PredictedActor, PredictedStatement, Text
from kg.score import (
    Evaluation,
    Found,
    Table,
    by_language,
    calibration_error,
    evaluation,
    markdown,
    reliability,
    tables,
)

ACTORS = {name: GoldActor(name=name) for name in ("Ana", "Beni", "Citra", "Dewi")}
GOLD = GoldItem(
    id="a",
    lang="en",
    actors=ACTORS,
    statements=(
        GoldStatement(source="Ana", type="meets", target="Beni", modality="planned", status="future"),
        GoldStatement(source="Beni", type="threatens", target="Citra", negated=True, attributed_to="Dewi"),
        GoldStatement(
            source="Citra", type="praises", target="Dewi", tier="secondary", accept_types=("supports",)
        ),
        GoldStatement(source="Dewi", type="visits", target="Ana", tier="optional"),
    ),
)
TEXT = Text(id="a", lang="en", text="")


def said(source: str, kind: str, target: str, confidence: float | None = 0.9) -> PredictedStatement:
    ends = (PredictedActor(id=name, name=name) for name in (source, target))
    return PredictedStatement(
        document="a", type=kind, source=next(ends), target=next(ends), confidence=confidence, extractor="x/1"
    )


MEETS = replace(said("Ana", "meets", "Beni"), modality="planned", status="future")
THREATENS = replace(
    said("Beni", "threatens", "Citra"), negated=True, attributed_to=PredictedActor(id="Dewi", name="Dewi")
)
PRAISES = said("Citra", "praises", "Dewi", 0.4)
WRONG = said("Ana", "attacks", "Dewi", 0.2)


def measured(*shown: PredictedStatement, every: Sequence[PredictedStatement] | None = None) -> Evaluation:
    found = Found(shown=shown, every=shown if every is None else every)
    return evaluation([GOLD], found, texts=[TEXT], symmetric={"meets"})


def by_name(table: Table, columns: int = 1) -> dict[tuple[object, ...], tuple[object, ...]]:
    return {row[:columns]: row[columns:] for row in table.rows}


def attributes(*found: PredictedStatement) -> dict[tuple[object, ...], tuple[object, ...]]:
    return by_name(tables(measured(*found))["attributes"], columns=2)


def test_attributes_as_marked() -> None:
    assert attributes(MEETS, THREATENS, PRAISES) == {
        ("attributed_to", "an actor"): (1, 1, 1, 1.0, 1.0),
        ("modality", "planned"): (1, 1, 1, 1.0, 1.0),
        ("negated", "yes"): (1, 1, 1, 1.0, 1.0),
        ("status", "future"): (1, 1, 1, 1.0, 1.0),
    }


def test_an_attribute_with_another_value_is_missed_in_one_and_wrong_in_the_other() -> None:
    found = attributes(replace(MEETS, modality="proposed", status="current"))
    assert found == {
        ("modality", "planned"): (1, 0, 0, None, 0.0),
        ("modality", "proposed"): (0, 1, 0, 0.0, None),
        ("status", "future"): (1, 0, 0, None, 0.0),
    }


@pytest.mark.parametrize(
    ("claimant", "counts"),
    [
        ("Dewi", (1, 1, 1, 1.0, 1.0)),
        ("Ana", (1, 1, 0, 0.0, 0.0)),
        ("Beni", (1, 0, 0, None, 0.0)),  # the source himself: says nothing new
        (None, (1, 0, 0, None, 0.0)),
    ],
)
def test_claimant(claimant: str | None, counts: tuple[object, ...]) -> None:
    actor = PredictedActor(id=claimant, name=claimant) if claimant else None
    assert attributes(replace(THREATENS, attributed_to=actor))["attributed_to", "an actor"] == counts


def test_negation_is_judged_on_what_is_found_but_for_it() -> None:
    lost = measured(MEETS, replace(THREATENS, negated=False))
    assert (lost.figures["negation"], lost.figures["negation_recall"]) == (0.5, 0.0)
    assert lost.figures["strict_recall"] == 0.3333
    added = measured(replace(MEETS, negated=True), THREATENS)
    assert (added.figures["negation"], added.figures["negation_recall"]) == (0.5, 1.0)
    assert by_name(tables(added)["attributes"], columns=2)["negated", "yes"] == (1, 2, 1, 0.5, 1.0)
    # The statement is there already, so its contrary says nothing of how well negation is seen.
    both = measured(THREATENS, replace(THREATENS, negated=False))
    assert both.figures["negation"] == 1.0


def test_tiers() -> None:
    made = by_name(tables(measured(MEETS, PRAISES, said("Dewi", "visits", "Ana")))["tiers"])
    assert made == {("core",): (2, 1, 0.5), ("secondary",): (1, 1, 1.0), ("optional",): (1, 1, 1.0)}


def test_a_type_that_the_gold_accepts_is_right_under_its_own_name() -> None:
    made = by_name(tables(measured(replace(PRAISES, type="supports")))["types"])
    assert made["supports",] == (0, 0, 1, 1, 1.0, None)
    assert made["praises",] == (1, 1, 0, 0, None, 1.0)


def test_reliability_and_calibration_error() -> None:
    judged = [(0.95, True), (1.0, True), (0.3, False), (0.3, True), (0.0, False)]
    bins = reliability(judged)
    assert [(b.least, b.most, b.size, b.right) for b in bins] == [
        (0.0, 0.1, 1, 0.0),
        (0.3, 0.4, 2, 0.5),
        (0.9, 1.0, 2, 1.0),
    ]
    assert calibration_error(judged) == pytest.approx((0.0 + 2 * 0.2 + 2 * 0.025) / 5)
    assert calibration_error([]) is None
    assert calibration_error([(0.75, True)] * 3 + [(0.75, False)]) == 0.0


def test_calibration_leaves_out_optional_and_repeated_statements_and_those_without_confidence() -> None:
    optional, again = said("Dewi", "visits", "Ana", 0.1), replace(PRAISES, type="supports")
    found = measured(PRAISES, again, optional, WRONG, replace(MEETS, confidence=None))
    assert found.every.judged == [(0.4, True), (0.2, False)]
    silent = measured(replace(MEETS, confidence=None))
    assert "calibration_error" not in silent.figures
    assert tables(silent)["thresholds"].rows == ()


def test_thresholds_and_calibration_see_what_is_below_the_threshold() -> None:
    found = measured(MEETS, THREATENS, every=[MEETS, THREATENS, PRAISES, WRONG])
    assert found.figures["strict_precision"] == 1.0
    made = by_name(tables(found)["thresholds"])
    assert made[0.2,][:3] == (4, 0.75, 1.0)
    assert made[0.4,][:3] == (3, 1.0, 1.0)
    assert made[0.5,][:3] == (2, 1.0, 0.6667)
    assert found.figures["calibration_error"] == pytest.approx((2 * 0.1 + 0.6 + 0.2) / 4)
    assert found.figures["calibration_error_shown"] == 0.1


def test_each_language_has_its_own_figures() -> None:
    other = replace(GOLD, id="b", lang="id")
    found = Found(shown=[MEETS, THREATENS, PRAISES], every=[MEETS])
    texts = [TEXT, replace(TEXT, id="b", lang="id")]
    whole = evaluation([other, GOLD], found, texts=texts, symmetric=())
    languages = by_language([other, GOLD], found, texts=texts, symmetric=())
    made = tables(whole, languages=languages)["measures"]
    assert made.columns == ("measure", "value", "en", "id")
    assert ("strict_recall", 0.5, 1.0, 0.0) in made.rows


def test_without_texts_all_items_count_and_quotes_are_not_judged() -> None:
    found = Found(shown=[MEETS], every=[MEETS])
    figures = evaluation([GOLD], found, texts=None, symmetric=()).figures
    assert (figures["strict_precision"], figures["evidence_exact"]) == (1.0, None)


def test_markdown_is_a_section_with_whole_tables() -> None:
    one = measured(MEETS, THREATENS, every=[MEETS, THREATENS, WRONG])
    text = markdown([one], level=3)
    assert text == markdown([one], level=3)
    assert text.startswith("### Language en\n\n1 text with 3 statements in the gold")
    assert re.findall(r"^#### (\w+)$", text, re.M) == [
        "Types",
        "Tiers",
        "Attributes",
        "Calibration",
        "Thresholds",
    ]
    assert "| `strict_precision` | 1.000 |\n" in text
    assert "`x/1`" in text
    assert "| 0.2 | 3 | 0.667 | 0.667 | 0.667 |" in text
    for block in re.findall(r"(?:^\|.*\n)+", text, re.M):
        assert len({line.count("|") for line in block.splitlines()}) == 1
    assert "#### Calibration" not in markdown([measured()])


def test_page_has_a_section_for_each_language_and_no_text(two_languages: Path) -> None:
    made = page(two_languages)
    assert made.startswith("# Accuracy\n")
    assert re.findall(r"^## Language (\w+)$", made, re.M) == ["en", "id"]
    assert made.count("| `strict_recall` | 1.000 |\n") == 2
    texts = [json.loads(row)["text"] for row in two_languages.read_text("utf8").splitlines()]
    assert len(texts) == 2
    assert not [text for text in texts if text in made]
