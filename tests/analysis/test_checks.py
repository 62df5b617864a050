"""What a plan fails by itself: said in a sentence that tells why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ftroi.analysis.checks import cells_of, differences, failures, reason_of
from ftroi.analysis.rule_cells import OptionTable
from ftroi.language.rules import RuleCells
from ftroi.plan import Plan, calculate
from ftroi.termsheet.check_rules import CheckPart
from tests.support.random_plans import base_plan, random_plan

CLOSED = "Fine-tuning at a closed vendor's API closed on 6 Jan 2027; the plan starts 1 Jul 2027"


def sound() -> Plan:
    return base_plan("api_fine_tune", "lora_hosted")


def found(plan: Plan) -> list[str]:
    results = calculate(plan)
    return failures(plan, results, OptionTable(plan, results))


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
    part, cells = _part(plan, "available")
    assert {option for option, far in differences(plan, cells, part).items() if far} == {"api_fine_tune"}
    assert "closed on 6 Jan 2027" in reason_of(plan, cells, part, "api_fine_tune")


def _part(plan: Plan, name: str) -> tuple[CheckPart, dict[str, RuleCells]]:
    results = calculate(plan)
    return plan.template.what_is_checked.parts[name], cells_of(plan, results, OptionTable(plan, results))


@pytest.mark.parametrize("seed", range(3))
def test_every_part_holds_in_a_random_plan(seed: int) -> None:
    plan = random_plan(seed)
    cells = cells_of(plan, results := calculate(plan), OptionTable(plan, results))
    wrong = {
        part.name: far
        for part in plan.template.what_is_checked.parts.values()
        if not part.table.edited
        and (far := {one: by for one, by in differences(plan, cells, part).items() if by not in ("", 0.0)})
    }
    assert all(abs(float(by)) <= plan.zero_tolerance for far in wrong.values() for by in far.values()), wrong


def test_a_wrong_line_is_found() -> None:
    """Every formula is computed of figures, and so a figure that is wrong makes its part fail."""
    plan = sound()
    results = calculate(plan)
    spoilt = replace(results, arrays={**results.arrays, "costs": results.arrays["costs"] + 1.0})
    told = failures(plan, spoilt, OptionTable(plan, spoilt))
    assert any(one.startswith("Visible and hidden categories are the cost (") for one in told)
    assert any(one.startswith("Cost at present value (") for one in told)
