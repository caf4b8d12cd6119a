"""Quads that an Oxigraph database takes in bulk: it works without Python's lock, so several threads do it."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    import pyoxigraph as ox

THREADS: Final = min(4, os.cpu_count() or 1)
PIECE: Final = 8_000_000  # characters
AHEAD: Final = 16  # pieces that wait in memory, those at work included
Load: TypeAlias = Callable[[Iterable[str]], None]


@contextmanager
def loading(quads: ox.Store) -> Iterator[Load]:
    """Yield what takes pieces of N-Quads, whole lines each; where the block ends, all are in the database.

    A load that fails raises where the next one is given, or at the end. Each piece leaves tables of its own
    on the disk, of which a question has to look into every one, so that several are made one again.
    """
    import pyoxigraph as ox

    take = partial(quads.bulk_load, format=ox.RdfFormat.N_QUADS, lenient=True)
    waiting: deque[Future[None]] = deque()
    number = 0
    pool = ThreadPoolExecutor(THREADS, thread_name_prefix="kg-load")

    def load(pieces: Iterable[str]) -> None:
        nonlocal number
        for text in _gathered(pieces):
            waiting.append(pool.submit(take, text))
            number += 1
            if len(waiting) > AHEAD:
                waiting.popleft().result()

    try:
        yield load
        while waiting:
            waiting.popleft().result()
        if number > 1:
            quads.optimize()
    finally:
        pool.shutdown(cancel_futures=True)


def _gathered(pieces: Iterable[str]) -> Iterator[str]:
    found: list[str] = []
    size = 0
    for piece in pieces:
        found.append(piece)
        size += len(piece)
        if size >= PIECE:
            yield "".join(found)
            found, size = [], 0
    if found:
        yield "".join(found)
