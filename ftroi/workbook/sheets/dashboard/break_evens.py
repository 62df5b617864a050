"""Writing what would have to be true: break-evens that native figures give, today's value, and how far it is."""

from __future__ import annotations

from ftroi.analysis.turning_points import TurningPoint, known_turning_points
from ftroi.workbook.context import Book
from ftroi.workbook.layout import gates as at
from ftroi.workbook.layout.dashboard import (
    BREAK_EVEN_AT,
    BREAK_EVEN_FAR,
    BREAK_EVEN_NAME,
    BREAK_EVEN_TODAY,
    GATE_COLUMNS,
    TABLE_ROW,
)
from ftroi.workbook.layout.workbook import DASHBOARD
from ftroi.workbook.schema import GATES_SHEET
from ftroi.workbook.xlsx.addresses import fixed, prefix, quoted

_POINTS, _NOTHING = " points", "moves nothing here"
_FORMATS = {"percent": ('"0.0%"', 3), "multiple": ('"0.00"', 2)}


def write_break_evens(book: Book) -> None:
    """Write the rows whose figures the template has."""
    cells, style = book.sheet(DASHBOARD), book.styles.of
    headers = {
        BREAK_EVEN_NAME: "What would have to be true", BREAK_EVEN_TODAY: "Today", BREAK_EVEN_AT: "Break-even",
        BREAK_EVEN_FAR: "How far",
    }  # fmt: skip
    for column in range(GATE_COLUMNS[0][0]):
        is_number = column in (BREAK_EVEN_TODAY, BREAK_EVEN_AT)
        role = "small header number" if is_number else "small header indented" if column else "small header"
        cells.write_text(TABLE_ROW, column, headers.get(column, ""), style(role))
    for row, one in enumerate(known_turning_points(book.plan.template), start=TABLE_ROW + 1):
        _Row(book, one, row).write()


class _Row:
    """A row in the making; its figures stand on Gates, where the verdict takes the nearest."""

    def __init__(self, book: Book, one: TurningPoint, row: int) -> None:
        self._book, self._one, self._row = book, one, row

    def write(self) -> None:
        cells, style, row = self._book.sheet(DASHBOARD), self._book.styles.of, self._row
        option = self._one.option(self._book.plan)
        today, then = (self._book.cached.figure(name, option) for name in (self._one.today, self._one.at))
        number = style("small link", self._one.number)
        cells.write_string(row, BREAK_EVEN_NAME, self._one.label, style("small"))
        cells.write_formula(row, BREAK_EVEN_TODAY, self._link(at.TODAY), number, today)
        at_cell = self._link(at.AT)
        shown = f'IF(ISNUMBER({at_cell}),{at_cell},"none")'
        cells.write_formula(row, BREAK_EVEN_AT, shown, number, "none" if isinstance(then, str) else then)
        far = self._far_text(today, then)
        cells.write_formula(row, BREAK_EVEN_FAR, self._far(at_cell), style("small indented"), far)

    def _link(self, column: int) -> str:
        return f"{prefix(GATES_SHEET)}{fixed(self._book.layout.gates.break_evens[self._one.name], column)}"

    def _far(self, at_cell: str) -> str:
        """Say whether it holds, and by how much; where there is no break-even, why."""
        today, then = fixed(self._row, BREAK_EVEN_TODAY), fixed(self._row, BREAK_EVEN_AT)
        text, places = _FORMATS[self._one.number]
        room = f"{then}-{today}" if self._one.is_below else f"{today}-{then}"
        by = f"TEXT(ROUND(ABS({room}),{places}),{text})"
        unit = _POINTS if self._one.number == "percent" else "×"  # in a format not every program takes it
        differs = f'IF({room}>=0,"✓ holds by ","✗ short by ")&{by}&{quoted(unit)}'
        says = f"IF({room}=0,{quoted(_NOTHING)},{differs})"
        both = f"AND(ISNUMBER({today}),ISNUMBER({then}))"
        return f"IF({both},{says},IF(ISNUMBER({then}),{today},{at_cell}))"

    def _far_text(self, today: float | str, then: float | str) -> str:
        if isinstance(then, str):
            return then
        if isinstance(today, str):
            return today
        room = then - today if self._one.is_below else today - then
        if room == 0:
            return _NOTHING
        by = f"{abs(room):.1%}{_POINTS}" if self._one.number == "percent" else f"{abs(room):.2f}×"
        return ("✓ holds by " if room >= 0 else "✗ short by ") + by
