"""Learn whom pronouns mean, from our own texts in which that is marked (`training/pronouns.py`).

    python -m training.antecedents

The weights of what speaks for a candidate and for nobody (`kg/actors/antecedents.py`) are those of a
conditional logit (McFadden 1974) with a ridge penalty. Since a pronoun may mean what another one means, all
is resolved anew with each round's weights. On top of them a network learns what the vectors of the encoder
that ships say. What comes of it are `kg/actors/data/antecedents.json` and `antecedents.npz`. Ten minutes on
one core, most of them for reading.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.model_selection import GroupKFold
from spacy.tokens import Doc

from kg.actors.antecedent_vectors import NETWORK, Array, scores, words_of
from kg.actors.antecedents import WEIGHTS, Features, nobody, weigh, weights
from kg.actors.component import resolved
from kg.actors.coreference import Resolver
from kg.annotating import stages
from kg.mentions.words import words
from kg.model import Document
from kg.understand import pipeline, understand
from training import corpus
from training.antecedent_vectors import learn
from training.pronouns import Marked, constructions, marked

PENALTY = 3.0  # of the ridge; 1 and 10 are as good in cross-validation
ROUNDS = 3
RARE = 3  # a feature in fewer pronouns than this is not learned from


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What there is to choose for a pronoun, nobody the last, what of it is right, and the words' vectors."""

    text: str
    choices: tuple[Features, ...]
    right: tuple[bool, ...]
    words: tuple[Array, Array]
    encoder: str


def main() -> None:
    """Fit, write the weights, print how often the right one is found in texts that were kept out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.parse_args()
    known = marked()
    with tempfile.TemporaryDirectory() as folder:
        _, texts = corpus.read(Path(folder))
    more, sentences = constructions()
    by_text: dict[str, list[Marked]] = {}
    for one in (*known, *more):
        by_text.setdefault(one.text, []).append(one)
    documents = [Document(id=t.id, text=t.text, lang=t.lang) for t in texts if t.id in by_text] + sentences
    read = [(doc.lang_, doc._.document, doc.to_bytes()) for doc in understand(documents)]
    WEIGHTS.write_text("{}\n", "utf8")
    np.savez(NETWORK, encoder=np.array(""))
    found: list[Example] = []
    weight: dict[str, float] = {}
    for _ in range(ROUNDS):
        weights.cache_clear()
        found = [one for row in read for one in examples(*row, by_text[row[1].id])]
        weight = fitted(found)
        learned = {name: round(value, 3) for name, value in weight.items() if abs(value) >= 0.01}
        WEIGHTS.write_text(json.dumps(learned, indent=0, ensure_ascii=False) + "\n", "utf8")
    report(found)
    arrays: dict[str, Any] = {n: a.astype(np.float16) for n, a in network_on(found, weight).items()}
    np.savez_compressed(NETWORK, encoder=np.array(found[0].encoder), **arrays)


def report(found: Sequence[Example]) -> None:
    """Print how often the right one is found in a fifth of the texts that the rest says nothing of."""
    groups = [one.text for one in found]
    rest, test = next(GroupKFold(5).split(groups, groups, groups))
    kept, others = [found[n] for n in test], [found[n] for n in rest]
    weight = fitted(others)
    arrays = network_on(others, weight)
    alone = sum(one.right[int(np.argmax(scored(one, weight)))] for one in kept)
    both = sum(one.right[int(np.argmax(scored(one, weight) + scores(arrays, *one.words)))] for one in kept)
    print(f"{len(found)} pronouns; right of {len(kept)} kept out: {alone / len(kept):.3f}, ", end="")
    print(f"with the vectors {both / len(kept):.3f}")


def scored(one: Example, weight: Mapping[str, float]) -> NDArray[np.float64]:
    """Return the scores of an example's choices by their features."""
    return np.array([weigh(choice, weight) for choice in one.choices])


def network_on(found: Sequence[Example], weight: Mapping[str, float]) -> dict[str, Array]:
    """Return the arrays of the network that goes on from the scores by features."""
    before = [scored(one, weight) for one in found]
    return learn([one.words for one in found], [one.right for one in found], before)


def examples(lang: str, document: Document, content: bytes, known: Sequence[Marked]) -> Iterator[Example]:
    """Yield the marked pronouns of a text that the encoder read, if what is right is among their choices."""
    doc = Doc(pipeline(lang).vocab).from_bytes(content)
    doc._.document = document
    stages(lang)[0](doc)
    resolver, drafts, _ = resolved(doc, words(lang))
    places = {doc[d.start].idx: n for n, d in enumerate(drafts) if d.form in ("pronoun", "clitic")}
    for one in known:
        if one.start in places:
            example = _example(resolver, places[one.start], one)
            if any(example.right):
                yield example


def _example(resolver: Resolver, place: int, one: Marked) -> Example:
    linker = resolver.linker
    meant = {linker.of[d].id for d in linker.of if linker.text(d) in one.means}
    choices = list(resolver.candidates(place))
    right = [
        bool(one.means)
        and (
            meant <= set(resolver.members[other])
            if other in resolver.members
            else len(one.means) == 1 and linker.of[other].id in meant
        )
        for other, _ in choices
    ]
    mine = resolver.standing(resolver.drafts[place])
    return Example(
        text=one.text,
        choices=(*(found for _, found in choices), nobody(mine)),
        right=(*right, not one.means),
        words=words_of(mine, [resolver.standing(other) for other, _ in choices]),
        encoder=linker.sheet.doc._.weights,
    )


def fitted(found: Sequence[Example]) -> dict[str, float]:
    """Return the weight of each feature: the sum of the chances of what is right is as large as can be."""
    often = Counter(name for one in found for name in {name for choice in one.choices for name in choice})
    rows = [{n: x for n, x in choice.items() if often[n] >= RARE} for one in found for choice in one.choices]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    right = np.array([right for one in found for right in one.right])
    starts = np.cumsum([0, *(len(one.choices) for one in found[:-1])])
    owner = np.repeat(np.arange(len(found)), [len(one.choices) for one in found])

    def loss(weight: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ weight
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        every, good = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts)
        slope = odds / every[owner] - odds * right / good[owner]
        lost = float(np.log(every).sum() - np.log(good).sum())
        return lost + PENALTY / 2 * float(weight @ weight), matrix.T @ slope + PENALTY * weight

    best = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return dict(zip(vectorizer.get_feature_names_out().tolist(), best.tolist(), strict=True))


if __name__ == "__main__":
    main()
