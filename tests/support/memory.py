"""The most memory that a program has had at any moment."""

from __future__ import annotations

import re
from pathlib import Path

_STATUS = Path("/proc/self/status")
IS_TOLD = _STATUS.exists()
"""Whether this system tells it: Linux does."""


def peak_memory() -> int:
    """The most bytes that this process has had in memory since its program began.

    ``resource.getrusage`` will not do: a new program inherits the peak of the one that started it.
    """
    found = re.search(r"VmHWM:\s*(\d+)", _STATUS.read_text())
    if found is None:
        raise OSError(f"{_STATUS} does not tell the peak")
    return int(found[1]) * 1024
