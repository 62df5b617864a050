"""Control totals: one figure of each option's sheet, by which the functions see that it computes what they do.

The functions know the inputs alone. Where somebody changed a formula on an option's sheet, its control total is another
than the engine's, and the functions say so in place of a figure that the sheet does not have. It adds figures that do
not vary by month and the totals of money, each as (1 + figure²)^0.05: so large ones do not hide small ones, and a
change of any by a millionth is seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ftroi.engine import FloatArray, Results
from ftroi.plan import Plan
from ftroi.termsheet import Template
from ftroi.termsheet.totals import MONEY_A_MONTH
from ftroi.workbook.layout.gates import STAMP_PRINT
from ftroi.workbook.layout.option import BY_MONTH, CALENDAR_ROW, NOTE, VALUE, Kind, OptionLayout
from ftroi.workbook.layout.workbook import Layout
from ftroi.workbook.references.inputs_checksum import fingerprint
from ftroi.workbook.schema import CASE, GATES_SHEET
from ftroi.workbook.xlsx.addresses import fixed, fixed_range, prefix, quoted

CELL = (CALENDAR_ROW, NOTE)
"""The cell of an option's sheet with its control total."""

TOLERANCE = 1e-7
"""How far two control totals may be apart that are of the same figures."""

_POWER = "0.05"
_CASES = {"pessimistic": 1.0, "optimistic": -1.0}
"""What is added to the fingerprint of the inputs, which does not depend on the case."""


def control_total_formula(layout: OptionLayout, template: Template) -> str:
    """The control total of the sheet that it stands on: numbers by areas, what may be a text by itself."""
    areas = (f"SUMPRODUCT((1+{area}^2)^{_POWER})" for area in _areas(layout, template))
    texts = (f"(1+N({fixed(row, VALUE)})^2)^{_POWER}" for row in _rows_of_texts(layout, template))
    return "+".join((*areas, *texts))


def _areas(layout: OptionLayout, template: Template) -> Iterator[str]:
    """Runs of rows whose totals are numbers or empty."""
    apart = {*_rows_of_texts(layout, template), *_rows_left_out(layout, template)}
    first = next(layout.of_kind(Kind.IN_FORCE, Kind.SCALAR, Kind.MEASURE)).row
    start = first
    for row in (*sorted(apart), layout.last_row + 1):
        if row > start:
            yield fixed_range(start, VALUE, row - 1, VALUE)
        start = row + 1


def _rows_of_texts(layout: OptionLayout, template: Template) -> Sequence[int]:
    figures = (one for one in layout.of_kind(Kind.SCALAR, Kind.MEASURE) if template.lines[one.name].unless)
    return [one.row for one in figures if not _is_left_out(one.name, template)]


def _rows_left_out(layout: OptionLayout, template: Template) -> Sequence[int]:
    return [one.row for one in layout.of_kind(Kind.SCALAR, Kind.MEASURE) if _is_left_out(one.name, template)]


def _is_left_out(name: str, template: Template) -> bool:
    """Say whether a spreadsheet may not find a figure that the engine has, as of an internal rate of return."""
    return any(via == "IRR" for _, via in template.lines[name].needs)


def control_totals(layout: OptionLayout, results: Results) -> list[float]:
    """What the control totals are where the sheets compute what the engine does, by option."""
    template, count = results.template, len(results.options)
    texts = _rows_of_texts(layout, template)
    apart = {*texts, *_rows_left_out(layout, template)}
    placed = (Kind.IN_FORCE, Kind.SCALAR, Kind.MEASURE, *BY_MONTH)
    names = {one.row: one.name for one in layout.of_kind(*placed)}
    figures = [_figures(name, results, count) for row, name in names.items() if row not in apart]
    measured = [[results.measure(names[row], one).value or 0.0 for one in results.options] for row in texts]
    table = np.array([figure for figure in figures if figure is not None] + [np.array(row) for row in measured])
    first = next(layout.of_kind(Kind.IN_FORCE, Kind.SCALAR, Kind.MEASURE)).row
    blank = layout.last_row + 1 - first - len(apart) + len(measured) - len(table)
    totals: list[float] = (((1 + table**2) ** float(_POWER)).sum(axis=0) + blank).tolist()
    return totals


def _figures(name: str, results: Results, count: int) -> FloatArray | None:
    """What stands in a row's total on each option's sheet; None where there is none."""
    is_row = name in results.template.series
    if is_row and results.template.lines[name].unit != MONEY_A_MONTH:
        return None
    array = results.arrays[name] if name in results.arrays else results.inputs[name]
    if not is_row:
        return np.broadcast_to(array[0, :, 0], (count,))
    months = results.months if len(array) == 1 else 1
    return np.broadcast_to(array[:, :, 0].sum(axis=0) * months, (count,))


def control_total_of_sheets(layout: Layout) -> str:
    """The control totals of all options' sheets, added up; nothing where one is an error.

    An error in FT_Inputs would be all that a function is told in LibreOffice, which then gives Err:504.
    """
    return _unless_error("+".join(f"{prefix(sheet)}{fixed(*CELL)}" for sheet in layout.sheets.values()))


def belongs_formula(layout: Layout, total: str) -> str:
    """Of which inputs and case the total in a cell is; computed after it, so that it is never ahead of it."""
    row = max(layout.gates.stamps.values()) + 1
    pessimistic, optimistic = (f"({CASE}={quoted(case)})" for case in _CASES)
    return _unless_error(f"{prefix(GATES_SHEET)}{fixed(row, STAMP_PRINT)}+{pessimistic}-{optimistic}+0*{total}")


def _unless_error(formula: str) -> str:
    return f'IFERROR({formula},"")'


def belongs_to(plan: Plan, layout: Layout) -> float:
    """The same of a plan."""
    return fingerprint(plan, layout) + _CASES.get(plan.settings.case, 0.0)
