"""Where things stand on the sheet Checks: the counts, the fifteen checks, and below them what each is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from ftroi.plan import Plan
from ftroi.termsheet import Template
from ftroi.workbook.layout.check_definitions import CHECKS, ENGINE_CHECK, Part, option_parts
from ftroi.workbook.layout.option import OptionLayout

NUMBER, WHAT, WORST, TOLERANCE, STATE, WHERE, WORKBOOK, FIRST_OPTION = range(8)
"""The columns; WORKBOOK and the options' hold a part's differences."""

TITLE_ROW, HINT_ROW, LINKS_ROW = range(3)
COUNTS = {"fail": 4, "edited": 5, "pass": 6, "not applicable": 7}
"""The rows of the counts by state."""

FAILURE_ROW = 8
"""The row that says what the first check that fails found."""

HEADER_ROW = 10

WORKBOOK_PARTS = {
    "years": ("4", "Years add up to the total of the option's sheet"),
    "page": ("4", "The page shows the option that is chosen"),
    "year_end": ("4", "Year-end convention = the measure; the difference is explained"),
    "mid_year": ("4", "Mid-year convention = the measure; the difference is explained"),
    "engine": (ENGINE_CHECK, "Engine = native, for every headline figure, where the add-in is loaded"),
    "errors": (ENGINE_CHECK, "No error in any cell"),
    "currency": (ENGINE_CHECK, "One currency, with a rate where the template has another"),
    "range": (ENGINE_CHECK, "Inputs are numbers within their ranges"),
    "whole": (ENGINE_CHECK, "Months, counts and switches are whole numbers"),
    "order": (ENGINE_CHECK, "Low, base and high are in order"),
    "own costs": (ENGINE_CHECK, "Own costs are complete, with months in order"),
    "chosen": (ENGINE_CHECK, "Option, reference, candidate and case are known"),
    "live": (ENGINE_CHECK, "Figures in force are those that were typed"),
    "risk": (ENGINE_CHECK, "Simulated figures are about the inputs as they stand"),
}
"""The comparisons that are made of the workbook as a whole, or of more than an option's sheet: check and label."""

EDITED = ("live", "risk")
"""The comparisons whose difference is an edit, not a fault: of a figure in force, or of inputs since a simulation."""


@dataclass(frozen=True)
class ChecksLayout:
    """Rows of the checks by number, and of the parts: those on options' sheets, those of the workbook by key, rules."""

    options: tuple[str, ...]
    checks: Mapping[str, int]
    header: int
    of_options: Mapping[int, Part]
    of_workbook: Mapping[str, int]
    of_rules: Mapping[str, int]
    members: Mapping[str, range]

    @property
    def last_option(self) -> int:
        """The last option's column."""
        return FIRST_OPTION + len(self.options) - 1

    @property
    def last_row(self) -> int:
        """The last row in use."""
        return max(rows[-1] for rows in self.members.values() if rows)


def lay_out_checks(plan: Plan, option: OptionLayout) -> ChecksLayout:
    """Lay out the sheet; comparisons of lines that the template does not have are left out."""
    template = plan.template
    checks = {number: HEADER_ROW + 1 + place for place, number in enumerate(CHECKS)}
    header = max(checks.values()) + 4
    of_options: dict[int, Part] = {}
    of_workbook: dict[str, int] = {}
    of_rules: dict[str, int] = {}
    members = {}
    row = header + 1
    rules = template.checks.parts.values() if template.checks else ()
    parts = [part for part in option_parts(template) if _is_known(part, template, option)]
    for number in CHECKS:
        first = row
        for part in (one for one in parts if one.check == number):
            of_options[row] = part
            row += 1
        for key in (one for one, (check, _) in WORKBOOK_PARTS.items() if check == number):
            of_workbook[key] = row
            row += 1
        for name in (one.name for one in rules if one.table.check == number):
            of_rules[name] = row
            row += 1
        members[number] = range(first, row)
    return ChecksLayout(plan.settings.options, checks, header, of_options, of_workbook, of_rules, members)


def _is_known(part: Part, template: Template, option: OptionLayout) -> bool:
    names = [name for _, name, _, _ in Formatter().parse(part.formula) if name]
    return all(name in option.rows or name in template.assumptions or name == "option_number" for name in names)
