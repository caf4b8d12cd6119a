"""Learn the confidence of statements: which ways of finding them were right on annotated text.

    python -m training.confidence SHARED FOLDS

A logistic regression (Cox 1958, ridge penalty) over the features that extractors give their drafts
(`kg/statements/draft.py`), fitted on those texts of `bench/train.*` and of our own of which FOLDS says what
the encoder thinks where it has not learned them. The thresholds below which statements are left out, the
likeliest type between two actors and any further one, are chosen by F1, of statements and of pairs of
actors, in five-fold cross-validation by pair of texts; those for languages without annotated text by
reading each language with the weights fitted on the others. The development texts give the two numbers
that make probabilities of what comes out. What comes of it are weights only,
`kg/statements/data/weights.json`; no text of the data enters the project. Seven minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from spacy.tokens import Doc

from kg.annotating import annotate
from kg.gold import GoldItem, PredictedActor, PredictedStatement, Text, read_rows
from kg.mentions.found import implied
from kg.model import Actor, Document
from kg.ontology import relation_types, symmetric_types
from kg.score import Grade, grade, score
from kg.statements.choosing import chosen
from kg.statements.component import drafts
from kg.statements.draft import Draft
from kg.statements.scoring import ELSEWHERE, WEIGHTS, Thresholds, features
from kg.understand.encoder_pairs import Opinion
from training import corpus

PENALTY = 0.3  # inverse strength of the ridge, the best of 0.05, 0.1, 0.2, 0.3 and 0.5 in cross-validation
RESERVE = 0.4  # factor on what is a tendency, as of classes and what stands beside: a stronger ridge
TENDENCIES = ("source ", "target ", "beside ", "joined ")
LEEWAY = 0.002  # F1 that is as good as the best: another cut of the folds changes it by more
Place = tuple[int, int]
Pair = tuple[Place, Place, Place]
THRESHOLDS = [
    Thresholds(first=first / 100, further=further / 100)
    for first in range(10, 45, 5)
    for further in range(first, 65, 5)
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A draft's features, whether it was right, and which claim it makes in which texts.

    `related` are the numbers of the gold statements between the same two actors.
    """

    features: dict[str, float]
    right: bool
    related: frozenset[int]
    group: str
    lang: str
    claim: tuple[str, ...]


def main() -> None:
    """Fit, choose the threshold, write the weights, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("shared", type=Path, help="folder with bench/train.{gold,documents}.jsonl")
    parser.add_argument("opinions", type=Path, help="folder that `training.encoder folds` wrote")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    items = read_rows(arguments.shared / "bench" / "train.gold.jsonl", GoldItem)
    texts = read_rows(arguments.shared / "bench" / "train.documents.jsonl", Text)
    with tempfile.TemporaryDirectory() as folder:
        own, own_texts = corpus.read(Path(folder))
    items, texts = [*items, *own], [*texts, *own_texts]
    known = read_opinions(arguments.opinions)
    items = [item for item in items if item.id in known]  # the encoder that ships has learned the others
    found = list(examples(items, texts, known))
    wanted = Counter(item.lang for item in items for s in item.statements if s.tier != "optional")
    thresholds = {ELSEWHERE: thresholds_elsewhere(found, wanted)}
    thresholds |= dict.fromkeys(sorted(wanted), best_thresholds(found, wanted.total()))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([example.features for example in found])
    model = fitted(matrix, np.array([example.right for example in found]))
    stretch, shifts = calibration(arguments.shared / "bench", vectorizer, model)
    shift = fmean(shifts.values())
    weights = dict(zip(vectorizer.get_feature_names_out(), stretch * model.coef_[0], strict=True))
    for lang, of_lang in shifts.items():
        weights[f"lang {lang}"] += of_lang - shift
    scaled = {name: round(float(weight) * _scale(name), 3) for name, weight in sorted(weights.items())}
    kept = {name: weight for name, weight in scaled.items() if abs(weight) >= 0.01}
    content = {
        "thresholds": {
            lang: {
                "first": _moved(least.first, stretch, shifts.get(lang, shift)),
                "further": _moved(least.further, stretch, shifts.get(lang, shift)),
            }
            for lang, least in thresholds.items()
        },
        "intercept": round(float(stretch * model.intercept_[0] + shift), 3),
        "weights": kept,
    }
    arguments.out.parent.mkdir(exist_ok=True)
    arguments.out.write_text(json.dumps(content, indent=0, ensure_ascii=False) + "\n", "utf8")


def calibration(
    bench: Path, vectorizer: DictVectorizer, model: LogisticRegression
) -> tuple[float, dict[str, float]]:
    """Return by what to stretch the log odds, and to shift those of a language, so that they hold elsewhere.

    Platt 1999, three numbers from the development texts: on its training texts the encoder knows every actor,
    which makes the regression too sure of itself anywhere else. As `kg eval` counts: what is said several
    times is one statement, with the confidence of its surest finding, and of two types that the annotator
    accepts for one statement only one is right.
    """
    items = read_rows(bench / "dev.gold.jsonl", GoldItem)
    texts = {text.id: text for text in read_rows(bench / "dev.documents.jsonl", Text)}
    documents = [Document(id=item.id, text=texts[item.id].text, lang=item.lang) for item in items]
    judged: list[tuple[str, float, bool]] = []
    for item, doc in zip(items, annotate(documents), strict=True):
        surest: dict[tuple[str, ...], PredictedStatement] = {}
        for draft in drafts(doc):
            row = vectorizer.transform([_scaled(item.lang, draft)])
            chance = float(model.predict_proba(row)[0, 1])
            claim = (draft.type, *relation_types()[draft.type].ends(draft.source_actor, draft.target_actor))
            if claim not in surest or chance > (surest[claim].confidence or 0):
                found = _predicted(draft, doc._.actors, document=item.id)
                surest[claim] = replace(found, confidence=chance)
        scored = score([item], surest.values(), texts=None, symmetric=symmetric_types()).judged
        judged += ((item.lang, chance, right) for chance, right in scored)
    langs = sorted({lang for lang, _, _ in judged})
    odds = [[math.log(p / (1 - p)), *(float(lang == own) for own in langs)] for lang, p, _ in judged]
    platt = LogisticRegression(C=1e6, fit_intercept=False).fit(odds, [right for *_, right in judged])
    stretch, *shifts = platt.coef_[0].tolist()
    print(f"log odds stretched by {stretch:.3f}, shifted by {dict(zip(langs, shifts, strict=True))}")
    return stretch, dict(zip(langs, shifts, strict=True))


def _moved(threshold: float, stretch: float, shift: float) -> float:
    odds = stretch * math.log(threshold / (1 - threshold)) + shift
    return round(1 / (1 + math.exp(-odds)), 2)


def read_opinions(path: Path) -> dict[str, dict[Pair, Opinion]]:
    """Return what is thought of the pairs of each text, by the characters of source, target and claimant."""
    parts = [np.load(file, allow_pickle=False) for file in sorted(path.glob("*.npz"))]
    rows = {name: np.concatenate([part[name] for part in parts]) for name in parts[0].files}
    rows |= {name: parts[0][name] for name in parts[0].files if name.startswith("label_")}
    names = {name: rows[f"label_{name}"].tolist() for name in ("texts", "types", "modalities", "statuses")}
    found: dict[str, dict[Pair, Opinion]] = {}
    for n, text in enumerate(rows["text"].tolist()):
        mode, state = rows["modalities"][n], rows["statuses"][n]
        source, target, claim = (tuple(rows[key][n].tolist()) for key in ("source", "target", "claim"))
        found.setdefault(names["texts"][text], {})[source, target, claim] = Opinion(
            types=dict(zip(names["types"], rows["types"][n].tolist(), strict=True)),
            negated=float(rows["negated"][n]),
            modality=names["modalities"][mode.argmax()],
            modality_chance=float(mode.max()),
            status=names["statuses"][state.argmax()],
            status_chance=float(state.max()),
            claim=None,
            claimed=float(rows["claims"][n]),
        )
    return found


def by_place(doc: Doc, known: Mapping[Pair, Opinion]) -> dict[tuple[int, int], Opinion]:
    """Return opinions by the numbers of a Doc's mentions, whose characters they are about."""
    numbers: dict[tuple[int, int], int] = {}
    for number, mention in enumerate(doc._.mentions):
        last = doc[mention.end - 1]
        numbers.setdefault((doc[mention.start].idx, last.idx + len(last)), number)
    unasked = implied(doc._.mentions, doc._.titles)
    found = {}
    for (source, target, claim), opinion in known.items():
        if source in numbers and target in numbers and unasked.isdisjoint((numbers[source], numbers[target])):
            who = numbers.get(claim)  # nobody stands at -1, the narrator's place
            found[numbers[source], numbers[target]] = replace(opinion, claim=who)
    return found


def examples(
    items: list[GoldItem], texts: list[Text], known: Mapping[str, Mapping[Pair, Opinion]]
) -> Iterator[Example]:
    """Yield every draft in the training texts; those that match optional gold alone are left out."""
    by_id = {text.id: text for text in texts}
    documents = [Document(id=item.id, text=by_id[item.id].text, lang=item.lang) for item in items]
    symmetric = symmetric_types()
    for item, doc in zip(items, annotate(documents), strict=True):
        if item.id in known:  # else the encoder that ships is asked, as at run time
            doc._.opinions = by_place(doc, known[item.id])
        for draft in drafts(doc):
            predicted = _predicted(draft, doc._.actors, document=item.id)
            grades = [grade(gold, predicted, item=item, symmetric=symmetric) for gold in item.statements]
            judged = list(zip(item.statements, grades, strict=True))
            strict = [gold for gold, how in judged if how is Grade.STRICT]
            if strict and all(gold.tier == "optional" for gold in strict):
                continue
            yield Example(
                features=_scaled(item.lang, draft),
                right=bool(strict),
                related=frozenset(
                    n for n, (gold, how) in enumerate(judged) if how > Grade.NONE and gold.tier != "optional"
                ),
                group=corpus.pair_of(item.id),
                lang=item.lang,
                claim=(item.id, draft.type, *sorted((draft.source_actor, draft.target_actor))),
            )


def best_thresholds(found: list[Example], wanted: int) -> Thresholds:
    """Return good thresholds for languages with annotated text, by cross-validation."""
    matrix = DictVectorizer().fit_transform([example.features for example in found])
    right = np.array([example.right for example in found])
    groups = [example.group for example in found]
    scores = np.zeros(len(found))
    for train, test in GroupKFold(5).split(matrix, right, groups):
        scores[test] = fitted(matrix[train], right[train]).predict_proba(matrix[test])[:, 1]
    return _good({least: f1_at(found, scores, least, wanted) for least in THRESHOLDS})


def thresholds_elsewhere(found: list[Example], wanted: Mapping[str, int]) -> Thresholds:
    """Return good thresholds for a language that nothing was fitted on: each in turn is such a one.

    F1 is the mean over the languages. Features of the language itself have no weight then, as in any other.
    """
    by_lang = {}
    for lang in sorted(wanted):
        here, others = [e for e in found if e.lang == lang], [e for e in found if e.lang != lang]
        vectorizer = DictVectorizer()
        matrix = vectorizer.fit_transform([example.features for example in others])
        model = fitted(matrix, np.array([example.right for example in others]))
        unseen = vectorizer.transform([example.features for example in here])
        by_lang[lang] = here, model.predict_proba(unseen)[:, 1]
    f1 = {}
    for least in THRESHOLDS:
        f1[least] = fmean(f1_at(*by_lang[lang], least, wanted[lang]) for lang in by_lang)
    return _good(f1)


def f1_at(found: list[Example], scores: NDArray[np.float64], least: Thresholds, wanted: int) -> float:
    """Return the mean of two F1 of the claims that thresholds let through: wholly right, right actors.

    Both are what a reader of the graph meets: what is said, and who has to do with whom.
    """
    sure = chosen(
        zip(found, scores.tolist(), strict=True),
        least,
        between=lambda one: (one[0].claim[0], *one[0].claim[2:]),
        rank=lambda one: (one[1], one[0].claim[1]),
    )
    kept = [example for example, _ in sure]
    claims = {example.claim: False for example in kept}
    claims |= {example.claim: True for example in kept if example.related or example.right}
    hits = {example.claim for example in kept if example.right}
    met = {(example.claim[0], number) for example in kept for number in example.related}
    strict = _f1(len(hits) / max(1, len(claims)), len(hits) / wanted)
    pair = _f1(sum(claims.values()) / max(1, len(claims)), len(met) / wanted)
    levels = f"{least.first:.2f} {least.further:.2f}"
    print(f"{levels}  strict F1 {strict:.3f}  pair F1 {pair:.3f}  of {len(claims)}")
    return (strict + pair) / 2


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if recall else 0.0


def _good(f1: Mapping[Thresholds, float]) -> Thresholds:
    """Return, of the thresholds with about the best F1, the highest.

    The curve is flat there, and its peak is chance. With as many right statements lost as wrong ones are
    spared, the shorter list is of more use; users who want the longer one ask for it (`--min-confidence`).
    """
    good = [least for least, value in f1.items() if value >= max(f1.values()) - LEEWAY]
    return max(good, key=lambda least: (least.first, least.further))


def fitted(matrix: NDArray[np.float64], right: NDArray[np.bool_]) -> LogisticRegression:
    """Return the regression for these examples."""
    return LogisticRegression(C=PENALTY, max_iter=1000).fit(matrix, right)


def _scaled(lang: str, draft: Draft) -> dict[str, float]:
    return {name: x * _scale(name) for name, x in features(lang, draft).items()}


def _scale(feature: str) -> float:
    return RESERVE if feature.startswith(TENDENCIES) else 1.0


def _predicted(draft: Draft, actors: dict[str, Actor], *, document: str) -> PredictedStatement:
    def actor(key: str) -> PredictedActor:
        found = actors[key]
        names = (*found.aliases, *(name for _, name in found.labels))
        return PredictedActor(id=found.id, name=found.name, aliases=names)

    return PredictedStatement(
        document=document,
        type=draft.type,
        source=actor(draft.source_actor),
        target=actor(draft.target_actor),
        negated=draft.qualifiers.negated,
    )


if __name__ == "__main__":
    main()
