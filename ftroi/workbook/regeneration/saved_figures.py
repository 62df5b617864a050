"""The figures that a workbook was saved with, beside those that the engine computes from the same inputs."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose
from pathlib import Path

from ftroi.engine import Results
from ftroi.errors import Finding
from ftroi.workbook.reading.file import Reading
from ftroi.workbook.xlsx.package_parts import OPTION_ID, Parts, open_parts

_CENT, _CLOSE = 0.01, 1e-9


def differing_figures(parts: Parts, results: Results) -> Iterator[Finding]:
    """Find figures of options' sheets that are not the engine's, to the cent or the ninth digit.

    Whatever the reason, sheet and engine would say different things. A figure that was never computed is left out.
    """
    roles = results.template.views.roles
    compared = [name for name in (roles.cost, roles.gain) if name]  # each option's sheet has a cell of this name
    for sheet in parts.option_sheets:
        option = parts.named_cell(sheet, OPTION_ID)
        if option is None or option.value not in results.options:
            continue
        for name in compared:
            cell, computed = parts.named_cell(sheet, name), results.measure(name, str(option.value)).value
            if cell is None or computed is None or not isinstance(cell.value, float):
                continue
            if not isclose(cell.value, computed, rel_tol=_CLOSE, abs_tol=_CENT):
                what = f"was saved with {cell.value:,.2f}; the engine computes {computed:,.2f} from the same inputs"
                cure = "recalculate and save; if it stays, something was edited: see what else is found"
                yield Finding(f"{sheet}!{cell.address} ({name})", what, cure)


def saved_otherwise(path: Path, reading: Reading, results: Results) -> Iterator[Finding]:
    """The same of a workbook that was read, where it is of this very version of its template."""
    if reading.version == reading.plan.template.version:
        with open_parts(path) as parts:
            yield from differing_figures(parts, results)
