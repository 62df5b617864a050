"""Every cell of every sheet, as the writer fills it from the engine, beside what a spreadsheet computes.

What a plan's workbook holds besides formulas (figures, texts, stamps of the command line) is typed into the open
workbook of another plan; then every formula of every sheet must show what the engine gives for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ftroi.plan import Plan
from ftroi.workbook.layout.checks import COUNTS
from ftroi.workbook.layout.dashboard import PANEL, PANEL_VALUE
from ftroi.workbook.layout.option import FIRST_MONTH, LAST_MONTH, VALUE
from ftroi.workbook.layout.workbook import ASSUMPTIONS, CHECKS_SHEET, DASHBOARD, SOURCES, Layout
from ftroi.workbook.schema import SEE_FUNCTION
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import filled_book, write_workbook
from ftroi.workbook.xlsx.addresses import address
from ftroi.workbook.xlsx.file import File
from ftroi.workbook.xlsx.worksheet import Formula, Number, Run, Sheet, Text
from tests.support.comparison import Difference, Expected, Rows, Value
from tests.support.office import Document, Office, used_area
from tests.support.typing_in import type_plan

EXACT = 1e-9
"""Of the largest amount in sight: differences of large amounts are not more exact than these."""

CENT = 0.005
"""The tolerance of Checks, whose differences of large amounts are not more exact."""
LARGE = 1e6
SMALL = 1.0
"""A figure up to this may be a share, a rate or a flag, and is judged on its own size."""

_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")

Cells = Mapping[tuple[int, int], Value]


@dataclass(frozen=True)
class Filled:
    """What the writer puts on one sheet: values of formulas, and what is typed."""

    computed: Cells
    typed: Cells


def filled(plan: Plan) -> dict[str, Filled]:
    """Fill a plan's sheets without writing a file; all but the options', and Sources, which lists what a plan has."""
    book = filled_book(plan, File(), None, plan.settings.options[:1])
    away = set(book.layout.order) - {*book.layout.sheets.values(), SOURCES}
    return {name: Filled(*_cells(book.sheet(name))) for name in away}


def _cells(sheet: Sheet) -> tuple[Cells, Cells]:
    computed: dict[tuple[int, int], Value] = {}
    typed: dict[tuple[int, int], Value] = {}
    for (row, column), cell in sheet.cells():
        if isinstance(cell, Run):
            computed |= {(row, column + place): float(value) for place, value in enumerate(cell.values)}
        elif isinstance(cell, Formula):
            computed[row, column] = _value(cell.value)
        elif isinstance(cell, Number):
            typed[row, column] = float(cell.number)
        elif isinstance(cell, Text):
            typed[row, column] = cell.text
    return computed, typed


def _value(value: object) -> Value:
    return float(value) if isinstance(value, int | float) else str(value)


@dataclass(frozen=True)
class OpenWorkbook:
    """A workbook that stays open in LibreOffice while plans are typed into it."""

    office: Office
    document: Document
    plan: Plan
    layout: Layout

    def typed(self, plan: Plan) -> tuple[dict[str, Filled], Mapping[str, Rows]]:
        """Type a plan with its stamps; give what every sheet should show, and what it shows."""
        wanted = filled(plan)
        self.document.enableAutomaticCalculation(False)  # noqa: FBT003 - the interface takes its arguments by position
        for name, sheet in wanted.items():
            if name != ASSUMPTIONS:
                self._type(name, sheet.typed)
        type_plan(self.office, self.document, plan, self.layout)
        return wanted, self.office.values(self.document)

    def _type(self, name: str, cells: Cells) -> None:
        """Type what differs from what was typed before."""
        sheet, before = self.document.Sheets.getByName(name), self._typed[name]
        for place, value in cells.items():
            if before.get(place) != value:
                cell = sheet.getCellByPosition(place[1], place[0])
                if isinstance(value, float):
                    cell.Value = value
                else:
                    cell.String = value
        self._typed[name] = cells

    @cached_property
    def _typed(self) -> dict[str, Cells]:
        """What stands in the open workbook besides formulas, by sheet."""
        return {name: sheet.typed for name, sheet in filled(self.plan).items()}

    def differences(self, plan: Plan) -> list[Difference]:
        """Type a plan and compare every sheet with the engine."""
        wanted, found = self.typed(plan)
        return self.compared(plan, wanted, found)

    def compared(self, plan: Plan, wanted: Mapping[str, Filled], found: Mapping[str, Rows]) -> list[Difference]:
        """Compare every sheet with what it should show."""
        expected = Expected(plan, self.layout)
        flows = (expected.results.row(name, one) for name in ("costs", "benefits") for one in plan.settings.options)
        scale = max(1.0, *(abs(flow).sum() for flow in flows))
        elsewhere = (one for name, sheet in wanted.items() for one in _unlike(name, sheet.computed, found[name], scale))
        of_rate = self._after_a_rate_that_is_not_found(expected, found)
        return [*expected.differences(found), *(one for one in elsewhere if (one.sheet, one.cell) not in of_rate)]

    def _after_a_rate_that_is_not_found(self, expected: Expected, found: Mapping[str, Rows]) -> set[tuple[str, str]]:
        """The cells that tell of the rate's check, where a native rate points at the function instead."""
        row, checks = self.layout.option.rows["irr"], self.layout.checks
        pairs = ((found[sheet][row][VALUE], expected.figure("irr", one)) for one, sheet in self.layout.sheets.items())
        if all((shown == SEE_FUNCTION) == (wanted == SEE_FUNCTION) for shown, wanted in pairs):
            return set()
        rows = (*checks.members["8"], checks.checks["8"], *COUNTS.values())
        places = ((row, column) for row in rows for column in range(checks.last_option + 1))
        panel = (DASHBOARD, address(PANEL["checks"], PANEL_VALUE))
        return {panel, *((CHECKS_SHEET, address(*place)) for place in places)}

    def unlike(self, name: str, wanted: Filled) -> list[Difference]:
        """Compare one sheet as it stands, amounts to the last digit."""
        rows: Rows = used_area(self.document.Sheets.getByName(name)).getDataArray()
        return list(_unlike(name, wanted.computed, rows, 1.0))

    def beyond_the_horizon(self, plan: Plan, found: Mapping[str, Rows]) -> list[str]:
        """The rows of money, on any option's sheet, that are not 0 after the last month."""
        lines, after = plan.template.lines, FIRST_MONTH + plan.horizon
        return [
            f"{sheet}: {name}"
            for sheet in self.layout.sheets.values()
            for name, row in self.layout.option.series.items()
            if lines[name].unit == "money/month" and any(found[sheet][row][after : LAST_MONTH + 1])
        ]


def _unlike(name: str, wanted: Cells, found: Rows, scale: float) -> Iterator[Difference]:
    for (row, column), value in wanted.items():
        shown = found[row][column] if row < len(found) and column < len(found[row]) else ""
        if not (_is_within_a_cent(shown, value) if name == CHECKS_SHEET else _is_alike(shown, value, scale)):
            yield Difference(name, address(row, column), str(found[row][0]), shown, value)


def _is_within_a_cent(shown: Value, value: Value) -> bool:
    if isinstance(shown, float) and isinstance(value, float):
        return abs(shown - value) < CENT
    return shown == value


def _is_alike(shown: Value, value: Value, scale: float) -> bool:
    if isinstance(shown, float) and isinstance(value, float):
        return abs(shown - value) <= EXACT * max(abs(value), scale if abs(value) > SMALL else 1.0)
    if SEE_FUNCTION in (shown, value):
        return True
    return shown == value or (isinstance(shown, str) and isinstance(value, str) and _reads_alike(shown, value))


def _reads_alike(shown: str, value: str) -> bool:
    """Say whether two texts differ in the last digits of an amount alone."""
    if _NUMBER.split(shown) != _NUMBER.split(value):
        return False
    pairs = zip(_NUMBER.findall(shown), _NUMBER.findall(value), strict=True)
    return all(_reads_near(one.replace(",", ""), other.replace(",", "")) for one, other in pairs)


def _reads_near(shown: str, value: str) -> bool:
    """Say whether two numbers are near; large ones may be rounded to either side."""
    last_place = 0.1 ** len(value.partition(".")[2]) if float(value) > LARGE else 0.0
    return abs(float(shown) - float(value)) <= EXACT * float(value) + 1.01 * last_place


def opened(office: Office, folder: Path, plan: Plan) -> Iterator[OpenWorkbook]:
    """Write a plan's workbook and keep it open."""
    path = folder / "plan.xlsx"
    write_workbook(plan, path)
    with office.opened(path, editable=True) as document:
        yield OpenWorkbook(office, document, plan, layout_of(plan))
