"""The registry of a workbook's sheets, in order. To add a sheet, add its folder, its layout and a line here.

A line holds the sheet's name, its text in the Dashboard's index, its layout, its writer, and the defined name by which
an existing workbook is known to have it. The line of the options stands for one sheet for each option. Page setup
belongs to the writer, who knows where a sheet ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ftroi.plan import Plan
from ftroi.workbook.context import Book
from ftroi.workbook.layout.actuals import lay_out_actuals
from ftroi.workbook.layout.annual import lay_out_annual
from ftroi.workbook.layout.assumptions import lay_out_assumptions
from ftroi.workbook.layout.checks import lay_out_checks
from ftroi.workbook.layout.compare import lay_out_compare
from ftroi.workbook.layout.dashboard import lay_out_dashboard
from ftroi.workbook.layout.gates import lay_out_gates
from ftroi.workbook.layout.option import lay_out_option
from ftroi.workbook.layout.risk import lay_out_risk
from ftroi.workbook.layout.scenarios import lay_out_scenarios
from ftroi.workbook.layout.start import lay_out_start
from ftroi.workbook.layout.workbook import (
    ANNUAL,
    ASSUMPTIONS,
    CHECKS_SHEET,
    COMPARE,
    DASHBOARD,
    FUNCTIONS_SHEET,
    LOG,
    SOURCES,
    START,
    Layout,
    sheet_names,
)
from ftroi.workbook.schema import (
    ACTUALS_SHEET,
    ACTUALS_STAMP,
    CHECKS_FAILED,
    GATES,
    GATES_SHEET,
    INPUTS,
    MAPPING,
    MAPPING_SHEET,
    OPTION,
    RISK_FIGURES,
    RISK_SHEET,
    SCENARIOS,
    SCENARIOS_SHEET,
)
from ftroi.workbook.sheets.actuals.write import write_actuals
from ftroi.workbook.sheets.annual.write import write_annual
from ftroi.workbook.sheets.assumptions.write import write_assumptions
from ftroi.workbook.sheets.checks.write import write_checks
from ftroi.workbook.sheets.compare.write import write_compare
from ftroi.workbook.sheets.dashboard.write import write_dashboard
from ftroi.workbook.sheets.function_help import write_functions
from ftroi.workbook.sheets.gates.write import write_gates
from ftroi.workbook.sheets.guard import write_guard
from ftroi.workbook.sheets.log import write_log
from ftroi.workbook.sheets.mapping.write import write_mapping
from ftroi.workbook.sheets.option.write import write_options
from ftroi.workbook.sheets.risk.write import write_risk
from ftroi.workbook.sheets.scenarios.write import write_scenarios
from ftroi.workbook.sheets.sources import write_sources
from ftroi.workbook.sheets.start.write import write_start

OPTIONS = ""
"""The name of the line that stands for the options' sheets, which are called by their labels."""


def _lay_out_dashboard(plan: Plan) -> object:
    return lay_out_dashboard(plan, _about(plan))


def _lay_out_option(plan: Plan) -> object:
    return lay_out_option(plan.template)


@dataclass(frozen=True)
class Sheet:
    """One line of the registry.

    ``about`` is what the index tells; ``lay_out`` gives the sheet's layout, which writers find by its class
    (``Layout.of``), and is left out where the sheet is a plain list; ``mark`` is the workbook's name for something on
    the sheet that every version of the writer gives, "" for a sheet that is known by its title alone. ``is_shown`` says
    whether a plan has anything for the sheet; one that has nothing goes without it.
    """

    name: str
    about: str
    write: Callable[[Book], None]
    lay_out: Callable[[Plan], object] | None = None
    mark: str = ""
    is_shown: Callable[[Plan], bool] = lambda _: True


def _is_tracked(plan: Plan) -> bool:
    return plan.actuals is not None


SHEETS = (
    Sheet(
        START,
        "a dozen questions that make the plan one's own, each with a link to its cell",
        write_start,
        lay_out_start,
    ),
    Sheet(DASHBOARD, "this page", write_dashboard, _lay_out_dashboard, OPTION),
    Sheet(
        ASSUMPTIONS,
        "all that is typed: settings, assumptions with sources, own costs",
        write_assumptions,
        lay_out_assumptions,
        INPUTS,
    ),
    Sheet(OPTIONS, "", write_options, _lay_out_option),
    Sheet(
        COMPARE,
        "every measure of every option, and what is compared by month",
        write_compare,
        lay_out_compare,
        "FT_OptionNumber",
    ),
    Sheet(ANNUAL, "the option shown by year, with capitalisation and tax", write_annual, lay_out_annual),
    Sheet(
        SCENARIOS_SHEET,
        "optimistic, base and pessimistic case, and your own: the proposed option's figures side by side",
        write_scenarios,
        lay_out_scenarios,
        SCENARIOS,
    ),
    Sheet(
        RISK_SHEET,
        "how sure it is: percentiles, odds and what moves it, as simulated by the command line",
        write_risk,
        lay_out_risk,
        RISK_FIGURES,
    ),
    Sheet(
        GATES_SHEET,
        "the go/no-go gates, their evidence, and the rule of the verdict",
        write_gates,
        lay_out_gates,
        GATES,
    ),
    Sheet(
        ACTUALS_SHEET,
        "what was billed beside the plan as it was frozen, the forecast, and the verdict asked again",
        write_actuals,
        lay_out_actuals,
        ACTUALS_STAMP,
        _is_tracked,
    ),
    Sheet(
        MAPPING_SHEET,
        "the rules that give each charge of a bill its category",
        write_mapping,
        None,
        MAPPING,
        _is_tracked,
    ),
    Sheet(SOURCES, "where the numbers were read", write_sources),
    Sheet(LOG, "what was changed, when and by whom", write_log),
    Sheet(
        CHECKS_SHEET,
        "fifteen reconciliations; where one fails there is no verdict",
        write_checks,
        lay_out_checks,
        CHECKS_FAILED,
    ),
    Sheet(FUNCTIONS_SHEET, "help on the FT_ functions: how each is called, what it gives, an example", write_functions),
)
"""The sheets from left to right."""


def layout_of(plan: Plan) -> Layout:
    """Lay out the workbook of a plan: its sheets in order, and where everything stands on each."""
    parts = [sheet.lay_out(plan) for sheet in SHEETS if sheet.lay_out]
    return Layout(options_sheets(plan), _about(plan), {type(part): part for part in parts})


def options_sheets(plan: Plan) -> dict[str, str]:
    """The name of each option's sheet, by the option's id."""
    return sheet_names(plan, [sheet.name for sheet in SHEETS])


def sheet_called(name: str) -> Sheet | None:
    """Find the line of a sheet that every workbook has, by its name."""
    return next((sheet for sheet in SHEETS if name and sheet.name == name), None)


def write_sheets(book: Book) -> None:
    """Fill all sheets, from the last to the first: the Dashboard tells what the others have found.

    Checks follows what it looks at, so that it knows where each sheet counts its formulas.
    """
    late = (CHECKS_SHEET, DASHBOARD)
    sheets = [*(one for one in reversed(SHEETS) if one.name not in late), *map(sheet_called, late)]
    for sheet in (one for one in sheets if one and one.is_shown(book.plan)):
        sheet.write(book)
        for names in _guarded_alike(book) if sheet.name == OPTIONS else [[sheet.name]]:
            write_guard(book, *names)


def _guarded_alike(book: Book) -> list[list[str]]:
    """The options' sheets that are alike, and each that has formulas of the user's own by itself."""
    own, sheets = book.plan.template.own_formulas, book.layout.sheets
    return [
        [sheets[option] for option in book.options if option not in own],
        *([sheets[option]] for option in book.options if option in own),
    ]


def _about(plan: Plan) -> dict[str, str]:
    """What the index tells of every sheet, in the sheets' order."""
    return dict(_lines(plan))


def _lines(plan: Plan) -> Iterator[tuple[str, str]]:
    for sheet in (one for one in SHEETS if one.is_shown(plan)):
        if sheet.name == OPTIONS:
            options = plan.template.options
            yield from ((name, options[option].description) for option, name in options_sheets(plan).items())
        else:
            yield sheet.name, sheet.about
