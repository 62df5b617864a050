"""``ftroi breakeven`` as people and programs see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.edited import light_workbook
from tests.support.running import Ftroi

PRESET = ("--preset", "support_assistant")


def test_the_answer_can_be_put_back_as_it_is_printed(ftroi: Ftroi) -> None:
    found = ftroi.done("breakeven", "lora_hosted.quality_level", *PRESET, "--json").json
    assert (found["status"], found["assumption"], found["of"]) == ("one", "quality_level", "lora_hosted")
    back = ftroi.done("calc", *PRESET, "--set", found["crossings"][0]["set"], "--json").json
    assert back["measures"]["npv"] == pytest.approx(0, abs=1e-9 * back["measures"]["tco_pv"])


def test_people_read_the_figure_its_direction_and_how_to_put_it_back(ftroi: Ftroi) -> None:
    told = ftroi.done("breakeven", "requests_per_month", *PRESET).out
    assert "500,000 request/month today" in told
    assert "from below to above as the assumption grows" in told
    assert "Put it back: --set requests_per_month=" in told


BEHIND = ("--option", "lora_self_hosted")
"""An option that no price of a label saves."""


def test_none_several_and_jumps_are_told_apart(ftroi: Ftroi) -> None:
    assert "None: it stays below 0 from" in ftroi.done("breakeven", "price_per_label", *PRESET, *BEHIND).out
    assert "makes no difference" in ftroi.done("breakeven", "termination_cost", *PRESET).out
    jump = ftroi.done("breakeven", "build_months", *PRESET, "--measure", "npv_over_nothing").out
    assert "Jumps from above to below at" in jump


def test_the_claim_on_prompting_is_answered_as_the_help_says(ftroi: Ftroi) -> None:
    asked = "claimed_value_share --measure claim_hurdle --threshold benefit_to_cost"
    told = ftroi.done("breakeven", "--help").out
    assert "ftroi breakeven claimed_value_share plan.xlsx --measure claim_hurdle --threshold benefit_to_cost" in told
    found = ftroi.done("breakeven", *asked.split(), *PRESET, "--json").json
    measures = ftroi.done("calc", *PRESET, "--json").json["measures"]
    assert found["value"] == pytest.approx(measures["claimed_break_even_value_share"], rel=1e-12)


def test_a_workbook_may_stand_before_or_after_the_name(ftroi: Ftroi, tmp_path: Path) -> None:
    book = light_workbook(tmp_path)
    first = ftroi.done("breakeven", book, "value_per_request", "--json").out
    assert first == ftroi.done("breakeven", "value_per_request", book, "--json").out


def test_bad_input_is_told_at_once(ftroi: Ftroi) -> None:
    told = ftroi.refused("breakeven", "discount_rate", *PRESET, "--measure", "nvp", "--from", "3", "--to", "2")
    assert "2 findings" in told
    assert "did you mean 'npv'" in told
    assert "did you mean 'discount_rate'" in ftroi.refused("breakeven", "discount_rat", *PRESET)
    assert "name one assumption" in ftroi.refused("breakeven", "a", "b", "c")


def test_a_jump_right_above_nothing_is_told_as_that(ftroi: Ftroi) -> None:
    """One person more than none makes hours and salary count, in place of what a request is worth."""
    told = ftroi.done("breakeven", "people", *PRESET, "--measure", "npv_over_nothing").out
    assert "Jumps from above to below at just above 0" in told
    assert "e-3" not in told
