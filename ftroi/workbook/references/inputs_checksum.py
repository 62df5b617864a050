"""The checksum (fingerprint) of the inputs as a formula: it tells whether stored results still belong to the inputs.

It is a sum over all numbers typed into FT_Inputs, and over choices from lists, weighted by position. It does not depend
on the option and case that are shown. A change of a value by a hundredth of a percent changes it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ftroi.analysis.risk.freshness import state_of
from ftroi.plan import ALL_BUT_NOTHING, ALL_OPTIONS, Plan
from ftroi.plan.plan import HOW_OFTEN
from ftroi.plan.simulated import FRESH
from ftroi.termsheet import OWN_BY_NATURE, serial
from ftroi.workbook.cached_values import stored
from ftroi.workbook.layout.assumptions import AssumptionsLayout
from ftroi.workbook.layout.workbook import ASSUMPTIONS, Layout
from ftroi.workbook.schema import DISTRIBUTIONS
from ftroi.workbook.xlsx.addresses import fixed_range, prefix, quoted

_POWER, _SCALE = "0.05", 1000
"""What a figure's square is raised to, which brings shares and amounts near each other, and by how much it counts."""

_KINDS = 100
"""More than there are choices of one kind."""

_OWN_FIGURES = ("first_month", "last_month", "amount", "growth")


def fingerprint_formula(layout: Layout) -> str:
    """The fingerprint of the workbook's inputs as they stand, without a leading ``=``.

    Of areas it has operators and SUMPRODUCT alone, which every spreadsheet computes alike.
    """
    sheet, slots = layout.assumptions, layout.assumptions.own_costs
    rows = sheet.rows.values()

    def area(first_row: int, last_row: int, first: int, last: int) -> str:
        return f"{prefix(ASSUMPTIONS)}{fixed_range(first_row, first, last_row, last)}"

    def own(header: str) -> str:
        column = sheet.bearer_column if header == "option" else sheet.own_columns[header]
        return area(slots[0], slots[-1], column, column)

    figures = area(min(rows), max(rows), sheet.columns["base"], sheet.columns["high"])
    costs = area(slots[0], slots[-1], sheet.own_columns["first_month"], sheet.own_columns["growth"])
    drawn = area(min(rows), max(rows), sheet.columns["distribution"], sheet.columns["distribution"])
    chosen = [(drawn, DISTRIBUTIONS), *((own(header), choices) for header, choices in _choices(layout).items())]
    return "+".join([
        *(f'SUMPRODUCT((({one}^2)^{_POWER}*{_SCALE}+({one}>0)+({one}<>""))*ROW({one})*COLUMN({one}))'
          for one in (figures, costs)),
        *(f"SUMPRODUCT(({cells}={quoted(choice)})*ROW({cells}))*{_weight(kind, place)}"
          for kind, (cells, choices) in enumerate(chosen) for place, choice in enumerate(choices)),
        f"SUMPRODUCT(({own('label')}<>\"\")*ROW({own('label')}))",
        "start_date*FT_ReferenceNumber*(FT_CandidateNumber+1)*(FT_IncumbentNumber+2)",
    ])  # fmt: skip


def _choices(layout: Layout) -> dict[str, tuple[str, ...]]:
    """What may stand in the texts of an own cost, by header."""
    options = (ALL_OPTIONS, ALL_BUT_NOTHING, *layout.assumptions.options)
    return {
        "option": options,
        "category": tuple(layout.compare.totals),
        "nature": tuple(OWN_BY_NATURE),
        "how_often": tuple(HOW_OFTEN),
    }


def _weight(kind: int, place: int) -> int:
    """Another weight for each choice, so that one in place of another is seen."""
    return _KINDS * kind + place + 1


def fingerprint(plan: Plan, layout: Layout) -> float:
    """The fingerprint of a plan's inputs, as they are laid out."""
    options = plan.settings.options
    settings = plan.settings
    parties = (settings.reference, settings.candidate, settings.incumbent)
    reference, candidate, incumbent = (options.index(one) + 1 for one in parties)
    start = serial(settings.start) * reference * (candidate + 1) * (incumbent + 2)
    return sum(_terms(plan, layout.assumptions)) + sum(_texts(plan, layout)) + start


def shown_fingerprint(plan: Plan, layout: Layout) -> float | None:
    """The fingerprint that stands beside a plan's simulated figures; None without any.

    It is the present one where the figures are about the present inputs, wherever these now stand.
    """
    if plan.simulated is None:
        return None
    is_fresh = state_of(plan) == FRESH
    return stored(fingerprint(plan, layout)) if is_fresh else plan.simulated.stamp.fingerprint


def _terms(plan: Plan, sheet: AssumptionsLayout) -> Iterator[float]:
    for name, row in sheet.rows.items():
        entry = plan.entries[name]
        cells = {"base": entry.base, **entry.own, "low": entry.low, "high": entry.high}
        for header, value in cells.items():
            if value is not None:
                yield _weighted(value, row, sheet.columns[header])
        if entry.distribution in DISTRIBUTIONS and plan.template.assumptions[name].table.kind == "uncertain":
            yield float(_weight(0, DISTRIBUTIONS.index(entry.distribution)) * (row + 1))
    for row, cost in zip(sheet.own_costs, plan.own_costs, strict=False):
        for header in _OWN_FIGURES:
            yield _weighted(getattr(cost, header), row, sheet.own_columns[header])


def _weighted(value: float, row: int, column: int) -> float:
    size = (value**2) ** float(_POWER) * _SCALE + (value > 0) + 1
    return float(size * (row + 1) * (column + 1))


def _texts(plan: Plan, layout: Layout) -> Iterator[float]:
    choices = enumerate(_choices(layout).items(), start=1)
    lists = [(kind, header, listed) for kind, (header, listed) in choices]
    for row, cost in zip(layout.assumptions.own_costs, plan.own_costs, strict=False):
        yield float((row + 1) * (cost.label != ""))
        for kind, header, listed in lists:
            if (chosen := getattr(cost, header)) in listed:
                yield float(_weight(kind, listed.index(chosen)) * (row + 1))
