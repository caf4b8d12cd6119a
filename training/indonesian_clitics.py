"""Print how treebanks cut words that end like a clitic: `python -m training.indonesian_clitics FILE`.

The lists of `kg/lang/id/tokens.yaml` were made from this, and completed with words of the same kind.
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from training.indonesian_data import read_treebank

ENDINGS = ("nya", "ku", "mu", "lah", "kah", "pun")


def main() -> None:
    """Print, for each ending, the words kept whole and the hosts that lose it, the most frequent first."""
    whole: dict[str, Counter[str]] = {ending: Counter() for ending in ENDINGS}
    hosts: dict[str, Counter[str]] = {ending: Counter() for ending in ENDINGS}
    for path in map(Path, sys.argv[1:]):
        for text, words in read_treebank(path):
            for before, word in pairwise(words):
                form = word.form.lower()
                glued = word.start > 0 and text[word.start - 1].isalpha()
                if form in ENDINGS and glued:
                    hosts[form][before.form.lower()] += 1
                for ending in ENDINGS:
                    if form.endswith(ending) and len(form) > len(ending) + 1:
                        whole[ending][form] += 1
    for ending in ENDINGS:
        print(f"-{ending} whole: {' '.join(word for word, _ in whole[ending].most_common())}")
        print(f"-{ending} hosts: {' '.join(word for word, _ in hosts[ending].most_common())}")


if __name__ == "__main__":
    main()
