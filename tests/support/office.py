"""LibreOffice Calc without a screen, as the real spreadsheet that tests open workbooks in.

One process serves a whole test session (a second to start, then some 50 ms for a small workbook). It has a
profile of its own, so that neither the developer's settings nor another worker's process can interfere.

Documents are LibreOffice's own objects: `office.cell(document, "Inputs", "B2").Value = 3` types a number.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

from tests.install_office import BRIDGE_FOLDER, program_folder

Document: TypeAlias = Any  # LibreOffice's objects come with no types
Value: TypeAlias = float | str | None  # a number, a text ("" when empty), None where the cell holds an error

START_SECONDS = 60
RESTART_WANTED = 81  # the exit code by which LibreOffice asks to be started again, once for each new profile
ERROR_RESULTS = 4  # com.sun.star.sheet.FormulaResult.ERROR
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""
AS_INSTALLED = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"/>
"""


class OfficeError(Exception):
    """LibreOffice did not start, or did not do what a test asked of it."""


class Office:
    """One running LibreOffice; `close` ends it and removes its profile."""

    def __init__(
        self,
        extensions: Path | None = None,
        environment: Mapping[str, str] | None = None,
        settings: str = ALWAYS_RECALCULATE,
    ) -> None:
        """Start it, with the unpacked extensions in the folder `extensions` (if given) and further variables.

        `settings` are those of its profile: AS_INSTALLED are what a person has who never changed any.
        """
        self._uno = load_bridge()
        self._folder = Path(tempfile.mkdtemp(prefix="ftroi-office-"))
        self._command = start_command(self._folder, extensions, settings)
        self._environment = {**os.environ, "PATH": "/usr/bin:/bin", **(environment or {})}
        self._process = self._start()
        try:
            self._desktop = self._connect()
        except BaseException:
            self._end_process()
            raise

    def _start(self) -> subprocess.Popen[bytes]:
        """Start the process; its own Python is found by PATH, which a virtual environment would mislead."""
        return subprocess.Popen(self._command, env=self._environment, stderr=subprocess.DEVNULL)

    def _connect(self) -> Any:
        """Wait for the process to answer; give its desktop, which opens documents."""
        context = self._uno.getComponentContext()
        resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
        no_connection = star("connection.NoConnectException")
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                remote = resolver.resolve(f"uno:pipe,name={self._folder.name};urp;StarOffice.ComponentContext")
                self._remote = remote
                return self.service("frame.Desktop")
            except no_connection:
                self._check_start(deadline)
                time.sleep(0.02)

    def service(self, name: str) -> Any:
        """One of LibreOffice's services, such as "frame.Desktop"."""
        return self._remote.ServiceManager.createInstanceWithContext(f"com.sun.star.{name}", self._remote)

    def _check_start(self, deadline: float) -> None:
        """Start again where LibreOffice asks for it; raise OfficeError when it ended or takes too long."""
        code = self._process.poll()
        if code == RESTART_WANTED:
            self._process = self._start()
        elif code is not None or time.monotonic() > deadline:
            raise OfficeError(f"LibreOffice did not start (exit code {code})")

    def open(self, path: Path | str, *, editable: bool = False) -> Document:
        """Open a file, hidden, and calculate every formula afresh: LibreOffice trusts the values in the file.

        Read-only by default, because a lock file left by another program makes an ordinary opening fail; single
        cells can be edited and the document saved elsewhere all the same, but not whole ranges.
        """
        document = self.open_as_saved(path, editable=editable)
        self.recalculate(document)
        return document

    def open_as_saved(self, path: Path | str, *, editable: bool = True) -> Document:
        """Open a file, hidden, as a person does: LibreOffice trusts the values in the file."""
        return self._load(Path(path).resolve().as_uri(), ReadOnly=not editable)

    def new(self) -> Document:
        """Open an empty spreadsheet."""
        return self._load("private:factory/scalc")

    def _load(self, url: str, **properties: object) -> Document:
        document = self._desktop.loadComponentFromURL(url, "_blank", 0, property_values(Hidden=True, **properties))
        if document is None:
            raise OfficeError(f"LibreOffice did not open {url}")
        return document

    @contextmanager
    def opened(self, path: Path | str, *, editable: bool = False) -> Iterator[Document]:
        """Open a file for the length of a `with` block."""
        document = self.open(path, editable=editable)
        try:
            yield document
        finally:
            self.discard(document)

    def discard(self, document: Document) -> None:
        """Close a document without saving it."""
        document.close(True)  # noqa: FBT003 - the interface takes its arguments by position

    def recalculate(self, document: Document) -> None:
        """Calculate every formula, whether or not LibreOffice thinks that it is needed."""
        document.calculateAll()

    def values(self, document: Document) -> dict[str, tuple[tuple[Value, ...], ...]]:
        """Read every sheet: rows from A1 to the end of the used area; None where a cell holds an error."""
        return {name: used_area(document.Sheets.getByName(name)).getDataArray() for name in sheet_names(document)}

    def errors(self, document: Document) -> dict[str, str]:
        """The cells whose formula ends in an error: {"Sheet.B2": what the cell shows}."""
        return {
            cell.AbsoluteName.replace("$", ""): cell.String
            for name in sheet_names(document)
            for cell in error_cells(document.Sheets.getByName(name))
        }

    def cell(self, document: Document, sheet: str, address: str) -> Any:
        """A cell (or a range), to read or set its Value, String or Formula."""
        return document.Sheets.getByName(sheet).getCellRangeByName(address)

    def named(self, document: Document, name: str, sheet: str | None = None) -> Any:
        """The cells that a name stands for: a name of the workbook, or of `sheet` when it is given."""
        owner = document if sheet is None else document.Sheets.getByName(sheet)
        return owner.NamedRanges.getByName(name).getReferredCells()

    def save(self, document: Document, path: Path | str) -> None:
        """Save as an .xlsx file, over one that exists."""
        self._store(document, path, "Calc MS Excel 2007 XML")

    def to_pdf(self, document: Document, path: Path | str) -> None:
        """Print to a PDF file, as the sheets' page settings say."""
        self._store(document, path, "calc_pdf_Export")

    def _store(self, document: Document, path: Path | str, file_filter: str) -> None:
        properties = property_values(FilterName=file_filter, Overwrite=True)
        document.storeToURL(Path(path).resolve().as_uri(), properties)

    def close(self) -> None:
        """End LibreOffice and remove its profile."""
        with suppress(star("uno.RuntimeException")):  # it may answer "gone" before it answers "done"
            self._desktop.terminate()
        self._end_process()

    def _end_process(self) -> None:
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)


def load_bridge() -> ModuleType:
    """Import LibreOffice's Python bridge, without leaving the system's other packages importable."""
    program = program_folder()
    if program is None:
        raise OfficeError("LibreOffice is not installed")
    before = list(sys.path)
    sys.path += [str(BRIDGE_FOLDER), str(program)]
    try:
        return importlib.import_module("uno")
    finally:
        sys.path[:] = before


def star(name: str) -> Any:
    """A type of LibreOffice's, such as "beans.PropertyValue", from the bridge that is loaded."""
    return sys.modules["uno"].getClass(f"com.sun.star.{name}")


def struct(name: str) -> Any:
    """A structure of LibreOffice's, empty, such as "table.TableSortField"."""
    return sys.modules["uno"].createUnoStruct(f"com.sun.star.{name}")


def start_command(folder: Path, extensions: Path | None, settings: str) -> list[str]:
    """The command line that starts LibreOffice with a new profile under `folder`, listening to its name."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
    bundled = [f"-env:BUNDLED_EXTENSIONS={extensions.resolve().as_uri()}"] if extensions else []
    return [
        str(Path(program_folder() or "") / "soffice.bin"),
        *("--headless", "--norestore", "--nologo", "--nodefault"),
        f"--accept=pipe,name={folder.name};urp;",
        f"-env:UserInstallation={user.parent.as_uri()}",
        *bundled,
    ]


def property_values(**properties: object) -> tuple[Any, ...]:
    """Turn keyword arguments into LibreOffice's list of property values."""
    make = star("beans.PropertyValue")
    return tuple(make(name, -1, value, 0) for name, value in properties.items())


def sheet_names(document: Document) -> tuple[str, ...]:
    """The names of a document's sheets, in their order."""
    return tuple(document.Sheets.ElementNames)


def used_area(sheet: Any) -> Any:
    """The range from A1 to the last cell in use."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)  # noqa: FBT003 - the interface takes its arguments by position
    end = cursor.RangeAddress
    return sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow)


def error_cells(sheet: Any) -> Iterator[Any]:
    """Go through the cells of a sheet whose formula ends in an error."""
    for area in sheet.queryFormulaCells(ERROR_RESULTS).RangeAddresses:
        for row in range(area.StartRow, area.EndRow + 1):
            for column in range(area.StartColumn, area.EndColumn + 1):
                yield sheet.getCellByPosition(column, row)
