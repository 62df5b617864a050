"""Another choice of options: what stays keeps all, what comes has the figures of its ready-made plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ftroi.errors import PlanError
from ftroi.plan import ALL_BUT_NOTHING, OwnCost, calculate, plan_from_preset
from ftroi.plan.choose_options import options_named, with_options
from tests.support.plans import fine_tuning

SAMPLE = plan_from_preset(fine_tuning(), "support_assistant")
COST = OwnCost("Review board", ALL_BUT_NOTHING, "hidden.compliance", "cash", 1, 12, 1_000.0)


def test_what_stays_keeps_everything_and_what_comes_is_as_in_the_ready_made_plan() -> None:
    edited = replace(SAMPLE.with_base("requests_per_month", 2e6).with_own("run_fte", "rag", 0.9), own_costs=(COST,))
    found = with_options(edited, ("rag", "distillation"))
    assert found.settings.options == ("do_nothing", "prompt_engineering", "rag", "lora_hosted", "distillation")
    assert found.own_costs == edited.own_costs
    for name, entry in found.entries.items():
        before = edited.entries[name]
        assert replace(entry, own={}) == replace(before, own={})
        assert {one: entry.own.get(one) for one in ("rag", "lora_hosted")} == {
            one: before.own.get(one) for one in ("rag", "lora_hosted")
        }
    stated = plan_from_preset(fine_tuning(), "support_assistant", ["distillation"])
    assert all(
        entry.own.get("distillation") == stated.entries[name].own.get("distillation")
        for name, entry in found.entries.items()
    )
    tco = calculate(edited).number("tco", "rag")
    assert calculate(found).number("tco", "rag") == pytest.approx(tco)


def test_there_and_back_is_the_same_plan() -> None:
    assert with_options(with_options(SAMPLE, ("distillation",)), SAMPLE.settings.options) == SAMPLE


def test_options_are_named_by_id_or_label_and_those_unknown_are_told_together() -> None:
    assert options_named(SAMPLE, ("RAG", " vendor-api fine-tuning", "distillation"), "--options") == (
        "rag", "api_fine_tune", "distillation",
    )  # fmt: skip
    assert options_named(SAMPLE, ("all",), "--options") == tuple(fine_tuning().options)
    with pytest.raises(PlanError) as caught:
        options_named(SAMPLE, ("ragg", "nonsense"), "--options")
    assert [one.what for one in caught.value.findings] == ["no option 'ragg'", "no option 'nonsense'"]
    with pytest.raises(PlanError, match="names no option"):
        options_named(SAMPLE, (" ",), "--options")


def test_an_option_that_bears_an_own_cost_does_not_go_unasked() -> None:
    with pytest.raises(PlanError, match="is borne by bigger_model_few_shot, which goes"):
        with_options(replace(SAMPLE, own_costs=(replace(COST, option="bigger_model_few_shot"),)), ("rag",))


@pytest.mark.parametrize("how_often, expected", [("once", 1_000), ("monthly", 30_000), ("yearly", 3_000)])
def test_a_cost_is_paid_once_monthly_or_yearly(how_often: str, expected: float) -> None:
    """From month 5 to 34: 30 months, and months 5, 17 and 29."""
    cost = replace(COST, option="rag", first_month=5, last_month=34, how_often=how_often)
    before, after = calculate(SAMPLE), calculate(replace(SAMPLE, own_costs=(cost,)))
    assert after.number("tco", "rag") - before.number("tco", "rag") == pytest.approx(expected)


def test_all_but_nothing_bear_a_cost_that_is_for_all_but_nothing() -> None:
    before, after = calculate(SAMPLE), calculate(replace(SAMPLE, own_costs=(COST,)))
    for option in SAMPLE.settings.options:
        more = after.number("tco", option) - before.number("tco", option)
        assert more == pytest.approx(0 if option == "do_nothing" else 12_000)
