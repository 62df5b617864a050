"""The workbook of the calling cell, read through LibreOffice's API."""

from __future__ import annotations

from datetime import date
from typing import Any

from ftroi.functions.arguments import PlainRows, Rows
from ftroi.functions.registry import FUNCTIONS
from ftroi.termsheet import serial
from ftroi.workbook.schema import GATES, INPUTS

OWN = {"inputs": INPUTS, "gates": GATES}
"""The arguments that default to a named range of the workbook, with the name."""


ERRORS = {503: "#NUM!", 519: "#VALUE!", 524: "#REF!", 525: "#NAME?", 532: "#DIV/0!", 32767: "#N/A"}
"""The texts of Calc's errors by number; for all others Calc shows the number."""


class DocumentBook:
    """A Calc document; ``read`` holds the named ranges that were read, by name."""

    def __init__(self, document: Any) -> None:
        """Store the document, LibreOffice's object."""
        self.document = document
        self.read: dict[str, Any] = {}

    @property
    def days_offset(self) -> int:
        """The number to add to serial dates, as the document's null date may differ from that of the 1900 system."""
        zero = self.document.NullDate
        return int(serial(date(zero.Year, zero.Month, zero.Day)))

    def range_named(self, name: str) -> PlainRows | None:
        """The values of a named range of the workbook; None if there is no such name, or it is no range."""
        cells = self._cells(name)
        if cells is None:
            return None
        self.read[name] = cells
        return PlainRows(_rows(cells))

    def without_own(self, function: str, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        """The arguments with None in place of those that equal the workbook's named ranges.

        So the key of a call stays the same when inputs are edited, and Calc keeps the same result object.
        """
        names = (OWN.get(argument.name) for argument in FUNCTIONS[function].arguments)
        return tuple(
            None if name and isinstance(one, tuple) and one == self._values(name) else one
            for name, one in zip(names, arguments, strict=False)
        )

    def _cells(self, name: str) -> Any:
        names = self.document.NamedRanges
        return names.getByName(name).getReferredCells() if names.hasByName(name) else None

    def _values(self, name: str) -> Rows | None:
        cells = self._cells(name)
        return None if cells is None else _rows(cells)


def _rows(cells: Any) -> Rows:
    rows: Rows = cells.getDataArray()
    return _with_errors(cells, rows) if any(None in row for row in rows) else rows


def _with_errors(cells: Any, rows: Rows) -> Rows:
    """Rows with the text of each error, such as #DIV/0!, in place of the None that Calc returns for it."""
    return tuple(
        tuple(
            _error(cells.getCellByPosition(column, row).getError()) if value is None else value
            for column, value in enumerate(values)
        )
        for row, values in enumerate(rows)
    )


def _error(code: int) -> str:
    return ERRORS.get(code, f"Err:{code}")
