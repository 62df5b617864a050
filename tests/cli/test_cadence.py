"""``ftroi cadence`` as people and programs see it."""

from __future__ import annotations

from tests.support.running import Ftroi

PRESET = ("--preset", "support_assistant")


def test_the_best_interval_is_shown_with_its_neighbours_and_today_s(ftroi: Ftroi) -> None:
    found = ftroi.done("cadence", *PRESET, "--json").json
    best = found["best"]
    assert best == min(found["intervals"], key=lambda one: one["total_pv"])
    told = ftroi.done("cadence", *PRESET).out
    assert f"every {best['months']} months. Today: every 6 months" in told
    assert f"{best['total_pv']:,.0f}" in told
    assert "never retrained" in told


def test_an_option_that_is_not_retrained_is_refused(ftroi: Ftroi) -> None:
    assert "rag: has no such interval" in ftroi.refused("cadence", *PRESET, "--option", "rag")
