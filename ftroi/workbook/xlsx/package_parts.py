"""The parts of an .xlsx file that a plan is read from: its names, its sheets' places, the cells of one area.

A workbook is read as it was saved: formulas are never evaluated, only noticed, and their cached
values taken. Both are wanted in one pass and from one sheet alone, which is why the parts are read
here and not by a library that gives one of both in each pass over the sheet.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from ftroi.errors import Finding, WorkbookError
from ftroi.workbook.xlsx.addresses import address
from ftroi.workbook.xlsx.cells import Area, Cell, column_number
from ftroi.workbook.xlsx.safe_files import require_workbook

MOST_PART_BYTES = 60_000_000
"""A larger sheet holds no plan; its cells alone would fill the memory."""

OPTION_ID = "option_id"
"""The name, on an option's sheet, of the cell with its id."""

_BOOK, _PROPERTIES = "xl/workbook.xml", "docProps/core.xml"
_CELL = re.compile(r"([A-Z]{1,3})(\d+)")
_CELLS = re.compile(rb"<sheetData\b.*</sheetData>", re.DOTALL)
_VALUE = re.compile(rb"<v>[^<]+</v>|<is>.*?</is>", re.DOTALL)
_KIND_OF_VALUE = re.compile(rb' t="(?:str|n|b|e)"')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DAYS_TO_1904 = 1462
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_DAMAGE = (
    KeyError, IndexError, ValueError, EOFError, OSError, NotImplementedError, zlib.error,
    zipfile.BadZipFile, etree.XMLSyntaxError,
)  # fmt: skip

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml names the class of its elements so


@contextmanager
def open_parts(path: Path) -> Iterator[Parts]:
    """Open a workbook file for reading; raises WorkbookError where it is none, or is damaged."""
    require_workbook(path)
    with zipfile.ZipFile(path) as archive:
        yield Parts(path, archive)


class Parts:
    """An open workbook file. What cannot be read raises WorkbookError."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        """Read the workbook's names and sheets; its cells are read when they are asked for."""
        self._path = path
        self._archive = archive
        book = self._part(_BOOK)
        self.names: Mapping[str, str] = {
            str(name.get("name")): _whole_text(name)
            for name in _below(book, "definedName")
            if name.get("localSheetId") is None
        }
        """The workbook's defined names with their texts; a sheet's own are left out."""
        self._sheets = dict(self._sheet_parts(book))
        names = list(self._sheets)
        self.option_sheets = tuple(
            names[int(name.get("localSheetId", "0"))]
            for name in _below(book, "definedName")
            if name.get("name") == OPTION_ID and int(name.get("localSheetId", len(names))) < len(names)
        )
        """The sheets that are an option's own: each has the option's id under a name of its own."""
        setting = next(_below(book, "workbookPr"), None)
        self._counts_from_1904 = setting is not None and setting.get("date1904") in ("1", "true")
        self._shared: list[str] | None = None

    @property
    def days_offset(self) -> int:
        """What is added to a date's serial number for the 1900 system."""
        return _DAYS_TO_1904 if self._counts_from_1904 else 0

    def area_named(self, name: str) -> Area | None:
        """Give the area of a defined name, in whatever case it is written; None where it is no area of a sheet."""
        text = self.text_named(name)
        area = None if text is None else Area.read(text)
        return area if area is not None and self.has_sheet(area.sheet) else None

    def text_named(self, name: str) -> str | None:
        """Give the text of a defined name, in whatever case it is written; None where it is missing."""
        return next((text for key, text in self.names.items() if key.casefold() == name.casefold()), None)

    @property
    def sheet_parts(self) -> Mapping[str, str]:
        """The part of each sheet, in order."""
        return self._sheets

    @property
    def comment(self) -> str:
        """The comment among the file's properties, in which the writer leaves its mark."""
        if _PROPERTIES not in self._archive.namelist():
            return ""
        return " ".join(_whole_text(one) for one in _below(self._part(_PROPERTIES), "description"))

    @property
    def part_names(self) -> list[str]:
        """The names of the file's parts."""
        return self._archive.namelist()

    def content(self, name: str) -> bytes | None:
        """Give the bytes of a part; None where the file has no such."""
        return self._archive.read(name) if name in self._archive.namelist() else None

    def raw(self, sheet: str) -> Element:
        """Give the XML of a sheet."""
        return self._part(self._sheets[sheet])

    def outline(self, sheet: str) -> bytes:
        """Give what the file says of a sheet's cells besides their values: where it is the same, formulas are."""
        data = _CELLS.search(self._bytes(self._sheets[sheet]))
        return _KIND_OF_VALUE.sub(b"", _VALUE.sub(b"<v/>", data[0])) if data else b""

    def shared_text(self, number: int) -> str:
        """Give a text that sheets share, by its number."""
        self._shared = self._shared if self._shared is not None else self._shared_strings()
        return self._shared[number]

    def has_sheet(self, name: str) -> bool:
        """Say whether there is a sheet of this name."""
        return name in self._sheets

    def cells(self, area: Area) -> Iterator[list[Cell]]:
        """Give the rows of an area from the top, each with all its cells from the left."""
        found = self._found(area)
        for row in range(area.first_row, area.last_row + 1):
            columns = range(area.first_column, area.last_column + 1)
            yield [found.get((row, column)) or Cell(address(row - 1, column - 1)) for column in columns]

    def filled(self, sheet: str) -> dict[tuple[int, int], Cell]:
        """Give all cells of a sheet that the file holds, by row and column counted from 1."""
        return self._found(Area(sheet, 1, 1, _MOST_COLUMNS, _MOST_ROWS))

    def _found(self, area: Area) -> dict[tuple[int, int], Cell]:
        sheet = self._part(self._sheets[area.sheet])
        self._shared = self._shared if self._shared is not None else self._shared_strings()
        try:
            return dict(self._inside(sheet, area))
        except _DAMAGE:
            raise self._damaged(self._sheets[area.sheet]) from None

    def _inside(self, sheet: Element, area: Area) -> Iterator[tuple[tuple[int, int], Cell]]:
        """Give the cells that stand in the area; a row or cell without an address follows the one before."""
        row = 0
        for row_element in (element for data in _children(sheet, "sheetData") for element in data):
            row = int(row_element.get("r") or row + 1)
            if not area.first_row <= row <= area.last_row:
                continue
            column = 0
            for element in row_element:
                place = _CELL.fullmatch(element.get("r", ""))
                column = column_number(place[1]) if place else column + 1
                if area.first_column <= column <= area.last_column:
                    yield (row, column), self._cell(element, address(row - 1, column - 1))

    def _cell(self, element: Element, address: str) -> Cell:
        kind = element.get("t", "n")
        children = {_local(child): child for child in element}
        is_formula = "f" in children
        if kind == "inlineStr":
            return Cell(address, _text(children["is"]) if "is" in children else None, is_formula=is_formula)
        text = children["v"].text if "v" in children else None
        if text is None:
            return Cell(address, is_formula=is_formula)
        return Cell(address, self._value(kind, text), kind == "e", is_formula)

    def _value(self, kind: str, text: str) -> float | str | bool:
        if kind == "s":
            return (self._shared or [])[int(text)]
        if kind == "b":
            return text.strip() in ("1", "true")
        return float(text) if kind == "n" else _unescaped(text)

    def _shared_strings(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._archive.namelist():
            return []
        return [_text(item) for item in self._part("xl/sharedStrings.xml") if _local(item) == "si"]

    def _sheet_parts(self, book: Element) -> Iterator[tuple[str, str]]:
        """Give each sheet's part by the sheet's name."""
        targets = {
            str(one.get("Id")): posixpath.normpath(posixpath.join("/xl", one.get("Target", "")))
            for one in self._part("xl/_rels/workbook.xml.rels")
        }
        for sheet in _below(book, "sheet"):
            wanted = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), None)
            yield str(sheet.get("name")), targets.get(str(wanted), "").lstrip("/")

    def _part(self, name: str) -> Element:
        try:
            root = etree.fromstring(self._bytes(name), _parser())
        except _DAMAGE:
            raise self._damaged(name) from None
        if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # the stubs lack it
            raise self._damaged(name, "declares entities, which no spreadsheet program does")
        return root

    def _bytes(self, name: str) -> bytes:
        try:
            if self._archive.getinfo(name).file_size > MOST_PART_BYTES:
                raise self._damaged(name, "is too large for a plan")
            return self._archive.read(name)
        except _DAMAGE:
            raise self._damaged(name) from None

    def _damaged(self, part: str, what: str = "cannot be read") -> WorkbookError:
        cure = "open it in a spreadsheet program and save it again, or take a backup"
        return WorkbookError(Finding(str(self._path), f"is damaged: its part {part} {what}", cure))


def _parser() -> etree.XMLParser:
    """Give a parser that expands no entities and fetches nothing."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)


def _local(element: Element) -> str:
    """Give an element's name without its namespace, which has two spellings."""
    return str(element.tag).rpartition("}")[2]


def _whole_text(element: Element) -> str:
    return "".join(str(text) for text in element.itertext()).strip()


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if _local(child) == name)


def _below(root: Element, name: str) -> Iterator[Element]:
    return root.iter(f"{{*}}{name}")


def _text(item: Element) -> str:
    """Give a string's text with its runs put together; how it is pronounced is left out."""
    parts = []
    for child in item:
        if _local(child) == "t":
            parts.append(child.text or "")
        elif _local(child) == "r":
            parts.append(_text(child))
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    """Give a text with the characters that XML cannot hold, which stand in it as _x000D_."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
