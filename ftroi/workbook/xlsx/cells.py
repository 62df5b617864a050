"""Cells as values, areas by their names: what a plan is read from, be it a saved file or an open spreadsheet.

Nothing here knows a file format, so that a spreadsheet program's own values are read without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

_AREA = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""What a sheet has."""

_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as saved: a number, a text, a truth, an error's code, or nothing.

    ``is_formula`` says that the value is a formula's cached one; None is then a value never computed. ``formula`` is
    its text without "=", "" where the file or the host does not tell it.
    """

    address: str
    value: float | str | bool | None = None
    is_error: bool = False
    is_formula: bool = False
    formula: str = ""

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing in the cell; blanks are something, for every formula that looks at it."""
        return not self.is_formula and (self.value is None or self.value == "")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of one sheet; columns and rows count from 1, both ends included."""

    sheet: str
    first_column: int
    first_row: int
    last_column: int
    last_row: int

    @classmethod
    def read(cls, text: str) -> Area | None:
        """Read the text of a defined name; None where it is not one rectangle of cells."""
        match = _AREA.fullmatch(text.strip().removeprefix("="))
        if match is None:
            return None
        quoted, plain, left, top, right, bottom = match.groups()
        sheet = quoted.replace("''", "'") if quoted else plain
        columns = sorted((column_number(left), column_number(right or left)))
        rows = sorted((int(top), int(bottom or top)))
        if rows[0] < 1 or rows[1] > MOST_ROWS or columns[1] > MOST_COLUMNS:
            return None
        return cls(sheet, columns[0], rows[0], columns[1], rows[1])

    @property
    def size(self) -> tuple[int, int]:
        """Number of rows, and of columns."""
        return self.last_row - self.first_row + 1, self.last_column - self.first_column + 1


@cache
def column_number(letters: str) -> int:
    """A column's number from its letters: A is 1."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


class Sheets(Protocol):
    """What a plan is read from: named areas, and the cells in them."""

    @property
    def names(self) -> Mapping[str, str]:
        """The defined names with their texts."""

    @property
    def days_offset(self) -> int:
        """What is added to a date's serial number for the 1900 system."""

    def area_named(self, name: str) -> Area | None:
        """The area of a defined name; None where it is no area of a sheet."""

    def has_sheet(self, name: str) -> bool:
        """Say whether there is a sheet of this name."""

    def cells(self, area: Area) -> Iterable[list[Cell]]:
        """The rows of an area from the top, each with all its cells from the left."""
