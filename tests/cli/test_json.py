"""The JSON of calc and compare, as docs/contract tells it."""

from __future__ import annotations

import pytest

from ftroi.plan import calculate, plan_from_preset
from tests.support.plans import fine_tuning
from tests.support.running import Ftroi

SAMPLE = ("--preset", "support_assistant")
PUBLIC_MEASURES = {
    "tco", "tco_pv", "tco_cash", "visible", "hidden", "hidden_share", "hidden_multiple", "lifetime_multiple",
    "sprint_budget", "value", "npv", "npv_over_nothing", "npv_after_tax", "expected_npv", "abandonment_break_even",
    "roi", "irr", "mirr", "payback_months", "discounted_payback_months", "peak_funding", "unit_cost", "value_share",
    "cost_share", "integration_to_ml", "stagnation_memo",
}  # fmt: skip
STATUSES = {
    "never", "immediate", "no_difference", "none", "several", "borrowing_pattern", "costs_less", "no_candidate_value",
    "no_valid_requests", "no_visible_cost", "off", "not_decidable",
}  # fmt: skip


def test_calc_has_the_keys_of_the_contract(ftroi: Ftroi) -> None:
    report = ftroi.done("calc", *SAMPLE, "--json").json
    assert list(report) == [
        "template", "project", "currency", "option", "case", "reference", "candidate", "incumbent", "horizon_months",
        "measures", "notes", "by_category", "by_line", "by_year", "warnings", "verdict",
    ]  # fmt: skip
    assert (report["template"], report["currency"], report["horizon_months"]) == ("fine_tuning", "USD", 36)
    assert (report["option"], report["case"], report["reference"]) == ("lora_hosted", "base", "prompt_engineering")
    assert set(report["measures"]) >= PUBLIC_MEASURES
    assert set(report["by_category"]) == set(fine_tuning().categories)
    assert set(report["by_year"]) == {"1", "2", "3"}
    assert set(report["by_year"]["1"]) == {"tco", "visible", "hidden", "value"}


def test_calc_gives_the_verdict(ftroi: Ftroi) -> None:
    verdict = ftroi.done("calc", *SAMPLE, "--json").json["verdict"]
    assert list(verdict) == ["code", "sentence", "option", "reasons", "conditions"]
    assert verdict["sentence"] in ftroi.done("calc", *SAMPLE).out


def test_money_is_not_rounded(ftroi: Ftroi) -> None:
    report = ftroi.done("calc", *SAMPLE, "--json").json
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    assert report["measures"]["tco"] == calculate(plan).measure("tco", plan.settings.option).value


@pytest.mark.parametrize("option", ["do_nothing", "prompt_engineering", "lora_hosted", "lora_self_hosted"])
def test_a_measure_without_a_number_is_null_with_status_and_text(option: str, ftroi: Ftroi) -> None:
    report = ftroi.done("calc", *SAMPLE, "--option", option, "--json").json
    empty = {name for name, value in report["measures"].items() if value is None}
    assert empty <= set(report["notes"])
    for name in empty:
        note = report["notes"][name]
        assert set(note) == {"status", "text"}
        assert note["status"] in STATUSES
        assert note["text"]


def test_compare_has_every_options_measures_with_notes_beside(ftroi: Ftroi) -> None:
    report = ftroi.done("compare", *SAMPLE, "--json").json
    assert list(report) == [
        "template", "project", "currency", "case", "reference", "candidate", "incumbent", "horizon_months",
        "options", "notes", "warnings",
    ]  # fmt: skip
    assert set(report["options"]) == set(fine_tuning().presets[SAMPLE[1]].preset.options) == set(report["notes"])
    one = ftroi.done("calc", *SAMPLE, "--option", "rag", "--json").json
    assert report["options"]["rag"] == one["measures"]
    assert report["notes"]["rag"] == one["notes"]


def test_warnings_stand_in_the_json_and_keep_out_of_its_way(ftroi: Ftroi) -> None:
    answer = ftroi.done("compare", *SAMPLE, "--json")
    assert any("is not tuned and beats the baseline" in warning for warning in answer.json["warnings"])
    assert answer.err == ""


def test_a_case_moves_the_figures(ftroi: Ftroi) -> None:
    costs = [
        ftroi.done("calc", *SAMPLE, "--case", case, "--json").json["measures"]["npv_over_nothing"]
        for case in ("pessimistic", "base", "optimistic")
    ]
    assert costs == sorted(costs)


def test_explain_has_formula_numbers_and_result(ftroi: Ftroi) -> None:
    told = ftroi.done("explain", "month", *SAMPLE, "--month", 4, "--json").json
    assert (told["formula"], told["numbers"], told["value"], told["month"]) == ("PREV(month) + 1", "3 + 1", 4, 4)


def test_check_lists_findings(ftroi: Ftroi) -> None:
    report = ftroi.done("check", "--json").json
    assert report == {"checked": "fine_tuning", "findings": []}
