"""Comparing a recalculated workbook with the engine, cell by cell, and typing a plan into an open one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from ftroi.engine import Results
from ftroi.plan import Plan
from ftroi.termsheet import serial
from ftroi.workbook.formulas import SEE_FUNCTION
from ftroi.workbook.layout import ASSUMPTIONS, Layout
from ftroi.workbook.option_layout import FIRST_MONTH, LAST_MONTH, VALUE, Kind
from tests.office import Document, Office

Rows: TypeAlias = Sequence[Sequence[Any]]

EXACT = 1e-9
"""How far a cell may be from the engine, as a share of the largest amount of its row."""


def differences(sheets: Mapping[str, Rows], plan: Plan, layout: Layout, results: Results) -> list[str]:
    """Name every line whose cells on an option's sheet are not the engine's."""
    return [
        f"{option}: {name}"
        for option, sheet in layout.sheets.items()
        for name in differing_lines(sheets[sheet], plan, layout, results, option)
    ]


def differing_lines(rows: Rows, plan: Plan, layout: Layout, results: Results, option: str) -> Iterator[str]:
    """Name the lines, measures and assumptions of one option's sheet that are not the engine's."""
    for placed in layout.option.placed:
        if placed.kind in (Kind.BLOCK, Kind.HEADING):
            continue
        if placed.name in layout.option.series:
            cells = rows[placed.row][FIRST_MONTH : LAST_MONTH + 1]
            same = row_is_same(cells, results.row(placed.name, option))
        else:
            same = cell_is_same(rows[placed.row][VALUE], expected(plan, results, placed.name, option))
        if not same:
            yield placed.name


def row_is_same(cells: Sequence[Any], wanted: np.typing.NDArray[np.float64]) -> bool:
    """Compare the months of a row within rounding of its largest amount."""
    if not all(isinstance(cell, float) for cell in cells):
        return False
    scale = max(1e-9, float(np.abs(wanted).max()))
    return bool(np.all(np.abs(np.array(cells) - wanted) <= EXACT * scale))


def expected(plan: Plan, results: Results, name: str, option: str) -> float | str:
    """Give what a single cell should show: a number, or the text of a measure without one."""
    if name not in plan.template.measures:
        return results.number(name, option)
    measure = results.measure(name, option)
    return measure.text if measure.value is None else measure.value


def cell_is_same(cell: Any, wanted: float | str) -> bool:
    """Compare one cell; a native rate that refers to the function is not compared."""
    if cell == SEE_FUNCTION:
        return True
    if isinstance(wanted, str) or not isinstance(cell, float):
        return bool(cell == wanted)
    return abs(cell - wanted) <= EXACT * max(1.0, abs(wanted))


def type_in(office: Office, document: Document, plan: Plan, layout: Layout) -> None:
    """Type a plan's figures, settings and own costs into the cells that people type in, and recalculate."""
    sheet = document.Sheets.getByName(ASSUMPTIONS)
    office.named(document, "FT_Option").setString(plan.settings.option)
    office.named(document, "FT_Case").setString(plan.settings.case)
    cells = layout.assumptions
    for key in ("reference", "candidate"):
        sheet.getCellByPosition(cells.setting_column, cells.settings[key]).setString(getattr(plan.settings, key))
    start = sheet.getCellByPosition(cells.setting_column, cells.settings["start"])
    start.setValue(serial(plan.settings.start))
    for name, row in cells.rows.items():
        values = _entered(plan, name)
        first = cells.columns["base"]
        sheet.getCellRangeByPosition(first, row, first + len(values) - 1, row).setDataArray((values,))
    _type_own_costs(sheet, plan, layout)
    office.recalculate(document)


def _entered(plan: Plan, name: str) -> tuple[float | str, ...]:
    """Give the cells of an assumption's row: base, each option's own, low, high."""
    entry = plan.entries[name]
    own = [entry.own.get(option, "") for option in plan.settings.options]
    ends = ["" if end is None else end for end in (entry.low, entry.high)]
    return (entry.base, *own, *ends)


def _type_own_costs(sheet: Any, plan: Plan, layout: Layout) -> None:
    columns = layout.assumptions.own_columns
    first, last = columns["label"], columns["growth"]
    names = [name for name, column in columns.items() if column >= first]
    for slot, row in enumerate(layout.assumptions.own_costs):
        cost = plan.own_costs[slot] if slot < len(plan.own_costs) else None
        values = tuple("" if cost is None else _number_or_text(getattr(cost, name)) for name in names)
        sheet.getCellRangeByPosition(first, row, last, row).setDataArray((values,))


def _number_or_text(value: Any) -> float | str:
    return value if isinstance(value, str) else float(value)
