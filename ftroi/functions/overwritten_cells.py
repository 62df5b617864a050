"""Figures typed over live ones, which are computed: noticed, because no function reads them."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from ftroi.errors import Finding
from ftroi.plan.resolve import in_force
from ftroi.workbook.reading.assumptions import known_rows
from ftroi.workbook.reading.blocks import Notebook
from ftroi.workbook.reading.plan import PlanCells
from ftroi.workbook.xlsx.cells import Cell

CLOSE = 1e-9
"""How far, of its size, a spreadsheet's own figure may be from the engine's."""


def typed_over(found: PlanCells, notes: Notebook) -> Iterator[Finding]:
    """Tell of each live cell that holds another figure than what was typed gives, in the option and case shown.

    Blank cells and errors are left alone: a spreadsheet may not have computed them yet.
    """
    plan = found.plan
    settings = plan.settings
    rows = known_rows(plan.template, {row.key: row for row in found.assumptions.rows})
    for name, row in rows.items():
        cell = row.cells["live"]
        value = in_force(plan, name, settings.option, settings.case)
        offset = found.settings.days_offset if plan.template.assumptions[name].table.unit == "date" else 0
        if _is_other(cell, value - offset):
            what = f"its live cell holds {_shown(cell)} where what was typed gives {value - offset:.10g}"
            cure = "put its formula back ('ftroi regenerate' does), and type the figure into the column base"
            yield Finding(notes.where(cell, name), what, cure)


def _is_other(cell: Cell, value: float) -> bool:
    if cell.is_empty or cell.is_error:
        return False
    return not (isinstance(cell.value, float) and isclose(cell.value, value, rel_tol=CLOSE, abs_tol=CLOSE * CLOSE))


def _shown(cell: Cell) -> str:
    return f"{cell.value:.10g}" if isinstance(cell.value, float) else f"'{cell.value}'"
