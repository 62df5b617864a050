"""Reading a formula that was typed on an option's sheet back into the language of the term sheet.

Rows are known by the names that stand in their second column, wherever a person has moved them. A reference becomes
the name of what stands there; what the language cannot say is refused with the reason, and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from ftroi.errors import FormulaError
from ftroi.language import FUNCTIONS, ROW_FUNCTIONS, Node, parse
from ftroi.language.nodes import row_reference, walk
from ftroi.termsheet import Line, Template
from ftroi.workbook.layout.option import (
    FIRST_MONTH,
    FIRST_ROW,
    HEADER_ROW,
    LAST_MONTH,
    NAME,
    VALUE,
    Kind,
    OptionLayout,
)
from ftroi.workbook.sheets.option.formulas import OptionFormulas
from ftroi.workbook.xlsx.add_in_calls import spelt_plainly
from ftroi.workbook.xlsx.addresses import letters
from ftroi.workbook.xlsx.cells import column_number
from ftroi.workbook.xlsx.stored_cells import RawSheet

_CELL = r"\$?[A-Z]{1,3}\$?\d{1,7}"
_AREA = re.compile(rf"SUM\(({_CELL}):({_CELL})\)")
_REFERENCE = re.compile(rf"(?<![A-Za-z0-9_.$!'])({_CELL})(?::({_CELL}))?(?![A-Za-z0-9_.(:])")
_ELSEWHERE = re.compile(
    r"(?:'((?:[^']|'')+)'|\b([A-Za-z_][A-Za-z0-9_.]*))!(\$?[A-Z]{1,3}\$?\d{1,7})(?![A-Za-z0-9_.(:])"
)
_PARTS = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})")
_WORD = re.compile(r"(?<![A-Za-z0-9_.$!'])[A-Za-z_][A-Za-z0-9_.]*(?![A-Za-z0-9_.(!$])")
_NUMBER = re.compile(r"[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?")
_SIGN = re.compile(r"(^|[=(,<>+\-*/^])\+")


class UnreadError(Exception):
    """A formula that the language cannot say; the text tells why."""


@dataclass(frozen=True)
class _Cell:
    row: int
    column: int
    is_fixed: bool


class FormulaReader:
    """Reads the formulas of one option's sheet."""

    def __init__(
        self,
        template: Template,
        layout: OptionLayout,
        formulas: OptionFormulas,
        sheet: RawSheet,
        named: Mapping[tuple[str, str], str],
        added: Mapping[int, str] = MappingProxyType({}),
    ) -> None:
        """Read for a template; ``named`` leads from a sheet and a cell's address to the workbook's name for it.

        ``added`` names the rows that were put in.
        """
        self._template = template.laid_out or template
        self._added = added
        self._layout = layout
        self._formulas = formulas
        self._sheet = sheet
        self._named = named

    @cached_property
    def names(self) -> Mapping[int, str]:
        """The names of the rows of the sheet as they stand now, by row counted from 0."""
        cells = {place[0]: cell.value for place, cell in self._sheet.cells.items() if place[1] == NAME}
        stated = {row: name for row, name in cells.items() if row >= FIRST_ROW and name and name in self._layout.rows}
        return {**stated, **self._added}

    @cached_property
    def _kinds(self) -> Mapping[str, Kind]:
        return {one.name: one.kind for one in self._layout.placed} | dict.fromkeys(self._added.values(), Kind.SERIES)

    def read(self, text: str, line: str, column: int) -> Node:
        """The tree of a cell's formula, or of the figure that stands in its place; raises UnreadError."""
        if not text.startswith("=") and not _NUMBER.fullmatch(text):
            raise UnreadError(f"a text: '{text}'")
        plain = "".join(spelt_plainly(text).split()).removeprefix("=")
        self._require_names(plain)
        if '"' in plain:
            plain = self._without_natures(plain, line, column)
        plain = self._known_calls(plain, line, column)
        plain = _SIGN.sub(r"\1", _ELSEWHERE.sub(self._of_another_sheet, plain))
        plain = _AREA.sub(lambda found: self._sum(found, column), plain)
        plain = _REFERENCE.sub(lambda found: self._reference(found, column), plain)
        try:
            return parse(plain, "")
        except FormulaError as error:
            raise UnreadError("; ".join(finding.what for finding in error.findings)) from None

    def _require_names(self, text: str) -> None:
        """Refuse the names of lines by month: the workbook has none of them."""
        for word in _WORD.findall(text):
            if word in self._layout.series:
                raise UnreadError(f"the workbook has no name '{word}': point at its cell")

    # --- what stands for a part of a formula -------------------------------------------------------------------

    def _known_calls(self, text: str, line: str, column: int) -> str:
        """Put the language's calls in place of the texts that the writer prints for those of the line."""
        stated = self._template.lines[line]
        trees = [tree for tree in (stated.tree, stated.opening) if tree is not None]
        for node in (one for tree in trees for one in walk(tree)):
            reference = row_reference(node)
            if reference is not None and not _is_plain(reference.via):
                printed = self._formulas.of_tree(node).at(column)
                text = text.replace(printed, f"{reference.via}({reference.name})")
        return text

    def _without_natures(self, text: str, line: str, column: int) -> str:
        """Put the lines of one nature in place of the call that adds them."""
        printed = self._formulas.sum_by_nature(line) if self._template.lines[line].terms else ""
        if printed:
            text = text.replace(printed.format(c=letters(column)), f"({'+'.join(self._template.lines[line].terms)})")
        if '"' in text:
            raise UnreadError("a text in quotes: a formula has numbers and names only")
        return text

    def _of_another_sheet(self, found: re.Match[str]) -> str:
        sheet = (found[1] or found[2]).replace("''", "'")
        name = self._named.get((sheet, found[3].replace("$", "")))
        if name is None:
            raise UnreadError(f"{found[0]} is on another sheet, and has no name there")
        return name

    def _sum(self, found: re.Match[str], column: int) -> str:
        first, last = self._cell(found[1]), self._cell(found[2])
        if first.row == last.row and first.column == FIRST_MONTH and first.is_fixed:
            if last.column == LAST_MONTH and last.is_fixed:
                return f"TOTAL({self._row_name(first.row)})"
            if last.column == column and not last.is_fixed:
                return f"TO_DATE({self._row_name(first.row)})"
        if first.column == last.column and first.is_fixed == last.is_fixed:
            rows = range(min(first.row, last.row), max(first.row, last.row) + 1)
            cells = [_Cell(row, first.column, first.is_fixed) for row in rows if row in self.names]
            if len(cells) == len(rows):
                return f"({'+'.join(self._name_of(cell, found[0], column) for cell in cells)})"
        raise UnreadError(f"{found[0]} adds cells that are no line's months")

    def _reference(self, found: re.Match[str], column: int) -> str:
        if found[2]:
            raise UnreadError(f"{found[0]} is a range of cells")
        return self._name_of(self._cell(found[1]), found[1], column)

    def _name_of(self, cell: _Cell, text: str, column: int) -> str:
        by_month = column >= FIRST_MONTH
        if cell.row == HEADER_ROW and cell.column == column and by_month:
            return self.month
        name = self._row_name(cell.row)
        if self._kinds[name] in (Kind.IN_FORCE, Kind.SCALAR, Kind.MEASURE):
            if cell.column == VALUE:
                return name
        elif cell.column == VALUE and (name not in self._template.lines or self._is_money(name)):
            return f"TOTAL({name})"
        elif by_month and not cell.is_fixed and cell.column == column:
            return name
        elif by_month and not cell.is_fixed and cell.column == column - 1:
            return f"PREV({name})"
        raise UnreadError(f"{text} is neither this month's nor the month before's")

    def _is_money(self, name: str) -> bool:
        return self._template.lines[name].unit == "money/month"

    def _row_name(self, row: int) -> str:
        if row not in self.names:
            raise UnreadError(f"row {row + 1} has no name of the term sheet's in its second column")
        return self.names[row]

    @cached_property
    def month(self) -> str:
        """The line that counts the months; raises UnreadError where the template has none."""
        for line in self._template.lines.values():
            if line.formula == f"PREV({line.name}) + 1" and _is_zero(line):
                return line.name
        raise UnreadError("the template has no line that counts the months")

    @staticmethod
    def _cell(text: str) -> _Cell:
        match = _PARTS.fullmatch(text)
        if match is None:
            raise UnreadError(f"{text} is no cell")
        return _Cell(int(match[4]) - 1, column_number(match[2]) - 1, bool(match[1]))


def _is_zero(line: Line) -> bool:
    return line.opening is not None and line.opening == parse("0")


def _is_plain(via: str) -> bool:
    """Whether a row function's text is read by its shape."""
    return via not in ROW_FUNCTIONS or FUNCTIONS[via].excel.startswith(("SUM(", "{p}"))
