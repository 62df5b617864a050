"""The fifteen checks of a workbook, and the comparisons that each of them is made of.

A comparison is a native formula that gives how far apart two figures are that must be the same, or
1 for what must not be. It is asked of every option's sheet, or once of the workbook. In its text
``{name}`` stands for the months of a line, or for the cell of a figure, of the sheet that is
checked:

=================== ============================================================
``{x}``             the line's months 1 to 60, or the figure's cell
``{x:before}``      the line's months 0 to 59: opening first
``{x:through}``     the line's months 0 to 60
``{x:end}``         the line in month 60
``{x:reference}``   the figure in the reference option
=================== ============================================================

Only the formula language's functions and SUMPRODUCT, NPV, INDEX, ISNUMBER stand in them, which all
spreadsheets compute alike; SUMPRODUCT makes MAX and ABS go through whole rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ftroi.termsheet import Line, Template, flat
from ftroi.termsheet.totals import BENEFITS, total_of

ENGINE_CHECK, ACTUALS_CHECK = "15", "14"

CHECKS = {
    "1": "Lines add up to categories, and categories to the lifetime cost, in every month",
    "2": "Visible and hidden cost add up to the lifetime cost, building and running to both",
    "3": "Cash and economic cost add up to the lifetime cost; cash and capacity to the value",
    "4": "Years add up to months, nominal and at present value; yearly conventions are reconciled",
    "5": "The spreadsheet's own NPV at the monthly rate gives the net present value and the cost at present value",
    "6": "NPV against the reference is NPV against doing nothing less the reference's",
    "7": "Return on investment times extra cost is the NPV; it is a text exactly where there is no extra cost",
    "8": "At the internal rate of return that is shown the NPV is 0",
    "9": "There is a payback exactly where the flows add up to 0 or more, and the cumulative flow is 0 there",
    "10": "Unit cost times valid answers is the cost at present value; valid, served and demanded are in order",
    "11": "Value and the stagnation memo add up to the value without drift",
    "12": "Owner hours, diverted people and retraining stay within what there is",
    "13": "Capitalised is amortised, written off or carried; cost and NPV do not change by it",
    ACTUALS_CHECK: "Re-forecast is actuals and forecast",
    ENGINE_CHECK: "Engine and sheets agree; no errors; one currency; inputs in range; options available",
}
"""What is checked, by number."""


@dataclass(frozen=True, slots=True)
class Part:
    """One comparison: the check that it belongs to, what it says, and its formula.

    ``only_if`` names a measure without which, when it shows a text, there is nothing to compare.
    """

    check: str
    label: str
    formula: str
    only_if: str = ""


def option_parts(template: Template) -> Iterator[Part]:
    """Give the comparisons that are made on every option's sheet."""
    yield from _categories(template)
    yield from (Part(*row) for row in _PARTS)
    yield Part("8", "NPV at the rate that is shown", f"ABS(NPV({_MONTHLY.format('irr')},{{increment_net}}))", "irr")


def _categories(template: Template) -> Iterator[Part]:
    for name in template.categories:
        line = template.lines[flat(name)]
        yield Part("1", f"{line.label}: its lines add up", _sum_is(line))
    for total in (*map(total_of, template.cost_groups), BENEFITS):
        line = template.lines[total]
        yield Part("1", f"{line.label}: its categories add up", _sum_is(line))


def _sum_is(line: Line) -> str:
    terms = "-".join(f"{{{term}}}" for term in line.terms)
    return _worst(f"{{{line.name}}}-{terms}" if terms else f"{{{line.name}}}")


def _worst(difference: str) -> str:
    """Give the largest difference of two rows, whatever its sign."""
    return f"SUMPRODUCT(MAX(ABS({difference})))"


def _excess(*differences: str) -> str:
    """Give the most by which a row is above another, or 0."""
    return f"SUMPRODUCT(MAX({','.join(differences)},0))"


def _exactly_if(one: str, other: str) -> str:
    """Give 1 where one condition holds and the other does not."""
    return f"IF(({one})=({other}),0,1)"


def _unless_same(text: str) -> str:
    """Give 0 for an option that does not differ from the reference."""
    return f"IF({{total_difference}}<zero_tolerance,0,{text})"


_MONTHLY = "(1+{{{}}})^(1/months_per_year)-1"
"""The monthly rate of a yearly one."""

_AT_PAYBACK = (
    "IF(ISNUMBER({payback_months}),ABS(INDEX({cumulative_net:through},INT({payback_months})+1)"
    "+({payback_months}-INT({payback_months}))"
    "*INDEX({increment_net},MIN(COLUMNS({increment_net}),INT({payback_months})+1))),0)"
)
_UNDRIFTED = (
    "{value_of_requests}*{realised_share}*({today_quality}+{adoption}*({level}-{today_quality}))"
    "-{served}*(1-{level})*{cost_per_wrong_answer}*{price_index}"
)

_RUNNING_HIDDEN = "SUMPRODUCT((1-{build_flag})*{hidden_costs}+{build_flag}*{hidden_incumbent})"

_PARTS = (
    ("1", "Visible and hidden categories are the cost", _worst("{visible_costs}+{hidden_costs}-{costs}")),
    ("1", "The months are the lifetime cost", "ABS(SUM({costs})-{tco})"),
    ("2", "Visible + hidden = lifetime cost", "ABS({visible}+{hidden}-{tco})"),
    (
        "2",
        "Visible: sprint + running + incumbent",
        "ABS({sprint_budget}+SUMPRODUCT((1-{build_flag})*{visible_costs}+{build_flag}*{visible_incumbent})-{visible})",
    ),
    (
        "2",
        "Hidden: building + running + incumbent",
        f"ABS({{build_cost}}-{{sprint_budget}}+{_RUNNING_HIDDEN}-{{hidden}})",
    ),
    ("3", "Cash + economic = cost, every month", _worst("{cash_costs}+{economic_costs}-{costs}")),
    (
        "3",
        "Cash + capacity - review = value, every month",
        _worst("{value_cash}+{value_capacity}+{value_review}-{benefits}"),
    ),
    ("3", "Cash by its lines = cash by its category", _worst("{cash_benefits}-{value_cash}-{value_review}")),
    ("5", "Net present value", f"ABS(NPV({_MONTHLY.format('discount_rate')},{{increment_net}})-{{npv}})"),
    ("5", "Cost at present value", f"ABS(NPV({_MONTHLY.format('discount_rate')},{{costs}})-{{tco_pv}})"),
    ("6", "NPV against the reference", "ABS({npv}-({npv_over_nothing}-{npv_over_nothing:reference}))"),
    ("7", "Return x extra cost = NPV", "IF(ISNUMBER({roi}),ABS({roi}*{increment_cost_pv}-{npv}),0)"),
    ("7", "A number exactly where there is extra cost",
     _exactly_if("ISNUMBER({roi})", "{increment_cost_pv}>=zero_tolerance")),
    ("9", "Payback exists exactly where the flows add up to 0 or more", _unless_same(_exactly_if(
        'OR(ISNUMBER({payback_months}),{payback_months}="immediate")', "SUM({increment_net})>=-zero_tolerance"))),
    ("9", "Discounted payback exists exactly where NPV is 0 or more", _unless_same(_exactly_if(
        'OR(ISNUMBER({discounted_payback_months}),{discounted_payback_months}="immediate")',
        "{npv}>=-zero_tolerance"))),
    ("9", "The cumulative flow at the payback is 0", _AT_PAYBACK),
    ("10", "Unit cost x valid answers = cost at present value",
     "IF(ISNUMBER({unit_cost}),ABS({unit_cost}*{valid_pv}/requests_per_krequest-{tco_pv}),0)"),
    ("10", "Valid answers within those served, these within demand",
     _excess("{own_valid_requests}-{served}", "{served}-{requests}")),
    ("11", "Value + memo = value without drift",
     _worst(f"{{cash_value}}+{{capacity_value}}-{{wrong_answers}}+{{drift_value_loss}}-({_UNDRIFTED})")),
    ("12", "Owner hours used within those funded",
     _excess("{owner_hours_needed}*(1-{excess_hours_share})-{owner_hours_funded}")),
    ("12", "People diverted within those of the build",
     "MAX(0,SUMPRODUCT({build_flag}*{diverted_fte})-{build_fte_months})"),
    ("12", "At most one retraining a month", _excess("{refresh_flag}+{rebase_flag}-1")),
    ("12", "No retraining outside operation", "SUMPRODUCT(({refresh_flag}+{rebase_flag})*(1-{operate_flag}))"),
    ("13", "Books: opening + capitalised - amortised - written off = closing", _worst(
        "{book_carrying_amount:before}+{capitalised}-{book_amortisation}-{book_written_off}-{book_carrying_amount}")),
    ("13", "Tax: opening + capitalised - deducted = closing", _worst(
        "{tax_carrying_amount:before}+{capitalised}-{tax_amortisation}-{tax_written_off}-{tax_carrying_amount}")),
    ("13", "Capitalised = amortised + written off + carried",
     "ABS(SUM({capitalised})-SUM({book_amortisation})-SUM({book_written_off})-{book_carrying_amount:end})"),
    ("13", "Charge to profit = cost moved in time", _worst(
        "{profit_charges}+{capitalised}-{book_amortisation}-{book_written_off}-{costs}")),
    ("13", "Charge to profit = lifetime cost in all", "ABS(SUM({profit_charges})-{tco})"),
    ("13", "NPV is value less cost, before capitalisation and tax",
     "ABS({npv}-SUMPRODUCT(({increment_value}-{increment_cost})*{discount_factor}))"),
    (ENGINE_CHECK, "The reference against itself is 0",
     "IF({option_number}=FT_ReferenceNumber,ABS({npv})+{total_difference},0)"),
)  # fmt: skip
"""The comparisons of every template that has their lines: check, label, formula."""
