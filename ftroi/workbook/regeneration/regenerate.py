"""Writing a new workbook from the present template with the entries of an old one.

First the old workbook is examined without writing anything: differences from the present template, edited formulas, and
contents that cannot be kept. Then the new workbook replaces it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from ftroi.errors import Finding, WorkbookError
from ftroi.plan import LogEntry, Plan
from ftroi.plan.check import LONGEST_TEXT
from ftroi.plan.choose_options import options_named, with_options
from ftroi.termsheet import Template
from ftroi.termsheet.look import STANDARD
from ftroi.termsheet.own_formulas import OwnFormula
from ftroi.workbook.context import Book
from ftroi.workbook.reading.blocks import Change
from ftroi.workbook.reading.choice import wanted_options
from ftroi.workbook.reading.file import Reading, read_opened, require_readable
from ftroi.workbook.reading.plan import FindTemplate
from ftroi.workbook.regeneration.comparison import compare
from ftroi.workbook.regeneration.edits import PUT_IN, Edit
from ftroi.workbook.regeneration.kept_formulas import KeptEdit
from ftroi.workbook.regeneration.looked_at import Surroundings
from ftroi.workbook.regeneration.saved_figures import figures_before_and_after
from ftroi.workbook.regeneration.user_sheets import OwnSheets
from ftroi.workbook.schema import FORMER_NAMES
from ftroi.workbook.sheets.registry import SHEETS, sheet_called
from ftroi.workbook.write import draft, save_draft, with_log
from ftroi.workbook.xlsx.add_in_calls import EXCEL, PLAIN
from ftroi.workbook.xlsx.add_in_link import has_link
from ftroi.workbook.xlsx.cells import Area
from ftroi.workbook.xlsx.gc_pause import no_collection
from ftroi.workbook.xlsx.look import dressed, stored_look
from ftroi.workbook.xlsx.macros import MACRO_FREE, PROJECT_PART, WITH_MACROS, Macros
from ftroi.workbook.xlsx.package_parts import OPTION_ID, Parts, open_parts
from ftroi.workbook.xlsx.safe_files import Stamp, put_in_place, require_same, stamp_of

BY = "ftroi regenerate"

FindMacros = Callable[[Path], Macros | None]

_MOST_EDITS = 500


@dataclass(frozen=True, slots=True)
class Examination:
    """What regenerating one workbook would do, told before anything is written.

    ``is_exact`` says that edits were found by comparing with this very template's formulas; else
    only formulas are told that differ from one option's sheet to the other. ``kept`` are edits that are computed from
    now on. ``own_macros`` are the modules with the user's own code, which cannot be kept.
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
    stamp: Stamp | None
    options: tuple[str, ...] = ()
    """The options that the fresh workbook has."""
    kept: tuple[KeptEdit, ...] = ()
    formulas: tuple[OwnFormula, ...] = ()
    """The formulas of the user's own that the fresh workbook has."""
    remark: str = ""
    """What is to be said of the comparison, where the workbook's own mark is not there or another."""
    fresh: Book | None = field(default=None, compare=False, repr=False)
    """The fresh workbook, filled; None where its plan is another, or where another process examined the old one."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A change of the plan that a command makes, and what the Log says of it."""

    apply: Callable[[Plan], Plan]
    entries: tuple[LogEntry, ...]


def without_macros(_path: Path) -> None:
    """No macros, whatever the workbook; one that ends with .xlsm is then refused."""


@no_collection()
def examine(
    path: Path, find_template: FindTemplate, macros_for: FindMacros = without_macros, options: Sequence[str] = ()
) -> Examination:
    """Examine a workbook; writes nothing.

    ``macros_for`` gives the macros that a workbook of a path's ending carries. ``options`` are those that the fresh
    workbook is to have; without any, those that the sheet Start says. Raises WorkbookError, TemplateError or
    EvaluationError where it cannot be regenerated, PlanError where its options cannot be others, and HostError where
    its macros cannot be made here.
    """
    stamp = stamp_of(path)
    with open_parts(path) as parts:
        reading = read_opened(path, parts, find_template, is_renewal=True)
        wanted = options_named(reading.plan, options, "--options") if options else wanted_options(parts, reading.plan)
        options = with_options(reading.plan, wanted).settings.options
        parts.require_plain()
        macros = macros_for(path)
        fresh = _draft(reading.plan, path, parts, macros)
        compared = compare(parts, fresh, reading.version)
        back = compared.read_back(parts, reading.plan)
        own = OwnSheets(path, parts, own_sheet_names(parts))
        not_kept = own.not_kept(Surroundings(fresh))
        not_kept += [f"{name}: a copy of an option's sheet, which is not made again" for name in copies(parts)]
        own_macros = _own_macros(parts, macros)
        is_former = reading.version != fresh.plan.template.version
        figures = tuple(figures_before_and_after(parts, back.plan)) if is_former else ()
    template = fresh.plan.template
    look = template.look or STANDARD
    is_as_read = (back.plan.own_formulas, tuple(options)) == (reading.plan.own_formulas, reading.plan.settings.options)
    return Examination(
        path=path, template=template.id, was=reading.version, now=template.version,
        changes=(*figures, *reading.changes, *_other_options(reading.plan, options)), options=tuple(options),
        edits=(*(one.edit for one in back.unread), *back.others), kept=back.kept,
        formulas=back.plan.own_formulas, is_exact=compared.is_exact, own_sheets=own.names, not_kept=tuple(not_kept),
        own_macros=own_macros, remark=compared.remark,
        warnings=(*(one for one in reading.warnings if not _is_told(one, reading)), *look.findings), stamp=stamp,
        fresh=fresh if is_as_read else None,
    )  # fmt: skip


def _draft(plan: Plan, path: Path, parts: Parts, macros: Macros | None) -> Book:
    """The fresh workbook of a plan that was read from the workbook of ``parts``."""
    spelling = EXCEL if has_link(parts.part_names) and not macros else PLAIN
    return draft(replace(plan, template=_dressed(plan.template, path)), None, spelling)


def regenerate(
    found: Examination,
    find_template: FindTemplate,
    today: date,
    *,
    keep_sheets: bool = True,
    revision: Revision | None = None,
    macros_for: FindMacros = without_macros,
) -> Path | None:
    """Put a fresh workbook in the place of an examined one; gives the dated copy of the old.

    ``revision`` changes the plan besides. At any moment the path holds the old workbook or the whole new one.
    Raises WorkbookError where it is open elsewhere, has changed since it was
    examined, or cannot be written.
    """
    path, macros = found.path, macros_for(found.path)
    written: list[Plan] = []

    def write(fresh: Path) -> None:
        require_same(path, found.stamp)
        with open_parts(path) as parts:
            book, made = found.fresh, [_made(found, today)]
            if book is None or revision is not None:
                plan = read_opened(path, parts, find_template, is_renewal=True).plan.with_formulas(found.formulas)
                if revision is not None:
                    plan, made = revision.apply(plan), list(revision.entries)
                book = _draft(with_options(plan, found.options), path, parts, macros)
            book = with_log(book, (*book.plan.log, *_entries(found, made, today, keep_sheets=keep_sheets)))
            written.append(book.plan)
            own = OwnSheets(path, parts, found.own_sheets if keep_sheets else ())
            around = Surroundings(book)
            save_draft(book, fresh, lambda file: _keep_own(path, own, file, around), macros)

    def check(fresh: Path) -> None:
        require_readable(fresh, written[-1], find_template)

    ending = WITH_MACROS if macros else MACRO_FREE
    return put_in_place(path, write, today, replace=True, ending=ending, check=check)


def _dressed(template: Template, path: Path) -> Template:
    """A template in the look asked for with it, else in the one that the workbook was given, or its own."""
    return dressed(replace(template, look=template.look or stored_look(path)))


def _keep_own(path: Path, own: OwnSheets, file: Any, around: Surroundings) -> None:  # noqa: ANN401 - a workbook in the making
    """Write the user's own sheets; raises WorkbookError where what stands on one cannot be read."""
    try:
        own.write(file, around)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, SyntaxError) as error:
        what = f"your own sheets ({', '.join(own.names)}) hold what cannot be read ({type(error).__name__}: {error})"
        cure = "save it again in a spreadsheet program, or add --drop-sheets"
        raise WorkbookError(Finding(str(path), what, cure)) from error


def _own_macros(parts: Parts, macros: Macros | None) -> tuple[str, ...]:
    """The modules of a workbook that hold code of the user's own."""
    project = parts.content(PROJECT_PART)
    return tuple(macros.others(project)) if macros and project else ()


def own_sheet_names(parts: Parts) -> tuple[str, ...]:
    """The sheets that are the user's own: neither an option's nor one that a writer made.

    One that only bears the name of a sheet that the present writer makes is the user's own as well.
    """
    marks = [name for sheet in SHEETS if sheet.mark for name in (sheet.mark, FORMER_NAMES.get(sheet.mark, ""))]
    made = {*parts.option_sheets, *(area.sheet for mark in marks if (area := parts.area_named(mark)))}
    return tuple(name for name in parts.sheet_parts if name not in made and not _is_titled(parts, name))


def copies(parts: Parts) -> tuple[str, ...]:
    """The copies that a person made of options' sheets: a spreadsheet copies the names on them as well."""
    options: dict[object, list[str]] = {}
    for sheet in parts.option_sheets:
        cell = parts.named_cell(sheet, OPTION_ID)
        options.setdefault(cell.value if cell else None, []).append(sheet)
    same = (sorted(sheets, key=lambda name: (_COPY.search(name) is not None, len(name))) for sheets in options.values())
    return tuple(name for _, *others in same for name in others)


_COPY = re.compile(r"(?: \(\d+\)|_\d+)$")
"""How spreadsheets call a copy: "RAG (2)", "RAG_2"."""


def _is_titled(parts: Parts, name: str) -> bool:
    """Say whether a sheet is one of the writer's that have their title alone."""
    made = sheet_called(name)
    if made is None or made.mark:
        return False
    ((title,),) = parts.cells(Area(name, 1, 1, 1, 1))
    return title.value == name


def _is_told(warning: Finding, reading: Reading) -> bool:
    """Say whether a warning is among the changes or said by the regeneration itself."""
    return "the template" in warning.what or any(f"({change.name})" in warning.where for change in reading.changes)


# --- the Log -----------------------------------------------------------------------------------------------

_CHANGED = {
    "added": "New in the template: {name}",
    "renamed": "Renamed in the template: {name}",
    "removed": "Not in the template any more: {name}",
    "unit": "In another unit now, so that its figures were not kept: {name}",
    "option": "Option not in the template any more: {name}",
    "comes": "Option that comes into the plan: {name}",
    "goes": "Option that goes out of the plan: {name}",
    "figure": "{name}",
    "formula": "Cannot be computed with the template any more, which has its own formula again: {name}",
}


def _other_options(plan: Plan, options: Sequence[str]) -> Iterator[Change]:
    """The options that come and that go."""
    before = plan.settings.options
    yield from (
        Change("comes", option, now=plan.template.options[option].label) for option in options if option not in before
    )
    yield from (Change("goes", one, plan.template.options[one].label) for one in before if one not in options)


def change_words(change: Change) -> str:
    """Say what is otherwise in the present template."""
    return _CHANGED[change.kind].format(name=change.name)


def _made(found: Examination, today: date) -> LogEntry:
    what = f"Workbook regenerated from the template {found.template} {found.now}"
    return LogEntry(today, what, found.was, found.now, BY)


def _entries(found: Examination, made: list[LogEntry], today: date, *, keep_sheets: bool) -> list[LogEntry]:
    """The entries of what made the workbook, and below them what it changed."""
    entries = list(made)
    entries += [LogEntry(today, change_words(change), change.was, change.now, BY) for change in found.changes]
    for one in found.kept:
        what = f"Formula of your own kept: {one.edit.sheet}!{one.edit.cells}"
        now = one.formula.formula if one.edit.was == PUT_IN else one.edit.was
        entries.append(LogEntry(today, what, one.edit.now[:LONGEST_TEXT], now[:LONGEST_TEXT], BY))
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
