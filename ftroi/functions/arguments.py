"""Converting the arguments that a spreadsheet program passes into cells, from which a plan is read.

Numbers, texts, dates, booleans, blanks, single cells and rectangles all become cells here; the code that reads saved
workbooks (`ftroi.workbook.reading`) interprets them.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import TypeAlias, TypeVar

from ftroi.errors import Finding, PlanError
from ftroi.termsheet import serial
from ftroi.workbook.reading.cell_values import UnreadableError
from ftroi.workbook.xlsx.addresses import fixed
from ftroi.workbook.xlsx.cells import Area, Cell

Scalar: TypeAlias = float | str | bool | date | None
Rows: TypeAlias = tuple[tuple[Scalar, ...], ...]
"""A rectangle, row by row."""
Given: TypeAlias = object
"""Whatever a host passes for one argument."""

MOST_ROWS, MOST_COLUMNS = 5_000, 200
"""The largest rectangle that is accepted, larger than any inputs or gates."""

EXCEL_ERRORS = MappingProxyType({
    0x800A0000 - 2**32 + number: text
    for number, text in {
        2000: "#NULL!", 2007: "#DIV/0!", 2015: "#VALUE!", 2023: "#REF!", 2029: "#NAME?", 2036: "#NUM!", 2042: "#N/A",
        2043: "#GETTING_DATA", 2045: "#SPILL!", 2046: "#CONNECT!", 2047: "#BLOCKED!", 2048: "#UNKNOWN!",
        2049: "#FIELD!", 2050: "#CALC!",
    }.items()
})  # fmt: skip
"""Errors as Excel passes them: integers (its enumeration XlCVError); a number in a cell is never an integer."""

_ERROR = re.compile(r"#[A-Z/0-9_]+[!?]?|#FT:.*|Err:\d+", re.DOTALL)
_Value = TypeVar("_Value")


class PlainRows(tuple[tuple[Scalar, ...], ...]):
    """A rectangle of floats and texts only, as Calc passes it, so that it can serve as a cache key by itself."""

    __slots__ = ()


def rows_of(given: Given) -> Rows:
    """An argument as a rectangle: one value has one row and one column, one list is one row."""
    if isinstance(given, PlainRows):
        return given
    if not isinstance(given, list | tuple):
        return ((_scalar(given),),)
    kinds = set(map(type, given))
    if type(given) is tuple and kinds == {tuple}:
        return given
    if not kinds & {list, tuple}:
        return (tuple(given),)
    return tuple(tuple(row) if isinstance(row, list | tuple) else (row,) for row in given)


def _scalar(value: object) -> Scalar:
    if value is None or isinstance(value, float | str | bool | date):
        return value
    return _error_of(value) or float(str(value))


def _error_of(value: object) -> str:
    """The text of an error that Excel hands over as a number; "" for anything else."""
    return EXCEL_ERRORS.get(value, "") if type(value) is int else ""


def key_of(rows: Rows) -> Hashable:
    """A cache key that is equal for two rectangles only if they hold the same values; 1 and TRUE differ."""
    if isinstance(rows, PlainRows):
        return rows
    try:
        # Version 2 distinguishes types, but not whether two cells share one object.
        return marshal.dumps(rows, 2)  # type: ignore[arg-type]  # a date is a ValueError
    except ValueError:
        return repr(rows)


def is_omitted(given: Given) -> bool:
    """Say whether an argument was omitted, or is a blank cell."""
    while isinstance(given, list | tuple) and len(given) == 1:
        (given,) = given
    return given is None or given == ""


def cell_of(value: Scalar, address: str = "") -> Cell:
    """A value as a cell; a date becomes its serial number."""
    if value is None or value == "":
        return Cell(address)
    if error := _error_of(value):
        return Cell(address, error, is_error=True)
    if isinstance(value, date):
        return Cell(address, serial(date(value.year, value.month, value.day)))
    if isinstance(value, str | bool):
        return Cell(address, value, is_error=isinstance(value, str) and _ERROR.fullmatch(value.strip()) is not None)
    return Cell(address, float(value))


def one_cell(name: str, given: Given) -> Cell:
    """An argument that must be a single value; raises PlanError for a larger range."""
    rows = rows_of(given)
    if len(rows) != 1 or len(rows[0]) != 1:
        what = f"a range of {len(rows)} rows and {max(map(len, rows), default=0)} columns was given"
        raise PlanError(Finding(name, what, "give one cell or one value"))
    return cell_of(rows[0][0])


def parsed(name: str, read: Callable[[Cell], _Value], cell: Cell) -> _Value:
    """An argument's cell parsed by ``read``; raises PlanError, with the reader's message, if that fails."""
    try:
        return read(cell)
    except UnreadableError as error:
        raise PlanError(Finding(name, error.what, error.cure)) from None


class Rectangles:
    """Rectangles of values by name, with the interface of the sheets of a file."""

    def __init__(self, rectangles: Mapping[str, Rows], days_offset: int = 0) -> None:
        """Store the rectangles; raises PlanError for one larger than any inputs.

        ``days_offset`` is added to dates that are numbers, for workbooks in the 1904 date system.
        """
        self.days_offset = days_offset
        self._rectangles = rectangles
        self.names = {name: f"{name}!{self._span(name)}" for name in rectangles}

    def _span(self, name: str) -> str:
        rows, columns = self._size(name)
        if rows > MOST_ROWS or columns > MOST_COLUMNS:
            what = f"the range has {rows:,} rows and {columns:,} columns, which is more than any inputs"
            raise PlanError(Finding(name, what, f"give the cells named {name} alone"))
        return f"{fixed(0, 0)}:{fixed(rows - 1, columns - 1)}"

    def _size(self, name: str) -> tuple[int, int]:
        rows = self._rectangles[name]
        return max(len(rows), 1), max(map(len, rows), default=1) or 1

    def area_named(self, name: str) -> Area | None:
        """The area of a rectangle; None if there is none of this name."""
        return Area.read(self.names[name]) if name in self.names else None

    def has_sheet(self, name: str) -> bool:
        """Say whether there is a rectangle of this name; each counts as a sheet of its own."""
        return name in self._rectangles

    def cells(self, area: Area) -> Iterator[list[Cell]]:
        """The rows of an area; the address of a cell is its row and column within the rectangle."""
        rows = self._rectangles[area.sheet]
        for row in range(area.first_row, area.last_row + 1):
            values = rows[row - 1] if row <= len(rows) else ()
            columns = range(area.first_column, area.last_column + 1)
            yield [
                cell_of(values[column - 1] if column <= len(values) else None, f"row {row}, column {column}")
                for column in columns
            ]
