"""Writing a plan as a workbook."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from xlsxwriter import Workbook

from ftroi.plan import Plan, require_sound
from ftroi.workbook.assumptions_sheet import write_assumptions
from ftroi.workbook.book import Book
from ftroi.workbook.cached import CachedValues
from ftroi.workbook.compare_sheet import write_compare
from ftroi.workbook.dashboard_sheet import write_dashboard
from ftroi.workbook.formula_sheet import FormulaSheet
from ftroi.workbook.gates_sheet import write_gates
from ftroi.workbook.layout import layout_of
from ftroi.workbook.log_sheet import write_log
from ftroi.workbook.option_sheet import OptionSheets
from ftroi.workbook.sources_sheet import write_sources

_AS_WRITTEN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""A text stays a text, whatever it begins with."""


def write_workbook(plan: Plan, path: Path, today: date | None = None) -> None:
    """Write a plan's workbook: every formula with the value that the engine gives it.

    The same plan and ``today`` give the same bytes; without ``today`` the file bears the date of
    the plan's start. A file at ``path`` is overwritten, without any of the care of
    ``files.replacing``. Raises PlanError for a plan that is not sound, EvaluationError for one
    that cannot be computed.
    """
    plan = replace(require_sound(plan), as_of=plan.as_of or today)
    cached = CachedValues(plan)
    layout = layout_of(plan)
    with Workbook(str(path), _AS_WRITTEN) as file:
        file.set_properties(_properties(plan, today))
        for sheet in layout.order:
            file.add_worksheet(sheet, FormulaSheet)
        _write_sheets(Book(plan, layout, cached, file), today)


def _write_sheets(book: Book, today: date | None) -> None:
    write_dashboard(book)
    write_assumptions(book)
    options = OptionSheets(book)
    for option in book.plan.settings.options:
        options.write(option)
    write_compare(book)
    write_gates(book)
    write_sources(book)
    write_log(book, today)


def _properties(plan: Plan, today: date | None) -> dict[str, object]:
    return {
        "title": plan.settings.project,
        "subject": plan.template.label,
        "comments": f"Template {plan.template.id} {plan.template.version}",
        "created": datetime.combine(today or plan.settings.start, time()),
    }
