"""The log file of the add-ins: a cell has no room for what went wrong, and a spreadsheet program no screen for it."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from ftroi.errors import FtroiError
from ftroi.resources import user_folder

FILE_NAME = "add-in.log"
LARGEST = 256_000
"""The bytes at which the file is set aside, under the same name with .1 behind; there is never a third."""


def log_file() -> Path:
    """The log file's path: in the folder ``logs`` of the user's folder, beside the command line's."""
    return user_folder() / "logs" / FILE_NAME


def log_to_file() -> None:
    """Send what ftroi logs to the add-ins' file; where none can be written, nothing is logged and nothing fails."""
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
