"""The rows and columns of a sheet: widths, heights and groups, and the anchors of charts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor, TwoCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet

from ftroi.workbook.xlsx.addresses import letters, neighbours

_DIGIT, _PADDING = 7, 5
"""Pixels of a digit of the ordinary type, and of what a column keeps free."""

_COLUMN_PIXELS, _ROW_POINTS = 64, 15.0
_EMU = 9525
"""Units of a drawing in a pixel."""

_PARTS = 256


class Grid:
    """The rows and columns of one sheet; both count from 0."""

    def __init__(self, around: Worksheet) -> None:
        """Begin with ordinary rows and columns."""
        self._around: Any = around  # openpyxl's types know less than it does
        self._pixels: dict[int, int] = {}
        self._heights: dict[int, float] = {}
        self._levels: dict[int, int] = {}
        self._hidden: set[int] = set()
        self._shut: set[int] = set()  # the rows whose group, below them, is shut
        self._aside: set[int] = set()  # columns in a group that is shut
        self._is_fixed = False

    def set_width(self, first: int, last: int, width: float) -> None:
        """Set the width of columns in characters."""
        self.set_width_pixels(first, last, int(width * _DIGIT + 0.5) + _PADDING)

    def set_width_pixels(self, first: int, last: int, width: int) -> None:
        """Set the width of columns in pixels."""
        self._pixels.update(dict.fromkeys(range(first, last + 1), width))

    def set_height(self, row: int, height: float) -> None:
        """Set a row's height in points, to a whole pixel."""
        self._heights[row] = int(height * 4 / 3 + 0.5) * 0.75

    def set_level(self, row: int, level: int) -> None:
        """Put a row into a group."""
        self._levels[row] = level

    def shut(self, row: int, level: int) -> None:
        """Put a row into a group that is shut when the file is opened; its total stands above it."""
        self._levels[row] = level
        self._hidden.add(row)
        if row - 1 not in self._hidden:
            self._shut.add(row - 1)

    def hide(self, row: int) -> None:
        """Show a row no more."""
        self._hidden.add(row)

    def shut_column(self, column: int) -> None:
        """Put a column of a set width into a group that is shut when the file is opened."""
        self._aside.add(column)

    def fix_heights(self) -> None:
        """Let every row state its height."""
        self._is_fixed = True

    @property
    def told_rows(self) -> set[int]:
        """The rows of which something is said."""
        return self._heights.keys() | self._levels.keys() | self._hidden | self._shut

    def told(self, row: int) -> str:
        """What is said of a row, as the attributes of its XML."""
        height = self._heights.get(row, _ROW_POINTS if self._is_fixed else None)
        told = "" if height is None else f' ht="{height:g}" customHeight="1"'
        told += f' outlineLevel="{self._levels[row]}"' if row in self._levels else ""
        told += ' collapsed="1"' if row in self._shut else ""
        return f'{told} hidden="1"' if row in self._hidden else told

    def finish(self) -> None:
        """Hand heights, widths and groups to openpyxl, which writes them."""
        form = self._around.sheet_format
        form.defaultRowHeight = _ROW_POINTS
        form.customHeight = self._is_fixed or None
        form.outlineLevelRow = max(self._levels.values(), default=None)
        if self._levels:
            self._around.sheet_properties.outlinePr.summaryBelow = False
        form.outlineLevelCol = 1 if self._aside else None
        kinds = {column: (pixels, column in self._aside) for column, pixels in self._pixels.items()}
        for kind in sorted(set(kinds.values())):
            width, is_aside = kind
            for first, last in neighbours(column for column, one in kinds.items() if one == kind):
                self._around.column_dimensions[letters(first)] = ColumnDimension(
                    self._around, letters(first), _in_characters(width), min=first + 1, max=last + 1,
                    hidden=is_aside, outlineLevel=int(is_aside),
                )  # fmt: skip

    def right_edge(self, column: int) -> int:
        """How many pixels a column's right edge is from the sheet's left one."""
        return sum(self._wide(one) for one in range(column + 1))

    def anchor(self, row: int, column: int, size: tuple[int, int], x_offset: int) -> TwoCellAnchor:
        """A place of a size in pixels, so far right of a cell's left edge; it moves with the cell and keeps its size.

        Its end is told as a cell too: programs that draw columns wider draw it wider with them.
        """
        end = AnchorMarker(*self._step(column, x_offset + size[0], self._wide), *self._step(row, size[1], self._high))
        start = AnchorMarker(*self._step(column, x_offset, self._wide), row=row, rowOff=0)
        return TwoCellAnchor(editAs="oneCell", _from=start, to=end)

    def corner(self, row: int, column: int, size: tuple[int, int], x_offset: int) -> OneCellAnchor:
        """The same place for what has its size in every program, such as a picture."""
        start = AnchorMarker(*self._step(column, x_offset, self._wide), row=row, rowOff=0)
        return OneCellAnchor(_from=start, ext=XDRPositiveSize2D(size[0] * _EMU, size[1] * _EMU))

    def _step(self, first: int, pixels: int, sizes: Callable[[int], int]) -> tuple[int, int]:
        """The row or column so many pixels from the start of another, and what is left of them in a drawing's units."""
        while pixels >= sizes(first):
            pixels -= sizes(first)
            first += 1
        return first, pixels * _EMU

    def _wide(self, column: int) -> int:
        return self._pixels.get(column, _COLUMN_PIXELS)

    def _high(self, row: int) -> int:
        return round(self._heights.get(row, _ROW_POINTS) * 4 / 3)


def _in_characters(pixels: int) -> float:
    """A width in characters of the ordinary type, as a file has it."""
    return int(pixels / _DIGIT * _PARTS) / _PARTS
