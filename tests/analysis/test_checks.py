"""What a plan fails by itself: said in a sentence that tells why."""

from __future__ import annotations

from datetime import date

from ftroi.analysis.checks import differences, failures, reason_of
from ftroi.analysis.rule_cells import OptionTable
from ftroi.plan import Plan, calculate
from tests.support.random_plans import base_plan

CLOSED = "Fine-tuning at a closed vendor's API closed on 6 Jan 2027; the plan starts 1 Jul 2027"


def sound() -> Plan:
    return base_plan("api_fine_tune", "lora_hosted")


def found(plan: Plan) -> list[str]:
    return failures(plan, OptionTable(plan, calculate(plan)))


def late(**settings: str) -> Plan:
    return sound().with_settings(start=date(2027, 7, 1), **settings)


def test_an_option_that_has_closed_is_a_failure_where_it_plays_a_part() -> None:
    label = sound().template.options["api_fine_tune"].label
    told = CLOSED.replace("Fine-tuning at a closed vendor's API", label)
    assert found(late(candidate="api_fine_tune")) == [told]
    assert found(late(reference="api_fine_tune")) == [told]


def test_elsewhere_and_in_time_it_is_none() -> None:
    assert found(late(candidate="lora_hosted")) == []
    assert found(sound().with_settings(candidate="api_fine_tune", start=date(2027, 1, 6))) == []


def test_the_difference_is_that_of_the_option() -> None:
    plan = late(candidate="api_fine_tune")
    options = OptionTable(plan, calculate(plan))
    assert plan.template.checks is not None
    part = plan.template.checks.parts["available"]
    assert {option for option, far in differences(plan, options, part).items() if far} == {"api_fine_tune"}
    assert "closed on 6 Jan 2027" in reason_of(plan, options, part, "api_fine_tune")
