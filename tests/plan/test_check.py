"""What people enter is checked, with every finding at once."""

from __future__ import annotations

import pytest

from ftroi.plan import check_plan, plan_from_preset
from tests.support.plans import fine_tuning

REFUSED = [
    ("gpu_throughput", "lora_self_hosted", 0, "is outside 1 to"),
    ("reviewed_share", "rag", 1.5, "is outside 0% to 100%"),
    ("escalated_share", "rag", 40, "for 40% type 40% or 0.4"),
    ("tuning_kind", "rag", 7, "7 is outside 0 to 2; enter a figure inside it"),
    ("service_price", "rag", -1, "is outside 0 to"),
]


@pytest.mark.parametrize("name, option, value, told", REFUSED)
def test_a_figure_that_no_option_can_have_is_refused(name: str, option: str, value: float, told: str) -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant").with_own(name, option, value)
    (finding,) = check_plan(plan)
    assert finding.where == f"{name} ({option})"
    assert told in str(finding)


def test_an_incumbent_that_is_no_option_of_the_plan_is_refused() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant", ("rag",)).with_settings(incumbent="distillation")
    (finding,) = check_plan(plan)
    assert (finding.where, finding.what) == ("incumbent", "'distillation' is not an option of this plan")
