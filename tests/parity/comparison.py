"""Comparing a recalculated workbook with the engine, cell by cell.

A number may differ by a billionth of the largest value of its row; a text must be the same. A
native rate of return that says "see FT_IRR" is not compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftroi.engine import Results
from ftroi.plan import Plan
from ftroi.workbook.cached import CachedValues
from ftroi.workbook.formulas import SEE_FUNCTION
from ftroi.workbook.grid import address
from ftroi.workbook.layout import Layout
from ftroi.workbook.option_layout import (
    BY_MONTH,
    FIRST_MONTH,
    ID_CELL,
    MONTHS,
    NATURE,
    NUMBER_CELL,
    OPENING,
    VALUE,
    Kind,
    Placed,
)

TOLERANCE = 1e-9
"""Of the largest value of the row."""

Value = float | str | None
Rows = Sequence[Sequence[Value]]
FloatArray = NDArray[np.float64]


class Difference(NamedTuple):
    """A cell that differs: its sheet and address, whose row it is, what it shows and what it should."""

    sheet: str
    cell: str
    name: str
    found: Value
    wanted: Value


class Expected:
    """What every cell of every option's sheet of a plan should show."""

    def __init__(self, plan: Plan, layout: Layout) -> None:
        """Compute the plan with the engine."""
        self.plan = plan
        self.layout = layout
        self._cached = CachedValues(plan)

    @property
    def results(self) -> Results:
        return self._cached.results

    def figure(self, name: str, option: str) -> Value:
        """Give an assumption in force, a scalar, or a measure as the native formula shows it."""
        if name in self.plan.template.assumptions:
            return self._cached.number(name, option)
        return self._cached.scalar(name, option)

    def differences(self, sheets: Mapping[str, Rows], options: Iterable[str] = ()) -> list[Difference]:
        """Give every cell that differs, for some options or all."""
        chosen = tuple(options) or self.plan.settings.options
        return [one for option in chosen for one in self._of_option(option, sheets[self.layout.sheets[option]])]

    def _of_option(self, option: str, rows: Rows) -> Iterator[Difference]:
        sheet = self.layout.sheets[option]
        position = float(self.plan.settings.options.index(option) + 1)
        for (row, column), wanted in ((ID_CELL, option), (NUMBER_CELL, position)):
            yield from _compared(sheet, row, column, "option", rows[row][column], wanted)
        for placed in self.layout.option.placed:
            if placed.kind in BY_MONTH:
                yield from self._of_months(sheet, placed, option, rows[placed.row])
            elif placed.kind not in (Kind.BLOCK, Kind.HEADING):
                yield from self._of_scalar(sheet, placed, option, rows[placed.row])

    def _of_scalar(self, sheet: str, placed: Placed, option: str, row: Sequence[Value]) -> Iterator[Difference]:
        name = placed.name
        if placed.kind is Kind.IN_FORCE:
            own = self.plan.entries[name].value(option)
            yield from _compared(sheet, placed.row, NATURE, name, row[NATURE], own)
            wanted: Value = self.results.number(name, option)
        else:
            wanted = self._cached.scalar(name, option)
        if SEE_FUNCTION not in (wanted, row[VALUE]) or not name.endswith("irr"):
            yield from _compared(sheet, placed.row, VALUE, name, row[VALUE], wanted, self._scale(name, option))
        if placed.kind is Kind.MEASURE and self.plan.template.lines[name].remark:
            remark = self._cached.remark(name, option)
            yield from _compared(sheet, placed.row, FIRST_MONTH, name, row[FIRST_MONTH], remark)

    def _scale(self, name: str, option: str) -> float:
        """Give the largest value that a scalar is made of: a small difference of large figures is not exact."""
        line = self.plan.template.lines.get(name)
        if line is None:
            return 0.0
        values = [self.results.row(needed, option) for needed, _ in line.needs if needed in self.results.arrays]
        return max((float(np.nanmax(np.abs(value), initial=0.0)) for value in values), default=0.0)

    def _of_months(self, sheet: str, placed: Placed, option: str, row: Sequence[Value]) -> Iterator[Difference]:
        name, line = placed.name, self.plan.template.lines[placed.name]
        wanted = self.results.row(name, option)
        found = _numbers(row[FIRST_MONTH : FIRST_MONTH + MONTHS])
        scale = max(_largest(wanted), _largest(found))
        for month in np.flatnonzero(~(np.abs(found - wanted) <= TOLERANCE * scale)):
            column = FIRST_MONTH + int(month)
            yield Difference(sheet, address(placed.row, column), name, row[column], float(wanted[month]))
        if line.opening is not None:
            opening = self._cached.opening(line.opening, option)
            yield from _compared(sheet, placed.row, OPENING, name, row[OPENING], opening)
        if line.unit == "money/month":
            total = float(wanted.sum())
            yield from _compared(sheet, placed.row, VALUE, name, row[VALUE], total, MONTHS * scale)


def _compared(
    sheet: str, row: int, column: int, name: str, found: Value, wanted: Value, scale: float = 0.0
) -> Iterator[Difference]:
    if isinstance(found, float) and isinstance(wanted, float):
        equal = abs(found - wanted) <= TOLERANCE * max(scale, abs(wanted))
    else:
        equal = found == wanted
    if not equal:
        yield Difference(sheet, address(row, column), name, found, wanted)


def _numbers(values: Sequence[Value]) -> FloatArray:
    """Give a row's numbers; what is none becomes nan, which equals nothing."""
    return np.array([value if isinstance(value, float) else np.nan for value in values])


def _largest(values: FloatArray) -> float:
    return float(np.nanmax(np.abs(values), initial=0.0))
