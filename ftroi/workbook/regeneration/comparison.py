"""A workbook's formulas beside those of the fresh one that its plan gives: which of them a person edited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ftroi.plan import Plan
from ftroi.termsheet import Template
from ftroi.workbook.context import Book
from ftroi.workbook.layout.workbook import SOURCES
from ftroi.workbook.reading.file import Reading
from ftroi.workbook.regeneration.edits import PUT_IN, Edit, Expected, Fills, deviations, edits_of
from ftroi.workbook.regeneration.kept_formulas import ReadBack, read_back
from ftroi.workbook.regeneration.moved_rows import Rows, moved
from ftroi.workbook.schema import INPUTS_SHEET, REMARK_HEADERS
from ftroi.workbook.sheets.registry import SHEETS
from ftroi.workbook.sheets.sources import beside_own_values
from ftroi.workbook.write import (
    FORMULAS,
    Place,
    alike_options,
    filled_book,
    filled_to_the_right,
    fingerprint,
    written_cells,
)
from ftroi.workbook.xlsx.addresses import letters, prefix
from ftroi.workbook.xlsx.file import File
from ftroi.workbook.xlsx.gc_pause import no_collection
from ftroi.workbook.xlsx.package_parts import OPTION_ID, Parts, open_parts
from ftroi.workbook.xlsx.stored_cells import read_raw


@dataclass(frozen=True, slots=True)
class Comparison:
    """The edits of a workbook.

    ``is_exact`` says whether they were found by comparing with the very formulas of the template, ``remark`` what is
    to be said of the comparison.
    """

    edits: tuple[Edit, ...]
    is_exact: bool = True
    remark: str = ""

    def read_back(self, parts: Parts, plan: Plan) -> ReadBack:
        """The edits that can be computed, in the plan that was read, and those that cannot."""
        return read_back(parts, plan, self.edits) if self.is_exact else ReadBack(plan, others=self.edits)


@no_collection()
def find_edits(path: Path, reading: Reading) -> tuple[ReadBack, str]:
    """The edited formulas of a workbook, the plan that computes those that can be, and a remark on the comparison."""
    with open_parts(path) as parts:
        plan = reading.plan
        filled = [*alike_options(plan)[:1], *plan.template.own_formulas]
        compared = compare(parts, filled_book(plan, File(), None, filled), reading.version)
        return compared.read_back(parts, plan), compared.remark


def compare(parts: Parts, book: Book, version: str) -> Comparison:
    """Compare a workbook with the fresh one of its plan; ``version`` is the template's that it was made with."""
    plan, expected = book.plan, written_cells(book)
    is_marked, is_same = FORMULAS in parts.comment, version in ("", plan.template.version)
    if f"{FORMULAS}{fingerprint(expected)}" not in parts.comment and (is_marked or not is_same):
        edits = deviations(read_raw(parts, name) for name in parts.option_sheets)
        return Comparison(tuple(edits), is_exact=False, remark=_OTHER_EDITION if is_same else "")
    expected[INPUTS_SHEET] = dict.fromkeys(_beside(book), "") | expected[INPUTS_SHEET]
    renamed = _renamed(parts, book)
    fills = {} if renamed else filled_to_the_right(book)
    found = _exact_edits(parts, _as_titled(expected, renamed), fills, plan.template)
    inputs = renamed.get(INPUTS_SHEET, INPUTS_SHEET)
    edits = [one for one in found if not _is_typed_end(one, book, inputs)]
    return Comparison(tuple(edits), remark="" if is_marked else _NO_MARK)


def _renamed(parts: Parts, book: Book) -> dict[str, str]:
    """The present titles of our sheets whose tabs somebody renamed, by the titles that they are written with."""
    marked = ((sheet.name, parts.area_named(sheet.mark)) for sheet in SHEETS if sheet.mark)
    titles = {name: area.sheet for name, area in marked if area is not None}
    names = book.layout.sheets
    for sheet in parts.option_sheets:
        cell = parts.named_cell(sheet, OPTION_ID)
        if cell is not None and cell.value in names:
            titles.setdefault(names[str(cell.value)], sheet)
    return {was: now for was, now in titles.items() if was != now and not parts.has_sheet(was)}


def _as_titled(expected: Mapping[str, Expected], renamed: Mapping[str, str]) -> Mapping[str, Expected]:
    """What is expected of the sheets as their tabs are called now."""
    if not renamed:
        return expected
    spelt = {prefix(was): prefix(now) for was, now in renamed.items()}
    mentioned = re.compile("|".join(rf"(?<![\w.'\"]){re.escape(one)}" for one in spelt))
    tables = {id(cells): cells for cells in expected.values()}  # options' sheets share one table
    told = {
        key: {place: mentioned.sub(lambda one: spelt[one[0]], formula) for place, formula in cells.items()}
        for key, cells in tables.items()
    }
    return {renamed.get(sheet, sheet): told[id(cells)] for sheet, cells in expected.items()}


_OTHER_EDITION = (
    "its formulas are those of another edition of this version of the template, or of ftroi: "
    "only options' sheets were compared with each other"
)
_NO_MARK = "the mark in the file's properties is gone: it was compared with the formulas of today's template"

_MANY = 40
"""Edits from which on it is asked whether rows were put in or taken out."""


def _is_typed_end(edit: Edit, book: Book, inputs: str) -> bool:
    """Say whether an edit is a low or a high that a person typed over the formula that follows the base."""
    columns = book.layout.assumptions.columns
    ends = {letters(columns[one]) for one in ("low", "high")}
    return (
        edit.sheet == inputs
        and edit.was[:1] not in ("", "=")
        and edit.now.startswith("=IF(")
        and {cell.rstrip("0123456789") for cell in edit.cells.split(":")} <= ends
    )


def _exact_edits(
    parts: Parts, expected: Mapping[str, Expected], fills: Mapping[str, Fills], template: Template
) -> list[Edit]:  # fmt: skip
    """The edits of every sheet; where rows have moved, as seen from where they stand now."""
    plain = list(_compared(parts, expected, fills, template))
    if len(plain) < _MANY:
        return plain
    raw = {sheet: read_raw(parts, sheet) for sheet in expected if parts.has_sheet(sheet)}
    rows = {sheet: Rows(cells, expected[sheet]) for sheet, cells in raw.items()}
    rows = {sheet: one for sheet, one in rows.items() if one.have_moved}
    if not rows:
        return plain
    put_in = [Edit(sheet, f"{row + 1}:{row + 1}", PUT_IN, "") for sheet, one in rows.items() for row in one.put_in]
    there = {sheet: moved(sheet, cells, rows) for sheet, cells in expected.items()}
    aligned = [*put_in, *_compared(parts, there, {}, template)]
    return min(aligned, plain, key=len)


def _compared(
    parts: Parts, expected: Mapping[str, Expected], fills: Mapping[str, Fills], template: Template
) -> Iterator[Edit]:  # fmt: skip
    """The edits of every sheet; an option's sheet that reads as one without any is not compared again."""
    unedited: set[bytes] = set()
    for sheet in (one for one in expected if parts.has_sheet(one)):
        outline = parts.outline(sheet) if sheet in parts.option_sheets else b""
        if outline and outline in unedited:
            continue
        raw = read_raw(parts, sheet)
        raw = beside_own_values(raw, template) if sheet == SOURCES else raw
        edits = edits_of(raw, expected[sheet], fills.get(sheet, {}))
        yield from edits
        if not edits and raw.cells.keys() <= expected[sheet].keys():  # an empty text elsewhere could be another's text
            unedited.add(outline)


def _beside(book: Book) -> Iterator[Place]:
    """The cells beside the assumptions, whose texts and dates are remarks, or a source of a figure that was."""
    sheet = book.layout.assumptions
    yield from ((row, sheet.outside[header]) for row in sheet.rows.values() for header in REMARK_HEADERS)
