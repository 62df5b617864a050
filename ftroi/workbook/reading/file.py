"""Reading a plan from a workbook file, with all findings at once, each with its cell.

Nothing is executed and no formula is evaluated; a formula in an input cell counts with the value that the spreadsheet
program last saved for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isclose
from pathlib import Path

from ftroi.errors import Finding, WorkbookError
from ftroi.language import did_you_mean
from ftroi.plan import Entry, Plan, Remark
from ftroi.termsheet import Template
from ftroi.workbook.reading.actuals import read_actuals
from ftroi.workbook.reading.assumptions import known_rows
from ftroi.workbook.reading.blocks import NAME_MANAGER, Change, Notebook, Row, by_key
from ftroi.workbook.reading.plan import FindTemplate, read_plan_cells
from ftroi.workbook.reading.ranges import Beside
from ftroi.workbook.reading.remarks import cells_beside, read_log, read_remark
from ftroi.workbook.reading.scenarios import read_scenarios
from ftroi.workbook.schema import FORMER_NAMES, GATES, GATES_SHEET, INPUTS, INPUTS_SHEET, OWN_COST_HEADERS, SETTING
from ftroi.workbook.xlsx.cells import Area, Cell
from ftroi.workbook.xlsx.gc_pause import no_collection
from ftroi.workbook.xlsx.package_parts import Parts, open_parts

_STORED = 1e-12
"""How far, of its size, a figure may be from the one that was to be written: a spreadsheet keeps 15 digits."""

_BESIDE = 40
"""Columns right of FT_Inputs in which people's remarks are looked for."""

_BELOW = 3
"""Rows below FT_Inputs in which own costs are looked for that it does not take in."""

_MOST_ROWS, _MOST_COLUMNS = 5_000, 60


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan as read, and what its reader should know although it can be computed."""

    plan: Plan
    warnings: tuple[Finding, ...]
    version: str = ""
    """The version of the template that the workbook was made with."""
    changes: tuple[Change, ...] = ()


def require_readable(path: Path, plan: Plan, find_template: FindTemplate) -> None:
    """Read back a workbook that was written, before it replaces anything.

    Raises WorkbookError where a part of it is damaged, or where it holds another plan than was to be written.
    """
    with open_parts(path) as parts:
        parts.require_sound()
        read = read_opened(path, parts, find_template).plan
    kept = ("settings", "entries", "own_costs", "gates", "own_formulas", "scenarios")
    lost = [name for name in kept if not _is_alike(getattr(read, name), getattr(plan, name))]
    if plan.actuals and (not read.actuals or read.actuals.billed != plan.actuals.billed):
        lost.append("actuals")
    if lost:
        what = f"what was to be written does not read back the same ({', '.join(lost)})"
        raise WorkbookError(Finding(str(path), what, "report it; nothing was replaced"))


def _is_alike(read: object, written: object) -> bool:
    """Whether two parts of a plan are the same, figures to the digits that a file keeps."""
    if isinstance(read, float) and isinstance(written, float):
        return isclose(read, written, rel_tol=_STORED)
    if isinstance(read, Mapping) and isinstance(written, Mapping):
        return read.keys() == written.keys() and all(_is_alike(read[key], written[key]) for key in read)
    if isinstance(read, Entry) and isinstance(written, Entry):
        return _is_alike(vars(read), vars(written))
    return read == written


def read_workbook(path: Path, find_template: FindTemplate, *, is_renewal: bool = False) -> Reading:
    """Read the inputs of a workbook, which may be open elsewhere: it is read as last saved.

    In a renewal, assumptions and options that the template does not have, or has in another unit,
    are changes of the reading; otherwise they are findings. Raises WorkbookError with every finding
    about the file and its cells, and TemplateError where its template is not registered or has
    findings.
    """
    with open_parts(path) as parts:
        return read_opened(path, parts, find_template, is_renewal=is_renewal)


@no_collection()
def read_opened(path: Path, parts: Parts, find_template: FindTemplate, *, is_renewal: bool = False) -> Reading:
    """The same of a workbook that is open for reading."""
    area = _inputs_area(path, parts)
    notes = Notebook(area.sheet, is_renewal=is_renewal)
    rows, beside = _inputs(parts, area)
    found = read_plan_cells(str(path), rows, parts, find_template, notes, beside)
    log, actuals, scenarios = read_log(parts), read_actuals(parts), read_scenarios(parts)
    _warn_of_the_rest(parts, area, found.plan, notes)
    assumptions = by_key(found.assumptions, notes)
    remarks = _remarks(found.plan.template, assumptions, beside, found.settings.days_offset)
    plan = replace(found.plan, remarks=remarks, log=log, actuals=actuals, scenarios=scenarios)
    return Reading(plan, tuple(notes.warnings), found.settings.edition[0], tuple(notes.changes))


def _warn_of_the_rest(parts: Parts, area: Area, plan: Plan, notes: Notebook) -> None:
    """Warn of what was typed, and does not count or is not kept."""
    sign = "had signs that no workbook can hold (control characters); they are left out"
    notes.warnings += [Finding(cell, sign, "type the text again") for cell in parts.cleaned]
    columns = min(area.last_column, area.first_column + len(OWN_COST_HEADERS) - 1)
    below = replace(area, first_row=area.last_row + 1, last_row=area.last_row + _BELOW, last_column=columns)
    for cell in (one for row in parts.cells(below) for one in row if not one.is_empty):
        cure = f"move it into a free row, or extend FT_Inputs ({NAME_MANAGER})"
        notes.warn(cell, "below FT_Inputs", "is not read", cure)
    for cost in (one for one in plan.own_costs if one.first_month > plan.horizon):
        where = notes.places.get(f"own cost '{cost.label}'", cost.label)
        what = f"begins in month {cost.first_month}, after the horizon of {plan.horizon} months: it counts nothing"
        notes.warnings.append(Finding(where, what, "let it begin earlier, or clear the row"))
    if parts.has_sheet(GATES_SHEET) and not {GATES, FORMER_NAMES[GATES]} & set(parts.names):
        what = "is not defined, and nothing that was typed on the sheet is read"
        notes.warnings.append(Finding(f"{GATES_SHEET} ({GATES})", what, f"define it for the table ({NAME_MANAGER})"))


def _inputs(parts: Parts, area: Area) -> tuple[list[list[Cell]], Beside]:
    """The rows of FT_Inputs, and the cells to their right that people may write into."""
    above = max(area.first_row - 1, 1)
    wide = replace(area, first_row=above, last_column=area.last_column + _BESIDE)
    width = area.last_column - area.first_column + 1
    rows = list(parts.cells(wide))
    inside = rows[area.first_row - above :]
    return [row[:width] for row in inside], cells_beside(rows[0], inside, width)


def _remarks(template: Template, rows: Mapping[str, Row], beside: Beside, offset: int) -> dict[str, Remark]:
    """What people wrote beside the assumptions, for those that have such."""
    known = known_rows(template, rows)
    read = {name: read_remark(template, name, beside[row.first.address], offset) for name, row in known.items()}
    return {name: remark for name, remark in read.items() if remark != Remark()}


def _inputs_area(path: Path, parts: Parts) -> Area:
    """Find the rectangle of FT_Inputs; raises WorkbookError where its name is missing or points nowhere."""
    text = parts.text_named(INPUTS)
    if text is None:
        raise WorkbookError(Finding(str(path), f"has no name {INPUTS}", _cure_for_missing(parts)))
    area = parts.area_named(INPUTS)
    if area is None:
        what = f"the name {INPUTS} points at no rectangle of cells ({text})"
        cure = f"point it at the inputs again, from the cell '{SETTING}' to the last own cost ({NAME_MANAGER})"
        raise WorkbookError(Finding(str(path), what, cure))
    rows, columns = area.last_row - area.first_row + 1, area.last_column - area.first_column + 1
    if rows > _MOST_ROWS or columns > _MOST_COLUMNS:
        what = f"the name {INPUTS} covers {rows:,} rows and {columns:,} columns, which is more than any inputs"
        raise WorkbookError(Finding(str(path), what, f"point it at the inputs alone ({NAME_MANAGER})"))
    return area


def _cure_for_missing(parts: Parts) -> str:
    near = did_you_mean(INPUTS, [name for name in parts.names if _is_rectangle(parts.area_named(name))])
    if near:
        return f"{near} Rename it back to {INPUTS} ({NAME_MANAGER})"
    if parts.has_sheet(INPUTS_SHEET):
        return f"define it on the sheet {INPUTS_SHEET}, from the cell '{SETTING}' to the last own cost ({NAME_MANAGER})"
    return "name a workbook made by 'ftroi new'"


def _is_rectangle(area: Area | None) -> bool:
    """Say whether a name's cells may be the inputs under another name; most names point at one cell or one row."""
    return area is not None and area.first_row < area.last_row and area.first_column < area.last_column
