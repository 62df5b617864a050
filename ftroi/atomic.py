"""Atomic writing of files: at any moment the path holds the whole old or the whole new file. Also a safe way to read.

The new content is written to a hidden file in the same folder, flushed to the disk, and moved into place in one step. A
process that is killed leaves its hidden file behind; the next one that writes into the folder removes it.
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
"""The age from which a hidden file counts as left behind, even if its process is on another machine and unknown."""


def write_whole(path: Path, write: Callable[[Path], object], inspect: Callable[[Path], object] | None = None) -> None:
    """Write a file atomically; ``write`` is called with the path of the hidden file, and fills it.

    ``inspect`` is called with the complete new file before it is moved into place, and may raise to keep the old one. A
    replaced file keeps its permissions. Raises OSError if the file cannot be written.
    """
    remove_leftovers(path.parent)
    fresh = _hidden(path)
    try:
        write(fresh)
        _flush(fresh)
        if inspect is not None:
            inspect(fresh)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def read_plain(path: Path, most_bytes: int) -> bytes:
    """The content of a regular file; raises OSError for a pipe or device, which may never end, or a larger file."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(number, "rb") as stream:  # a pipe that nobody writes into is opened without waiting
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.EINVAL, "no plain file")
        content = stream.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise OSError(errno.EFBIG, f"more than {most_bytes:,} bytes")
    return content


def write_text(path: Path, text: str) -> None:
    """Write a text as UTF-8 atomically, creating its folder if necessary; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, lambda fresh: fresh.write_text(text, encoding="utf-8"))


def remove_leftovers(folder: Path) -> None:
    """Remove the hidden files of processes that were killed; files that cannot be removed are ignored."""
    for path in _hidden_files(folder):
        with suppress(OSError):
            if _is_left(path):
                path.unlink()


def is_in_the_making(path: Path) -> bool:
    """Say whether a path bears the name of a hidden file that is being written, or was left by a process that ended."""
    return _LEFTOVER.fullmatch(path.name) is not None


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
    return match[1] == _machine() and _process_has_ended(int(match[2]))


def _process_has_ended(process: int) -> bool:
    """Say whether a process of this machine has ended; always false on Windows, where os.kill would end it."""
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
    """Create an empty hidden file in the folder of the path, so that replacing is one step on one disk."""
    prefix = f".ftroi-{_machine()}-{os.getpid()}-"
    number, name = tempfile.mkstemp(prefix=prefix, suffix=path.suffix, dir=path.parent)
    os.close(number)
    fresh = Path(name)
    with suppress(OSError):  # some shares know no rights
        fresh.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_mask())
    return fresh


def _mask() -> int:
    """The process's umask: permissions that new files do not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _flush(path: Path) -> None:
    """Wait until the file is written to the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
