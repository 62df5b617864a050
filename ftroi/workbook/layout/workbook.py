"""Where everything stands in a plan's workbook, computed before a cell is written.

Pure data, the same for the same plan: the writer fills it, formulas take their addresses from it,
and tests and later readers ask it. Rows and columns count from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ftroi.plan import Plan
from ftroi.workbook.layout.annual import AnnualLayout, lay_out_annual
from ftroi.workbook.layout.assumptions import AssumptionsLayout, lay_out_assumptions
from ftroi.workbook.layout.checks import ChecksLayout, lay_out_checks
from ftroi.workbook.layout.compare import CompareLayout, lay_out_compare
from ftroi.workbook.layout.dashboard import DashboardLayout, lay_out_dashboard
from ftroi.workbook.layout.gates import GatesLayout, lay_out_gates
from ftroi.workbook.layout.option import OptionLayout, lay_out_option
from ftroi.workbook.layout.risk import RiskLayout, lay_out_risk
from ftroi.workbook.schema import GATES_SHEET, INPUTS_SHEET, RISK_SHEET

DASHBOARD, ASSUMPTIONS, COMPARE, SOURCES, LOG = "Dashboard", INPUTS_SHEET, "Compare", "Sources", "Log"
ANNUAL, CHECKS_SHEET, FUNCTIONS_SHEET = "Annual", "Checks", "FT functions"

BEFORE_OPTIONS = (DASHBOARD, ASSUMPTIONS)
"""The sheets before the options' own, in order."""

AFTER_OPTIONS = (COMPARE, ANNUAL, RISK_SHEET, GATES_SHEET, SOURCES, LOG, CHECKS_SHEET, FUNCTIONS_SHEET)
"""The sheets after them."""

LONGEST_SHEET_NAME = 31
_REFUSED_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\!']|^\s|\s$|^$|^history$", re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """The sheets of a workbook and what stands where on them.

    ``sheets`` gives each option's sheet by its id. All options' sheets are laid out alike.
    """

    sheets: Mapping[str, str]
    assumptions: AssumptionsLayout
    option: OptionLayout
    compare: CompareLayout
    annual: AnnualLayout
    checks: ChecksLayout
    gates: GatesLayout
    risk: RiskLayout
    dashboard: DashboardLayout

    @property
    def order(self) -> tuple[str, ...]:
        """All sheets, in order."""
        return tuple(self.dashboard.sheets)


def layout_of(plan: Plan) -> Layout:
    """Lay out the workbook of a plan."""
    sheets = sheet_names(plan)
    order = (*BEFORE_OPTIONS, *sheets.values(), *AFTER_OPTIONS)
    option = lay_out_option(plan.template)
    return Layout(
        sheets=sheets,
        assumptions=lay_out_assumptions(plan),
        option=option,
        compare=lay_out_compare(plan),
        annual=lay_out_annual(plan),
        checks=lay_out_checks(plan, option),
        gates=lay_out_gates(plan),
        risk=lay_out_risk(plan),
        dashboard=lay_out_dashboard(plan, order),
    )


def sheet_names(plan: Plan) -> dict[str, str]:
    """Give each option's sheet: its label where that may name a sheet, else its short label, else its id."""
    names: dict[str, str] = {}
    for option in plan.settings.options:
        table = plan.template.options[option]
        taken = (*BEFORE_OPTIONS, *AFTER_OPTIONS, *names.values())
        wanted = (table.label, table.short, option)
        names[option] = next((name for name in wanted if may_name_a_sheet(name, taken)), option[:LONGEST_SHEET_NAME])
    return names


def may_name_a_sheet(name: str, taken: Iterable[str]) -> bool:
    """Say whether a spreadsheet takes a name for a further sheet."""
    is_free = name.casefold() not in {other.casefold() for other in taken}
    return len(name) <= LONGEST_SHEET_NAME and not _REFUSED_IN_SHEET_NAMES.search(name) and is_free
