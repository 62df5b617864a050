"""The cells of a workbook as its XML has them, and what is wrong with how they are made."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import NamedTuple

from ftroi.workbook.xlsx.addresses import address

_SHEET = re.compile(r'<sheet [^>]*?name="([^"]*)" sheetId="(\d+)"([^>]*)/>')
_ROW = re.compile(r'<row r="(\d+)"[^>]*?(?:/>|>(.*?)</row>)', re.DOTALL)
_CELL = re.compile(r"<c((?: [a-z]+=\"[^\"]*\")*)(?:/>|>(.*?)</c>)", re.DOTALL)
_PLACE = re.compile(r' r="([A-Z]+)\d+"')
_FORMULA = re.compile(r"<f([^>]*?)(?:/>|>(.*?)</f>)", re.DOTALL)
_SHARE = re.compile(r'si="(\d+)"')
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_SHEET_NAME = re.compile(r"'(?:[^']|'')*'!|[A-Za-z_]\w*!")
_REFERENCE = re.compile(r"(?<![\w.$])(\$?)([A-Z]{1,3})(\$?)([0-9]+)(?![\w(.])")
_POSITION = re.compile(r"\bFT_[A-Za-z]+Number=[0-9]+")
_NUMBER = re.compile(r"(?<![\w.$])[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?%?(?![\w.(])")
_PLACES = re.compile(r",[0-9]\),(?=\")")
"""The places of a rounding whose result is shown by a format: TEXT(ROUND(x,3),"0.0%")."""
_HARMLESS = ("0", "1")


@dataclass(frozen=True)
class Formula:
    """A formula: its text without "=", or "" where it shares another's, and the number of the shared formula."""

    text: str
    share: str = ""


class CellXml(NamedTuple):
    """A cell as the file has it: its attributes, and what stands inside it."""

    attributes: str
    content: str


@dataclass(frozen=True)
class SheetXml:
    """One sheet: its name, how the workbook shows it, and its XML."""

    name: str
    state: str
    xml: str

    @cached_property
    def cells(self) -> Mapping[tuple[int, int], CellXml]:
        """The cells by row and column, counted from 0; one without an address follows the one before it."""
        found = {}
        for row, cells in _ROW.findall(self.xml):
            column = -1
            for attributes, content in _CELL.findall(cells):
                place = _PLACE.search(attributes)
                column = _column(place[1]) if place else column + 1
                found[int(row) - 1, column] = CellXml(attributes, content)
        return found

    @cached_property
    def formulas(self) -> Mapping[tuple[int, int], Formula]:
        """The formulas by row and column, counted from 0."""
        found = {}
        for place, cell in self.cells.items():
            if match := _FORMULA.search(cell.content):
                share = _SHARE.search(match[1])
                found[place] = Formula(unescape(match[2] or ""), share[1] if share else "")
        return found

    def error_cells(self) -> list[str]:
        """The cells whose value is an error."""
        return [
            f"{self.name} {address(*place)}"
            for place, cell in self.cells.items()
            if 't="e"' in cell.attributes or "<v>#" in cell.content
        ]

    def cells_without_value(self) -> list[str]:
        """The formulas that no value stands beside, as far as a reader without a calculator is concerned."""
        return [f"{self.name} {address(*place)}" for place in self.formulas if "<v>" not in self.cells[place].content]

    def numbers_among_formulas(self) -> list[tuple[int, int]]:
        """The row and the column of each number that is typed where the rest of the row is computed."""
        computed = {row for row, _ in self.formulas}
        return [
            place
            for place, cell in self.cells.items()
            if place[0] in computed and cell.content.startswith("<v>") and " t=" not in cell.attributes
        ]


def sheets_of(path: Path) -> list[SheetXml]:
    """Read the sheets of a workbook file, in order."""
    with zipfile.ZipFile(path) as file:
        book = file.read("xl/workbook.xml").decode()
        return [
            SheetXml(unescape(name), state, file.read(f"xl/worksheets/sheet{number}.xml").decode())
            for name, number, state in _SHEET.findall(book)
        ]


def hidden_sheets(sheets: Iterable[SheetXml]) -> list[str]:
    return [sheet.name for sheet in sheets if "idden" in sheet.state]


def typed_numbers(sheet: SheetXml, of_method: Callable[[str], Collection[str]] = lambda _text: ()) -> list[str]:
    """The formulas with a number of their own, besides 0, 1, the positions of options and those of a method.

    ``of_method`` names the numbers of a formula's text that belong to a method (a search's guesses, a format's
    thousands), and so to no plan.
    """
    return [
        f"{sheet.name} {place}: {formula.text[:100]}"
        for place, formula in sheet.formulas.items()
        if not set(numbers_in(formula.text)) <= set(of_method(formula.text))
    ]


def numbers_in(formula: str) -> list[str]:
    """The numbers of a formula that should be named figures."""
    bare = _PLACES.sub("),", _POSITION.sub("", _SHEET_NAME.sub("", _TEXT.sub('""', formula))))
    return [number for number in _NUMBER.findall(bare) if number not in _HARMLESS]


def relative(formula: str, row: int, column: int, options: Iterable[str]) -> str:
    """A formula as it reads from its own cell, the same for every copy; options' sheets read alike."""

    def offset(match: re.Match[str]) -> str:
        is_fixed_column, letters, is_fixed_row, number = match.groups()
        across = letters if is_fixed_column else f"[{_column(letters) - column}]"
        down = number if is_fixed_row else f"[{int(number) - 1 - row}]"
        return f"R{down}C{across}"

    for option in options:
        formula = formula.replace(option, "OPTION!")
    bare = _POSITION.sub("POSITION", formula)
    parts = _TEXT.split(bare)
    texts = _TEXT.findall(bare)
    moved = [_REFERENCE.sub(offset, part) for part in parts]
    return "".join(part + text for part, text in zip(moved, [*texts, ""], strict=True))


def mixed_rows(
    sheet: SheetXml,
    columns: range,
    options: Iterable[str] = (),
    rows: Iterable[int] | None = None,
    own: Callable[[str, int], str] = lambda text, _: text,
) -> Iterator[str]:
    """The rows whose formulas in some columns are not copies of one, or leave gaps.

    ``own`` names in a formula what is its column's own elsewhere, where a copy to the right would not find it.
    """
    with_formulas = {row for row, column in sheet.formulas if column in columns}
    for row in sorted(with_formulas if rows is None else with_formulas & set(rows)):
        cells = {column: sheet.formulas[row, column] for column in columns if (row, column) in sheet.formulas}
        texts = {relative(own(one.text, column), row, column, options) for column, one in cells.items() if one.text}
        if len(cells) > 1 and (len(texts) > 1 or len(cells) < len(columns)):
            yield f"{sheet.name} row {row + 1}: {sorted(texts)[:2]}"


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
