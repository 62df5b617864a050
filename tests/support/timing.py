"""How long work takes, and how it is told."""

from __future__ import annotations

import time
from collections.abc import Callable

Report = Callable[[str], None]


def best(work: Callable[[], object], runs: int = 7) -> float:
    """The shortest of several runs, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)
