"""The workbook of the calling cell, as LibreOffice hands it over."""

from __future__ import annotations

from typing import Any

from ftroi.functions.values import Rows


class DocumentBook:
    """A Calc document whose named ranges are read; ``read`` tells which were."""

    def __init__(self, document: Any) -> None:
        """Keep the document."""
        self.document = document
        self.read: dict[str, Any] = {}

    def range_named(self, name: str) -> Rows | None:
        """Give the values of a named range of the workbook; None where there is no such name, or it is no range."""
        names = self.document.NamedRanges
        cells = names.getByName(name).getReferredCells() if names.hasByName(name) else None
        if cells is None:
            return None
        self.read[name] = cells
        rows: Rows = cells.getDataArray()
        return _with_errors(cells, rows) if any(None in row for row in rows) else rows


def _with_errors(cells: Any, rows: Rows) -> Rows:
    """Give rows with the text of each error, such as #DIV/0!, in the place of the None that Calc gives for it."""
    return tuple(
        tuple(
            cells.getCellByPosition(column, row).String if value is None else value
            for column, value in enumerate(values)
        )
        for row, values in enumerate(rows)
    )
