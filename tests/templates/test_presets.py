"""The presets: what an expert looks at in each of them."""

from __future__ import annotations

import pytest

from ftroi.plan import calculate, plan_from_preset
from tests.support.plans import fine_tuning

PRESETS = sorted(fine_tuning().presets)


@pytest.mark.parametrize("preset", PRESETS)
def test_equal_work_is_weighed_alike_owners_are_funded_for_what_they_do(preset: str) -> None:
    plan = plan_from_preset(fine_tuning(), preset)
    results = calculate(plan)
    for option in plan.settings.options:
        needed, funded = (results.row(f"owner_hours_{one}", option).sum() for one in ("needed", "funded"))
        assert 0.7 * needed <= funded <= 1.1 * needed, option
