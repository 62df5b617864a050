"""Detecting values typed over computed (live) cells, which no function reads: they would be ignored silently."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from ftroi.errors import Finding
from ftroi.plan.resolve import in_force
from ftroi.workbook.reading.assumptions import known_rows
from ftroi.workbook.reading.blocks import Notebook
from ftroi.workbook.reading.plan import PlanCells
from ftroi.workbook.xlsx.cells import Cell

RELATIVE_TOLERANCE = 1e-9
"""The relative difference that is allowed between a spreadsheet's value and the engine's."""


def typed_over(found: PlanCells, notes: Notebook) -> Iterator[Finding]:
    """Findings on live cells whose value differs from that of the entries, for the option and case shown.

    Blank cells and errors are ignored, as the spreadsheet may not have computed them yet.
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
    return not (
        isinstance(cell.value, float)
        and isclose(cell.value, value, rel_tol=RELATIVE_TOLERANCE, abs_tol=RELATIVE_TOLERANCE * RELATIVE_TOLERANCE)
    )


def _shown(cell: Cell) -> str:
    return f"{cell.value:.10g}" if isinstance(cell.value, float) else f"'{cell.value}'"
