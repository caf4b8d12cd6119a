"""Train the Indonesian pipeline that the package ships: `python -m training.indonesian DATA`.

DATA is a folder with `ud/`, `ner/`, `gaz/` and `text/`; the model card lists their parts. One thread, fixed
seeds.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from itertools import chain, count
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import load_config, load_model_from_config
from thinc.api import Adam, Model, NumpyOps, Optimizer, fix_random_seed, set_current_ops

from kg.understand import indonesian_lemmas, indonesian_tokens  # noqa: F401 - they register what the configuration names
from training.indonesian_actors import read_actors
from training.indonesian_augment import Names, broken, read_names, vary
from training.indonesian_card import write_card
from training.indonesian_data import (
    Sentence,
    as_doc,
    harmonise,
    read_entities,
    read_treebank,
    recut,
    tie,
)
from training.indonesian_roots import plain_texts, root_table
from training.indonesian_score import entity_scores, treebank_scores
from training.indonesian_vectors import add_vectors

HERE = Path(__file__).parent
TARGET = HERE.parent / "kg" / "understand" / "models" / "id_news"
# How often each treebank's sentences occur in an epoch: the first is news, and its noun phrases are ours.
TREEBANKS = {"id_csui-ud-train": 2, "id_pud-ud-test": 1, "id_gsd-ud-dev": 1}
# `ner/train.conll` begins with so many sentences of idner2k, and with NERGrit's has so many; those of NERUI,
# which states no licence, come after them.
NEWS, LICENSED = 1454, 3124
BATCH = 400
VECTOR_WIDTH = 64
PARTS = {"grammar": ("tok2vec", "morphologizer", "parser"), "entities": ("ner",)}


def main() -> None:
    """Train, save and score."""
    options = argparse.ArgumentParser(prog="python -m training.indonesian", description=__doc__)
    options.add_argument("data", type=Path, help="folder with ud/, ner/ and gaz/")
    options.add_argument(
        "--out", type=Path, default=TARGET, help="where the pipeline goes (default: into the package)"
    )
    options.add_argument("--config", type=Path, default=HERE / "indonesian.cfg", help="spaCy configuration")
    options.add_argument("--grammar-words", type=int, default=700_000, help="words seen by tagger and parser")
    options.add_argument(
        "--entity-words", type=int, default=600_000, help="words seen by the entity recogniser"
    )
    options.add_argument(
        "--keep", choices=sorted(PARTS), help="take this part from the pipeline at --out as it is"
    )
    options.add_argument(
        "--vectors", type=Path, help="take the word vectors of this pipeline instead of making them"
    )
    options.add_argument(
        "--actors", type=Path, help="folder of the benchmark, for weak labels of actors' names"
    )
    options.add_argument("--seed", type=int, default=1)
    args = options.parse_args()
    set_current_ops(NumpyOps())
    fix_random_seed(args.seed)
    nlp = make(args)
    found = scores(nlp, args.data)
    print(json.dumps(found, indent=1))
    write_card(args.out, found)


def make(args: argparse.Namespace) -> Language:
    """Return the trained pipeline, saved after each of its parts."""
    nlp = load_model_from_config(load_config(args.config), auto_fill=True)
    names = read_names(args.data / "gaz")
    if args.vectors:
        nlp.vocab.vectors = spacy.load(args.vectors).vocab.vectors
    else:
        add_vectors(nlp.vocab, plain_texts(args.data / "text"), nlp.make_doc, width=VECTOR_WIDTH)
    trees = grammar_corpus(nlp, args.data / "ud")
    component(nlp, "lemmatizer").table = root_table(trees, plain_texts(args.data / "text"))
    entities = entity_corpus(nlp, args.data / "ner")
    if args.actors:
        entities += 2 * list(read_actors(args.actors, nlp.make_doc))
    print(f"{len(trees)} trees, {len(entities)} sentences with entities", flush=True)
    corpora = {"grammar": (trees, args.grammar_words), "entities": (entities, args.entity_words)}
    kept = spacy.load(args.out) if args.keep else None
    examples = [e for c, _ in corpora.values() for e in documents(nlp, c, names, random.Random(0))]
    nlp.initialize(lambda: examples)
    for part, (corpus, words) in corpora.items():
        start = time.time()
        if kept and part == args.keep:
            for name in PARTS[part]:
                component(nlp, name).from_bytes(component(kept, name).to_bytes())
        else:
            rng = random.Random(args.seed)
            epochs = (documents(nlp, corpus, names, rng) for _ in count())
            train(nlp, chain.from_iterable(epochs), components=PARTS[part], words=words)
        nlp.to_disk(args.out)
        print(f"{part}: {time.time() - start:.0f} s", flush=True)
    return nlp


def component(nlp: Language, name: str) -> Any:
    """Return a component, of which spaCy's types say only that it can be called."""
    return nlp.get_pipe(name)


def grammar_corpus(nlp: Language, folder: Path) -> list[Sentence]:
    """Return the trees of the training treebanks, each as often as its treebank weighs."""
    out: list[Sentence] = []
    for name, times in TREEBANKS.items():
        cut = [recut(text, words, nlp.make_doc) for text, words in read_treebank(folder / f"{name}.conllu")]
        out.extend([harmonise(s) for s in cut if s] * times)
    return out


def entity_corpus(nlp: Language, folder: Path) -> list[Sentence]:
    """Return the sentences with entities that a licence lets us learn from; those of idner2k, news, twice."""
    pairs = list(read_entities(folder / "train.conll"))[:LICENSED]
    return [s for s in (tie(p, nlp.make_doc) for p in (*pairs, *pairs[:NEWS])) if s]


def documents(
    nlp: Language, corpus: Sequence[Sentence], names: Names, rng: random.Random
) -> Iterator[Example]:
    """Yield one epoch: documents of one to eight neighbouring sentences, varied, in random order."""
    groups: list[Sequence[Sentence]] = []
    place = 0
    while place < len(corpus):
        size = rng.randint(1, 8)
        groups.append(corpus[place : place + size])
        place += size
    rng.shuffle(groups)
    for group in groups:
        varied = [vary(s, names, rng) for s in group]
        laid = [broken(s, rng) if rng.random() < 0.15 else s for s in varied]
        reference = as_doc(nlp.vocab, laid)
        yield Example(
            Doc(
                nlp.vocab, words=[t.text for t in reference], spaces=[bool(t.whitespace_) for t in reference]
            ),
            reference,
        )


def train(nlp: Language, examples: Iterator[Example], *, components: Sequence[str], words: int) -> None:
    """Update the components until they have seen so many words; the weights kept are the running averages."""
    optimizer = Adam(
        0.001,
        beta1=0.9,
        beta2=0.999,
        eps=1e-8,
        L2=0.01,
        L2_is_weight_decay=True,
        grad_clip=1.0,
        use_averages=True,
    )
    seen, step, shown = 0, 0, 0
    losses: dict[str, float] = {}
    with nlp.select_pipes(enable=list(components)):
        while seen < words:
            batch: list[Example] = []
            size = 0
            while size < BATCH:
                example = next(examples)
                batch.append(example)
                size += len(example.reference)
            step += 1
            # Up for 100 steps, then down to a twentieth on a line.
            optimizer.learn_rate = 0.0015 * min(1.0, step / 100) * max(0.05, 1 - seen / words)
            nlp.update(batch, drop=0.15, sgd=optimizer, losses=losses)
            seen += size
            if seen - shown > words / 20:
                print(seen, {k: round(v / step, 2) for k, v in losses.items()}, flush=True)
                shown = seen
    for name in components:
        keep_averages(component(nlp, name).model, optimizer)


def keep_averages(model: Model[Any, Any], optimizer: Optimizer) -> None:
    """Put the running averages of the weights in the place of the weights."""
    for node in model.walk():
        for name in node.param_names:
            average = optimizer.averages.get((node.id, name)) if optimizer.averages else None
            if average is not None:
                node.set_param(name, average)


def scores(nlp: Language, data: Path) -> dict[str, dict[str, float]]:
    """Return every score of the model card."""
    out: dict[str, dict[str, float]] = {}
    for way, raw in (("gold tokens", False), ("raw text", True)):
        for name in ("id_csui-ud-test", "id_gsd-ud-test"):
            out[f"{name}, {way}"] = treebank_scores(nlp, data / "ud" / f"{name}.conllu", raw=raw)
        for name in ("idner2k", "nergrit", "nerui"):
            out[f"{name}, {way}"] = entity_scores(nlp, data / "ner" / f"test_{name}.conll", raw=raw)
    return out


if __name__ == "__main__":
    main()
