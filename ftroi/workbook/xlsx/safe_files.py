"""Reading and replacing workbook files safely.

Nothing is unpacked before the file's table of contents has been checked; nothing is replaced before the new file is
complete on the disk; and a replaced file is kept as a backup with the date in its name.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path, PurePosixPath

from ftroi.atomic import write_whole
from ftroi.errors import Finding, WorkbookError

MOST_BYTES = 100_000_000
"""A larger file is no workbook of ours; a plan of ten options takes about one million."""

MOST_UNPACKED = 500_000_000
"""Bytes that all parts of a workbook may have together, unpacked."""

MOST_PARTS = 5_000
"""Parts that a workbook may have."""

MOST_RATIO = 200
"""How many times its packed size a large part may be; rows of like formulas reach some 30."""

_SMALL_PART = 1_000_000
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_MARK = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAG = 0x1
_SAVE_AS = "save it as an Excel workbook (.xlsx)"


def _error(path: Path, what: str, cure: str) -> WorkbookError:
    return WorkbookError(Finding(str(path), what, cure))


# --- before opening ----------------------------------------------------------------------------------------


def require_workbook(path: Path) -> None:
    """Look at a file before anything in it is unpacked.

    Raises WorkbookError for a file that is missing, unreadable, no workbook, cut off, protected by
    a password, or made to fill the memory or to climb out of its folder when unpacked.
    """
    head = _head(path)
    if head.startswith(_OLE):
        raise _ole_error(path)
    if not head.startswith(b"PK"):
        raise _error(path, "is not an Excel workbook (.xlsx)", "name a workbook made by 'ftroi new'")
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError):
        cure = "fetch or copy it again, or take a backup"
        raise _error(path, "is damaged or cut off: its end is missing", cure) from None
    what = next(_wrong_with(parts), None)
    if what is not None:
        raise _error(path, *what)


def _head(path: Path) -> bytes:
    """The first bytes of a file, once it is known to be a file of a sensible size."""
    try:
        told = path.stat()
        if stat.S_ISDIR(told.st_mode):
            raise _error(path, "is a folder", "name a workbook in it")
        if not stat.S_ISREG(told.st_mode):  # a pipe or a device would be waited for, or never end
            raise _error(path, "is no plain file", "name a workbook made by 'ftroi new'")
        size = told.st_size
        with path.open("rb") as stream:
            head = stream.read(len(_OLE))
    except FileNotFoundError:
        raise _error(path, "there is no such file", "check the name, or make one with 'ftroi new'") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise _error(path, f"cannot be read ({reason})", "check its name and your rights to it") from None
    if size == 0:
        raise _error(path, "is empty", "fetch or copy it again, or take a backup")
    if size > MOST_BYTES:
        raise _error(path, f"is too large for a workbook ({size:,} bytes)", "name a workbook made by 'ftroi new'")
    return head


def _ole_error(path: Path) -> WorkbookError:
    if _ENCRYPTED_MARK in path.read_bytes():
        cure = "remove the password in the spreadsheet program and save it"
        return _error(path, "is protected by a password", cure)
    return _error(path, "is a file of an old Office format (.xls)", _SAVE_AS)


def _wrong_with(parts: list[zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    """Find what is wrong with a table of contents, the first of which is reported."""
    names = [part.filename for part in parts]
    do_not_open = "do not open it: no spreadsheet program writes such a file"
    if any(_climbs(name) for name in names):
        yield "has parts that climb out of its folder", do_not_open
    if len(set(names)) < len(names):
        yield "has two parts of the same name", do_not_open
    if len(parts) > MOST_PARTS:
        yield f"has {len(parts):,} parts, more than {MOST_PARTS:,}", do_not_open
    if (size := sum(part.file_size for part in parts)) > MOST_UNPACKED:
        yield f"would unpack to {size:,} bytes, more than {MOST_UNPACKED:,}", do_not_open
    if any(_swells(part) for part in parts):
        yield f"has a part that would unpack to more than {MOST_RATIO} times its size", do_not_open
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        yield "is protected by a password", "remove the password and save it"
    if "xl/workbook.xml" not in names:
        yield _other_kind(names), _SAVE_AS


def _climbs(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name


def _swells(part: zipfile.ZipInfo) -> bool:
    return part.file_size > _SMALL_PART and part.file_size > MOST_RATIO * max(part.compress_size, 1)


def _other_kind(names: list[str]) -> str:
    if "xl/workbook.bin" in names:
        return "is a binary workbook (.xlsb)"
    if "mimetype" in names and "content.xml" in names:
        return "is an OpenDocument file (.ods)"
    if "word/document.xml" in names:
        return "is a Word document"
    return "is a zip file, but not an Excel workbook (.xlsx)"


# --- open elsewhere ----------------------------------------------------------------------------------------


def lock_of(path: Path) -> Path | None:
    """The lock file that says that somebody has a workbook open, or None."""
    places = dict.fromkeys((path, path.resolve()))  # a program locks what a link points at, or the link
    locks = (
        lock
        for place in places
        for lock in (place.with_name(f"~${place.name}"), place.with_name(f".~lock.{place.name}#"))
    )
    return next((lock for lock in locks if os.path.lexists(lock)), None)


def require_unlocked(path: Path) -> None:
    """Refuse to write where somebody has the workbook open; raises WorkbookError."""
    lock = lock_of(path)
    if lock is None:
        return
    program = "Excel" if lock.name.startswith("~$") else "LibreOffice"
    holder = _holder(lock)
    what = f"is open in {program}{f' ({holder})' if holder else ''}"
    raise _error(path, what, f"close it there; if nobody has it open, the lock is stale: delete '{lock}'")


def _holder(lock: Path) -> str:
    """The name that a lock file tells: LibreOffice writes ",name,computer,...", Excel a length and a name."""
    with suppress(OSError):
        content = _beginning(lock)
        if lock.name.startswith("~$"):
            name = content[1 : 1 + content[0]] if content else b""
        else:
            name = b" on ".join(part for part in content.split(b",")[1:3] if part)
        return "".join(one for one in name.decode("utf-8", "replace") if one.isprintable()).strip()
    return ""


def _beginning(lock: Path) -> bytes:
    """First bytes of a lock; none of what is no plain file, which might be waited for."""
    if not stat.S_ISREG(lock.stat().st_mode):
        return b""
    with lock.open("rb") as stream:
        return stream.read(1_000)


# --- writing -----------------------------------------------------------------------------------------------


Stamp = tuple[int, int, int]
"""What tells one state of a file from another: when it was written, its size, and which file it is."""


def stamp_of(path: Path) -> Stamp | None:
    """Stamp of a file as it stands; None where there is none."""
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size, told.st_ino


def put_in_place(
    path: Path,
    write: Callable[[Path], None],
    today: date,
    *,
    replace: bool = False,
    ending: str = ".xlsx",
    check: Callable[[Path], None] | None = None,
) -> Path | None:
    """Write a file so that its path holds either the old one or the whole new one.

    ``write`` is given a hidden path in the same folder, ``check`` the whole new file before it replaces anything. Where
    a file is replaced by another content, it is first copied to a name with the date ``today``, which is given back. A
    link stays, and what it points at is written. Raises WorkbookError where the path cannot be written, does not
    end in ``ending``, is taken and ``replace`` is False, is open elsewhere, or was saved by another meanwhile.
    """
    _require_writable(path, ending, replace=replace)
    real, seen, backups = path.resolve(), stamp_of(path), []

    def look_again(fresh: Path) -> None:
        if check is not None:
            check(fresh)
        if seen is not None and not filecmp.cmp(real, fresh, shallow=False):
            backups.append(_keep(real, today))
        try:
            require_unlocked(path)
            require_same(path, seen)
        except WorkbookError:
            for backup in backups:
                backup.unlink(missing_ok=True)
            raise

    try:
        write_whole(real, write, look_again)
    except PermissionError as error:
        raise _error(path, f"cannot be written ({error.strerror})", "choose a folder that you may write to") from None
    except OSError as error:
        raise _error(path, f"cannot be written ({error.strerror})", "check the disk and your rights") from None
    return backups[0] if backups else None


def require_same(path: Path, seen: Stamp | None) -> None:
    """Refuse to replace a file that another program has saved since it was looked at; raises WorkbookError."""
    if stamp_of(path) != seen:
        raise _error(path, "was changed by another program meanwhile", "run the command again; nothing was written")


def _require_writable(path: Path, ending: str, *, replace: bool) -> None:
    if path.suffix.lower() != ending:
        kind = "a workbook" if ending == ".xlsx" else f"a file of the kind {ending}"
        raise _error(path, f"is not the name of {kind}", f"end it with {ending}")
    if _is_dir(path):
        raise _error(path, "is a folder", f"name a file in it, such as plan{ending}")
    if not _is_dir(path.resolve().parent):
        raise _error(path, f"there is no folder '{path.parent}'", "make it first, or name another")
    require_unlocked(path)
    if not path.exists():
        return
    if not replace:
        raise _error(path, "already exists", "choose another name, or add --force (the old file is kept as a copy)")
    if not path.is_file():
        raise _error(path, "is no plain file", "choose another name")
    if not os.access(path, os.W_OK):
        raise _error(path, "is write-protected", "take the protection off, or choose another name")


def _is_dir(path: Path) -> bool:
    """Say whether a path is a folder; raises WorkbookError for one that no system takes."""
    try:
        return path.is_dir()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise _error(path, f"cannot be written ({reason})", "check its name") from None


def _keep(path: Path, today: date) -> Path:
    """Copy a file to a name with the date that is still free."""
    number = 1
    while True:
        ending = f" {number}" if number > 1 else ""
        backup = path.with_name(f"{path.stem} (backup {today.isoformat()}{ending}){path.suffix}")
        try:
            _copy(path, backup)
        except FileExistsError:
            number += 1
        else:
            return backup


def _copy(path: Path, backup: Path) -> None:
    """Copy a file to a name that is free, whole or not at all; raises FileExistsError where it is taken."""
    with backup.open("xb") as target, path.open("rb") as source:
        try:
            shutil.copyfileobj(source, target)
            os.fsync(target.fileno())
        except BaseException:
            backup.unlink(missing_ok=True)
            raise
    shutil.copystat(path, backup)
