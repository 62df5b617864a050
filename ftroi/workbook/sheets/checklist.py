"""The two sheets of the checklist: a row for each call with its check mark, and the tables with the expected ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ftroi.plan import Plan
from ftroi.workbook.printing import A4
from ftroi.workbook.references.engine import AGREES, DIFFERS, NOT_APPLICABLE
from ftroi.workbook.xlsx.add_in_calls import NOT_LOADED, SPELLINGS
from ftroi.workbook.xlsx.addresses import address, fixed, fixed_range, prefix, quoted
from ftroi.workbook.xlsx.file import BesideSheets, File
from ftroi.workbook.xlsx.look import dressed
from ftroi.workbook.xlsx.styles import Styles
from ftroi.workbook.xlsx.worksheet import Sheet

CHECKLIST, TABLES = "Checklist", "Checklist tables"
CALL, EXPECTED, SHOWN, MARK = 2, 3, 4, 5
FIRST_ROW = 5
TOLERANCE = "0.000000001"
"""By how much a figure may differ, as a share of itself: the cells hold fifteen digits."""

_COLUMNS = {
    "Function": 24, "Gives": 50, "Formula": 40, "Expected (a table: cells that differ)": 40, "Shown": 40, "Mark": 10,
    "Seen ☐": 9, "Seen instead": 30,
}  # fmt: skip
_HINT = (
    "Open it with the add-in loaded and calculate (Excel: Ctrl+Alt+F9; LibreOffice: Ctrl+Shift+F9). Every mark should "
    "say 'agrees'. Tick off what you have seen, or write down what you have seen instead."
)


Value = float | str
Table = tuple[tuple[Value, ...], ...]


@dataclass(frozen=True)
class Call:
    """One call of a function: its formula, plainly spelt and without "=", and the engine's answer to it."""

    name: str
    help: str
    formula: str
    expected: Value | Table


def checklist_writer(plan: Plan, calls: Sequence[Call], spelling: str) -> BesideSheets:
    """What adds both sheets to a plan's workbook in the making, as ``write_workbook`` takes it."""

    def write(file: File) -> None:
        write_sheets(file, Styles(file.book, dressed(plan.template).theme, plan.settings.currency), calls, spelling)

    return write


def write_sheets(file: File, styles: Styles, calls: Sequence[Call], spelling: str) -> None:
    """Write both sheets after those of a workbook in the making."""
    checklist = file.add_worksheet(CHECKLIST)
    tables = file.add_worksheet(TABLES)
    _write_head(checklist, styles, FIRST_ROW + len(calls) - 1)
    below = 2
    tables.write_string(0, 0, TABLES, styles.of("title"))
    tables.set_column(0, 60, 16)
    _print_wide(tables)
    for row, call in enumerate(calls, start=FIRST_ROW):
        _write_words(checklist, styles, row, call)
        if isinstance(call.expected, tuple):
            block = _TableBlock(tables, styles, below, call.expected)
            block.write(call, spelling)
            checklist.write_array_formula(
                (row, SHOWN, row, SHOWN), f"={block.differences()}", styles.of("wrapped", "general"), NOT_LOADED
            )
            _write_judgement(checklist, styles, row, 0)  # of its cells differ
            below += len(call.expected) + 3
        else:
            formula = _guarded(_spelt(call, spelling))
            checklist.write_formula(row, SHOWN, f"={formula}", styles.of("wrapped", "decimal"), NOT_LOADED)
            _write_judgement(checklist, styles, row, call.expected)
    file.show_first(CHECKLIST)


def _write_head(sheet: Sheet, styles: Styles, last: int) -> None:
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, "Checklist of the FT_ functions", styles.of("title"))
    sheet.write_string(1, 0, _HINT, styles.of("hint"))
    marks = fixed_range(FIRST_ROW, MARK, last, MARK)
    counted = f'COUNTIF({marks},{quoted(AGREES)})&" of {last - FIRST_ROW + 1} agree"'
    sheet.write_formula(2, 0, f"={counted}", styles.of("block"), f"0 of {last - FIRST_ROW + 1} agree")
    for column, (header, width) in enumerate(_COLUMNS.items()):
        sheet.write_string(FIRST_ROW - 1, column, header, styles.of("header"))
        sheet.set_column(column, column, width)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_rows(FIRST_ROW - 1)
    _print_wide(sheet)


def _print_wide(sheet: Sheet) -> None:
    around = sheet.around
    around.page_setup.orientation, around.page_setup.paperSize, around.page_setup.fitToHeight = "landscape", A4, 0
    around.sheet_properties.pageSetUpPr.fitToPage = True
    around.oddFooter.left.text, around.oddFooter.right.text = "&A", "Page &P of &N"


def _write_words(sheet: Sheet, styles: Styles, row: int, call: Call) -> None:
    sheet.write_string(row, 0, call.name, styles.of("wrapped"))
    sheet.write_string(row, 1, call.help, styles.of("wrapped"))
    sheet.write_string(row, CALL, f"={call.formula}", styles.of("wrapped"))
    for column in (MARK + 1, MARK + 2):
        sheet.write_blank(row, column, None, styles.of("input"))


def _write_judgement(sheet: Sheet, styles: Styles, row: int, expected: Value | Table) -> None:
    """Write what is expected, and whether it agrees with what the spreadsheet shows."""
    _write_value(sheet, styles, row, EXPECTED, expected)
    wanted, shown = address(row, EXPECTED), address(row, SHOWN)
    near = _near(wanted, shown, f"ABS({wanted})+1")
    same = f"IF(AND(ISNUMBER({wanted}),ISNUMBER({shown})),{near},EXACT({wanted},{shown}))"
    told = f"IF({shown}={quoted(NOT_LOADED)},{quoted(NOT_APPLICABLE)},IF({same},{quoted(AGREES)},{quoted(DIFFERS)}))"
    sheet.write_formula(row, MARK, f"={told}", styles.of("id"), NOT_APPLICABLE)


def _write_value(sheet: Sheet, styles: Styles, row: int, column: int, value: object) -> None:
    style = styles.of("wrapped", "decimal")
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_text(row, column, str(value), style)


def _spelt(call: Call, spelling: str) -> str:
    return f"{SPELLINGS[spelling]}{call.formula}"


def _guarded(formula: str) -> str:
    return f"IFERROR({formula},{quoted(NOT_LOADED)})"


class _TableBlock:
    """A table that a function fills, and right of it the one that is expected."""

    def __init__(self, sheet: Sheet, styles: Styles, row: int, expected: Table) -> None:
        """Take the place below which both stand."""
        self._sheet = sheet
        self._styles = styles
        self._first = row + 1
        self._expected = expected
        self._last = row + len(expected)
        self._width = len(expected[0])

    def write(self, call: Call, spelling: str) -> None:
        """Write the formula into all of its cells, and the expected values."""
        title, style = self._styles.of("heading"), self._styles.of("text", "decimal")
        self._sheet.write_string(self._first - 1, 0, f"={call.formula}", title)
        self._sheet.write_string(self._first - 1, self._width + 1, "expected", title)
        formula = _guarded(_spelt(call, spelling))
        area = (self._first, 0, self._last, self._width - 1)
        self._sheet.write_array_formula(area, f"={formula}", style, NOT_LOADED)
        for row, values in enumerate(self._expected, start=self._first):
            for column, value in enumerate(values):
                _write_value(self._sheet, self._styles, row, self._width + 1 + column, value)
                if (row, column) != (self._first, 0):
                    self._sheet.write_string(row, column, NOT_LOADED, style)

    def differences(self) -> str:
        """The array formula that counts the cells that differ, or says that there is no add-in."""
        place = prefix(TABLES)
        found = f"{place}{fixed_range(self._first, 0, self._last, self._width - 1)}"
        wanted = f"{place}{fixed_range(self._first, self._width + 1, self._last, 2 * self._width)}"
        near = f"IF({_near(wanted, found, f'ABS({wanted})+1')},0,1)"
        apart = f"IF(ISNUMBER({found})*ISNUMBER({wanted}),{near},IF(EXACT({found},{wanted}),0,1))"
        first = f"{place}{fixed(self._first, 0)}"
        return f"IF({first}={quoted(NOT_LOADED)},{quoted(NOT_LOADED)},SUM({apart}))"


def _near(wanted: str, shown: str, size: str) -> str:
    """Say whether two numbers, or those of two ranges, are the same but for what a cell cannot hold."""
    return f"ABS({wanted}-{shown})<={TOLERANCE}*({size})"
