"""The parts of an .xlsx file that a plan is read from: its names, its sheets' places, the cells of one area.

A workbook is read as it was saved: formulas are never evaluated, only noticed, and their cached
values taken. Both are wanted in one pass and from one sheet alone, which is why the parts are read
here and not by a library that gives one of both in each pass over the sheet.
"""

from __future__ import annotations

import math
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

from lxml import etree

from ftroi.errors import UNWRITABLE, Finding, WorkbookError
from ftroi.workbook.xlsx.addresses import address
from ftroi.workbook.xlsx.cells import MOST_COLUMNS, MOST_ROWS, Area, Cell, column_number
from ftroi.workbook.xlsx.safe_files import require_workbook
from ftroi.workbook.xlsx.xml_tree import (
    Element,
    below,
    children_named,
    local_name,
    parser,
    text_of,
    unescaped,
    whole_text,
)

MOST_PART_BYTES = 60_000_000
"""A larger sheet holds no plan; its cells alone would fill the memory."""

MOST_TAGS = 3_000_000
"""Tags of one part: some 400,000 cells; an option's sheet has 20,000."""

MOST_CELLS = 500_000
"""Cells of one named area: inputs of 5,000 rows and 100 columns."""

OPTION_ID = "option_id"
"""The name, on an option's sheet, of the cell with its id."""

_BOOK, _PROPERTIES = "xl/workbook.xml", "docProps/core.xml"
_COLUMN = re.compile(r"[A-Z]{1,3}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,20}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:[eE][+-]?[0-9]{1,3})?")
_CELLS = re.compile(rb"<sheetData\b.*</sheetData>", re.DOTALL)
_VALUE = re.compile(rb"<v>[^<]+</v>|<is>.*?</is>", re.DOTALL)
_NO_VALUE = b"</f><v></v>"
_KIND_OF_VALUE = re.compile(rb' t="(?:str|n|b|e)"')
_EMPTY_ROW = re.compile(rb"<row\b[^>]*(?:/>|></row>)")
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d+)"[^>]*>')
_DAYS_TO_1904 = 1462
_DECLARES = (b"<!DOCTYPE", b"<!ENTITY", b"<\0!\0D\0", b"<\0!\0E\0", b"\0<\0!\0D", b"\0<\0!\0E")
_ENTITIES = "declares entities, which no spreadsheet program does"
_DAMAGED = "open it in a spreadsheet program and save it again, or take a backup"
_LARGE = "move large tables of your own into another workbook, or take a backup"
_XML = (".xml", ".rels", ".vml")
_DAMAGE = (
    KeyError, IndexError, ValueError, EOFError, OSError, NotImplementedError, zlib.error,
    zipfile.BadZipFile, etree.XMLSyntaxError,
)  # fmt: skip


@contextmanager
def open_parts(path: Path) -> Iterator[Parts]:
    """Open a workbook file for reading; raises WorkbookError where it is none, or is damaged."""
    require_workbook(path)
    with zipfile.ZipFile(path) as archive:
        yield Parts(path, archive)


_ALL_ROWS = range(1, MOST_ROWS + 1)


class Parts:
    """An open workbook file. What cannot be read raises WorkbookError."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        """Read the workbook's names and sheets; its cells are read when they are asked for."""
        self._path = path
        self._archive = archive
        self._sheets: Mapping[str, str] = {}
        book = self._part(_BOOK)
        self._sheets = dict(self._sheet_parts(book))
        scopes = self._defined_names(book)
        self.names: Mapping[str, str] = scopes[""]
        """The workbook's defined names with their texts; a sheet's own are left out."""
        self._folded = {name.casefold(): text for name, text in self.names.items()}
        self.names_of: Mapping[str, Mapping[str, str]] = {sheet: scopes[sheet] for sheet in self._sheets}
        """Each sheet's own names with their texts."""
        self.option_sheets = tuple(sheet for sheet in self._sheets if OPTION_ID in scopes[sheet])
        """The sheets that are an option's own: each has the option's id under a name of its own."""
        setting = next(below(book, "workbookPr"), None)
        self._counts_from_1904 = setting is not None and setting.get("date1904") in ("1", "true")
        self._shared: list[str] | None = None
        self._latest: tuple[str, list[tuple[int, Element]]] | None = None
        self._unparsed: tuple[str, bytes] = ("", b"")
        self.cleaned: list[str] = []
        """Cells whose text had characters that no file may hold, which were left out; found as cells are read."""

    def _defined_names(self, book: Element) -> dict[str, dict[str, str]]:
        """Names with their texts by the sheet that they are of, "" for the workbook's."""
        sheets = list(self._sheets)
        scopes: dict[str, dict[str, str]] = {"": {}, **{sheet: {} for sheet in sheets}}
        taken = set()
        for element in below(book, "definedName"):
            name, number = str(element.get("name")), element.get("localSheetId")
            if number is not None and not (number.isascii() and number.isdigit() and int(number[:9]) < len(sheets)):
                raise self._damaged(_BOOK, f"has a name, {name}, of a sheet that is not there ({number[:20]})")
            scope = "" if number is None else sheets[int(number)]
            # LibreOffice writes the rows and the columns that print on every page as two names of one spelling.
            if (scope, name.casefold()) in taken and not name.startswith("_xlnm."):
                where = f"on the sheet {scope}" if scope else "for the workbook"
                raise self._damaged(_BOOK, f"defines the name {name} twice {where}: programs differ in which counts")
            taken.add((scope, name.casefold()))
            scopes[scope][name] = whole_text(element)
        return scopes

    @property
    def days_offset(self) -> int:
        """What is added to a date's serial number for the 1900 system."""
        return _DAYS_TO_1904 if self._counts_from_1904 else 0

    def area_named(self, name: str) -> Area | None:
        """The area of a defined name, in whatever case it is written; None where it is no area of a sheet."""
        text = self.text_named(name)
        area = None if text is None else Area.read(text)
        return area if area is not None and self.has_sheet(area.sheet) else None

    def text_named(self, name: str) -> str | None:
        """The text of a defined name, in whatever case it is written; None where it is missing."""
        return self._folded.get(name.casefold())

    @property
    def sheet_parts(self) -> Mapping[str, str]:
        """The part of each sheet, in order."""
        return self._sheets

    @property
    def comment(self) -> str:
        """The comment among the file's properties, in which the writer leaves its mark."""
        if _PROPERTIES not in self._archive.namelist():
            return ""
        return " ".join(whole_text(one) for one in below(self._part(_PROPERTIES), "description"))

    @property
    def part_names(self) -> list[str]:
        """The names of the file's parts."""
        return self._archive.namelist()

    def content(self, name: str) -> bytes | None:
        """The bytes of a part; None where the file has no such."""
        return self._archive.read(name) if name in self._archive.namelist() else None

    def size(self, name: str) -> int:
        """How many bytes a part has, unpacked; 0 where the file has no such."""
        return self._archive.getinfo(name).file_size if name in self._archive.namelist() else 0

    def raw(self, sheet: str) -> Element:
        """The XML of a sheet."""
        return self._part(self._sheets[sheet])

    def outline(self, sheet: str) -> bytes:
        """What the file says of a sheet's cells besides their values: where it is the same, formulas are.

        How high rows are is left out, and an empty text that a formula gives is a value.
        """
        data = _CELLS.search(self._bytes(self._sheets[sheet]))
        if data is None:
            return b""
        values = _VALUE.sub(b"<v/>", data[0]).replace(_NO_VALUE, b"</f><v/>")
        return _ROW.sub(rb'<row r="\1">', _EMPTY_ROW.sub(b"", _KIND_OF_VALUE.sub(b"", values)))

    def shared_text(self, number: int) -> str:
        """A text that sheets share, by its number."""
        self._shared = self._shared if self._shared is not None else self._shared_strings()
        return self._shared[number]

    def has_sheet(self, name: str) -> bool:
        """Say whether there is a sheet of this name."""
        return name in self._sheets

    def require_plain(self) -> None:
        """Refuse a file any part of which declares entities, whether it is read here or not; raises WorkbookError."""
        for name in self._archive.namelist():
            if name.lower().endswith(_XML):
                content = self._bytes(name)
                if any(one in content for one in _DECLARES):
                    raise self._damaged(name, _ENTITIES)

    def require_sound(self) -> None:
        """Parse every part, as a spreadsheet program does; raises WorkbookError for the first that is damaged."""
        for name in self._archive.namelist():
            if name.lower().endswith(_XML):
                try:
                    ParserCreate().Parse(self._bytes(name), True)  # noqa: FBT003 - how it is told that this is all
                except ExpatError:
                    raise self._damaged(name) from None

    def cells(self, area: Area) -> Iterator[list[Cell]]:
        """The rows of an area from the top, each with all its cells from the left.

        Raises WorkbookError for an area that is larger than any that holds a plan.
        """
        rows, wide = area.size
        if rows * wide > MOST_CELLS:
            what = f"a name covers {rows:,} rows and {wide:,} columns of the sheet {area.sheet}, more than any plan has"
            raise WorkbookError(Finding(str(self._path), what, "point it at its table alone"))
        found = self._found(area)
        for row in range(area.first_row, area.last_row + 1):
            columns = range(area.first_column, area.last_column + 1)
            yield [found.get((row, column)) or Cell(address(row - 1, column - 1)) for column in columns]

    def named_cell(self, sheet: str, name: str) -> Cell | None:
        """The first cell of one of a sheet's own names; None where it has no such, or it points elsewhere."""
        area = Area.read(self.names_of[sheet].get(name, ""))
        if area is None or area.sheet != sheet:
            return None
        one = replace(area, last_row=area.first_row, last_column=area.first_column)
        return self._alone(sheet, address(area.first_row - 1, area.first_column - 1)) or next(iter(self.cells(one)))[0]

    def _alone(self, sheet: str, place: str) -> Cell | None:
        """A cell that is found without parsing its sheet, which takes a hundred times as long.

        None where it is not there once and spelt as programs do: the sheet is parsed then.
        """
        if self._unparsed[0] != sheet:
            read = self._bytes(self._sheets[sheet])
            self._unparsed = (sheet, b"" if b"<!" in read else read)
        content, said = self._unparsed[1], f' r="{place}"'.encode()
        at = content.find(said)
        start, end = content.rfind(b"<", 0, at), content.find(b">", at)
        if at < 0 or content.count(said, at) > 1 or not content.startswith(b"<c ", start):
            return None
        end = end + 1 if content[end - 1 : end] == b"/" else content.find(b"</c>", end) + len(b"</c>")
        try:
            element = etree.fromstring(content[start:end], parser())
            self._shared = self._shared if self._shared is not None else self._shared_strings()
            return self._clean(sheet, self._cell(element, place))
        except _DAMAGE:
            return None

    def filled(self, sheet: str) -> dict[tuple[int, int], Cell]:
        """All cells of a sheet that the file holds, by row and column counted from 1."""
        return self._found(Area(sheet, 1, 1, MOST_COLUMNS, MOST_ROWS))

    def computed(self, sheet: str) -> dict[tuple[int, int], float | str | bool | None]:
        """The values of a sheet's formulas, by row and column counted from 1."""
        self._shared = self._shared if self._shared is not None else self._shared_strings()
        return {
            (row, column): self._cell(element, "").value
            for row, column, element in self.elements(sheet)
            if element.find("{*}f") is not None
        }

    def _found(self, area: Area) -> dict[tuple[int, int], Cell]:
        self._shared = self._shared if self._shared is not None else self._shared_strings()
        rows = range(area.first_row, area.last_row + 1)
        try:
            return {
                (row, column): self._clean(area.sheet, self._cell(element, address(row - 1, column - 1)))
                for row, column, element in self.elements(area.sheet, rows)
                if area.first_column <= column <= area.last_column
            }
        except _DAMAGE:
            raise self._damaged(self._sheets[area.sheet]) from None

    def elements(self, sheet: str, rows: range = _ALL_ROWS) -> Iterator[tuple[int, int, Element]]:
        """The cells of some of a sheet's rows, with their row and column, counted from 1, each once.

        One without an address follows the one before. Raises WorkbookError for an address that stands twice, or is
        none: programs differ in which of two cells they take.
        """
        for row, row_element in self._rows(sheet):
            if row not in rows:
                continue
            column, columns, said = 0, set(), str(row)
            for element in row_element:
                place = element.get("r")
                column = column + 1 if place is None else _column_in_row(place, said)
                if not 1 <= column <= MOST_COLUMNS or column in columns:
                    wrong = "there twice" if column in columns else f"none of row {row}"
                    raise self._damaged(self._sheets[sheet], f"has a cell {(place or '')[:20]} that is {wrong}")
                columns.add(column)
                yield row, column, element

    def _rows(self, sheet: str) -> list[tuple[int, Element]]:
        """A sheet's rows with their numbers. Those of the last sheet are kept, since it is mostly asked for again."""
        if self._latest is None or self._latest[0] != sheet:
            self._latest = (sheet, list(self._numbered_rows(self._sheets[sheet])))
        return self._latest[1]

    def _numbered_rows(self, part: str) -> Iterator[tuple[int, Element]]:
        row, rows = 0, set()
        for element in (element for data in children_named(self._part(part), "sheetData") for element in data):
            said = element.get("r") or str(row + 1)
            row = int(said) if said.isascii() and said.isdigit() and len(said) <= len(str(MOST_ROWS)) else 0
            if not 1 <= row <= MOST_ROWS or row in rows:
                raise self._damaged(part, f"has a row {said[:20]} that is {'there twice' if row in rows else 'none'}")
            rows.add(row)
            yield row, element

    def _clean(self, sheet: str, cell: Cell) -> Cell:
        """Leave out what no file may hold, and note the cell."""
        if not isinstance(cell.value, str) or not UNWRITABLE.search(cell.value):
            return cell
        self.cleaned.append(f"{sheet}!{cell.address}")
        return replace(cell, value=UNWRITABLE.sub("", cell.value))

    def _cell(self, element: Element, address: str) -> Cell:
        kind = element.get("t", "n")
        children = {local_name(child): child for child in element}
        is_formula = "f" in children
        formula = (children["f"].text or "") if is_formula else ""
        if kind == "inlineStr":
            value = text_of(children["is"]) if "is" in children else None
            return Cell(address, value, is_formula=is_formula, formula=formula)
        text = children["v"].text if "v" in children else None
        if text is None:
            return Cell(address, is_formula=is_formula, formula=formula)
        return Cell(address, self._value(kind, text), kind == "e", is_formula, formula)

    def _value(self, kind: str, text: str) -> float | str | bool:
        if kind == "s":
            return (self._shared or [])[int(text)]
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind != "n":
            return unescaped(text)
        # Spreadsheets store no other numbers; what else Python takes for one (inf, 1_0) is a text, and so no figure.
        number = float(text) if _NUMBER.fullmatch(text.strip(" \t\r\n")) else math.inf
        return number if math.isfinite(number) else text

    def _shared_strings(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._archive.namelist():
            return []
        return [text_of(item) for item in self._part("xl/sharedStrings.xml") if local_name(item) == "si"]

    def _sheet_parts(self, book: Element) -> Iterator[tuple[str, str]]:
        """Each sheet's part by the sheet's name."""
        targets = {
            str(one.get("Id")): posixpath.normpath(posixpath.join("/xl", one.get("Target", "")))
            for one in self._part("xl/_rels/workbook.xml.rels")
        }
        taken: set[str] = set()
        for sheet in below(book, "sheet"):
            wanted = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), None)
            name = str(sheet.get("name"))
            if name.casefold() in taken:
                raise self._damaged(_BOOK, f"has two sheets of the name {name}")
            taken.add(name.casefold())
            yield name, targets.get(str(wanted), "").lstrip("/")

    def _part(self, name: str) -> Element:
        try:
            root = etree.fromstring(self._bytes(name), parser())
        except _DAMAGE:
            raise self._damaged(name) from None
        if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # the stubs lack it
            raise self._damaged(name, _ENTITIES)
        return root

    def _bytes(self, name: str) -> bytes:
        try:
            if self._archive.getinfo(name).file_size > MOST_PART_BYTES:
                raise self._damaged(name, "is too large for a plan", _LARGE)
            content = self._archive.read(name)
        except _DAMAGE:
            raise self._damaged(name) from None
        if (tags := content.count(b"<")) > MOST_TAGS:
            raise self._damaged(name, f"has {tags:,} tags, more than any plan's ({MOST_TAGS:,})", _LARGE)
        return content

    def _damaged(self, part: str, what: str = "cannot be read", cure: str = _DAMAGED) -> WorkbookError:
        sheet = next((f" (the sheet {name})" for name, one in self._sheets.items() if one == part), "")
        return WorkbookError(Finding(str(self._path), f"is damaged: its part {part}{sheet} {what}", cure))


def _column_in_row(place: str, row: str) -> int:
    """The column of a cell's address, 0 for one that is none in this row."""
    name = place.removesuffix(row)
    return _column(name) if name != place else 0


@lru_cache(maxsize=MOST_COLUMNS)
def _column(name: str) -> int:
    return column_number(name) if _COLUMN.fullmatch(name) else 0
