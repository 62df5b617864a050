"""What each category adds to the NPV: together they are the NPV."""

from __future__ import annotations

import pytest

from ftroi.analysis.present_value import npv_by_category, present_total
from ftroi.plan import calculate
from tests.support.plans import FT, PE, toy_plan


def test_the_categories_add_up_to_the_npv() -> None:
    plan = toy_plan()
    results = calculate(plan)
    moves = npv_by_category(plan, results)
    assert sum(moves.values()) == pytest.approx(184_651.947197)
    serving = present_total(results, "visible.serving", FT) - present_total(results, "visible.serving", PE)
    assert moves["visible.serving"] == pytest.approx(-serving)
