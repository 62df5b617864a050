"""Writing the gates at a glance: each name with pass, fail, waived or not decidable, as a mark and a word."""

from __future__ import annotations

from collections.abc import Mapping

from ftroi.analysis import Judged
from ftroi.analysis.gates import FAIL, NOT_DECIDABLE, PASS, WAIVED
from ftroi.termsheet import GateTable
from ftroi.workbook.context import Book, link_to
from ftroi.workbook.layout.dashboard import GATE_COLUMNS, LAST_COLUMN, TABLE_ROW, TABLE_ROWS
from ftroi.workbook.layout.workbook import DASHBOARD
from ftroi.workbook.schema import GATES_SHEET
from ftroi.workbook.xlsx.addresses import address, fixed, prefix, quoted
from ftroi.workbook.xlsx.styles import mark

MARKS = {PASS: "✓", FAIL: "✗", WAIVED: "○", NOT_DECIDABLE: "?"}
"""The mark beside each status, by its code; the word stands with it."""

_INKS = {"✓": "#00694D", "✗": "#C00000", "○": "#005A8F", "?": "#5F5F5F"}


def write_gate_grid(book: Book) -> None:
    """Write the grid: the gates in the order of the sheet Gates, down one half after the other."""
    cells, style = book.sheet(DASHBOARD), book.styles.of
    for column in range(GATE_COLUMNS[0][0], LAST_COLUMN + 1):
        cells.write_blank(TABLE_ROW, column, None, style("small header"))
    cells.write_url(TABLE_ROW, GATE_COLUMNS[0][0], link_to(GATES_SHEET), style("small header link"), GATES_SHEET)
    judged = {gate.id: gate for gate in book.cached.gates}
    for place, (name, table) in enumerate(book.plan.template.gates.items()):
        half, down = divmod(place, TABLE_ROWS)
        if half < len(GATE_COLUMNS):
            _write_gate(book, name, table, (TABLE_ROW + 1 + down, *GATE_COLUMNS[half]), judged[name])
    _colour(book)


def _write_gate(book: Book, name: str, table: GateTable, place: tuple[int, int, int], gate: Judged) -> None:
    row, label, status = place
    cells, style, gates = book.sheet(DASHBOARD), book.styles.of, book.layout.gates
    target = address(gates.rows[name], 1)
    cells.write_url(row, label, link_to(GATES_SHEET, target), style("small jump"), table.brief)
    cell = f"{prefix(GATES_SHEET)}{fixed(gates.rows[name], gates.columns['status'])}"
    formula = _marked(cell, book.plan.template.how_gates_are_judged.words)
    cells.write_formula(row, status, formula, style("small shrunk"), f"{MARKS[gate.status]} {gate.word}")


def _marked(cell: str, words: Mapping[str, str]) -> str:
    """Put the status's mark before it."""
    *others, last = MARKS.items()
    mark = f'"{last[1]}"'
    for status, sign in reversed(others):
        mark = f'IF({cell}={quoted(words[status])},"{sign}",{mark})'
    return f'{mark}&" "&{cell}'


def _colour(book: Book) -> None:
    for _, status in GATE_COLUMNS:
        for sign, ink in _INKS.items():
            area = (TABLE_ROW + 1, status, TABLE_ROW + TABLE_ROWS, status)
            formula = f'LEFT({address(TABLE_ROW + 1, status)},1)="{sign}"'
            book.sheet(DASHBOARD).conditional_format(*area, formula, mark(ink, bold=sign == "✗"))
