"""Reading the scenarios of one's own from the sheet Scenarios; what is wrong with one is told where it is computed."""

from __future__ import annotations

from ftroi.plan import NamedScenario
from ftroi.workbook.reading.cell_values import words_of
from ftroi.workbook.schema import SCENARIOS
from ftroi.workbook.xlsx.cells import Sheets


def read_scenarios(sheets: Sheets) -> tuple[NamedScenario, ...]:
    """The rows of FT_Scenarios in which anything is typed: name and changes."""
    area = sheets.area_named(SCENARIOS) if SCENARIOS in sheets.names else None
    if area is None or not sheets.has_sheet(area.sheet):
        return ()
    rows = [[words_of(cell).strip() for cell in row[:2]] for row in sheets.cells(area)]
    return tuple(NamedScenario(*row) for row in rows if len(row) > 1 and any(row))
