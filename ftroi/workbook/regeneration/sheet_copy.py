"""Copying a user's sheet into the new workbook, with everything that openpyxl supports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.formula import ArrayFormula

from ftroi.workbook.xlsx.file import File
from ftroi.workbook.xlsx.worksheet import Style, Value

_PARTS_OF_A_STYLE = ("font", "fill", "border", "alignment", "number_format", "protection")
_AS_THEY_ARE = (
    "views", "scenarios", "page_setup", "page_margins", "print_options",
    "HeaderFooter", "sheet_properties", "sheet_state", "protection", "auto_filter", "row_breaks", "col_breaks",
)  # fmt: skip
"""What a worksheet of openpyxl's may hand over to another."""


@dataclass(frozen=True)
class Source:
    """A sheet as it was.

    ``sheet`` was loaded without its merged cells, whose areas are ``merged``; ``values`` are those of its formulas by
    row and column, counted from 1; ``told`` are the alternative texts of its charts and of its pictures.
    """

    sheet: Any  # openpyxl's types know less than it does
    values: Mapping[tuple[int, int], object]
    merged: Sequence[str]
    told: tuple[Sequence[str], Sequence[str]]


def copy_sheet(source: Source, file: File, may_stay: Callable[[str], bool]) -> None:
    """Copy a sheet after those of a workbook in the making.

    A formula that may not stay leaves its value, and a rule or a chart with such a formula goes.
    """
    _Copy(source, file, may_stay).write()


class _Copy:
    """One sheet on its way."""

    def __init__(self, source: Source, file: File, may_stay: Callable[[str], bool]) -> None:
        self._old = source.sheet
        self._values = source.values
        self._merged = source.merged
        self._told = source.told
        self._may_stay = may_stay
        self._new = file.add_worksheet(source.sheet.title)
        self._styles: dict[tuple[int, ...], Style] = {}

    def write(self) -> None:
        for _, cell in sorted(self._old._cells.items()):  # noqa: SLF001 - one far away makes the rest no cells
            if cell.value is not None or cell.has_style:
                self._cell(cell)
            self._beside(cell)
        self._grid()
        self._around()
        self._rules()
        self._drawings()
        self._new.around.merged_cells = MultiCellRange(self._merged)

    def _cell(self, cell: Any) -> None:  # noqa: ANN401 - a merged cell has another type
        place, style = (cell.row - 1, cell.column - 1), self._style(cell)
        value, shown = cell.value, self._values.get((cell.row, cell.column))
        if isinstance(value, ArrayFormula) and self._may_stay(str(value.text)):
            self._new.write_array_formula(_bounds(value.ref), str(value.text), style, _plain(shown))
        elif cell.data_type == "f" and isinstance(value, str) and self._may_stay(value):
            self._new.write_formula(*place, value, style, _plain(shown))
        else:
            self._value(place, shown if cell.data_type == "f" else value, style)

    def _value(self, place: tuple[int, int], value: object, style: Style) -> None:
        if value is None:
            self._new.write_blank(*place, None, style)
        elif isinstance(value, int | float | datetime | date | time | timedelta):
            self._new.write_number(*place, value if isinstance(value, int | float) else _serial(value), style)
        else:
            self._new.write_string(*place, str(value), style)

    def _beside(self, cell: Any) -> None:  # noqa: ANN401 - a merged cell has another type
        if not isinstance(cell, Cell):
            return
        if cell.comment is not None:
            self._new.comments.append(CommentRecord.from_cell(cell))
        if cell.hyperlink is not None:
            self._new.links.append(cell.hyperlink)

    def _style(self, cell: Any) -> Style:  # noqa: ANN401 - cells and columns alike
        key = tuple(cell._style)  # noqa: SLF001 - the one short name that openpyxl has for a style
        if key not in self._styles:
            probe = WriteOnlyCell(self._new.around)
            for part in _PARTS_OF_A_STYLE:
                setattr(probe, part, copy(getattr(cell, part)))
            self._styles[key] = Style(probe.style_id)
        return self._styles[key]

    def _grid(self) -> None:
        around = self._new.around
        for letters, old in self._old.column_dimensions.items():
            new = around.column_dimensions[letters]
            new.width, new.hidden, new.outlineLevel = old.width, old.hidden, old.outlineLevel
            new.min, new.max = old.min, old.max
            if old.has_style:
                for part in _PARTS_OF_A_STYLE:
                    setattr(new, part, copy(getattr(old, part)))
        for number, row in self._old.row_dimensions.items():
            if row.height:
                self._new.grid.set_height(number - 1, row.height)
            if row.outlineLevel:
                self._new.grid.set_level(number - 1, row.outlineLevel)
            if row.hidden:
                self._new.grid.hide(number - 1)

    def _around(self) -> None:
        old, new = self._old, self._new.around
        for name in _AS_THEY_ARE:
            setattr(new, name, getattr(old, name))
        new.sheet_view.tabSelected = False
        for table in old.tables.values():
            new.add_table(table)
        for name, defined in old.defined_names.items():
            new.defined_names[name] = defined
        new.print_title_rows, new.print_title_cols = old.print_title_rows, old.print_title_cols
        if old.print_area:
            new.print_area = old.print_area

    def _rules(self) -> None:
        new, rules = self._new.around, self._old.data_validations.dataValidation
        new.data_validations.dataValidation = [
            one for one in rules if self._may_all_stay([one.formula1 or "", one.formula2 or ""])
        ]
        for area in self._old.conditional_formatting:
            for rule in area.rules:
                if self._may_all_stay(rule.formula):
                    new.conditional_formatting.add(str(area.sqref), rule)

    def _may_all_stay(self, formulas: Iterable[str]) -> bool:
        return all(self._may_stay(formula) for formula in formulas)

    def _drawings(self) -> None:
        old, new = self._old, self._new
        charts = zip(old._charts, _padded(self._told[0], old._charts), strict=True)  # noqa: SLF001 - no public name
        pictures = zip(old._images, _padded(self._told[1], old._images), strict=True)  # noqa: SLF001 - no public name
        for chart, told in charts:
            if self._may_all_stay(_references(chart)):
                new.around.add_chart(chart)
                new.descriptions.append(told)
        for picture, told in pictures:
            new.around.add_image(picture)
            new.descriptions.append(told)


def _padded(texts: Sequence[str], drawn: Sequence[object]) -> Sequence[str]:
    """Texts for so many drawings: their own, or none where openpyxl left some of them out."""
    return texts if len(texts) == len(drawn) else [""] * len(drawn)


def _references(chart: Any) -> list[str]:  # noqa: ANN401 - openpyxl has a class for each kind
    """The formulas by which a chart finds its figures and texts."""
    return [one.text or "" for one in chart._write().iter("{*}f")]  # noqa: SLF001 - no public name


def _bounds(area: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = (number or 1 for number in range_boundaries(area))
    return top - 1, left - 1, bottom - 1, right - 1


def _serial(moment: datetime | date | time | timedelta) -> float:
    """A moment as a cell holds it."""
    return float(to_excel(moment))  # type: ignore[no-untyped-call]  # openpyxl's types lack it


def _plain(value: object) -> Value:
    """A cached value as a formula's cell holds it."""
    if isinstance(value, int | float | bool | str):
        return value
    if isinstance(value, datetime | date | time | timedelta):
        return _serial(value)
    return "" if value is None else str(value)
