"""The cells of a sheet as stored in the file: formulas as text, shared formulas not expanded.

A workbook of ten options has some 150,000 formulas, most of them shared. They are compared without being expanded,
which a general reader does for each cell, and which takes ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from openpyxl.formula.translate import Translator

from ftroi.workbook.xlsx.add_in_calls import spelt_plainly
from ftroi.workbook.xlsx.addresses import address
from ftroi.workbook.xlsx.cells import column_number
from ftroi.workbook.xlsx.package_parts import Parts
from ftroi.workbook.xlsx.xml_tree import Element

Place = tuple[int, int]
"""A row and a column, counted from 0."""

_STRING = re.compile(r"(\"(?:[^\"]|\"\")*\")")
_QUOTED_SHEET = re.compile(r"'([A-Za-z_][A-Za-z0-9_]*)'!")
_REFERENCE = re.compile(r"(?<![A-Za-z0-9_.$])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![A-Za-z0-9_.(])")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.$])\d+(?:\.\d+)?(?:E[+-]?\d+)?(?![A-Za-z0-9_.(])")
_TRUTH = re.compile(r"(?<![A-Za-z0-9_.])(TRUE|FALSE)\(\)")
_REMEMBERED = 60_000
"""Formulas whose relative form is remembered: those of one option's sheet, which all others share."""


class RawCell(NamedTuple):
    """A cell: its value as the file spells it, and its formula without "=" where it has one.

    ``group`` is the number of the shared formula that it belongs to; its text may then be empty.
    """

    value: str | None = None
    formula: str | None = None
    group: str | None = None

    @property
    def is_formula(self) -> bool:
        """Say whether the cell is computed."""
        return self.formula is not None


@dataclass(frozen=True)
class RawSheet:
    """The filled cells of one sheet, and the first cell of each shared formula by its number."""

    name: str
    cells: Mapping[Place, RawCell] = field(repr=False)
    masters: Mapping[str, Place] = field(default_factory=dict, repr=False)

    def relative_form(self, place: Place, cell: RawCell) -> str:
        """A cell's formula as seen from its place, the same for all cells that it was filled into."""
        if cell.formula:
            return relative(cell.formula, *place)
        master = self.masters.get(cell.group or "")
        text = self.cells[master].formula if master is not None else None
        return relative(text or "", *(master or place))

    def text_of(self, place: Place, cell: RawCell) -> str:
        """What a person sees in a cell: its formula with "=", or its value."""
        if not cell.is_formula:
            return cell.value or ""
        if cell.formula:
            return f"={cell.formula}"
        master = self.masters.get(cell.group or "")
        if master is None:
            return "="
        text = f"={self.cells[master].formula}"
        return str(Translator(text, address(*master)).translate_formula(address(*place)))

    def has_formula(self, place: Place, cell: RawCell, wanted: str) -> bool:
        """Say whether a cell's formula is the wanted one, which begins with "="."""
        return cell.formula == wanted[1:] or self.relative_form(place, cell) == relative(wanted[1:], *place)


def read_raw(parts: Parts, name: str) -> RawSheet:
    """Read the filled cells of a sheet."""
    cells: dict[Place, RawCell] = {}
    masters: dict[str, Place] = {}
    for row, column, element in parts.elements(name):
        cell = _cell(element, parts.shared_text)
        if cell is not None:
            cells[row - 1, column - 1] = cell
            if cell.group is not None and cell.formula:
                masters[cell.group] = (row - 1, column - 1)
    return RawSheet(name, cells, masters)


def _cell(element: Element, shared_text: Callable[[int], str]) -> RawCell | None:
    value = formula = group = None
    for child in element:
        kind = child.tag[-2:]
        if kind == "}v":
            value = child.text
        elif kind == "}f":
            formula = child.text or ""
            group = child.get("si") if child.get("t") == "shared" else None
        elif kind == "is":
            value = "".join(str(text) for text in child.itertext())
    if formula is None:
        if value is None:
            return None
        if element.get("t") == "s":
            value = shared_text(int(value))
    return RawCell(value, formula, group)


@lru_cache(maxsize=_REMEMBERED)
def relative(formula: str, row: int, column: int) -> str:
    """A formula with its references as seen from a cell, without spaces and needless quotes.

    A number and a truth have one spelling each: LibreOffice saves 1E-6 as 0.000001, and FALSE as FALSE().
    """
    pieces = _STRING.split(formula)
    return "".join(piece if number % 2 else _seen_from(piece, row, column) for number, piece in enumerate(pieces))


def _seen_from(piece: str, row: int, column: int) -> str:
    def spelt(match: re.Match[str]) -> str:
        stays_left, letters, stays_up, number = match.groups()
        across = letters if stays_left else f"[{column_number(letters) - 1 - column}]"
        down = number if stays_up else f"[{int(number) - 1 - row}]"
        return f"R{down}C{across}"

    plain = _TRUTH.sub(r"\1", spelt_plainly(_QUOTED_SHEET.sub(r"\1!", "".join(piece.split()))))
    return _REFERENCE.sub(spelt, _NUMBER.sub(lambda match: repr(float(match[0])), plain))
