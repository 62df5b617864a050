"""Problems with a workbook: its formulas, or its macros, were stored with the path of somebody else's machine."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ftroi.errors import Finding
from ftroi.hosts.doctor.machine_state import Patient
from ftroi.hosts.xlam import interpreter_of
from ftroi.installer.excel import ADD_IN
from ftroi.workbook.xlsx.macros import PROJECT_PART

_LINKS = "xl/externalLinks/_rels/"
_TARGET = re.compile(r'\bTarget="([^"]*)"')
_LARGEST = 1_000_000  # bytes of a part with links or macros; a real one has a few hundred, or a hundred thousand


def somebody_elses_path(patient: Patient) -> Iterator[Finding]:
    """Formulas call the add-in by a path, which is another person's or an old one."""
    for path in patient.workbooks:
        for target in _add_in_links(path):
            if target.lower() != ADD_IN:
                cure = "with the add-in loaded, choose 'Reconnect formulas' on its tab; or run: ftroi regenerate"
                yield Finding(str(path), f"its formulas call the add-in at {target}", cure)


def somebody_elses_python(patient: Patient) -> Iterator[Finding]:
    """The macros of a workbook start a Python that is not this machine's."""
    for path in patient.workbooks:
        found = interpreter_of(_macros_of(path))
        if found and found.casefold() != str(patient.machine.interpreter).casefold():
            what = f"its functions run in the Python at {found}, which is not the one of this machine's ftroi"
            yield Finding(str(path), what, "run ftroi regenerate on it here")


def _macros_of(path: Path) -> bytes:
    """A workbook's macros; b"" where it has none, or too many."""
    if not zipfile.is_zipfile(path):
        return b""
    with zipfile.ZipFile(path) as archive:
        parts = [one for one in archive.infolist() if one.filename == PROJECT_PART and one.file_size < _LARGEST]
        return archive.read(parts[0]) if parts else b""


def unreadable_workbook(patient: Patient) -> Iterator[Finding]:
    """A file that was asked about is no workbook."""
    for path in patient.workbooks:
        if not zipfile.is_zipfile(path):
            yield Finding(str(path), "is no workbook that can be read", "look at the name, and open it in Excel")


def _add_in_links(path: Path) -> Iterator[str]:
    """Go through the targets of a workbook's links that lead to an add-in of ours."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        parts = [part for part in archive.infolist() if part.filename.startswith(_LINKS) and part.file_size < _LARGEST]
        for part in parts:
            text = archive.read(part).decode("utf-8", errors="replace")
            yield from (target for target in _TARGET.findall(text) if target.lower().endswith(ADD_IN))
