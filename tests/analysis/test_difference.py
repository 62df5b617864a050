"""Two plans compared: every change is listed, and the effects add up to the difference, over random plans too."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ftroi.analysis.difference import OWN_COSTS, OWN_FORMULAS, Difference, compare_plans, difference_report
from ftroi.errors import PlanError
from ftroi.plan import GateEntry, Plan, calculate, plan_from_preset
from ftroi.termsheet.own_formulas import OwnFormula
from tests.support.plans import FT, cost, fine_tuning, flow_plan
from tests.support.random_plans import random_plan

PLAN = plan_from_preset(fine_tuning(), "support_assistant")


def require_sums(found: Difference) -> None:
    for name, (was, now) in found.figures.items():
        total = sum(effect[name] for effect in found.effects.values())
        assert total == pytest.approx(now - was, abs=1e-9 * max(1, abs(was), abs(now)))


def require_figures(found: Difference, before: Plan, after: Plan) -> None:
    for plan, place in ((before, 0), (after, 1)):
        results = calculate(plan)
        for name in ("tco", "npv"):
            expected = results.number(name, found.option[place])
            assert found.figures[name][place] == pytest.approx(expected, rel=1e-9, abs=1e-6)


def test_a_plan_does_not_differ_from_itself() -> None:
    found = compare_plans(PLAN, PLAN)
    assert found.changes == ()
    assert found.effects == {}
    assert found.figures["npv"][0] == found.figures["npv"][1]


def test_one_change_has_the_whole_effect() -> None:
    after = PLAN.with_base("requests_per_month", 800_000)
    found = compare_plans(PLAN, after)
    require_figures(found, PLAN, after)
    assert set(found.effects) == {"requests_per_month"}
    require_sums(found)


def test_changes_of_every_kind_are_listed_and_add_up() -> None:
    after = (
        PLAN.with_base("requests_per_month", 800_000).with_own("quality_level", FT, 0.8).with_base("horizon_months", 48)
    )
    after = replace(
        after.with_settings(case="pessimistic", reference="rag", project="Other"),
        own_costs=(cost(FT, "visible.licence", 3, 20, 5_000),),
        gates={"quality_lead": GateEntry(figure=0.2)} if "quality_lead" in fine_tuning().gates else PLAN.gates,
    )
    found = compare_plans(PLAN, after)
    require_figures(found, PLAN, after)
    require_sums(found)
    assert {"setting case", "setting reference", OWN_COSTS, "horizon_months", "quality_level"} <= set(found.effects)
    assert "setting project" not in found.effects
    assert {change.kind for change in found.changes} >= {"setting", "input", "own cost"}


def test_what_is_taken_back_has_the_opposite_effect() -> None:
    after = PLAN.with_base("requests_per_month", 800_000).with_base("discount_rate", 0.07)
    there, back = compare_plans(PLAN, after), compare_plans(after, PLAN)
    for cause, effect in there.effects.items():
        assert back.effects[cause]["npv"] == pytest.approx(-effect["npv"])


def test_an_own_cost_does_what_it_costs() -> None:
    before = flow_plan([100.0] * 12)
    after = replace(before, own_costs=(*before.own_costs, cost(FT, "hidden.compliance", 1, 12, 7)))
    found = compare_plans(before, after)
    assert found.effects == {OWN_COSTS: {"tco": pytest.approx(84), "npv": pytest.approx(-84)}}


def test_an_option_that_is_new_is_listed_and_has_no_effect() -> None:
    before = plan_from_preset(fine_tuning(), "support_assistant", ["rag"])
    found = compare_plans(before, PLAN)
    assert {change.kind for change in found.changes} == {"option"}
    assert found.effects == {}


def test_another_proposed_option_has_the_effect_of_the_setting() -> None:
    before = plan_from_preset(fine_tuning(), "support_assistant", ["rag"])
    after = PLAN.with_settings(candidate="lora_self_hosted")
    found = compare_plans(before, after)
    require_figures(found, before, after)
    assert set(found.effects) == {"setting candidate"}
    require_sums(found)


def test_ends_count_where_a_case_moves_to_them() -> None:
    entry = PLAN.entries["requests_per_month"]
    after = PLAN.with_entry("requests_per_month", replace(entry, low=100_000))
    assert compare_plans(PLAN, after).effects == {}
    found = compare_plans(PLAN.with_settings(case="pessimistic"), after.with_settings(case="pessimistic"))
    assert set(found.effects) == {"requests_per_month"}
    require_sums(found)


@pytest.mark.parametrize("seed", range(2))
def test_random_plans_add_up(seed: int) -> None:
    before, other = random_plan(seed, "support_assistant"), random_plan(seed + 50, "support_assistant")
    names = sorted(other.entries)[seed::9]
    after = replace(before, entries={**before.entries, **{name: other.entries[name] for name in names}})
    after = replace(after, own_costs=other.own_costs).with_settings(case=other.settings.case)
    found = compare_plans(before, after)
    require_figures(found, before, after)
    if not found.missing:
        require_sums(found)


def test_plans_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(PlanError, match="one plan is in USD, the other in EUR"):
        compare_plans(PLAN, PLAN.with_settings(currency="EUR"))
    with pytest.raises(PlanError, match="the first plan has no 'nothing_else'"):
        compare_plans(PLAN, PLAN, "nothing_else")


def test_the_report_is_json() -> None:
    found = compare_plans(PLAN, PLAN.with_settings(start=PLAN.settings.start.replace(year=2028)))
    text = json.dumps(difference_report(found), allow_nan=False)
    assert '"setting start"' in text


def test_formulas_of_ones_own_are_a_cause_and_the_waterfall_adds_up() -> None:
    before = plan_from_preset(fine_tuning(), "support_assistant", ["rag"])
    own = OwnFormula("lora_hosted", "data_labelling", "operate_flag * 250")
    after = before.with_base("requests_per_month", 900_000).with_formulas((own,))
    found = compare_plans(before, after)
    (change,) = [one for one in found.changes if one.kind == "formula"]
    assert (change.name, change.option, change.now) == ("data_labelling", "lora_hosted", "operate_flag * 250")
    assert set(found.effects) == {"requests_per_month", OWN_FORMULAS}
    for name, (was, now) in found.figures.items():
        assert sum(effect[name] for effect in found.effects.values()) == pytest.approx(now - was)
    alone = compare_plans(before, before.with_formulas((own,)))
    assert alone.effects[OWN_FORMULAS]["tco"] == pytest.approx(found.effects[OWN_FORMULAS]["tco"], rel=0.01)
    back = compare_plans(after, before)
    assert back.effects[OWN_FORMULAS]["tco"] == pytest.approx(-found.effects[OWN_FORMULAS]["tco"])
