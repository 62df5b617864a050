"""Which questions the sheet Start asks of a plan."""

from __future__ import annotations

from ftroi.plan import plan_from_preset
from ftroi.workbook.layout.start import lay_out_start
from tests.support.plans import fine_tuning


def test_a_base_that_every_option_overrides_is_not_asked_for() -> None:
    """Of fifteen inputs to fill first, six did nothing: each option states its own."""
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    asked = {plan.template.questions[name].input for name in lay_out_start(plan).rows}
    assert not asked & {"build_months", "build_fte_months", "run_fte", "examples", "integrated_systems"}
    assert {"requests_per_month", "value_per_request", "discount_rate"} <= asked
