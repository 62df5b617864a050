"""A workbook under construction: its sheets, defined names and properties, and saving it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.properties import CalcProperties

from ftroi.workbook.xlsx.marked_up import SharedTexts
from ftroi.workbook.xlsx.splice import Change, save
from ftroi.workbook.xlsx.worksheet import Sheet

_LONGEST_COMMENT = 255
"""Characters that Excel takes of what is said of a name."""


@dataclass(frozen=True)
class Addition:
    """What a file holds beyond what openpyxl writes: changes of its parts, and further parts by their names."""

    change: Change = lambda _, content: content
    parts: Mapping[str, bytes] = field(default_factory=dict)


class File:
    """A workbook in the making."""

    def __init__(self) -> None:
        """Begin a workbook without sheets."""
        self.book = Workbook()
        self.book.remove(self.book.worksheets[0])
        # Excel computes every formula afresh when it opens the file, those that call the add-in among them; without the
        # add-in they show the native result beside the call. LibreOffice 25.2 was seen to do the same with this and
        # without it: it computes shared formulas afresh, and of all others shows what the file says, a false value as
        # well, which is why values are written with all their digits.
        self.book.calculation = CalcProperties(fullCalcOnLoad=True)
        self._sheets: dict[str, Sheet] = {}
        self._names: set[tuple[str | None, str]] = set()

    @property
    def sheets(self) -> Mapping[str, Sheet]:
        """The sheets by their names, in order."""
        return self._sheets

    def add_worksheet(self, name: str) -> Sheet:
        """Add a sheet after the others."""
        self._sheets[name] = Sheet(self.book.create_sheet(name))
        return self._sheets[name]

    def renew_worksheet(self, name: str) -> Sheet:
        """Begin a sheet anew at its place, for one without names of its own."""
        old = self._sheets[name].around
        place = self.book.index(old)
        self.book.remove(old)
        self._sheets[name] = Sheet(self.book.create_sheet(name, place))
        self._sheets[name].around.sheet_view.tabSelected = old.sheet_view.tabSelected
        return self._sheets[name]

    def define_name(self, name: str, text: str, sheet: str | None = None, about: str | None = None) -> None:
        """Name what ``text`` refers to, for the whole workbook or for one sheet alone; ``about`` says what it is.

        Raises ValueError where the name is taken: the later one would replace it, and formulas look elsewhere.
        """
        if (sheet, name.lower()) in self._names:
            raise ValueError(f"the name {name} is defined twice")
        self._names.add((sheet, name.lower()))
        names = self.book.defined_names if sheet is None else self._sheets[sheet].around.defined_names
        names[name] = DefinedName(name, attr_text=text.removeprefix("="), comment=about and about[:_LONGEST_COMMENT])

    def show_first(self, sheet: str) -> None:
        """Let the workbook open on a sheet."""
        for name, one in self._sheets.items():
            one.around.sheet_view.tabSelected = name == sheet
        self.book.active = list(self._sheets).index(sheet)

    def describe(self, title: str, subject: str, comments: str, made: datetime) -> None:
        """Set the file's properties."""
        self.book.properties = DocumentProperties(
            creator="ftroi", title=title, subject=subject, description=comments, created=made, modified=made
        )

    def save(self, path: Path | BytesIO, *additions: Addition) -> None:
        """Write the file: the same content gives the same bytes."""
        texts = SharedTexts()
        rows = {name: sheet.rows(texts) for name, sheet in self._sheets.items()}
        changes = [addition.change for addition in additions]
        parts = {name: content for addition in additions for name, content in addition.parts.items()}
        save(self.book, path, rows, texts.xml, _chained(changes), parts)


def _chained(changes: list[Change]) -> Change:
    def change(name: str, content: bytes) -> bytes:
        for change in changes:
            content = change(name, content)
        return content

    return change


BesideSheets = Callable[[File], None]
"""Adds sheets of the user's own to a workbook in the making."""
