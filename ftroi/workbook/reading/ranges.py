"""Reading lows and highs that are formulas of the base: they are computed by their rule, ignoring cached values.

A script that changes a base leaves outdated or no cached values in these cells; the rule needs only values of the same
row. A value typed over the formula is read like any other input.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ftroi.plan.ranges import travelled_end
from ftroi.termsheet import Assumption
from ftroi.workbook.schema import HIGH_THERE, LOW_THERE, RANGE_AT
from ftroi.workbook.xlsx.cells import Cell

Beside = Mapping[str, Mapping[str, Cell]]
"""The cells right of FT_Inputs: by the address of their row's first cell, then by header."""

RANGE_HEADERS = (RANGE_AT, LOW_THERE, HIGH_THERE)
"""The headers right of FT_Inputs under which a range was stated."""

_THERE = {"low": LOW_THERE, "high": HIGH_THERE}


def end_cell(one: Assumption, cells: Mapping[str, Cell], beside: Mapping[str, Cell], which: str) -> Cell | None:
    """The cell of "low" or "high", with its figure by the rule where its formula is the one that follows the base.

    None where it follows a base that is no number: the base alone is to be told.
    """
    cell, stated = cells[which], beside.get(RANGE_AT)
    if stated is None or not _plain(cell.formula).startswith(f"IF({cells['base'].address}={stated.address},"):
        return cell
    base, at, end = (_number(found) for found in (cells["base"], stated, beside.get(_THERE[which])))
    if base is None:
        return None
    if at is None or end is None:
        return cell
    return replace(cell, value=travelled_end(one.table, which, base, at, end), is_error=False)


def _plain(formula: str) -> str:
    """A formula without what a program may put around its references."""
    return formula.replace("$", "").replace(" ", "")


def _number(cell: Cell | None) -> float | None:
    """The number in a cell; None for anything else."""
    value = None if cell is None else cell.value
    return float(value) if isinstance(value, float | int) and not isinstance(value, bool) else None
