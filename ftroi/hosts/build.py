"""Building the add-ins of the spreadsheet programs, each as one file for the machine on which it is built."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path, PurePath
from types import MappingProxyType

from ftroi.errors import Finding, HostError
from ftroi.functions.registry import FUNCTIONS
from ftroi.workbook.xlsx.macros import WITH_MACROS, Macros
from ftroi.workbook.xlsx.safe_files import put_in_place


def _calc(folder: Path) -> Path:
    from ftroi.hosts.office import build_oxt

    return build_oxt(folder)


def _excel(folder: Path) -> Path:
    from ftroi.hosts.xlam import build_xlam

    return build_xlam(PurePath(sys.executable), folder, tuple(FUNCTIONS.values()))


BUILDERS: Mapping[str, Callable[[Path], Path]] = MappingProxyType({"calc": _calc, "excel": _excel})
"""The builder of each program's add-in: it writes a file into a folder, and returns its path. Raises HostError."""


def build_add_in(host: str, output: Path) -> Path:
    """Build the add-in of a program (``calc`` or ``excel``) in the folder ``output``, which is created if necessary.

    The add-in calls the running Python. The file of an earlier build is replaced atomically. Raises HostError if the
    add-in cannot be built on this machine, and WorkbookError if the file cannot be written; nothing is changed then.
    """
    with tempfile.TemporaryDirectory() as folder:
        made = BUILDERS[host](Path(folder))
        content = made.read_bytes()
    path = _folder(output) / made.name
    backup = put_in_place(path, lambda fresh: _write(fresh, content), date.min, replace=True, ending=path.suffix)
    if backup:
        backup.unlink()  # an earlier build holds no data of the user's
    return path


def macros_for(path: Path) -> Macros | None:
    """The macros for a workbook to be written, if its file type has macros; else None.

    They call the running Python. Raises HostError if they cannot be built on this machine.
    """
    if path.suffix.lower() != WITH_MACROS:
        return None
    from ftroi.hosts.xlam import macros_of

    return macros_of(PurePath(sys.executable), tuple(FUNCTIONS.values()))


def _folder(output: Path) -> Path:
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        what = f"the folder cannot be made ({error.strerror})"
        raise HostError(Finding(str(output), what, "name a folder that you may write to")) from None
    return output


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
