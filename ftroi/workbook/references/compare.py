"""How the Dashboard shows a measure: its number format, its unit, and what Compare holds of an option."""

from __future__ import annotations

from ftroi.plan import Plan
from ftroi.workbook.layout.compare import FIRST_OPTION
from ftroi.workbook.layout.workbook import ASSUMPTIONS, COMPARE, Layout
from ftroi.workbook.xlsx.addresses import fixed, fixed_range, prefix
from ftroi.workbook.xlsx.number_formats import number_of_line

MONEY, THOUSAND = "money", " thousand"
_RESTS = {"money": THOUSAND, "money/krequest": ""}
"""What follows the currency; the label of a cost of 1,000 answers says it already."""


def number_of(name: str, unit: str) -> str:
    """The number format of a measure on the Dashboard, where money is in thousands."""
    if unit == "month":
        return "months in words"
    return "thousands" if unit == "money" else number_of_line(name, unit)


def unit_formula(layout: Layout, unit: str) -> str:
    """The formula of a unit of money, in the plan's currency and in thousands; "" for any other unit."""
    if "money" not in unit:
        return ""
    return f'{currency_cell(layout)}&"{_rest(unit)}"'


def currency_formula(layout: Layout, unit: str) -> str:
    """The formula of a unit whose money stands first, in the plan's currency; "" for any other unit."""
    if not unit.startswith(MONEY):
        return ""
    return f'{currency_cell(layout)}&"{unit.removeprefix(MONEY)}"'


def currency_cell(layout: Layout) -> str:
    """The cell of the plan's currency."""
    sheet = layout.assumptions
    return f"{prefix(ASSUMPTIONS)}{fixed(sheet.settings['currency'], sheet.setting_column)}"


def unit_text(plan: Plan, unit: str) -> str:
    """What the formula of a unit shows."""
    return f"{plan.settings.currency}{_rest(unit)}" if "money" in unit else ""


def _rest(unit: str) -> str:
    return _RESTS.get(unit, unit.removeprefix(MONEY))


def of_option(layout: Layout, row: int, position: str) -> str:
    """What Compare holds in a row for the option at a named position."""
    cells = fixed_range(row, FIRST_OPTION, row, layout.compare.last_option)
    return f"INDEX({prefix(COMPARE)}{cells},1,{position})"
