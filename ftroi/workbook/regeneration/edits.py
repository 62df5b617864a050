"""Finding edited formulas, by comparing a workbook with the one that the writer would write.

Formulas are compared in relative notation, so that it does not matter how the program that saved the workbook groups
shared formulas, nor how it writes spaces and quotes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ftroi.workbook.reading.priced import is_priced
from ftroi.workbook.xlsx.addresses import address
from ftroi.workbook.xlsx.stored_cells import Place, RawCell, RawSheet, relative

Expected = Mapping[Place, str]
"""The cells that the writer fills: a formula with its "=", or "" for anything else."""


Fills = Mapping[Place, Place]
"""Of formulas that the writer fills to the right of another: the place of that one, the first's own as well."""

PUT_IN = "(a row was put in here)"
"""What stands in an edit for a row that is not the template's."""


_NO_FILLS: Fills = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Edit:
    """Cells of one row that hold something else than the template's formula.

    ``was`` is what the first cell of the run holds, a formula with its "="; ``now`` what the writer
    writes there, "" where it writes nothing.
    """

    sheet: str
    cells: str
    was: str
    now: str

    def __str__(self) -> str:
        """The place with what it holds and should hold."""
        instead = f" in place of {_short(self.now)}" if self.now else ""
        return f"{self.sheet}!{self.cells}: {_short(self.was)}{instead}"


def edits_of(sheet: RawSheet, expected: Expected, fills: Fills = _NO_FILLS) -> list[Edit]:
    """The edits of one sheet, neighbours of a row with the same formula as one."""
    others = (
        (place, cell) for place, cell in sheet.cells.items() if not _is_filled(sheet, place, cell, expected, fills)
    )
    found = {place: cell for place, cell in others if _differs(sheet, place, cell, expected)}
    gone = {place: RawCell() for place, formula in expected.items() if formula and place not in sheet.cells}
    return list(_runs(sheet, {**found, **gone}, expected))


def _is_filled(sheet: RawSheet, place: Place, cell: RawCell, expected: Expected, fills: Fills) -> bool:
    """Say whether a cell is filled from the same cell as in the fresh sheet, and that one holds the same formula."""
    if cell.group is None or cell.formula:
        return False
    first = sheet.masters.get(cell.group)
    return first is not None and fills.get(place) == first and expected[first] == f"={sheet.cells[first].formula}"


def _differs(sheet: RawSheet, place: Place, cell: RawCell, expected: Expected) -> bool:
    """Say whether a cell is not what the writer writes; figures and texts are inputs or labels, not formulas."""
    wanted = expected.get(place)
    if not wanted:
        is_input = wanted == "" and cell.is_formula and is_priced(sheet.text_of(place, cell))
        return (cell.is_formula and not is_input) or (wanted is None and cell.value not in (None, ""))
    if not cell.is_formula:
        return True
    return not sheet.has_formula(place, cell, wanted)


def _runs(sheet: RawSheet, found: Mapping[Place, RawCell], expected: Expected) -> Iterator[Edit]:
    run: list[Place] = []
    last: tuple[str, str] | None = None
    for place in sorted(found):
        alike = (_form(sheet, place, found[place]), relative(expected.get(place, ""), *place))
        follows = bool(run) and place == (run[-1][0], run[-1][1] + 1)
        if run and not (follows and alike == last):
            yield _edit(sheet, run, found, expected)
            run = []
        run.append(place)
        last = alike
    if run:
        yield _edit(sheet, run, found, expected)


def _form(sheet: RawSheet, place: Place, cell: RawCell) -> str:
    return sheet.relative_form(place, cell) if cell.is_formula else f"value {cell.value}"


def _edit(sheet: RawSheet, run: list[Place], found: Mapping[Place, RawCell], expected: Expected) -> Edit:
    first, last = run[0], run[-1]
    cells = address(*first) if first == last else f"{address(*first)}:{address(*last)}"
    return Edit(sheet.name, cells, sheet.text_of(first, found[first]), expected.get(first, ""))


def deviations(sheets: Iterable[RawSheet]) -> list[Edit]:
    """The formulas that differ from those of the same place on most of the sheets, which are alike.

    Of a workbook whose own template is not at hand this is all that can be told: the formulas of an
    option's sheet are the same on every option's sheet.
    """
    among = list(sheets)
    usual = {place: _usual(place, among) for place in sorted({place for sheet in among for place in sheet.cells})}
    expected = {place: formula for place, formula in usual.items() if formula}
    return [edit for sheet in among for edit in _deviating(sheet, expected)]


def _deviating(sheet: RawSheet, expected: Expected) -> Iterator[Edit]:
    formulas = {place: cell for place, cell in sheet.cells.items() if cell.is_formula or place in expected}
    yield from edits_of(RawSheet(sheet.name, formulas, sheet.masters), expected)


def _usual(place: Place, sheets: list[RawSheet]) -> str:
    """The formula that most sheets have at a place, "" where most have none."""
    texts: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for sheet in sheets:
        cell = sheet.cells.get(place)
        form = sheet.relative_form(place, cell) if cell is not None and cell.is_formula else ""
        counts[form] += 1
        if form and cell is not None and form not in texts:
            texts[form] = sheet.text_of(place, cell)
    return texts.get(counts.most_common(1)[0][0], "")


_LONGEST = 60


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."
