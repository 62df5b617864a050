"""Writing the sheet FT functions: help on the FT_ functions, as printed from their registry."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ftroi.workbook.context import Book
from ftroi.workbook.layout.workbook import FUNCTIONS_SHEET
from ftroi.workbook.printing import A3, print_on_one_width

_HELP = Path(__file__).with_name("function_help.json")
"""Printed by ``python -m ftroi.functions.docs sheet``; a test fails when it is not what that prints."""

_HINT = (
    "Type a call into any cell, on this or another sheet. Brackets mark what may be left out. "
    "Without the add-in such a cell shows an error; all other figures of this workbook need no add-in."
)
_HEADER_ROW = 3
_HEADERS, _ARGUMENT_HEADERS = ("Call", "Gives", "What it is", "Example"), ("Argument", "What to give")
_WIDTHS = (52, 36, 100, 46)


@cache
def _help() -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = json.loads(_HELP.read_text(encoding="utf-8"))
    return found


def write_functions(book: Book) -> None:
    """Write the sheet."""
    cells, style = book.sheet(FUNCTIONS_SHEET), book.styles.of
    cells.set_row(0, 30)
    cells.write_string(0, 0, FUNCTIONS_SHEET, style("title"))
    cells.write_string(1, 0, _HINT, style("hint"))
    for column, width in enumerate(_WIDTHS):
        cells.set_column(column, column, width)
    last = _write_list(book, _HEADER_ROW, _HEADERS, _help()["functions"])
    last = _write_list(book, last + 2, _ARGUMENT_HEADERS, _help()["arguments"])
    cells.freeze_panes(_HEADER_ROW + 1, 1)
    cells.repeat_rows(_HEADER_ROW)
    print_on_one_width(book, FUNCTIONS_SHEET, A3, (last, len(_HEADERS) - 1))


def _write_list(book: Book, first: int, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Write a list below its headers; give its last row."""
    cells, style = book.sheet(FUNCTIONS_SHEET), book.styles.of
    for column, header in enumerate(headers):
        cells.write_string(first, column, header, style("header"))
    for row, texts in enumerate(rows, start=first + 1):
        for column, text in enumerate(texts):
            cells.write_string(row, column, text, style("text"))
    return first + len(rows)
