"""What helps an option and what hurts it: every range moves the return the way that a person would expect.

The direction of each uncertain assumption stands in the template ("favourable"). Against doing nothing no option may
gain by a dearer price, a slower ramp or a lower value of an answer.
"""

from __future__ import annotations

import pytest

from ftroi.analysis.tornado import swings
from ftroi.plan import plan_from_preset
from tests.support.plans import fine_tuning

EVERY = 1_000
CENT = 0.01


@pytest.mark.parametrize("preset", fine_tuning().presets)
def test_no_range_moves_the_return_the_wrong_way(preset: str) -> None:
    plan = plan_from_preset(fine_tuning(), preset)
    wrong = []
    for option in plan.settings.options:
        for one in swings(plan.with_settings(option=option), "npv_over_nothing", EVERY):
            gain = one.at_high - one.at_low
            favourable = plan.template.assumptions[one.name].table.favourable
            if (gain if favourable == "low" else -gain) > CENT:
                wrong.append(f"{option}: {one.name} from low to high adds {gain:,.0f}")
    assert wrong == []
