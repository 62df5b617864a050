"""How sheets print: paper, margins, what is printed on which page, and the footer with project, start and version."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.worksheet.page import PageMargins

from ftroi.workbook.context import Book
from ftroi.workbook.xlsx.addresses import fixed_range
from ftroi.workbook.xlsx.worksheet import Sheet

A3, A4 = 8, 9
"""Sizes of paper as a workbook numbers them."""

Area = tuple[int, int, int, int]
"""First row and column, last row and column."""

_SIDE, _TOP, _BOTTOM, _EDGE = 0.4, 0.4, 0.75, 0.3
"""Margins in inches; the footer stands in the lower one."""

_LONGEST_FOOTER, _LONGEST_NAME = 255, 50
"""Characters of a footer with the codes of its font, and of the project's name in it."""


def print_on_one_width(book: Book, sheet: str, paper: int, last: tuple[int, int], *, upright: bool = False) -> None:
    """Print a sheet from its first cell to ``last``, on as many pages as its rows take.

    It lies on its side, or stands ``upright`` and then fits one page.
    """
    around = _prepare(book, sheet, paper, last[1]).around
    around.page_setup.orientation = "portrait" if upright else "landscape"
    around.print_area = _text((0, 0, *last))
    around.sheet_properties.pageSetUpPr.fitToPage = True
    around.page_setup.fitToHeight = None if upright else 0


def print_areas(book: Book, sheet: str, paper: int, scale: int, areas: Iterable[Area]) -> None:
    """Print areas of a sheet one after another in portrait, each from a new page on, at a scale in percent."""
    areas = list(areas)
    around = _prepare(book, sheet, paper, areas[0][3]).around
    around.page_setup.orientation, around.page_setup.scale = "portrait", scale
    around.print_area = ",".join(_text(area) for area in areas)


def print_at_scale(book: Book, sheet: str, scale: int, last: tuple[int, int], breaks: Iterable[int]) -> None:
    """Print a sheet in landscape on A4 at a scale in percent, with new pages from the rows of ``breaks`` on."""
    cells = _prepare(book, sheet, A4, last[1])
    cells.around.page_setup.orientation, cells.around.page_setup.scale = "landscape", scale
    cells.around.print_area = _text((0, 0, *last))
    cells.break_pages(list(breaks))


def _text(area: Area) -> str:
    return fixed_range(*area)


def _prepare(book: Book, sheet: str, paper: int, last: int) -> Sheet:
    """Set what all sheets share, the logo up to the column ``last`` among it; grids neither print nor show."""
    cells = book.sheet(sheet)
    around = cells.around
    around.sheet_view.showGridLines = False
    around.page_setup.paperSize = paper
    around.page_margins = PageMargins(left=_SIDE, right=_SIDE, top=_TOP, bottom=_BOTTOM, header=_EDGE, footer=_EDGE)
    look = book.plan.template.look
    if look is not None and look.logo:
        cells.insert_logo(look.logo, last)
    texts, font = _footer(book), f"{book.plan.template.theme.font},Regular"
    has_room = sum(len(f'&L&"{font}"{text}') for text in texts) <= _LONGEST_FOOTER
    parts = (around.oddFooter.left, around.oddFooter.center, around.oddFooter.right)
    for part, text in zip(parts, texts, strict=True):
        part.text, part.font = text, font if has_room else None
    return cells


def _footer(book: Book) -> tuple[str, str, str]:
    settings, template = book.plan.settings, book.plan.template
    about = f"Start {settings.start}, template {_plain(f'{template.id} {template.version}')}"
    return _plain(settings.project), about, "&A, page &P of &N"


def _plain(text: str) -> str:
    """A text as a footer shows it: cut where it would reach the middle; an ampersand would begin a code."""
    shown = text if len(text) <= _LONGEST_NAME else f"{text[: _LONGEST_NAME - 1]}…"
    return shown.replace("&", "&&")
