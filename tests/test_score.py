"""`kg.score`: what counts as right, as repeated, and as not counting at all."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.gold import (
    GoldActor,
    GoldItem,
    GoldStatement,
    PredictedActor,
    PredictedMention,
    PredictedStatement,
    Quote,
    Text,
    read_rows,
)
from kg.ids import WIKIDATA
from kg.score import Report, score, score_actors

TEXT = Text(
    id="a", lang="en", text="Norway met Sweden. Oslo accused Ruritania of spying, the Free Press said."
)
NORWAY = PredictedActor(id=WIKIDATA + "Q20", name="Norway")
SWEDEN = PredictedActor(id=WIKIDATA + "Q34", name="Sweden")
RURITANIA = PredictedActor(id="https://w3id.org/polkg/actor/State/ruritania", name="RURITANIA")
GOLD = GoldItem(
    id="a",
    lang="en",
    actors={
        "no": GoldActor(name="Norway", qid="Q20", surfaces=("Norway", "Oslo")),
        "se": GoldActor(name="Sweden", qid="Q34", surfaces=("Sweden",)),
        "ru": GoldActor(name="Ruritania", surfaces=("Ruritania",)),
        "press": GoldActor(name="Free Press"),
    },
    statements=(
        GoldStatement(source="no", type="meets", target="se"),
        GoldStatement(
            source="no", type="accuses", target="ru", accept_types=("criticises",), attributed_to="press"
        ),
        GoldStatement(source="ru", type="opposes", target="no", tier="optional"),
    ),
)
MEETS = PredictedStatement(
    document="a",
    type="meets",
    source=NORWAY,
    target=SWEDEN,
    evidence=(Quote(start=0, end=17, text="Norway met Sweden"),),
)
ACCUSES = replace(
    MEETS, type="accuses", target=RURITANIA, attributed_to=PredictedActor(name="the Free Press")
)


def scored(*predicted: PredictedStatement, gold: GoldItem = GOLD) -> Report:
    return score([gold], predicted, texts=[TEXT], symmetric={"meets"})


def test_all_found() -> None:
    figures = scored(MEETS, ACCUSES).figures()
    assert {name for name, value in figures.items() if value is None} == {
        "secondary_recall",
        "negation_recall",
    }
    assert set(figures.values()) == {1.0, None}


def test_nothing_found_is_zero_and_attributes_have_no_value() -> None:
    figures = scored().figures()
    assert (figures["strict_f1"], figures["core_recall"], figures["modality"]) == (0.0, 0.0, None)


@pytest.mark.parametrize(
    ("found", "strict", "pair"),
    [
        (replace(MEETS, source=SWEDEN, target=NORWAY), 1.0, 1.0),
        (replace(MEETS, negated=True), 0.0, 1.0),
        (replace(MEETS, type="visits"), 0.0, 1.0),
        (replace(MEETS, target=RURITANIA), 0.0, 1.0),
        (replace(MEETS, target=PredictedActor(name="Denmark")), 0.0, 0.0),
        (replace(ACCUSES, type="criticises"), 1.0, 1.0),
        (replace(ACCUSES, source=RURITANIA, target=NORWAY), 0.0, 1.0),
    ],
)
def test_strict_and_pair(found: PredictedStatement, strict: float, pair: float) -> None:
    figures = scored(found).figures()
    assert (figures["strict_precision"], figures["pair_precision"]) == (strict, pair)


def test_wikidata_id_outweighs_a_name() -> None:
    impostor = PredictedActor(id=WIKIDATA + "Q1", name="Norway")
    assert scored(replace(MEETS, source=impostor)).figures()["pair_precision"] == 0.0


def test_kingdom_is_the_country() -> None:
    denmark = GoldActor(name="Denmark", qid="Q35")
    assert denmark.accepts(PredictedActor(id=WIKIDATA + "Q756617", name="Kingdom of Denmark"))


def test_optional_gold_counts_neither_found_nor_missed() -> None:
    found = replace(ACCUSES, type="opposes", source=RURITANIA, target=NORWAY)
    report = scored(found)
    assert (report.n["gold"], report.n["predicted"]) == (2, 0)


def test_same_claim_twice_counts_once() -> None:
    again = replace(MEETS, source=SWEDEN, target=NORWAY, evidence=())
    accepted = replace(ACCUSES, type="criticises")
    assert scored(MEETS, again, ACCUSES, accepted).n["predicted"] == 2


def test_inferred_and_foreign_documents_are_left_out() -> None:
    assert scored(replace(MEETS, inferred=True), replace(MEETS, document="b")).n["predicted"] == 0


def test_attribution() -> None:
    own = replace(MEETS, attributed_to=NORWAY)  # says nothing new
    assert scored(own, ACCUSES).figures()["attribution"] == 1.0
    lost = scored(MEETS, replace(ACCUSES, attributed_to=None)).figures()
    assert (lost["attribution"], lost["attribution_recall"]) == (0.5, 0.0)


def test_quote_that_is_not_in_the_text() -> None:
    wrong = replace(ACCUSES, evidence=(Quote(start=0, end=6, text="Norwey"),))
    assert scored(MEETS, wrong).figures()["evidence_exact"] == 0.5
    assert scored(MEETS, replace(ACCUSES, evidence=())).figures()["evidence_exact"] == 0.5


def test_types_missed_and_wrong() -> None:
    report = scored(MEETS, replace(MEETS, type="visits"))
    assert report.types["meets"] == {"gold": 1, "hit": 1, "predicted": 1, "right": 1}
    assert [gold.type for _, gold in report.missed] == ["accuses"]
    assert [claim.type for _, claim in report.wrong] == ["visits"]


def test_actors_and_links() -> None:
    mentions = [
        PredictedMention(document="a", start=0, end=6, actor=NORWAY),
        PredictedMention(document="a", start=11, end=17, actor=NORWAY),
        PredictedMention(document="a", start=19, end=23, actor=PredictedActor(name="Oslo")),
        PredictedMention(document="a", start=32, end=41, actor=RURITANIA),
    ]
    figures = score_actors([GOLD], mentions, texts=[TEXT])
    assert figures == {"actor_recall": 0.6667, "link": 0.3333, "wrong_link": 0.3333}


def test_rows_leave_out_unknown_keys_and_name_the_line_of_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_text('{"id": "a", "lang": "en", "text": "x", "more": 1}\n\n', "utf8")
    assert read_rows(path, Text) == [Text(id="a", lang="en", text="x")]
    for line, fault in (('{"id": 1', "JSON"), (json.dumps({"id": "a", "lang": "en"}), "text")):
        path.write_text(f"\n{line}\n", "utf8")
        with pytest.raises(InputError, match=rf"documents\.jsonl:2: .*{fault}"):
            read_rows(path, Text)
    with pytest.raises(InputError, match="missing"):
        read_rows(tmp_path / "missing.jsonl", Text)
