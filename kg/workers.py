"""Work spread over processes, in the order in which it was given."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from kg.errors import KgError

T = TypeVar("T")
R = TypeVar("R")


def spread(work: Callable[[T], Iterable[R]], batches: Iterable[T], *, processes: int) -> Iterator[R]:
    """Yield the results of all batches, in their order, from so many processes.

    A pool's own map would read all input ahead; here no more than two batches a process wait.
    """
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[Iterable[R]]] = deque()
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_mortal) as pool:
        try:
            for batch in batches:
                waiting.append(pool.submit(work, batch))
                if len(waiting) >= 2 * processes:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except BrokenProcessPool as error:
            raise KgError("a worker process was ended from outside, perhaps for want of memory") from error
        finally:
            for future in waiting:
                future.cancel()


def _mortal() -> None:
    """Let a worker end when it is interrupted, at once and in silence, and when its parent was killed.

    Python's own handling would print a traceback for each worker, and let the orphans wait for ever.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
