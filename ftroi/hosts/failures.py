"""The log file of a host: what a cell's ``#FT:`` text tells people to look at."""

from __future__ import annotations

import logging
from functools import cache
from logging.handlers import RotatingFileHandler
from pathlib import Path

from ftroi.resources import user_folder

LONGEST = 1_000_000
"""The bytes of one file; when it is full, it becomes the one before, which is kept beside it."""

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def log_of(host: str) -> Path:
    """Give the path of a host's log file, in the folder ``logs`` of the user's folder; it need not exist yet."""
    return user_folder() / "logs" / f"{host}.log"


@cache
def log_to_file(host: str) -> None:
    """Write what goes wrong in ftroi to the host's log file from now on; asking again changes nothing.

    Where the folder cannot be made, nothing is written: a cell is answered all the same.
    """
    try:
        path = log_of(host)
        path.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return
    handler = RotatingFileHandler(path, maxBytes=LONGEST, backupCount=1, encoding="utf-8", delay=True)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter(_FORMAT))
    logging.getLogger("ftroi").addHandler(handler)
