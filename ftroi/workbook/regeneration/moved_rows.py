"""Inserted and deleted rows, and the formulas to expect after them.

A spreadsheet adjusts all references when a row is inserted; compared by address, all formulas below, and all that refer
to them, would count as edited. So rows are matched by the columns in which they have formulas, and the expected
formulas are adjusted in the same way: only the inserted row is reported.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from ftroi.workbook.xlsx.stored_cells import Place, RawSheet

_STRING = re.compile(r"(\"(?:[^\"]|\"\")*\")")
_REFERENCE = re.compile(
    r"(?<![A-Za-z0-9_.$!])(?:('(?:[^']|'')+'|[A-Za-z_][A-Za-z0-9_.]*)!)?"
    r"(\$?[A-Z]{1,3}\$?)([0-9]{1,7})(?::(\$?[A-Z]{1,3}\$?)([0-9]{1,7}))?(?![A-Za-z0-9_.(])"
)


class Rows:
    """Where the rows of a sheet stand now, counted from 0."""

    def __init__(self, sheet: RawSheet, expected: Mapping[Place, str]) -> None:
        """Match the rows that are expected with those that are there."""
        wanted = _columns((place, bool(text)) for place, text in expected.items())
        found = _columns((place, cell.is_formula) for place, cell in sheet.cells.items())
        self._first: list[int] = []
        self._offsets: list[int] = []
        self.put_in: list[int] = []
        for tag, one, _, other, end in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
            if tag == "equal" and (not self._offsets or self._offsets[-1] != other - one):
                self._first.append(one)
                self._offsets.append(other - one)
            elif tag == "insert" and end < len(found):
                self.put_in.extend(range(other, end))

    @property
    def have_moved(self) -> bool:
        """Say whether a row stands elsewhere than it was written."""
        return any(self._offsets)

    def now(self, row: int) -> int:
        """The present place of a row."""
        block = bisect_right(self._first, row) - 1
        return row + (self._offsets[block] if block >= 0 else 0)


def _columns(cells: Iterator[tuple[Place, bool]]) -> list[tuple[int, ...] | None]:
    """The columns of each row that have formulas, from the first row to the last; None for an empty row."""
    rows: dict[int, list[int]] = {}
    for (row, column), is_formula in cells:
        rows.setdefault(row, []).extend([column] if is_formula else [])
    return [tuple(sorted(rows[row])) if row in rows else None for row in range(max(rows, default=-1) + 1)]


def moved(sheet: str, expected: Mapping[Place, str], rows: Mapping[str, Rows]) -> dict[Place, str]:
    """What is expected on a sheet once its rows, and those that its formulas look at, have moved."""
    own = rows.get(sheet)
    return {
        (own.now(row) if own else row, column): _moved_text(sheet, text, rows)
        for (row, column), text in expected.items()
    }


def _moved_text(sheet: str, formula: str, rows: Mapping[str, Rows]) -> str:
    def spelt(match: re.Match[str]) -> str:
        named, first, top, last, bottom = match.groups()
        there = rows.get(named.strip("'").replace("''", "'") if named else sheet)
        if there is None:
            return match[0]
        end = f":{last}{there.now(int(bottom) - 1) + 1}" if last else ""
        return f"{f'{named}!' if named else ''}{first}{there.now(int(top) - 1) + 1}{end}"

    pieces = _STRING.split(formula)
    return "".join(piece if number % 2 else _REFERENCE.sub(spelt, piece) for number, piece in enumerate(pieces))
