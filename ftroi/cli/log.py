"""The log file of an error that nobody expected."""

from __future__ import annotations

import platform
import sys
import tempfile
import traceback
from pathlib import Path

from ftroi import __version__
from ftroi.dates import local_now
from ftroi.errors import FtroiError
from ftroi.resources import user_folder


def write_log(error: BaseException) -> Path:
    """Write what happened to a file of its own, and give its path.

    It stands in the folder ``logs`` of the user's folder or, where that cannot be written, in the
    system's folder for temporary files.
    """
    now = local_now()
    text = "\n".join(
        [
            f"ftroi {__version__}, Python {platform.python_version()}, {platform.platform()}",
            f"{now.isoformat(timespec='seconds')}: {sys.argv}",
            "".join(traceback.format_exception(error)),
        ]
    )
    name = f"ftroi-{now:%Y%m%d-%H%M%S-%f}.log"
    try:
        folder = user_folder() / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        return _written(folder / name, text)
    except (OSError, FtroiError):
        return _written(Path(tempfile.gettempdir()) / name, text)


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
