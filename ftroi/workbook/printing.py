"""How sheets print: paper, margins, what is printed on which page, and the footer with project, start and version."""

from __future__ import annotations

from collections.abc import Iterable

from ftroi.workbook.context import Book
from ftroi.workbook.xlsx.addresses import fixed_range, prefix
from ftroi.workbook.xlsx.worksheet import FormulaSheet

A3, A4 = 8, 9
"""Sizes of paper as a workbook numbers them."""

Area = tuple[int, int, int, int]
"""First row and column, last row and column."""

_SIDE, _TOP, _BOTTOM = 0.4, 0.4, 0.75
"""Margins in inches; the footer stands in the lower one."""

_NOWHERE = 2
_LONGEST_NAME = 50
"""Characters of the project's name in the footer; 255 are the most in all."""


def print_on_one_width(book: Book, sheet: str, paper: int, last: tuple[int, int]) -> None:
    """Print a sheet from its first cell to ``last`` in landscape, on as many pages as its rows take."""
    cells = _prepare(book, sheet, paper)
    cells.set_landscape()
    cells.print_area(0, 0, *last)
    cells.fit_to_pages(1, 0)


def print_areas(book: Book, sheet: str, paper: int, scale: int, areas: Iterable[Area]) -> None:
    """Print areas of a sheet one after another in portrait, each from a new page on, at a scale in percent."""
    cells = _prepare(book, sheet, paper)
    cells.set_portrait()
    cells.set_print_scale(scale)
    texts = [f"{prefix(sheet)}{fixed_range(*area)}" for area in areas]
    book.file.define_name(f"{prefix(sheet)}_xlnm.Print_Area", f"={','.join(texts)}")


def print_at_scale(book: Book, sheet: str, scale: int, last: tuple[int, int], breaks: Iterable[int]) -> None:
    """Print a sheet in landscape on A4 at a scale in percent, with new pages from the rows of ``breaks`` on."""
    cells = _prepare(book, sheet, A4)
    cells.set_landscape()
    cells.print_area(0, 0, *last)
    cells.set_print_scale(scale)
    cells.set_h_pagebreaks(list(breaks))


def _prepare(book: Book, sheet: str, paper: int) -> FormulaSheet:
    """Set what all sheets share; grids neither print nor show."""
    cells = book.sheet(sheet)
    cells.hide_gridlines(_NOWHERE)
    cells.set_paper(paper)
    cells.set_margins(_SIDE, _SIDE, _TOP, _BOTTOM)
    cells.set_footer(_footer(book))
    return cells


def _footer(book: Book) -> str:
    settings, template = book.plan.settings, book.plan.template
    about = f"Start {settings.start}, template {_plain(f'{template.id} {template.version}')}"
    return f"&L{_plain(settings.project)}&C{about}&R&A, page &P of &N"


def _plain(text: str) -> str:
    """Give a text as a footer shows it: cut where it would reach the middle; an ampersand would begin a code."""
    shown = text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1]}…"
    return shown.replace("&", "&&")
