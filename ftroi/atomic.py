"""One safe way to write a file: the path holds the old file, or the whole new one, at any moment. And one to read one.

The new content is written to a hidden file of the same folder, brought to the disk, and put in place in one step. A
process that is killed leaves its hidden file behind; the next one that writes into the folder takes it away.
"""

from __future__ import annotations

import errno
import os
import platform
import re
import stat
import tempfile
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_LEFTOVER = re.compile(r"\.ftroi-([0-9a-f]{8})-(\d+)-.*")
_OLD_SECONDS = 86_400
"""After a day a hidden file is nobody's, also where its process cannot be asked after: on another machine."""


def write_whole(
    path: Path, write: Callable[[Path], object], look_again: Callable[[Path], object] | None = None
) -> None:
    """Write a file; ``write`` fills the hidden file, whose path it is given.

    ``look_again`` is given the whole new file just before it takes its place, and may raise to leave the old one. A
    file that is replaced keeps its rights. Raises OSError where the folder or the disk does not take it.
    """
    remove_leftovers(path.parent)
    fresh = _hidden(path)
    try:
        write(fresh)
        _flush(fresh)
        if look_again is not None:
            look_again(fresh)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def read_plain(path: Path, most_bytes: int) -> bytes:
    """Content of a plain file; raises OSError for a pipe or a device, which never ends, and for a larger file."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(number, "rb") as stream:  # a pipe that nobody writes into is opened without waiting
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, "no plain file")
        content = stream.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise OSError(errno.EFBIG, f"more than {most_bytes:,} bytes")
    return content


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8, making its folder where there is none; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, lambda fresh: fresh.write_text(text, encoding="utf-8"))


def remove_leftovers(folder: Path) -> None:
    """Take away the hidden files of processes that were killed; what cannot be removed stays."""
    for path in _hidden_files(folder):
        with suppress(OSError):
            if _is_left(path):
                path.unlink()


def _hidden_files(folder: Path) -> list[Path]:
    try:
        return list(folder.glob(".ftroi-*"))
    except OSError:
        return []


def _is_left(path: Path) -> bool:
    match = _LEFTOVER.fullmatch(path.name)
    if match is None or not path.is_file():
        return False
    if time.time() - path.stat().st_mtime > _OLD_SECONDS:
        return True
    return match[1] == _machine() and _has_ended(int(match[2]))


def _has_ended(process: int) -> bool:
    """Say whether a process of this machine is gone; on Windows, where asking would end it, nothing is said."""
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _machine() -> str:
    return f"{zlib.crc32(platform.node().encode()):08x}"


def _hidden(path: Path) -> Path:
    """Make an empty file beside the path, so that replacing is one step on one disk."""
    prefix = f".ftroi-{_machine()}-{os.getpid()}-"
    number, name = tempfile.mkstemp(prefix=prefix, suffix=path.suffix, dir=path.parent)
    os.close(number)
    fresh = Path(name)
    with suppress(OSError):  # some shares know no rights
        fresh.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_mask())
    return fresh


def _mask() -> int:
    """Rights that new files go without."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _flush(path: Path) -> None:
    """Wait until the disk has the file."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
