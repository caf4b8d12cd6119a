"""Before training: weights, texts and gazetteers become three files that need neither spaCy nor texts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from kg.understand.encoder_pieces import MARK, PieceCutter, Vocabulary
from kg.understand.encoder_vocabulary import weights_file
from training.encoder.base import Base, load_base, read_base, trimmed, write_base
from training.encoder.corpora import Sample, read_samples
from training.encoder.keeping import write_state
from training.encoder.packing import collect_labels, pack, piece_counts, plain_words
from training.encoder.restoring import restored, with_labels_of
from training.encoder.variants import read_pools

LATIN = 0x250
SEED = 1


def prepare(data: Path, bench: Path, work: Path, *, like: Path | None = None) -> None:
    """Write `base.npz` (weights of the body, vocabulary), `packed.npz` (samples) and `labels.json`.

    With the file of a finished model in `like`, vocabulary and labels are its own, and its weights are
    written too: what is trained next goes on from them.
    """
    work.mkdir(parents=True, exist_ok=True)
    samples = list(read_samples(data, bench))
    labels = collect_labels(samples)
    if like:
        base, labels = load_base(like), with_labels_of(like, labels)
        write_state(restored(like), work / "body")
    else:
        base = _trimmed(data, samples)
    print(f"{len(samples)} samples, {len(base.vocabulary.pieces)} pieces", flush=True)
    arrays = pack(samples, labels, PieceCutter(base.vocabulary), read_pools(data / "gaz", samples), seed=SEED)
    np.savez_compressed(work / "packed.npz", allow_pickle=False, **arrays)
    (work / "labels.json").write_text(json.dumps(asdict(labels), indent=1), "utf8")
    write_base(base, work / "base.npz")


def _trimmed(data: Path, samples: Sequence[Sample]) -> Base:
    """Return the base weights with the pieces that occur twice in our texts."""
    base = read_base(weights_file())
    counts = piece_counts(PieceCutter(base.vocabulary), plain_words(data, samples))
    often = (piece for piece, number in counts.items() if number > 1)
    return trimmed(base, {*often, *_letters(base.vocabulary)})


def _letters(vocabulary: Vocabulary) -> Iterator[int]:
    """Yield the pieces of one Latin letter, digit or mark: with them every Latin word can be spelled."""
    for number, piece in enumerate(vocabulary.pieces):
        bare = piece.replace(MARK, "")
        if piece == MARK or (len(bare) == 1 and ord(bare) < LATIN):
            yield number
