"""Comparing a recalculated workbook with the engine, cell by cell.

A number may differ by a billionth of the largest value of its row; a text must be the same. A
native rate of return that says "not unique" is not compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ftroi.analysis.annual import by_year
from ftroi.engine import Results
from ftroi.language import parse_unit
from ftroi.plan import Plan
from ftroi.termsheet import Line
from ftroi.workbook.cached_values import CachedValues
from ftroi.workbook.layout.option import (
    BY_MONTH,
    FIRST_MONTH,
    FIRST_YEAR,
    ID_CELL,
    LAST_YEAR,
    MONTHS,
    NATURE,
    NUMBER_CELL,
    OPENING,
    VALUE,
    WITHOUT_NAME,
    Kind,
    Placed,
)
from ftroi.workbook.layout.workbook import Layout
from ftroi.workbook.schema import SEE_FUNCTION
from ftroi.workbook.xlsx.addresses import address

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
        self._scales: dict[str, float] = {}

    @property
    def results(self) -> Results:
        return self._cached.results

    def figure(self, name: str, option: str) -> Value:
        """An assumption in force, a scalar, or a measure as the native formula shows it."""
        if name in self.plan.template.assumptions:
            return self._cached.number(name, option)
        return self._cached.scalar(name, option)

    def differences(self, sheets: Mapping[str, Rows], options: Iterable[str] = ()) -> list[Difference]:
        """Every cell that differs, for some options or all."""
        chosen = tuple(options) or self.plan.settings.options
        return [one for option in chosen for one in self._of_option(option, sheets[self.layout.sheets[option]])]

    def _of_option(self, option: str, rows: Rows) -> Iterator[Difference]:
        sheet = self.layout.sheets[option]
        position = float(self.plan.settings.options.index(option) + 1)
        for (row, column), wanted in ((ID_CELL, option), (NUMBER_CELL, position)):
            if rows[row][column] != wanted:
                yield Difference(sheet, address(row, column), "option", rows[row][column], wanted)
        for placed in self.layout.option.placed:
            if placed.kind in BY_MONTH:
                yield from self._of_months(sheet, placed, option, rows[placed.row])
            elif placed.kind is Kind.YEAR:
                yield from self._of_years(sheet, placed, option, rows[placed.row])
            elif placed.kind not in WITHOUT_NAME:
                yield from self._of_scalar(sheet, placed, option, rows[placed.row])

    def _of_scalar(self, sheet: str, placed: Placed, option: str, row: Sequence[Value]) -> Iterator[Difference]:
        for column, wanted in self._wanted(placed, option):
            if placed.name == "irr" and SEE_FUNCTION in (row[column], wanted):
                continue
            if not is_equal(row[column], wanted, self._scale(placed.name)):
                yield Difference(sheet, address(placed.row, column), placed.name, row[column], wanted)

    def _wanted(self, placed: Placed, option: str) -> Iterator[tuple[int, Value]]:
        """What the cells of a figure's row should show, by column."""
        name = placed.name
        if placed.kind is Kind.IN_FORCE:
            yield NATURE, self.plan.entries[name].value(option)
        yield VALUE, self.figure(name, option)
        if placed.kind is Kind.MEASURE and self.plan.template.lines[name].remark:
            yield FIRST_MONTH, self._cached.remark(name, option)

    def _scale(self, name: str) -> float:
        """The largest value that a figure is the sum or the difference of, through lines of like units.

        What is left of large figures that cancel is not exact: a net of 0.00001 may be made of millions.
        """
        if name not in self._scales:
            lines = self.plan.template.lines
            self._scales[name] = largest(self.results.arrays[name]) if name in self.results.arrays else 0.0
            needs = lines[name].needs if name in lines else ()
            alike = (needed for needed, _ in needs if needed in lines and _alike(lines[needed].unit, lines[name].unit))
            self._scales[name] = max((self._scales[name], *map(self._scale, alike)))
        return self._scales[name]

    def _of_years(self, sheet: str, placed: Placed, option: str, row: Sequence[Value]) -> Iterator[Difference]:
        wanted = by_year(self.results, placed.name, option)
        for column, amount in zip((VALUE, *range(FIRST_YEAR, LAST_YEAR + 1)), (sum(wanted), *wanted), strict=True):
            if not is_equal(row[column], amount, self._scale(placed.name)):
                yield Difference(sheet, address(placed.row, column), placed.name, row[column], amount)

    def _of_months(self, sheet: str, placed: Placed, option: str, row: Sequence[Value]) -> Iterator[Difference]:
        name, line = placed.name, self.plan.template.lines[placed.name]
        wanted = self.results.row(name, option)
        found = _numbers(row[FIRST_MONTH : FIRST_MONTH + MONTHS])
        scale = max(largest(wanted), largest(found), self._scale(name))
        for month in np.flatnonzero(~(np.abs(found - wanted) <= TOLERANCE * scale)):
            column = FIRST_MONTH + int(month)
            yield Difference(sheet, address(placed.row, column), name, row[column], float(wanted[month]))
        for column, value, size in self._beside_months(line, option, wanted):
            if not is_equal(row[column], value, max(scale, size)):
                yield Difference(sheet, address(placed.row, column), name, row[column], value)

    def _beside_months(self, line: Line, option: str, row: FloatArray) -> Iterator[tuple[int, float, float]]:
        """The opening and the total of a row by column, each with the scale that it is judged on."""
        if line.opening is not None:
            yield OPENING, self._cached.opening(line.opening, option), 0.0
        if line.unit == "money/month":
            yield VALUE, float(row.sum()), MONTHS * largest(row)


def _alike(unit: str, other: str) -> bool:
    """Say whether two units are the same, apart from one being by the month."""
    return parse_unit(unit.removesuffix("/month")) == parse_unit(other.removesuffix("/month"))


def is_equal(found: Value, wanted: Value, scale: float = 0.0) -> bool:
    """Say whether two numbers are near on a scale, or two texts the same."""
    if isinstance(found, float) and isinstance(wanted, float):
        return abs(found - wanted) <= TOLERANCE * max(scale, abs(wanted))
    return found == wanted


def _numbers(values: Sequence[Value]) -> FloatArray:
    """A row's numbers; what is none becomes nan, which equals nothing."""
    return np.array([value if isinstance(value, float) else np.nan for value in values])


def largest(values: FloatArray) -> float:
    """The largest size of a row's values."""
    return float(np.nanmax(np.abs(values), initial=0.0))
