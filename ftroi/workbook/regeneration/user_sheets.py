"""The user's own sheets: what of them a fresh workbook can keep, and keeping it.

Values, formulas with their last values, basic formats, widths, merged cells and frozen panes are
kept. What is not is told beforehand.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook as Loaded
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook
from xlsxwriter.format import Format

from ftroi.workbook.xlsx.package_parts import Element, Parts
from ftroi.workbook.xlsx.worksheet import FormulaSheet

_EMPTY_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
_LOST = {
    "drawing": "charts or pictures",
    "legacyDrawing": "comments or old controls",
    "tableParts": "tables",
    "conditionalFormatting": "conditional formats",
    "dataValidations": "drop-down lists and other rules for entries",
    "autoFilter": "filters",
    "oleObjects": "embedded objects",
    "controls": "controls",
    "picture": "a background picture",
    "sheetProtection": "protection",
    "extLst": "features of newer programs",
}
"""Parts of a sheet that are not carried over, as people call them."""

_EXTERNAL = re.compile(r"\[\d+\]")
_SHEET_OF = re.compile(r"(?:'((?:[^']|'')+)'|([A-Za-z_][A-Za-z0-9_.]*))!")
_SIDES = ("left", "right", "top", "bottom")
_BORDERS = {"thin": 1, "medium": 2, "dashed": 3, "dotted": 4, "thick": 5, "double": 6, "hair": 7}
_ALIGNED = {"left", "center", "right", "fill", "justify", "distributed"}
_UPRIGHT = {"top": "top", "center": "vcenter", "bottom": "bottom"}
_RGB = 6


@dataclass(frozen=True)
class Surroundings:
    """The workbook that own sheets are kept in: its sheets, and whether their cells stand where they stood."""

    sheets: frozenset[str]
    is_same_layout: bool

    def takes(self, name: str) -> bool:
        """Say whether a sheet of the workbook has a name already, however it is written."""
        return name.casefold() in {sheet.casefold() for sheet in self.sheets}


class OwnSheets:
    """The user's own sheets of one workbook."""

    def __init__(self, path: Path, parts: Parts, names: Iterable[str]) -> None:
        """Hold the sheets of these names; they are read when they are asked for."""
        self._path = path
        self._parts = parts
        self.names = tuple(names)

    def not_kept(self, around: Surroundings) -> list[str]:
        """Say what cannot be kept, one sentence for each kind of thing."""
        return [one for name in self.names for one in self._not_kept(name, around)]

    def _not_kept(self, name: str, around: Surroundings) -> Iterator[str]:
        if around.takes(name):
            yield f"{name}: the template makes a sheet of this name; rename yours first, and it is kept"
            return
        root = self._parts.raw(name)
        lost = [word for tag, word in _LOST.items() if next(root.iterfind(f"{{*}}{tag}"), None) is not None]
        if lost:
            yield f"{name}: {', '.join(lost)}"
        if any(str(element.get("t")) == "dataTable" for element in _formulas(root)):
            yield f"{name}: what-if data tables (their values stay)"
        kinds = {_trouble(element.text or "", around, self.names) for element in _formulas(root)}
        yield from (f"{name}: {kind}" for kind in sorted(kinds) if kind)

    def write(self, file: Workbook, around: Surroundings) -> None:
        """Write the sheets after those of a workbook in the making."""
        names = [name for name in self.names if not around.takes(name)]
        if not names:
            return
        slim = self._slim()
        formulas, values = load_workbook(BytesIO(slim)), load_workbook(BytesIO(slim), data_only=True)
        for name in names:
            _Copy(formulas[name], values[name], file, around, names).write()
        self._keep_names(file, formulas)

    def _slim(self) -> bytes:
        """Give the workbook without the cells of its other sheets, which are many."""
        emptied = {part for name, part in self._parts.sheet_parts.items() if name not in self.names}
        relations = {f"{part.rpartition('/')[0]}/_rels/{part.rpartition('/')[2]}.rels" for part in emptied}
        stream = BytesIO()
        with zipfile.ZipFile(self._path) as old, zipfile.ZipFile(stream, "w") as new:
            for part in old.namelist():
                if part not in relations:
                    new.writestr(part, _EMPTY_SHEET if part in emptied else old.read(part))
        return stream.getvalue()

    def _keep_names(self, file: Workbook, old: Loaded) -> None:
        """Keep names that point at the kept sheets."""
        for name, defined in old.defined_names.items():
            text = str(defined.attr_text or "")
            sheets = _sheets_in(text)
            if sheets and sheets <= set(self.names):
                file.define_name(name, f"={text}")


def _formulas(root: Element) -> Iterator[Element]:
    return root.iterfind("{*}sheetData/{*}row/{*}c/{*}f")


def _sheets_in(formula: str) -> set[str]:
    return {quoted.replace("''", "'") if quoted else plain for quoted, plain in _SHEET_OF.findall(formula)}


def _trouble(formula: str, around: Surroundings, own: Iterable[str]) -> str:
    """Say what is wrong with a formula in other surroundings, "" where nothing is."""
    if _EXTERNAL.search(formula):
        return "formulas that look at other files (their values stay)"
    elsewhere = _sheets_in(formula) - set(own)
    if elsewhere - around.sheets:
        return f"formulas that look at {', '.join(sorted(elsewhere - around.sheets))} (their values stay)"
    if elsewhere and not around.is_same_layout:
        return f"the cells that its formulas look at on {', '.join(sorted(elsewhere))} may have moved: check them"
    return ""


class _Copy:
    """One sheet on its way."""

    def __init__(
        self, formulas: Worksheet, values: Worksheet, file: Workbook, around: Surroundings, own: Iterable[str]
    ) -> None:
        self._formulas = formulas
        self._values = values
        self._file = file
        self._around = around
        self._own = tuple(own)
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    @cached_property
    def _target(self) -> FormulaSheet:
        sheet: FormulaSheet = self._file.add_worksheet(self._formulas.title, FormulaSheet)
        return sheet

    def write(self) -> None:
        for row in self._formulas.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and (cell.value is not None or cell.has_style):
                    self._cell(cell)
        for letters, width in self._formulas.column_dimensions.items():
            if width.width and width.customWidth:
                self._target.set_column(f"{letters}:{letters}", width.width, None, {"hidden": width.hidden})
        for number, height in self._formulas.row_dimensions.items():
            if height.height or height.hidden:
                self._target.set_row(number - 1, height.height, None, {"hidden": height.hidden})
        self._merge()
        if self._formulas.freeze_panes:
            self._target.freeze_panes(self._formulas.freeze_panes)
        if self._formulas.sheet_state != "visible":
            self._target.hide()

    def _merge(self) -> None:
        for area in self._formulas.merged_cells.ranges:
            first = self._formulas.cell(area.min_row, area.min_col)
            style = self._format(first) if isinstance(first, Cell) else None
            bounds = (area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
            self._target.merge_range(*bounds, "", style)
            self._cell(first)

    def _cell(self, cell: Any) -> None:  # noqa: ANN401 - a merged cell has another type
        place, style = (cell.row - 1, cell.column - 1), self._format(cell)
        value, shown = cell.value, self._values.cell(cell.row, cell.column).value
        if isinstance(value, ArrayFormula):
            self._target.write_array_formula(value.ref, str(value.text), style, _plain(shown))
        elif cell.data_type == "f" and isinstance(value, str) and self._may_stay(value):
            self._target.write_formula(*place, value, style, _plain(shown))
        else:
            self._value(place, shown if cell.data_type == "f" else value, style)

    def _may_stay(self, formula: str) -> bool:
        return not _trouble(formula, self._around, self._own).endswith("(their values stay)")

    def _value(self, place: tuple[int, int], value: object, style: Format) -> None:
        if value is None:
            self._target.write_blank(*place, None, style)
        elif isinstance(value, bool):
            self._target.write_boolean(*place, value, style)
        elif isinstance(value, int | float):
            self._target.write_number(*place, value, style)
        elif isinstance(value, datetime | date | time | timedelta):
            self._target.write_datetime(*place, value, style)
        else:
            self._target.write_string(*place, str(value), style)

    def _format(self, cell: Any) -> Format:  # noqa: ANN401 - a merged cell has another type
        wanted = tuple(sorted(_looks(cell).items()))
        if wanted not in self._formats:
            self._formats[wanted] = self._file.add_format(dict(wanted))
        return self._formats[wanted]


def _plain(value: object) -> float | str | bool:
    """Give a cached value as a formula's cell holds it."""
    if isinstance(value, int | float | bool | str):
        return value
    return "" if value is None else str(value)


def _looks(cell: Any) -> Mapping[str, Any]:  # noqa: ANN401 - a merged cell has another type
    """Give a cell's basic format in XlsxWriter's words."""
    font, fill, aligned = cell.font, cell.fill, cell.alignment
    looks: dict[str, Any] = {"num_format": cell.number_format, "font_name": font.name, "font_size": font.size}
    looks |= {"bold": bool(font.bold), "italic": bool(font.italic), "underline": 1 if font.underline else 0}
    looks |= {"font_color": _colour(font.color), "text_wrap": bool(aligned.wrap_text)}
    if fill.fill_type == "solid":
        looks["bg_color"] = _colour(fill.fgColor)
    if aligned.horizontal in _ALIGNED:
        looks["align"] = aligned.horizontal
    if aligned.vertical in _UPRIGHT:
        looks["valign"] = _UPRIGHT[aligned.vertical]
    for side in _SIDES:
        style = getattr(cell.border, side).style
        if style:
            looks[side] = _BORDERS.get(style, 1)
    return {key: value for key, value in looks.items() if value}


def _colour(colour: Any) -> str | None:  # noqa: ANN401 - openpyxl's types say less
    """Give a colour, None for one that depends on the theme."""
    is_rgb = colour is not None and colour.type == "rgb" and isinstance(colour.rgb, str)
    return f"#{colour.rgb[-_RGB:]}" if is_rgb else None
