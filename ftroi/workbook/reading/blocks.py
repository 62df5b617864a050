"""The rectangle FT_Inputs as saved: found by its name, cut into its blocks, headers read by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from ftroi.errors import Finding, WorkbookError
from ftroi.language import did_you_mean
from ftroi.workbook.reading.cell_values import UnreadableError
from ftroi.workbook.schema import (
    ASSUMPTION,
    GATE,
    INPUTS,
    MARKS,
    OWN_COST,
    OWN_FORMULA,
    OWN_FORMULA_HEADERS,
    SETTING,
    TYPED_GATE_HEADERS,
)
from ftroi.workbook.xlsx.cells import Cell

_Value = TypeVar("_Value")

NAME_MANAGER = "in Excel: Formulas > Name Manager; in LibreOffice: Sheet > Named Ranges > Manage"
"""Where a person defines names."""

_WANTED = {
    SETTING: (SETTING, "value"),
    ASSUMPTION: (ASSUMPTION, "live", "base", "low", "high", "distribution", "unit"),
    GATE: (GATE, *TYPED_GATE_HEADERS),
    OWN_COST: (OWN_COST, "label", "option", "category", "nature", "first_month", "last_month", "amount", "growth"),
    OWN_FORMULA: OWN_FORMULA_HEADERS,
}
"""The headers that a block cannot do without."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a block: its key, in the first cell, and its cells by header."""

    key: str
    first: Cell
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its headers as cells, in order, its rows that have a key, and the cells of the others by header.

    ``top`` is its whole first row.
    """

    headers: Mapping[str, Cell]
    rows: tuple[Row, ...]
    keyless: tuple[Mapping[str, Cell], ...] = ()
    top: tuple[Cell, ...] = ()

    def nameless(self, before: str, after: str) -> list[Cell]:
        """Cells of the first row between two headers that are empty; none where one of the two is missing."""
        addresses = [cell.address for cell in self.top]
        if before not in self.headers or after not in self.headers:
            return []
        first, last = (addresses.index(self.headers[one].address) for one in (before, after))
        return [cell for cell in self.top[first + 1 : last] if cell.value is None or not str(cell.value).strip()]


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between the present template and that of the workbook.

    ``kind`` is added, renamed, removed (an assumption), unit (its figure has another meaning now), option (removed)
    or figure (a measure of an option, as it was saved and as the present template computes it). ``was`` and ``now``
    tell the name or the figures there and here.
    """

    kind: str
    name: str
    was: str = ""
    now: str = ""


@dataclass
class Notebook:
    """What is found while a workbook is read, with the cell of every input for later findings.

    ``places`` leads from what a plan's own checks call an input to its cell. In a renewal, what
    differs from the present template is a change and no finding.
    """

    sheet: str
    findings: list[Finding] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    is_renewal: bool = False
    changes: list[Change] = field(default_factory=list)
    joint: str = "!"
    """What stands between the sheet and the address of a cell."""

    def about(self, sheet: str) -> Notebook:
        """An empty notebook for another sheet."""
        return Notebook(sheet, joint=self.joint)

    def where(self, cell: Cell, name: str) -> str:
        """A cell with its sheet and what it holds, for a message."""
        return f"{self.sheet}{self.joint}{cell.address} ({name})"

    def find(self, cell: Cell, name: str, what: str, cure: str) -> None:
        """Add a finding about a cell."""
        self.findings.append(Finding(self.where(cell, name), what, cure))

    def warn(self, cell: Cell, name: str, what: str, cure: str) -> None:
        """Add a warning about a cell."""
        self.warnings.append(Finding(self.where(cell, name), what, cure))

    def take(self, read: Callable[[Cell], _Value], cell: Cell, name: str) -> _Value | None:
        """Read a cell; where it cannot be read, add the finding and give None."""
        self.places[name] = self.where(cell, name)
        try:
            return read(cell)
        except UnreadableError as error:
            self.find(cell, name, error.what, error.cure)
            return None


def cut_into_blocks(where: str, rows: list[list[Cell]], notes: Notebook) -> dict[str, Block]:
    """Cut the rows of FT_Inputs at the marks; the block of own formulas may be missing.

    ``where`` tells what is read, for a message. Raises WorkbookError, with all findings, where a
    block or one of its headers is missing.
    """
    starts = {str(row[0].value): place for place, row in enumerate(rows) if row[0].value in (*MARKS, OWN_FORMULA)}
    missing = [mark for mark in MARKS if mark not in starts]
    if missing:
        cure = f"point the name {INPUTS} at all of the inputs ({NAME_MANAGER}), or write the header again"
        what = f"{INPUTS} has no row that starts with "
        raise WorkbookError(*(Finding(where, f"{what}'{mark}'", cure) for mark in missing))
    ends = sorted((*starts.values(), len(rows)))
    blocks = {}
    for mark, start in starts.items():
        end = ends[ends.index(start) + 1]
        blocks[mark] = read_block(mark, rows[start:end], notes)
    if notes.findings:
        raise WorkbookError(*notes.findings)
    return blocks


def read_block(mark: str, rows: list[list[Cell]], notes: Notebook) -> Block:
    """Read a table by its first row, the headers; one that is missing is a finding."""
    headers: dict[str, int] = {}
    for column, cell in enumerate(rows[0]):
        name = cell.value if isinstance(cell.value, str) else ""
        if name in headers:
            notes.find(cell, name, "stands twice among the headers", "remove one of the two columns")
        elif name:
            headers[name] = column
    for name in _WANTED[mark]:
        if name not in headers:
            cure = did_you_mean(name, headers) or "write it again where it was"
            notes.find(rows[0][0], mark, f"the header '{name}' is missing in this row", cure)
    return Block(
        headers={name: rows[0][column] for name, column in headers.items()},
        rows=tuple(_rows(rows[1:], headers)),
        keyless=tuple(_by_header(row, headers) for row in rows[1:] if row[0].is_empty),
        top=tuple(rows[0]),
    )


def _rows(rows: list[list[Cell]], headers: Mapping[str, int]) -> Iterator[Row]:
    """The rows with a key; those without are headings and spaces."""
    for row in rows:
        if not row[0].is_empty:
            key = f"{row[0].value:g}" if isinstance(row[0].value, float) else str(row[0].value)
            yield Row(key, row[0], _by_header(row, headers))


def _by_header(row: list[Cell], headers: Mapping[str, int]) -> dict[str, Cell]:
    return {name: row[column] for name, column in headers.items()}


def by_key(block: Block, notes: Notebook) -> dict[str, Row]:
    """A block's rows by their keys; one that stands twice is a finding."""
    found: dict[str, Row] = {}
    for row in block.rows:
        if row.key in found:
            what = f"stands twice, here and in {found[row.key].first.address}"
            notes.find(row.first, row.key, what, "remove one of the two rows")
        else:
            found[row.key] = row
    return found
