"""``ftroi choices`` as people and programs see it."""

from __future__ import annotations

from tests.support.running import Ftroi

WORDS = ("choices", "--preset", "support_assistant", "--draws", "64")


def test_choices_stand_beside_going_on(ftroi: Ftroi) -> None:
    found = ftroi.done(*WORDS, "--json").json
    told = ftroi.done(*WORDS).out
    for one in found["choices"].values():
        assert f"{one['npv']:,.0f}" in told
        assert one["label"] in told
    assert f"The right to stop is worth up to {found['rights']['to_stop']:,.0f}" in told
    assert "after month 12" in told


def test_an_option_that_is_no_longer_sold_then_is_noted(ftroi: Ftroi) -> None:
    assert "cannot wait so long" in ftroi.done(*WORDS, "--set", "lora_hosted.available_until=2027-06-01").err


def test_the_reference_has_no_choices(ftroi: Ftroi) -> None:
    told = ftroi.refused(*WORDS, "--option", "prompt_engineering", "--defer", "0")
    assert "2 findings" in told
