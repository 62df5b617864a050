"""Workbooks as people change them: a small one to start from, and edits of its cells."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from ftroi.plan import Plan, plan_from_preset
from ftroi.termsheet import Template
from ftroi.workbook.reading.file import read_workbook
from ftroi.workbook.reading.plan import FindTemplate
from ftroi.workbook.schema import GATES_SHEET, INPUTS_SHEET, OPTION, OWN_COST, SETTING
from ftroi.workbook.write import write_workbook
from tests.support.plans import fine_tuning


def read_plan(path: Path, find_template: FindTemplate) -> Plan:
    """The plan of a workbook; see `read_workbook`."""
    return read_workbook(path, find_template).plan


@cache
def small_plan() -> Plan:
    """A plan of four options."""
    return plan_from_preset(fine_tuning(), "support_assistant", ["rag"])


@cache
def small_bytes() -> bytes:
    """The small plan's workbook as bytes."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "small.xlsx"
        write_workbook(small_plan(), path)
        return path.read_bytes()


@cache
def light_bytes() -> bytes:
    """The small plan's workbook without the sheets that no reader looks at, as a script saves it."""
    book = load_workbook(BytesIO(small_bytes()))
    dashboard = book.defined_names[OPTION].attr_text.split("!")[0].strip("'")
    for sheet in set(book.sheetnames) - {INPUTS_SHEET, GATES_SHEET, dashboard}:
        del book[sheet]
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def light_workbook(folder: Path, name: str = "plan.xlsx") -> Path:
    """Write the light workbook into a folder."""
    path = folder / name
    path.write_bytes(light_bytes())
    return path


def small_workbook(folder: Path, name: str = "plan.xlsx") -> Path:
    """Write the small plan's workbook into a folder."""
    path = folder / name
    path.write_bytes(small_bytes())
    return path


def fine_tuning_by_id(wanted: str) -> Template:
    """Stand in for the registry."""
    assert wanted == "fine_tuning"
    return fine_tuning()


class Inputs:
    """The sheet Assumptions of a workbook file, edited as a script would; `save` writes it back."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book: Workbook = load_workbook(path)
        sheet = self.book[INPUTS_SHEET]
        assert isinstance(sheet, Worksheet)
        self.sheet = sheet

    def row(self, key: str, *, after: str = SETTING) -> int:
        """The row of a key below the mark `after`."""
        found = False
        for row in range(1, self.sheet.max_row + 1):
            text = self.sheet.cell(row, 1).value
            found = found or text == after
            if found and str(text) == key:
                return row
        raise KeyError(key)

    def column(self, header: str, *, block: str = "name") -> int:
        """The column of a header of a block."""
        row = self.row(block)
        return next(cell.column for cell in self.sheet[row] if cell.value == header)

    def cell(self, key: str, header: str = "base") -> Cell:
        """The cell of an assumption, or with the header "value" of a setting."""
        block = SETTING if header == "value" else "name"
        after = SETTING if header == "value" else "name"
        cell = self.sheet.cell(self.row(key, after=after), self.column(header, block=block))
        assert isinstance(cell, Cell)
        return cell

    def own_cost(self, slot: int, **figures: object) -> None:
        """Fill a slot of the own costs."""
        row = self.row(str(slot), after=OWN_COST)
        for header, value in figures.items():
            self.sheet.cell(row, self.column(header, block=OWN_COST)).value = value  # type: ignore[assignment]  # any

    def save(self) -> Path:
        """Write the workbook back."""
        self.book.save(self.path)
        return self.path


Edit = Callable[[Inputs], object]


def put(key: str, value: object, header: str = "base") -> Edit:
    """The edit that types something into one cell."""

    def edit(inputs: Inputs) -> None:
        inputs.cell(key, header).value = value  # type: ignore[assignment]  # whatever a person types

    return edit


def rename_inputs(to: str | None) -> Edit:
    """The edit that renames or removes FT_Inputs."""

    def edit(inputs: Inputs) -> None:
        area = inputs.book.defined_names.pop("FT_Inputs").attr_text
        if to:
            inputs.book.defined_names[to] = DefinedName(to, attr_text=area)

    return edit
