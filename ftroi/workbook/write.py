"""Writing a plan as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path

from ftroi.plan import LogEntry, Plan, require_sound
from ftroi.workbook.cached_values import CachedValues
from ftroi.workbook.context import Book
from ftroi.workbook.layout.workbook import LOG, SOURCES
from ftroi.workbook.sheets.log import write_log
from ftroi.workbook.sheets.registry import layout_of, write_sheets
from ftroi.workbook.sheets.sources import own_values_row
from ftroi.workbook.xlsx.add_in_calls import EXCEL, PLAIN, spelt_plainly
from ftroi.workbook.xlsx.add_in_link import link
from ftroi.workbook.xlsx.file import Addition, BesideSheets, File
from ftroi.workbook.xlsx.gc_pause import no_collection
from ftroi.workbook.xlsx.look import dressed, store_look
from ftroi.workbook.xlsx.macros import Macros, embed

FORMULAS = "formulas "
"""What stands before the formulas' fingerprint in the comment of the file's properties."""

Place = tuple[int, int]
"""A row and a column, counted from 0."""

_FINGERPRINT = 16


@no_collection()
def write_workbook(
    plan: Plan,
    path: Path,
    today: date | None = None,
    beside: BesideSheets | None = None,
    spelling: str = PLAIN,
    macros: Macros | None = None,
) -> None:
    """Write a plan's workbook: every formula with the value that the engine gives it.

    The same plan and ``today`` give the same bytes; without ``today`` the file bears the date of
    the plan's start. A file at ``path`` is overwritten, without any of the care of
    ``files.put_in_place``. ``beside`` may add sheets of the user's own; ``spelling`` is how cells call
    the add-in's functions, of engine_cells.SPELLINGS; with ``macros`` the file is one of the kind .xlsm. Raises
    PlanError for a plan that is not sound, EvaluationError for one that cannot be computed; then nothing is written.
    """
    save_draft(draft(plan, today, spelling), path, beside, macros)


@no_collection()
def draft(plan: Plan, today: date | None = None, spelling: str = PLAIN) -> Book:
    """A plan's workbook in its look, filled and not yet saved; takes and raises what `write_workbook` does."""
    plan = replace(plan, template=dressed(plan.template))
    file = File()
    look = plan.template.look
    if look is not None and look.is_chosen:
        store_look(file.book, look)
    return filled_book(plan, file, today, plan.settings.options, spelling)


@no_collection()
def save_draft(
    book: Book, path: Path, beside: BesideSheets | None = None, macros: Macros | None = None
) -> None:  # fmt: skip
    """Save a workbook that is filled, as `write_workbook` does."""
    formulas = fingerprint(written_cells(book))
    if beside is not None:
        beside(book.file)
    _describe(book.file, book.plan, book.today, formulas)
    book.file.save(path, *_additions(book.file, book.spelling, macros))


def with_log(book: Book, entries: tuple[LogEntry, ...]) -> Book:
    """A draft with these entries on its Log; the one that was given is not to be saved any more."""
    book.file.renew_worksheet(LOG)
    renewed = replace(book, plan=replace(book.plan, log=entries))
    write_log(renewed)
    return renewed


def _additions(file: File, spelling: str, macros: Macros | None) -> Iterator[Addition]:
    """What the file holds beyond sheets."""
    if spelling == EXCEL:
        yield link(file)
    elif macros:
        yield embed(file, macros)


def written_cells(book: Book) -> dict[str, dict[Place, str]]:
    """What has been written on each sheet of a book, those of options without own formulas as on the first's.

    The options' own values that Sources lists are left out: they change with what a person enters.
    """
    own = book.plan.template.own_formulas
    first, *apart = (book.layout.sheets[option] for option in (*alike_options(book.plan)[:1], *own))
    others = [sheet for sheet in book.layout.order if sheet not in book.layout.sheets.values()]
    cells = {sheet: dict(book.sheet(sheet).written()) for sheet in (first, *apart, *others)}
    listed = own_values_row(book.plan.template)
    cells[SOURCES] = {place: formula for place, formula in cells[SOURCES].items() if place[0] <= listed}
    return cells | {sheet: cells.get(sheet, cells[first]) for sheet in book.layout.sheets.values()}


def filled_to_the_right(book: Book) -> dict[str, dict[Place, Place]]:
    """On each sheet, cells whose formula is filled to the right, with the cell that it is filled from."""
    alike = [book.layout.sheets[option] for option in alike_options(book.plan)]
    return dict.fromkeys(alike, book.sheet(alike[0]).fills()) if alike else {}


def alike_options(plan: Plan) -> list[str]:
    """The options without formulas of the user's own: all their sheets have the same formulas."""
    return [option for option in plan.settings.options if option not in plan.template.own_formulas]


def fingerprint(cells: Mapping[str, Mapping[Place, str]]) -> str:
    """A short text that is another when any formula, or its place, is another."""
    digest = sha256()
    listed = {id(places): places for places in cells.values()}  # options' sheets share one table
    texts = {key: _formulas_of(places) for key, places in listed.items()}
    for sheet, places in sorted(cells.items()):
        digest.update(f"{sheet}\n".encode())
        digest.update(texts[id(places)])
    return digest.hexdigest()[:_FINGERPRINT]


def _formulas_of(places: Mapping[Place, str]) -> bytes:
    formulas = sorted((place, spelt_plainly(formula)) for place, formula in places.items() if formula)
    return "".join(f"{place}{formula}\n" for place, formula in formulas).encode()


def filled_book(plan: Plan, file: File, today: date | None, options: Iterable[str], spelling: str = PLAIN) -> Book:
    """Write all sheets, those of some options only, and give the book."""
    plan = replace(require_sound(plan), as_of=plan.as_of or today)
    cached = CachedValues(plan)
    layout = layout_of(plan)
    for sheet in layout.order:
        file.add_worksheet(sheet)
    book = Book(plan, layout, cached, file, tuple(options), today, spelling)
    write_sheets(book)
    return book


def _describe(file: File, plan: Plan, today: date | None, formulas: str) -> None:
    comments = f"Template {plan.template.id} {plan.template.version}, {FORMULAS}{formulas}"
    made = datetime.combine(today or plan.settings.start, time())
    file.describe(plan.settings.project, plan.template.label, comments, made)
