"""The log file of the add-ins, for details of errors for which a cell has no room."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from ftroi.errors import FtroiError
from ftroi.resources import user_folder

FILE_NAME = "add-in.log"
LARGEST = 256_000
"""The size in bytes at which the file is rotated to one backup with the suffix .1."""


def log_file() -> Path:
    """The log file's path: in the folder ``logs`` of the user's folder, beside the command line's."""
    return user_folder() / "logs" / FILE_NAME


def log_to_file() -> None:
    """Send ftroi's log messages to the add-ins' file; if it cannot be written, they are dropped without an error."""
    logger = logging.getLogger("ftroi")
    if any(isinstance(handler, RotatingFileHandler) for handler in logger.handlers):
        return
    try:
        path = log_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=LARGEST, backupCount=1, encoding="utf-8", delay=True)
    except (OSError, FtroiError):
        logger.addHandler(logging.NullHandler())
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    logger.addHandler(handler)
