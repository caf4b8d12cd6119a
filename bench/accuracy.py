"""Write the page on accuracy: `python -m bench.accuracy SHARED`.

SHARED is the folder that has `bench/dev.gold.jsonl` and `bench/dev.documents.jsonl`. The texts are built with
the default threshold, and what is below it is kept for the calibration. The page is `bench/accuracy.md`
followed by what `kg eval --as markdown` prints: it has figures and no text of the data.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.command.evaluate import evaluations
from kg.score import markdown

INTRODUCTION = Path(__file__).with_suffix(".md")
PAGE = Path(__file__).parents[1] / "docs" / "accuracy.md"


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("shared", type=Path, help="folder with bench/dev.{gold,documents}.jsonl")
    parser.add_argument("--part", default="dev", help="another part than dev")
    parser.add_argument("--out", type=Path, default=PAGE, help="the page (docs/accuracy.md)")
    options = parser.parse_args()
    folder = options.shared / "bench"
    gold, documents = folder / f"{options.part}.gold.jsonl", folder / f"{options.part}.documents.jsonl"
    options.out.write_text(page(gold, documents), "utf8")


def page(gold: Path, documents: Path | None = None) -> str:
    """Return the page: the introduction, and a section for each language of the gold."""
    _, languages = evaluations(gold, documents)
    return INTRODUCTION.read_text("utf8").rstrip("\n") + "\n\n" + markdown(languages)


if __name__ == "__main__":
    main()
