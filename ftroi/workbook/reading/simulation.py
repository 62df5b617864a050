"""Reading the results of the last simulation from the sheet Risk.

They are computed and not typed, so that nothing here is a finding: values that cannot be read count as missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ftroi.plan.simulated import Figure, Simulated, Stamp
from ftroi.workbook.schema import RISK_FIGURES, STAMP, STAMPS
from ftroi.workbook.xlsx.cells import Cell, Sheets

_NAME, _UNIT, _FIRST = 0, 1, 2
"""The columns of FT_Risk: a figure's name, its unit, and the first option's."""


def read_risk(sheets: Sheets) -> Simulated | None:
    """The figures of FT_Risk with their stamp; None where there is none that can be told."""
    area = sheets.area_named(RISK_FIGURES) if RISK_FIGURES in sheets.names else None
    if area is None or not sheets.has_sheet(area.sheet):
        return None
    ids, *rows = sheets.cells(area)
    cells = {str(row[_NAME].value): row for row in rows if row[_NAME].value is not None}
    stamp = _stamp({name: _figure(cells[STAMP + name][_FIRST]) for name in STAMPS if STAMP + name in cells})
    if stamp is None:
        return None
    options = {
        str(cell.value): column for column, cell in enumerate(ids) if column >= _FIRST and cell.value is not None
    }
    figures = {name: _by_option(row, options) for name, row in cells.items() if not name.startswith(STAMP)}
    return Simulated(stamp, figures)


def _by_option(row: Sequence[Cell], options: Mapping[str, int]) -> dict[str, Figure]:
    return {option: _figure(row[column]) for option, column in options.items()}


def _figure(cell: Cell) -> Figure:
    if cell.is_error or cell.is_empty or isinstance(cell.value, bool):
        return None
    return cell.value


def _stamp(found: Mapping[str, Figure]) -> Stamp | None:
    """The stamp, or None where a part of it is missing or no such thing."""
    draws, seed = found.get("draws"), found.get("seed")
    texts = [found.get(name) for name in ("method", "version", "template", "made", "digest")]
    if not isinstance(draws, float) or not isinstance(seed, float) or not all(isinstance(text, str) for text in texts):
        return None
    method, version, template, made, digest = (str(text) for text in texts)
    amounts = (found.get(name) for name in ("budget", "fingerprint"))
    budget, print_ = (amount if isinstance(amount, float) else None for amount in amounts)
    return Stamp(int(draws), int(seed), method, version, template, made, digest, budget, print_)
