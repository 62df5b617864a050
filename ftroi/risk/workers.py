"""Running independent tasks in parallel on threads: numpy and compiled code release Python's global lock."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

MOST_WORKERS = 8
"""The most threads; more would only wait for memory."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def processors() -> int:
    """The number of processors that this process may use; 1 in a browser, which has no threads."""
    if sys.platform == "emscripten":
        return 1
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(allowed, MOST_WORKERS)


def in_parallel(work: Callable[[Item], Result], items: Iterable[Item], workers: int | None = None) -> Iterator[Result]:
    """The results of ``work`` on each item, in the order of the items, computed by ``workers`` threads.

    Only a few items are taken ahead, so that memory stays bounded. Raises the first error in that order.
    """
    threads = workers or processors()
    return map(work, items) if threads == 1 else _on_threads(work, items, threads)


def _on_threads(work: Callable[[Item], Result], items: Iterable[Item], workers: int) -> Iterator[Result]:
    under_way: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        try:
            for item in items:
                under_way.append(pool.submit(work, item))
                if len(under_way) > workers:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            for one in under_way:
                one.cancel()
