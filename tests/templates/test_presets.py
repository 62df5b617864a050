"""The presets: what an expert looks at in each of them."""

from __future__ import annotations

from functools import cache

import pytest

from ftroi.engine import Results
from ftroi.plan import Plan, calculate, plan_from_preset
from ftroi.termsheet import flat
from tests.support.plans import fine_tuning

PRESETS = sorted(fine_tuning().presets)

WINNERS = {
    "background_checks": "prompt_engineering",
    "clinical_summaries": "lora_self_hosted",
    "document_extraction": "lora_hosted",
    "mid_size_support_desk": "buy_service",
    "own_foundation_model": "rag",
    "policy_questions": "rag",
    "product_categorisation": "lora_hosted",
    "support_assistant": "rag",
    "support_at_scale": "full_fine_tune",
}

DECIDES = [
    ("clinical_summaries", "lora_self_hosted", "value.capacity"),
    ("document_extraction", "lora_hosted", "visible.serving"),
    ("own_foundation_model", "full_fine_tune", "visible.compute"),
    ("policy_questions", "rag", "value.capacity"),
    ("product_categorisation", "lora_hosted", "visible.serving"),
    ("support_assistant", "rag", "value.cash"),
    ("support_at_scale", "full_fine_tune", "value.cash"),
]
"""The category that moves an option's NPV against the reference most: why it wins, or loses."""


@cache
def computed(preset: str) -> tuple[Plan, Results]:
    plan = plan_from_preset(fine_tuning(), preset)
    return plan, calculate(plan)


def over_nothing(plan: Plan) -> dict[str, float]:
    results = calculate(plan)
    return {option: results.number("npv_over_nothing", option) for option in plan.settings.options}


def best(found: dict[str, float]) -> str:
    return max(found, key=lambda option: found[option])


@pytest.mark.parametrize("preset", PRESETS)
def test_the_expected_option_wins(preset: str) -> None:
    plan, _ = computed(preset)
    assert best(over_nothing(plan)) == WINNERS[preset]


@pytest.mark.parametrize("preset, option, category", DECIDES)
def test_the_expected_line_decides(preset: str, option: str, category: str) -> None:
    plan, results = computed(preset)
    factor = results.row("discount_factor", option)

    def moved(name: str) -> float:
        gap = results.row(flat(name), option) - results.row(flat(name), plan.settings.reference)
        return abs(float((gap * factor).sum()))

    assert max(plan.template.categories, key=moved) == category


def test_buying_wins_a_desk_by_resolutions_and_costs_more() -> None:
    plan, results = computed("mid_size_support_desk")
    built = max(
        (one for one in plan.settings.options if one != "buy_service"), key=lambda one: results.number("npv", one)
    )
    assert results.number("value", "buy_service") > results.number("value", built)
    assert results.number("tco", "buy_service") > results.number("tco", built)


def test_tuning_for_background_checks_is_marginal() -> None:
    found = over_nothing(computed("background_checks")[0])
    assert abs(found["lora_hosted"] - found["prompt_engineering"]) < 0.01 * found["prompt_engineering"]


def test_clinical_summaries_hang_on_the_minutes_saved_in_the_pessimistic_case_nothing_pays() -> None:
    plan = computed("clinical_summaries")[0].with_settings(case="pessimistic")
    assert best(over_nothing(plan)) == "do_nothing"


@pytest.mark.parametrize("preset", PRESETS)
def test_equal_work_is_weighed_alike_owners_are_funded_for_what_they_do(preset: str) -> None:
    plan, results = computed(preset)
    for option in plan.settings.options:
        needed, funded = (results.row(f"owner_hours_{one}", option).sum() for one in ("needed", "funded"))
        assert 0.7 * needed <= funded <= 1.1 * needed, option


def at_fifty_million() -> Plan:
    """Fifty million short requests: 400 tokens in, 20 out, on accelerators of the firm's own."""
    plan = plan_from_preset(fine_tuning(), "document_extraction").with_base("requests_per_month", 50e6)
    return plan.with_base("output_tokens", 20).with_own("input_tokens", "lora_self_hosted", 400)


def test_fifty_million_short_requests_take_one_to_three_accelerators_and_beat_the_frontier() -> None:
    plan = at_fifty_million()
    assert 1 <= calculate(plan).row("serving_gpu_count", "lora_self_hosted").max() <= 3
    found = over_nothing(plan)
    assert found["lora_self_hosted"] > found["prompt_engineering"]


def test_a_small_prompted_model_of_equal_quality_beats_a_small_tuned_one() -> None:
    plan = at_fifty_million()
    for name in ("quality_level", "quality_ceiling"):
        plan = plan.with_own(name, "small_model_prompted", plan.entries[name].value("lora_self_hosted"))
    found = over_nothing(plan)
    assert found["small_model_prompted"] > max(found["lora_self_hosted"], found["lora_hosted"])
