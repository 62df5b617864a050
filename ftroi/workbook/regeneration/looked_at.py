"""The cells to which the user's own sheets refer, and which of them have moved in the regenerated workbook.

A cell has moved if the texts at the left of its row, or the nearest text above it, have changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from openpyxl.xml.functions import fromstring

from ftroi.workbook.context import Book
from ftroi.workbook.regeneration.losses import related
from ftroi.workbook.xlsx.cells import Area
from ftroi.workbook.xlsx.package_parts import Parts
from ftroi.workbook.xlsx.worksheet import Sheet, Text
from ftroi.workbook.xlsx.xml_tree import Element

_EXTERNAL = re.compile(r"\[\d+\]")
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_SHEET = r"(?:'(?:[^']|'')+'|[A-Za-z_\u0080-\uffff][\w.]*)!"
_SHEET_OF = re.compile(_SHEET)
_CELLS_OF = re.compile(rf"{_SHEET}\$?[A-Z]{{1,3}}\$?[0-9]{{1,7}}(?::\$?[A-Z]{{1,3}}\$?[0-9]{{1,7}})?(?![A-Za-z0-9_(])")
_LABELS = 6
"""The columns in which a row of ours says what it is."""

_Place = tuple[int, int]
"""A row and a column, counted from 1."""


@dataclass(frozen=True)
class Surroundings:
    """The fresh workbook that own sheets are kept in, filled."""

    book: Book

    @cached_property
    def sheets(self) -> frozenset[str]:
        """The names of its sheets."""
        return frozenset(self.book.layout.order)

    def takes(self, name: str) -> bool:
        """Say whether a sheet of the workbook has a name already, however it is written."""
        return name.casefold() in {sheet.casefold() for sheet in self.sheets}

    def texts(self, sheet: str) -> Mapping[_Place, str]:
        """The typed texts of a sheet by row and column, counted from 1."""
        return _texts_of(self.book.sheet(sheet))


@lru_cache(maxsize=30)
def _texts_of(sheet: Sheet) -> Mapping[_Place, str]:
    return {(row + 1, column + 1): cell.text for (row, column), cell in sheet.cells() if isinstance(cell, Text)}


@dataclass(frozen=True)
class Look:
    """A formula of an own sheet, and where it stands, in words."""

    place: str
    formula: str


def looks_of(parts: Parts, sheet: str, root: Element) -> Iterator[Look]:
    """Every formula of a sheet: in cells, in rules for entries and for formats, in charts."""
    for cell in root.iterfind("{*}sheetData/{*}row/{*}c"):
        if text := cell.findtext("{*}f"):
            yield Look(str(cell.get("r")), text)
    rules = {
        "{*}conditionalFormatting": "the conditional format of",
        "{*}dataValidations/{*}dataValidation": "the rule for entries in",
    }
    for path, word in rules.items():
        for rule in root.iterfind(path):
            yield from (Look(f"{word} {rule.get('sqref')}", one.text or "") for one in rule.iter(*_FORMULAS))
    drawings = [name for kind, name in related(parts, parts.sheet_parts[sheet]) if kind == "drawing"]
    for chart in (name for drawing in drawings for kind, name in related(parts, drawing) if kind == "chart"):
        yield from (Look("a chart", one.text or "") for one in fromstring(parts.content(chart) or b"<x/>").iter("{*}f"))


_FORMULAS = ("{*}formula", "{*}formula1", "{*}formula2")


def sheets_in(formula: str) -> set[str]:
    """The sheets that a formula looks at."""
    return {_plain(one[0][:-1]) for one in _SHEET_OF.finditer(_TEXT.sub('""', formula))}


def _plain(sheet: str) -> str:
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet


def lost_sight(formula: str, around: Surroundings, own: Iterable[str]) -> str:
    """What a formula looks at that is not there in a fresh workbook, "" where all of it is."""
    if _EXTERNAL.search(_TEXT.sub("", formula)):
        return "other files"
    gone = {sheet for sheet in sheets_in(formula) - set(own) if not around.takes(sheet)}
    return ", ".join(sorted(gone))


class Moves:
    """Which cells of a workbook stand elsewhere, or are gone, in a fresh one."""

    def __init__(self, parts: Parts, around: Surroundings) -> None:
        """Compare the workbook of ``parts`` with the fresh one; sheets are read when they are asked for."""
        self._parts = parts
        self._around = around
        self._old: dict[str, Mapping[_Place, str]] = {}

    def of(self, formula: str) -> list[str]:
        """The cells of our sheets that a formula looks at and that have moved, as it spells them."""
        found = (one[0] for one in _CELLS_OF.finditer(_TEXT.sub('""', formula)))
        return [one for one in dict.fromkeys(found) if (area := Area.read(one)) and self._has_moved(area)]

    def _has_moved(self, area: Area) -> bool:
        if area.sheet not in self._around.sheets or not self._parts.has_sheet(area.sheet):
            return False
        corners = {(area.first_row, area.first_column), (area.last_row, area.last_column)}
        old, new = self._texts_of(area.sheet), self._around.texts(area.sheet)
        return any(
            _row_of(old, row) != _row_of(new, row) or _head(old, row, column) != _head(new, row, column)
            for row, column in corners
        )

    def _texts_of(self, sheet: str) -> Mapping[_Place, str]:
        if sheet not in self._old:
            filled = self._parts.filled(sheet)
            self._old[sheet] = {
                place: cell.value
                for place, cell in filled.items()
                if isinstance(cell.value, str) and cell.value and not cell.is_formula
            }
        return self._old[sheet]


def _row_of(texts: Mapping[_Place, str], row: int) -> list[str]:
    return [texts[row, column] for column in range(1, _LABELS + 1) if (row, column) in texts]


def _head(texts: Mapping[_Place, str], row: int, column: int) -> str | None:
    """The nearest text above a cell."""
    return next((texts[one, column] for one in range(row - 1, 0, -1) if (one, column) in texts), None)
