"""The user's own sheets: what a regenerated workbook can keep of them, and keeping it.

Everything that openpyxl supports is kept (``sheet_copy``). What it does not support (``losses``), and references to
cells that no longer exist or have moved (``looked_at``), are reported in advance.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from ftroi.errors import WorkbookError
from ftroi.workbook.regeneration.looked_at import Look, Moves, Surroundings, looks_of, lost_sight
from ftroi.workbook.regeneration.losses import descriptions, losses
from ftroi.workbook.regeneration.sheet_copy import Source, copy_sheet
from ftroi.workbook.xlsx.file import File
from ftroi.workbook.xlsx.package_parts import Parts
from ftroi.workbook.xlsx.xml_tree import Element

_EMPTY_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
_CHART_SHEET = re.compile(rb"<(\w+:)?(chart|dialog)sheet\b")
_MERGED = re.compile(rb"<(\w+:)?mergeCells\b.*?</(\w+:)?mergeCells>", re.DOTALL)
_OURS, _NAMES = ("FT_", "_xlnm."), ("start_date",)
"""How the names of ours begin that are no assumption's, and those that begin otherwise."""

_MOST_PLACES = 8
"""Cells that are told of one kind of thing; further ones are counted."""


class OwnSheets:
    """The user's own sheets of one workbook."""

    def __init__(self, path: Path, parts: Parts, names: Iterable[str]) -> None:
        """Hold the sheets of these names; they are read when they are asked for."""
        self._path = path
        self._parts = parts
        self.names = tuple(names)

    def not_kept(self, around: Surroundings) -> list[str]:
        """Say what cannot be kept, one sentence for each kind of thing."""
        moves = Moves(self._parts, around)
        told = [one for name in self.names for one in self._not_kept(name, around, moves)]
        return [*told, *self._names_not_kept(around, moves)]

    def _not_kept(self, name: str, around: Surroundings, moves: Moves) -> Iterator[str]:
        if around.takes(name):
            yield f"{name}: the template makes a sheet of this name; rename yours first, and it is kept"
            return
        root = self._root(name)
        if root is None:
            yield f"{name}: the whole sheet, which is none of cells, or larger than any that is copied"
            return
        if lost := losses(self._parts, name, root):
            yield f"{name}: {', '.join(lost)}"
        if any(str(element.get("t")) == "dataTable" for element in root.iterfind("{*}sheetData/{*}row/{*}c/{*}f")):
            yield f"{name}: what-if data tables (their values stay)"
        yield from (f"{name}: {one}" for one in self._looks(list(looks_of(self._parts, name, root)), around, moves))

    def _looks(self, looks: list[Look], around: Surroundings, moves: Moves) -> Iterator[str]:
        """Say of formulas what they no longer see, and what they would see instead of what they did."""
        blind: dict[str, list[str]] = {}
        astray = []
        for look in looks:
            if gone := lost_sight(look.formula, around, self.names):
                blind.setdefault(gone, []).append(look.place)
            else:
                astray += [f"{look.place} looks at {cells}" for cells in moves.of(look.formula)]
        for gone, places in sorted(blind.items()):
            yield f"formulas that look at {gone} (cells keep their values, rules and charts go): {_listed(places)}"
        if astray:
            yield f"other figures stand where its formulas look, so point them there anew: {_listed(astray)}"

    def _names_not_kept(self, around: Surroundings, moves: Moves) -> Iterator[str]:
        for name, text in self._own_names(around):
            if gone := lost_sight(text, around, self.names):
                yield f"the name {name}, which looks at {gone}"
            elif moved := moves.of(text):
                yield f"other figures stand where the name {name} looks: {_listed(moved)}"

    def _own_names(self, around: Surroundings) -> Iterator[tuple[str, str]]:
        """The workbook's names that a person has given."""
        template = around.book.plan.template
        ours = {*map(str.lower, (*template.assumptions, *template.retired)), *(one.lower() for one in _NAMES)}
        for name, text in self._parts.names.items():
            if name.lower() not in ours and not name.startswith(_OURS) and "#REF!" not in text:
                yield name, text

    def write(self, file: File, around: Surroundings) -> None:
        """Write the sheets after those of a workbook in the making."""
        roots = {name: root for name in self.names if not around.takes(name) and (root := self._root(name)) is not None}
        self._keep_names(file, around, list(roots))
        if not roots:
            return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl leaves out has been told
            old = load_workbook(BytesIO(self._slim(list(roots))))
        for name, root in roots.items():
            merged = [str(one.get("ref")) for one in root.iterfind("{*}mergeCells/{*}mergeCell")]
            source = Source(old[name], self._parts.computed(name), merged, descriptions(self._parts, name))
            copy_sheet(source, file, lambda formula: not lost_sight(formula, around, roots))

    def _root(self, name: str) -> Element | None:
        """The XML of a sheet with cells; None for a chart on a sheet of its own, or for one that is too large."""
        try:
            root = self._parts.raw(name)
        except WorkbookError:
            return None
        return root if str(root.tag).endswith("}worksheet") else None

    def _slim(self, names: list[str]) -> bytes:
        """The workbook without the cells of its other sheets, and without merged cells: openpyxl makes each of them."""
        kept = {self._parts.sheet_parts[name] for name in names}
        others = {*self._parts.sheet_parts.values()} - kept
        emptied = {other for other in others if not _CHART_SHEET.search(self._parts.content(other) or b"")}
        relations = {f"{part.rpartition('/')[0]}/_rels/{part.rpartition('/')[2]}.rels" for part in emptied}
        stream = BytesIO()
        with zipfile.ZipFile(self._path) as old, zipfile.ZipFile(stream, "w") as new:
            for part in old.namelist():
                if part not in relations:
                    content = old.read(part)
                    content = (
                        _EMPTY_SHEET if part in emptied else _MERGED.sub(b"", content) if part in kept else content
                    )
                    new.writestr(part, content)
        return stream.getvalue()

    def _keep_names(self, file: File, around: Surroundings, names: list[str]) -> None:
        """Keep the names that a person has given and that point at something."""
        for name, text in self._own_names(around):
            if not lost_sight(text, around, names):
                file.define_name(name, text)


def _listed(places: list[str]) -> str:
    more = len(places) - _MOST_PLACES
    return ", ".join(places[:_MOST_PLACES]) + (f" and {more:,} more" if more > 0 else "")
