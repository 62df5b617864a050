"""A fresh workbook from the present template that keeps what people entered into the old one.

First the old workbook is examined, and nothing is written: what is otherwise in the present
template, which formulas were edited, and what cannot be kept. Then the fresh one takes its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ftroi.errors import Finding, WorkbookError
from ftroi.plan import LogEntry, Plan
from ftroi.plan.check import LONGEST_TEXT
from ftroi.plan.simulated import Simulated
from ftroi.termsheet import Template
from ftroi.workbook.layout.workbook import SOURCES
from ftroi.workbook.reading.blocks import Change
from ftroi.workbook.reading.file import Reading, read_workbook
from ftroi.workbook.reading.plan import FindTemplate
from ftroi.workbook.regeneration.edits import Edit, Expected, deviations, edits_of
from ftroi.workbook.regeneration.user_sheets import OwnSheets, Surroundings
from ftroi.workbook.schema import (
    FORMER_NAMES,
    INPUTS_SHEET,
    REMARK_HEADERS,
)
from ftroi.workbook.sheets.registry import layout_of, sheet_called
from ftroi.workbook.sheets.sources import beside_own_values
from ftroi.workbook.write import FORMULAS, Place, expected_cells, fingerprint, write_workbook
from ftroi.workbook.xlsx.add_in_calls import EXCEL, PLAIN
from ftroi.workbook.xlsx.add_in_link import has_link
from ftroi.workbook.xlsx.cells import Area
from ftroi.workbook.xlsx.gc_pause import no_collection
from ftroi.workbook.xlsx.macros import MACRO_FREE, PROJECT_PART, WITH_MACROS, Macros
from ftroi.workbook.xlsx.package_parts import Parts, open_parts
from ftroi.workbook.xlsx.safe_files import put_in_place, require_unlocked
from ftroi.workbook.xlsx.stored_cells import read_raw

BY, BY_SIMULATE = "ftroi regenerate", "ftroi simulate"

FindMacros = Callable[[Path], Macros | None]

_MOST_EDITS = 500


@dataclass(frozen=True, slots=True)
class Examination:
    """What regenerating one workbook would do, told before anything is written.

    ``is_exact`` says that edits were found by comparing with this very template's formulas; else
    only formulas are told that differ from one option's sheet to the other. ``own_macros`` are the modules with the
    user's own code, which cannot be kept.
    """

    path: Path
    template: str
    was: str
    now: str
    changes: tuple[Change, ...]
    edits: tuple[Edit, ...]
    is_exact: bool
    own_sheets: tuple[str, ...]
    not_kept: tuple[str, ...]
    own_macros: tuple[str, ...]
    warnings: tuple[Finding, ...]
    stamp: tuple[int, int]


def without_macros(_path: Path) -> None:
    """Give no macros, whatever the workbook; one that ends with .xlsm is then refused."""


@no_collection()
def examine(path: Path, find_template: FindTemplate, macros_for: FindMacros = without_macros) -> Examination:
    """Examine a workbook; writes nothing.

    ``macros_for`` gives the macros that a workbook of a path's ending carries. Raises WorkbookError, TemplateError or
    EvaluationError where it cannot be regenerated, and HostError where its macros cannot be made here.
    """
    stamp = _stamp(path) if path.is_file() else (0, 0)
    reading = read_workbook(path, find_template, is_renewal=True)
    with open_parts(path) as parts:
        edits, is_exact = _edits(parts, reading.plan)
        own = OwnSheets(path, parts, own_sheet_names(parts))
        not_kept = own.not_kept(_surroundings(reading.plan, is_exact=is_exact))
        own_macros = _own_macros(parts, macros_for(path))
    template = reading.plan.template
    return Examination(
        path=path, template=template.id, was=reading.version, now=template.version, changes=reading.changes,
        edits=tuple(edits), is_exact=is_exact, own_sheets=own.names, not_kept=tuple(not_kept),
        own_macros=own_macros,
        warnings=tuple(one for one in reading.warnings if not _is_told(one, reading)), stamp=stamp,
    )  # fmt: skip


def find_edits(path: Path, plan: Plan) -> tuple[list[Edit], bool]:
    """Give the edited formulas of a workbook, and whether they could be compared exactly."""
    with open_parts(path) as parts:
        return _edits(parts, plan)


def regenerate(
    found: Examination,
    find_template: FindTemplate,
    today: date,
    *,
    keep_sheets: bool = True,
    simulated: Simulated | None = None,
    macros_for: FindMacros = without_macros,
) -> Path | None:
    """Put a fresh workbook in the place of an examined one; gives the dated copy of the old.

    ``simulated`` holds new figures of the sheet Risk; else the old ones are kept. At any moment the path holds
    the old workbook or the whole new one. Raises WorkbookError where it is open elsewhere, has changed since it was
    examined, or cannot be written.
    """
    path = found.path
    require_unlocked(path)
    if _stamp(path) != found.stamp:
        raise WorkbookError(Finding(str(path), "was changed while it was being regenerated", "run the command again"))
    plan = read_workbook(path, find_template, is_renewal=True).plan
    made = _simulated(simulated, today) if simulated else _made(found, today)
    plan = replace(plan, log=(*plan.log, *_entries(found, made, keep_sheets=keep_sheets)))
    plan = replace(plan, simulated=simulated or plan.simulated)
    macros = macros_for(path)
    with open_parts(path) as parts:
        own = OwnSheets(path, parts, found.own_sheets if keep_sheets else ())
        around = _surroundings(plan, is_exact=found.is_exact)
        spelling = EXCEL if has_link(parts.part_names) and not macros else PLAIN

        def write(fresh: Path) -> None:
            write_workbook(plan, fresh, None, lambda file: own.write(file, around), spelling, macros)

        ending = WITH_MACROS if macros else MACRO_FREE
        return put_in_place(path, write, today, replace=True, ending=ending)


def _own_macros(parts: Parts, macros: Macros | None) -> tuple[str, ...]:
    """Give the modules of a workbook that hold code of the user's own."""
    project = parts.content(PROJECT_PART)
    return tuple(macros.others(project)) if macros and project else ()


def own_sheet_names(parts: Parts) -> tuple[str, ...]:
    """Give the sheets that are the user's own: neither an option's nor one that a writer made.

    One that only bears the name of a sheet that the present writer makes is the user's own as well.
    """
    return tuple(name for name in parts.sheet_parts if name not in parts.option_sheets and not _is_made(parts, name))


def _is_made(parts: Parts, name: str) -> bool:
    made = sheet_called(name)
    if made is None:
        return False
    if made.mark:
        area = parts.area_named(made.mark) or parts.area_named(FORMER_NAMES.get(made.mark, ""))
        return area is not None and area.sheet == name
    ((title,),) = parts.cells(Area(name, 1, 1, 1, 1))
    return title.value == name


def _stamp(path: Path) -> tuple[int, int]:
    told = path.stat()
    return told.st_mtime_ns, told.st_size


def _surroundings(plan: Plan, *, is_exact: bool) -> Surroundings:
    return Surroundings(frozenset(layout_of(plan).order), is_exact)


def _is_told(warning: Finding, reading: Reading) -> bool:
    """Say whether a warning is among the changes or said by the regeneration itself."""
    return "the template" in warning.what or any(f"({one.name})" in warning.where for one in reading.changes)


def _edits(parts: Parts, plan: Plan) -> tuple[list[Edit], bool]:
    expected = expected_cells(plan)
    expected[INPUTS_SHEET] = dict.fromkeys(_beside(plan), "") | expected[INPUTS_SHEET]
    if f"{FORMULAS}{fingerprint(expected)}" not in parts.comment:
        return deviations(read_raw(parts, name) for name in parts.option_sheets), False
    return list(_exact_edits(parts, expected, plan.template)), True


def _exact_edits(parts: Parts, expected: Mapping[str, Expected], template: Template) -> Iterator[Edit]:
    """Give the edits of every sheet; an option's sheet that reads as one without any is not compared again."""
    unedited: set[bytes] = set()
    for sheet in (one for one in expected if parts.has_sheet(one)):
        outline = parts.outline(sheet) if sheet in parts.option_sheets else b""
        if outline and outline in unedited:
            continue
        raw = read_raw(parts, sheet)
        raw = beside_own_values(raw, template) if sheet == SOURCES else raw
        edits = edits_of(raw, expected[sheet])
        yield from edits
        if not edits and raw.cells.keys() <= expected[sheet].keys():  # an empty text elsewhere could be another's text
            unedited.add(outline)


def _beside(plan: Plan) -> Iterator[Place]:
    """Give the cells beside the assumptions, whose texts and dates are remarks, or a source of a figure that was."""
    sheet = layout_of(plan).assumptions
    yield from ((row, sheet.outside[header]) for row in sheet.rows.values() for header in REMARK_HEADERS)


# --- the Log -----------------------------------------------------------------------------------------------

_CHANGED = {
    "added": "New in the template: {name}",
    "renamed": "Renamed in the template: {name}",
    "removed": "Not in the template any more: {name}",
    "unit": "In another unit now, so that its figures were not kept: {name}",
    "option": "Option not in the template any more: {name}",
}


def change_words(change: Change) -> str:
    """Say what is otherwise in the present template."""
    return _CHANGED[change.kind].format(name=change.name)


def _made(found: Examination, today: date) -> LogEntry:
    what = f"Workbook regenerated from the template {found.template} {found.now}"
    return LogEntry(today, what, found.was, found.now, BY)


def _simulated(simulated: Simulated, today: date) -> LogEntry:
    stamp = simulated.stamp
    what = f"Simulated: {stamp.draws:,} draws ({stamp.method}), seed {stamp.seed}, inputs {stamp.digest}"
    return LogEntry(today, what, by=BY_SIMULATE)


def _entries(found: Examination, made: LogEntry, *, keep_sheets: bool) -> list[LogEntry]:
    """Give the entry of what made the workbook, and below it what it changed."""
    today, entries = made.day, [made]
    entries += [LogEntry(today, change_words(one), one.was, one.now, BY) for one in found.changes]
    for edit in found.edits[:_MOST_EDITS]:
        what = f"{'Formula put back' if edit.now else 'Not kept, typed beside the model'}: {edit.sheet}!{edit.cells}"
        entries.append(LogEntry(today, what, edit.was[:LONGEST_TEXT], edit.now, BY))
    if len(found.edits) > _MOST_EDITS:
        more = len(found.edits) - _MOST_EDITS
        entries.append(LogEntry(today, f"{more} more edited places stand in the backup", by=BY))
    if found.own_macros:
        entries.append(LogEntry(today, f"Macros not kept: {', '.join(found.own_macros)}", by=BY))
    if not keep_sheets and found.own_sheets:
        entries.append(LogEntry(today, f"Sheets dropped as asked: {', '.join(found.own_sheets)}", by=BY))
    elif found.not_kept:
        entries += [LogEntry(today, f"Not kept: {one}", by=BY) for one in found.not_kept]
    return entries
