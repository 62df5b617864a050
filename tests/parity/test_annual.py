"""The sheet Annual, recalculated by LibreOffice, is what the engine's months add up to, for the option shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest

from ftroi.plan import Plan, calculate
from ftroi.workbook.layout.annual import FIRST_YEAR, TOTAL, YEARS, Kind
from ftroi.workbook.layout.workbook import ANNUAL, Layout
from ftroi.workbook.sheets.registry import layout_of
from ftroi.workbook.write import write_workbook
from tests.support.depth import at_depth, seeds
from tests.support.office import Document, Office, used_area
from tests.support.random_plans import base_plan, drawn_plan
from tests.support.typing_in import type_plan

PLANS = at_depth(3, 15)
EXACT = 1e-9
"""Of the largest amount of the sheet: differences of large amounts are not more exact than these."""

Row = tuple[float | str, ...]


@dataclass(frozen=True)
class Annual:
    """A workbook that stays open while plans are typed into it."""

    office: Office
    document: Document
    plan: Plan
    layout: Layout

    def typed(self, plan: Plan) -> tuple[Row, ...]:
        """Type a plan and read the sheet."""
        type_plan(self.office, self.document, plan, self.layout)
        rows: tuple[Row, ...] = used_area(self.document.Sheets.getByName(ANNUAL)).getDataArray()
        return rows

    def shown(self, plan: Plan) -> dict[str, Row]:
        """The rows of the option shown by line, years and total; memo rows bear their convention."""
        rows = self.typed(plan)
        return {
            f"{one.kind.value} {one.name} {one.convention}".strip(): rows[one.row][FIRST_YEAR : TOTAL + 1]
            for one in self.layout.annual.placed
            if one.kind is not Kind.BLOCK
        }


@pytest.fixture(scope="module")
def annual(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Annual]:
    plan = base_plan("rag", "lora_self_hosted")
    path = tmp_path_factory.mktemp("annual") / "plan.xlsx"
    write_workbook(plan, path)
    with office.opened(path, editable=True) as document:
        yield Annual(office, document, plan, layout_of(plan))


def years(row: np.typing.NDArray[np.float64]) -> np.typing.NDArray[np.float64]:
    return np.asarray(row.reshape(YEARS, 12).sum(axis=1), dtype=np.float64)


def wanted_years(plan: Plan) -> dict[str, Row]:
    """Add up the engine's months; a closing amount is that of each year's last month."""
    results, option = calculate(plan, months=12 * YEARS), plan.settings.option
    wanted: dict[str, Row] = {}
    at_year_end = {"book_carrying_amount"}
    for name in plan.template.series:
        row = results.row(name, option)
        sums = years(row)
        closing = (*row[11::12].tolist(), "")
        wanted[name] = closing if name in at_year_end else (*sums.tolist(), float(row.sum()))
    return wanted


def is_near(found: Row, wanted: Row, scale: float) -> bool:
    pairs = zip(found, wanted, strict=True)
    return all(
        abs(one - other) <= EXACT * scale if isinstance(one, float) and isinstance(other, float) else one == other
        for one, other in pairs
    )


@pytest.mark.parametrize("seed", range(PLANS))
def test_the_years_of_a_random_plan_are_the_sums_of_its_months(annual: Annual, seed: int) -> None:
    plan = drawn_plan(seed, annual.plan)
    found, wanted = annual.shown(plan), wanted_years(plan)
    scale = max(1.0, *(abs(value) for value in (*wanted["costs"], *wanted["benefits"]) if isinstance(value, float)))
    kinds = {kind.value for kind in (Kind.FLOW, Kind.SUM, Kind.COUNT, Kind.CLOSING)}
    names = {key: key.rpartition(" ")[2] for key in found if key.rpartition(" ")[0] in kinds}
    assert len(names) > 40
    assert [name for key, name in names.items() if not is_near(found[key], wanted[name], scale)] == []


@pytest.mark.parametrize("seed", seeds(2, 6, first=100))
def test_yearly_conventions_are_the_engines_memo_measures(annual: Annual, seed: int) -> None:
    plan = drawn_plan(seed, annual.plan)
    found, results = annual.shown(plan), calculate(plan, months=12 * YEARS)
    for convention in ("year_end", "mid_year"):
        memo = results.number(f"tco_pv_{convention}", plan.settings.option)
        monthly = results.number("tco_pv", plan.settings.option)
        converted = found[f"{Kind.CONVERTED.value} costs {convention}"][-1]
        difference = found[f"{Kind.DIFFERENCE.value} costs {convention}"][-1]
        assert converted == pytest.approx(memo, rel=1e-9, abs=1e-6)
        assert difference == pytest.approx(memo - monthly, rel=1e-9, abs=1e-6 * max(1.0, abs(memo)))


def test_every_year_follows_the_option_the_case_and_the_horizon(annual: Annual) -> None:
    for option in annual.plan.settings.options:
        for case, horizon in (("base", 60), ("pessimistic", 30)):
            plan = annual.plan.with_settings(option=option, case=case).with_base("horizon_months", horizon)
            found, wanted = annual.shown(plan), wanted_years(plan)
            assert is_near(found[f"{Kind.SUM.value} costs"], wanted["costs"], 1e7)
            assert found[f"{Kind.COUNT.value} live_flag"][-1] == horizon


def test_every_option_has_its_years_below_with_the_total_of_its_own_sheet(annual: Annual) -> None:
    plan = drawn_plan(3, annual.plan)
    rows, results = annual.typed(plan), calculate(plan, months=12 * YEARS)
    for name in annual.layout.annual.by_option:
        if plan.template.lines[name].unit != "money/month":
            continue
        for row, option in zip(annual.layout.annual.block(name), plan.settings.options, strict=True):
            wanted = results.row(name, option)
            scale = max(1.0, float(np.abs(wanted).sum()))
            assert is_near(rows[row][FIRST_YEAR : TOTAL + 1], (*years(wanted).tolist(), float(wanted.sum())), scale)


def test_a_wrong_year_is_caught(annual: Annual) -> None:
    plan = drawn_plan(5, annual.plan)
    before = annual.shown(plan)
    row = annual.layout.annual.rows["costs", ""]
    cell = annual.document.Sheets.getByName(ANNUAL).getCellByPosition(FIRST_YEAR + 1, row)
    formula = cell.Formula
    cell.Formula = f"{formula}*1.001+1"
    try:
        assert not is_near(annual.shown(plan)[f"{Kind.SUM.value} costs"], wanted_years(plan)["costs"], 1e6)
    finally:
        cell.Formula = formula
    assert annual.shown(plan) == before
