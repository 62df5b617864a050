"""Writing the sheet Sources: where numbers were read, and where the options' own values come from."""

from __future__ import annotations

from dataclasses import replace

from ftroi.plan.provenance import graded, own_bases
from ftroi.termsheet import Template, serial
from ftroi.workbook.context import Book, link_to
from ftroi.workbook.layout.workbook import ASSUMPTIONS, SOURCES
from ftroi.workbook.printing import A3, print_on_one_width
from ftroi.workbook.xlsx.addresses import address
from ftroi.workbook.xlsx.number_formats import number_of_assumption, number_of_unit
from ftroi.workbook.xlsx.stored_cells import RawSheet

_TITLE_ROW, _HINT_ROW, _HEADER_ROW = 0, 1, 3
_HINT = (
    "Evidence: A read at its source, B published but second hand, C management estimate. What nobody published is an "
    "estimate; its reason stands beside the figure, on Assumptions or below."
)
_HEADERS = ("Source", "Title", "Publisher", "Where", "Published", "Read on", "Evidence", "Note")
_OWN_HEADERS = ("Option", "Assumption", "Name", "Source", "Value", "Unit", "Evidence", "Note")
_WIDTHS = (28, 62, 34, 54, 14, 16, 26, 110)
_NAME_COLUMN, _DATE_COLUMN, _VALUE_COLUMN, _UNIT_COLUMN = 2, 5, 4, 5
_ROWS_BETWEEN = 3
_AS_ABOVE = "as above"
"""What stands for a note that is the one of the row above."""


def write_sources(book: Book) -> None:
    """Write the sheet Sources."""
    cells, style = book.sheet(SOURCES), book.styles.of
    cells.set_row(_TITLE_ROW, 30)
    cells.write_string(_TITLE_ROW, 0, SOURCES, style("title"))
    cells.write_string(_HINT_ROW, 0, _HINT, style("hint"))
    for column, (header, width) in enumerate(zip(_HEADERS, _WIDTHS, strict=True)):
        cells.write_string(_HEADER_ROW, column, header, style(_header_role(header)))
        cells.set_column(column, column, width)
    _write_list(book)
    last = _write_own_values(book, own_values_row(book.plan.template))
    cells.freeze_panes(_HEADER_ROW + 1, 1)
    cells.repeat_rows(_HEADER_ROW)
    print_on_one_width(book, SOURCES, A3, (last, len(_HEADERS) - 1))


def own_values_row(template: Template) -> int:
    """The row of the headers above the options' own values, a list that changes with what is entered."""
    return _HEADER_ROW + len(template.sources) + _ROWS_BETWEEN


def beside_own_values(sheet: RawSheet, template: Template) -> RawSheet:
    """The cells of the sheet without those that list options' own values; what stands right of them stays."""
    first = own_values_row(template)

    def is_listed(row: int, column: int) -> bool:
        name = sheet.cells.get((row, _NAME_COLUMN))
        return row > first and column < len(_OWN_HEADERS) and name is not None and name.value in template.assumptions

    return replace(sheet, cells={place: cell for place, cell in sheet.cells.items() if not is_listed(*place)})


def _header_role(header: str) -> str:
    """How a header stands over its column."""
    if header in ("Read on", "Value"):
        return "header number"
    return "header text" if header in ("Unit", "Evidence", "Note") else "header"


def _write_list(book: Book) -> None:
    """Write the template's sources."""
    cells, style = book.sheet(SOURCES), book.styles.of
    for row, (name, source) in enumerate(book.plan.template.sources.items(), start=_HEADER_ROW + 1):
        place = source.url or source.repo or source.package or ""
        texts = (
            name,
            source.title,
            source.publisher or "",
            place,
            source.date,
            "",
            graded(source.evidence),
            source.note,
        )
        for column, text in enumerate(texts):
            cells.write_string(row, column, text, style("wrapped indented" if column > _DATE_COLUMN else "wrapped"))
        if source.read:
            cells.write_number(row, _DATE_COLUMN, serial(source.read), style("top right", "date"))


def _write_own_values(book: Book, first: int) -> int:
    """Write the options' own values with their sources, each linked to its cell; give the last row."""
    cells, style, layout = book.sheet(SOURCES), book.styles.of, book.layout.assumptions
    cells.write_string(first - 1, 0, "Values of the options", style("block"))
    for column, header in enumerate(_OWN_HEADERS):
        cells.write_string(first, column, header, style(_header_role(header)))
    row, before = first, ("", "")
    for row, own in enumerate(own_bases(book.plan), start=first + 1):
        assumption = book.plan.template.assumptions[own.assumption]
        label = book.plan.template.options[own.option].label
        cell = address(layout.rows[own.assumption], layout.columns[own.option])
        texts = (
            label,
            "",
            own.assumption,
            own.basis.source,
            "",
            assumption.table.unit,
            own.basis.evidence,
            _AS_ABOVE if before == (own.option, own.basis.note) else own.basis.note,
        )
        before = (own.option, own.basis.note)
        number = number_of_assumption(assumption)
        for column, text in enumerate(texts):
            if text:
                shown = number_of_unit(text, number) if column == _UNIT_COLUMN else "general"
                cells.write_string(row, column, text, style("grey wrapped" if column > 1 else "top", shown))
        cells.write_url(row, 1, link_to(ASSUMPTIONS, cell), style("jump top"), assumption.table.label)
        cells.write_formula(row, _VALUE_COLUMN, f"{ASSUMPTIONS}!{cell}", style("link top", number), own.value)
    return row
