"""Comparing the values saved in a workbook with those that the engine computes from the same inputs."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose
from pathlib import Path

from ftroi.engine import Results
from ftroi.errors import Finding
from ftroi.plan import Plan, calculate
from ftroi.workbook.layout.actuals import HEAD_ROW, VALUE, lay_out_actuals
from ftroi.workbook.layout.option import MONTHS
from ftroi.workbook.reading.blocks import Change
from ftroi.workbook.reading.file import Reading
from ftroi.workbook.schema import ACTUALS_STAMP
from ftroi.workbook.xlsx.cells import Area
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


def figures_before_and_after(parts: Parts, plan: Plan) -> Iterator[Change]:
    """What each option's sheet was saved with for cost and gain, and what the present template gives, in money.

    Where an earlier edition of the template made the workbook, another figure may be the template's doing.
    """
    results, roles = calculate(plan), plan.template.views.roles
    for sheet in parts.option_sheets:
        option = parts.named_cell(sheet, OPTION_ID)
        if option is None or option.value not in results.options:
            continue
        chosen = str(option.value)
        for name in (one for one in (roles.cost, roles.gain) if one):
            cell, computed = parts.named_cell(sheet, name), results.measure(name, chosen).value
            if cell is not None and computed is not None and isinstance(cell.value, float):
                label = f"{plan.template.lines[name].label}, {plan.template.options[chosen].label}"
                yield Change("figure", label, f"{cell.value:,.2f}", f"{computed:,.2f}")


def saved_otherwise(path: Path, reading: Reading, results: Results) -> Iterator[Finding]:
    """The same of a workbook that was read, where it is of this very version of its template."""
    if reading.version == reading.plan.template.version:
        with open_parts(path) as parts:
            yield from differing_figures(parts, results)


def bills_otherwise(path: Path, plan: Plan) -> Iterator[Finding]:
    """The figures of the sheet Actuals that were saved otherwise than the engine computes from the amounts on it."""
    if plan.actuals is None:
        return
    from ftroi.workbook.sheets.actuals.figures import Figures

    figures = Figures(plan, plan.actuals, calculate(plan, months=MONTHS))
    names = plan.template.cost_categories
    computed = {"billed": sum(map(figures.billed, names)), "at_completion": sum(map(figures.forecast, names))}
    layout = lay_out_actuals(plan)
    with open_parts(path) as parts:
        area = parts.area_named(ACTUALS_STAMP)
        if area is None:
            return
        for key, figure in computed.items():
            row = layout.completion[key] + area.first_row - HEAD_ROW
            column = area.first_column + VALUE
            ((cell,),) = parts.cells(Area(area.sheet, column, row, column, row))
            if isinstance(cell.value, float) and not isclose(cell.value, figure, rel_tol=_CLOSE, abs_tol=_CENT):
                what = f"was saved with {cell.value:,.2f}; the amounts below and the plan give {figure:,.2f}"
                yield Finding(f"{area.sheet}!{cell.address}", what, "recalculate and save, or read the bills again")
