"""The user's own sheets: what of them a fresh workbook can keep, and keeping it.

Values, formulas with their last values, basic formats, widths, merged cells and frozen panes are
kept. What is not is told beforehand.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

from ftroi.workbook.regeneration.sheet_copy import copy_sheet
from ftroi.workbook.xlsx.file import File
from ftroi.workbook.xlsx.package_parts import Element, Parts

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

    def write(self, file: File, around: Surroundings) -> None:
        """Write the sheets after those of a workbook in the making."""
        names = [name for name in self.names if not around.takes(name)]
        if not names:
            return
        slim = self._slim()
        formulas, values = load_workbook(BytesIO(slim)), load_workbook(BytesIO(slim), data_only=True)
        for name in names:
            copy_sheet(formulas[name], values[name], file, lambda formula: _may_stay(formula, around, names))
        self._keep_names(file, formulas)

    def _slim(self) -> bytes:
        """The workbook without the cells of its other sheets, which are many."""
        emptied = {part for name, part in self._parts.sheet_parts.items() if name not in self.names}
        relations = {f"{part.rpartition('/')[0]}/_rels/{part.rpartition('/')[2]}.rels" for part in emptied}
        stream = BytesIO()
        with zipfile.ZipFile(self._path) as old, zipfile.ZipFile(stream, "w") as new:
            for part in old.namelist():
                if part not in relations:
                    new.writestr(part, _EMPTY_SHEET if part in emptied else old.read(part))
        return stream.getvalue()

    def _keep_names(self, file: File, old: Workbook) -> None:
        """Keep names that point at the kept sheets."""
        for name, defined in old.defined_names.items():
            text = str(defined.attr_text or "")
            sheets = _sheets_in(text)
            if sheets and sheets <= set(self.names):
                file.define_name(name, text)


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


def _may_stay(formula: str, around: Surroundings, own: Iterable[str]) -> bool:
    return not _trouble(formula, around, own).endswith("(their values stay)")
