"""Detecting on the sheet itself that a formula was overwritten, and reporting it beside the verdict.

Below the contents of a sheet, each column with formulas has cells that test whether each of them still is a formula,
and their sum. LibreOffice, IronCalc and Gnumeric agree on ISFORMULA for single cells only, not for ranges, so each cell
is named. The checks add up the sums of the sheets that they depend on; those of Gates, Checks and the Dashboard, which
depend on the checks themselves, are read by the Dashboard's bar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from ftroi.workbook.context import Book
from ftroi.workbook.layout.workbook import ASSUMPTIONS, SOURCES
from ftroi.workbook.xlsx.addresses import address, fixed, fixed_range, prefix
from ftroi.workbook.xlsx.worksheet import FormulaRow, Sheet, Style

MOST = 200
"""The most rows that one cell tests: Excel takes 255 arguments, and 8,192 characters."""

LABEL = "Formulas of this sheet that were typed over, by column (0: none)"
_BELOW = 8
"""Rows left free; people add own costs right below the inputs."""
_FIRST_SHARE = 10_000
"""Numbers of shared formulas that no row of the sheet itself has."""

Places = Mapping[int, Sequence[int]]
"""The rows with a formula, by column."""


def write_guard(book: Book, *sheets: str) -> None:
    """Write the cells that test the formulas of some sheets, which are alike; the book keeps the cells of their sums.

    The sheets must be filled. One without formulas, or with these cells already, stays as it is; so does Sources, whose
    rows follow what people enter. The rows are grouped and shut: nobody reads them but the checks.
    """
    alike = [sheet for sheet in sheets if sheet not in book.guards and sheet != SOURCES]
    guard = _guard(book, alike[0]) if alike else None
    if guard is not None:
        for sheet in alike:
            _put_below(book, sheet, guard)


class _Guard(NamedTuple):
    """The cells that test a sheet's formulas: their title's row, the rows below it, and the columns that they span."""

    top: int
    rows: list[FormulaRow]
    first: int
    last: int


def _guard(book: Book, sheet: str) -> _Guard | None:
    cells = book.sheet(sheet)
    places = formula_places(cells, _asked_elsewhere(book, sheet))
    if not places:
        return None
    top = cells.last_filled_row + _BELOW
    style = book.styles.of("grey number")
    rows = [
        row
        for number, chunk in enumerate(_chunks(places))
        for row in _rows(chunk, top + 1 + number, style, _FIRST_SHARE + MOST * number)
    ]
    return _Guard(top, rows, min(places), max(places))


def _put_below(book: Book, sheet: str, guard: _Guard) -> None:
    cells, last, total = book.sheet(sheet), guard.rows[-1].row, (guard.top, guard.last + 1)
    cells.write_string(guard.top, 0, LABEL, book.styles.of("grey"))
    for row in guard.rows:
        cells.write_formulas(row, [0.0] * len(row.formulas))
    for one in range(guard.top, last + 1):
        cells.grid.shut(one, 1)
    area = fixed_range(guard.top + 1, guard.first, last, guard.last)
    cells.write_formula(*total, f"SUM({area})", book.styles.of("grey number"), 0.0)
    book.guards[sheet] = f"{prefix(sheet)}{fixed(*total)}"


def counted(total: str) -> str:
    """The count in a sheet's cell ``total``, for another sheet: 1 where the count itself was pasted over by a value."""
    return f"IF(_xlfn.ISFORMULA({total}),{total},1)"


def formula_places(cells: Sheet, apart: frozenset[tuple[int, int]]) -> dict[int, list[int]]:
    """The rows with a formula by column, in order, without the places ``apart``."""
    places: dict[int, list[int]] = {}
    for (row, column), formula in sorted(cells.written()):
        if formula and (row, column) not in apart:
            places.setdefault(column, []).append(row)
    return dict(sorted(places.items()))


def _asked_elsewhere(book: Book, sheet: str) -> frozenset[tuple[int, int]]:
    """Cells that may be typed over: figures in force, which have a check of their own, and low and high."""
    if sheet == ASSUMPTIONS:
        layout = book.layout.assumptions
        columns = [layout.columns[one] for one in ("live", "low", "high")]
        return frozenset((row, column) for row in layout.rows.values() for column in columns)
    return frozenset()


def _chunks(places: Places) -> Iterator[Places]:
    """The places in groups of as many rows as one cell can test."""
    last = max(max(rows) for rows in places.values())
    for first in range(0, last + 1, MOST):
        inside = {column: [row for row in rows if first <= row < first + MOST] for column, rows in places.items()}
        if any(inside.values()):
            yield {column: rows for column, rows in inside.items() if rows}


def _rows(places: Places, row: int, style: Style, share: int) -> Iterator[FormulaRow]:
    """The cells of one row; neighbours that test the same rows share their formula."""
    columns = enumerate(places)
    for key, run in groupby(columns, key=lambda one: (one[1] - one[0], tuple(places[one[1]]))):
        members = [column for _, column in run]
        formulas = [asked(column, key[1]) for column in members]
        yield FormulaRow(row, members[0], formulas, style, share)
        share += 1


def asked(column: int, rows: Sequence[int]) -> str:
    """1 where one of a column's cells is no formula, else 0."""
    cells = ",".join(f"_xlfn.ISFORMULA({address(row, column)})" for row in rows)
    return f"IF(AND({cells}),0,1)"
