"""What the sheet shows, by hand and against what the command computes of the same bills."""

from __future__ import annotations

import pytest

from ftroi.plan import Plan, calculate
from ftroi.workbook.sheets.actuals.figures import Figures
from tests.support.tracked import BILLED, COMPUTE, SERVING, billed_plan


def figures_of(plan: Plan) -> Figures:
    assert plan.actuals is not None
    return Figures(plan, plan.actuals, calculate(plan))


def test_amounts_by_category_and_what_is_apart() -> None:
    figures = figures_of(billed_plan())
    assert figures.billed(COMPUTE) == pytest.approx(1_000.25)
    assert figures.billed(SERVING) == pytest.approx(700.5 + 800.25 - 50)
    assert (figures.count(SERVING), figures.count("visible.storage")) == (3, 0)
    apart = figures.apart(1_000.25 + 1_450.75)
    assert apart == pytest.approx(
        {"not assigned": 33, "outside": 19.75, "other": 44, "before": 5.5, "after": 6.5, "all": 2_559.75}
    )
    assert apart["all"] == pytest.approx(sum(one.amount for one in BILLED))


def test_at_completion_billed_takes_the_place_of_the_plan() -> None:
    figures = figures_of(billed_plan())
    later = float(figures.now(SERVING)[6:].sum())
    assert figures.forecast(SERVING) == pytest.approx(1_450.75 + later)
    assert figures.forecast("visible.storage") == pytest.approx(float(figures.frozen("visible.storage").sum()))
    assert figures.frozen_to_date("visible.storage") == 0


def test_months_add_up_to_what_is_compared() -> None:
    figures = figures_of(billed_plan())
    assert sum(figures.billed_in(month) for month in range(1, 7)) == pytest.approx(2_451)


def test_an_approval_alone_asks_no_verdict_again() -> None:
    assert figures_of(billed_plan(to_date=0)).later is None
    assert figures_of(billed_plan()).later is not None
