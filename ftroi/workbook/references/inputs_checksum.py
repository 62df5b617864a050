"""The fingerprint of the typed inputs: whether a figure that the engine stamped is still about them.

A sum over every figure that is typed into FT_Inputs, and over the distributions, weighted by place. It depends on
neither the option nor the case that is shown. A change of a figure by a hundredth of a percent is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import asinh

from ftroi.analysis.risk.freshness import state_of
from ftroi.plan import OwnCost, Plan
from ftroi.plan.simulated import FRESH
from ftroi.termsheet import serial
from ftroi.workbook.cached_values import rounded
from ftroi.workbook.layout.assumptions import AssumptionsLayout
from ftroi.workbook.layout.workbook import ASSUMPTIONS, Layout
from ftroi.workbook.xlsx.addresses import fixed_range, prefix

_TEXT = 100
"""Characters of an own cost's option, category and nature that count."""

_SPACE = 32
_OWN_FIGURES = ("first_month", "last_month", "amount", "growth")
_LETTERS = f"COLUMN($A$1:$CV${1})"


def fingerprint_formula(layout: Layout) -> str:
    """Give the fingerprint of the workbook's inputs as they stand, without a leading ``=``."""
    sheet = layout.assumptions
    slots = sheet.own_costs

    def area(first_row: int, last_row: int, first: int, last: int) -> str:
        return f"{prefix(ASSUMPTIONS)}{fixed_range(first_row, first, last_row, last)}"

    def own(header: str) -> str:
        return area(slots[0], slots[-1], sheet.own_columns[header], sheet.own_columns[header])

    figures = area(min(sheet.rows.values()), max(sheet.rows.values()), sheet.columns["base"], sheet.columns["high"])
    costs = area(slots[0], slots[-1], sheet.own_columns["first_month"], sheet.own_columns["growth"])
    texts = '&"|"&'.join([own("option"), own("category"), own("nature"), f"SIGN(LEN({own('label')}))"])
    letters = (
        f'(CODE(MID({texts}&REPT(" ",COLUMNS($A$1:$CV$1)),{_LETTERS},1))-CODE(" "))*ROW({own("option")})*{_LETTERS}'
    )
    drawn = area(
        min(sheet.rows.values()), max(sheet.rows.values()), sheet.columns["distribution"], sheet.columns["distribution"]
    )
    return "+".join([
        *(f"SUMPRODUCT((ASINH({one})+ISNUMBER({one}))*ROW({one})*COLUMN({one}))" for one in (figures, costs)),
        f"SUMPRODUCT({letters})",
        f'SUMPRODUCT((CODE(LOWER({drawn})&" ")-CODE(" "))*ROW({drawn}))',
        "start_date*FT_ReferenceNumber*(FT_CandidateNumber+1)*(FT_IncumbentNumber+2)",
    ])  # fmt: skip


def fingerprint(plan: Plan, layout: Layout) -> float:
    """Give the fingerprint of a plan's inputs, as they are laid out."""
    options = plan.settings.options
    settings = plan.settings
    parties = (settings.reference, settings.candidate, settings.incumbent)
    reference, candidate, incumbent = (options.index(one) + 1 for one in parties)
    start = serial(settings.start) * reference * (candidate + 1) * (incumbent + 2)
    return sum(_terms(plan, layout.assumptions)) + sum(_texts(plan, layout.assumptions)) + start


def shown_fingerprint(plan: Plan, layout: Layout) -> float | None:
    """Give the fingerprint that stands beside a plan's simulated figures; None without any.

    It is the present one where the figures are about the present inputs, wherever these now stand.
    """
    if plan.simulated is None:
        return None
    is_fresh = state_of(plan) == FRESH
    return rounded(fingerprint(plan, layout)) if is_fresh else plan.simulated.stamp.fingerprint


def _terms(plan: Plan, sheet: AssumptionsLayout) -> Iterator[float]:
    for name, row in sheet.rows.items():
        entry = plan.entries[name]
        cells = {"base": entry.base, **entry.own, "low": entry.low, "high": entry.high}
        for header, value in cells.items():
            if value is not None:
                yield _weighted(value, row, sheet.columns[header])
        if entry.distribution and plan.template.assumptions[name].table.kind == "uncertain":
            yield float((ord(entry.distribution[0]) - _SPACE) * (row + 1))
    for row, cost in zip(sheet.own_costs, plan.own_costs, strict=False):
        for header in _OWN_FIGURES:
            yield _weighted(getattr(cost, header), row, sheet.own_columns[header])


def _weighted(value: float, row: int, column: int) -> float:
    return (asinh(value) + 1) * (row + 1) * (column + 1)


def _texts(plan: Plan, sheet: AssumptionsLayout) -> Iterator[float]:
    blank = OwnCost("", "", "", "", 0, 0, 0)
    costs = (*plan.own_costs, *([blank] * len(sheet.own_costs)))
    for row, cost in zip(sheet.own_costs, costs, strict=False):
        text = f"{cost.option}|{cost.category}|{cost.nature}|{min(1, len(cost.label))}"[:_TEXT]
        for place, letter in enumerate(text, start=1):
            yield float((ord(letter) - _SPACE) * (row + 1) * place)
