"""A scenario of one's own is the plan's base case with its changes, or every reason why it is none."""

from __future__ import annotations

import pytest

from ftroi.errors import PlanError
from ftroi.plan import NamedScenario, apply_scenario
from tests.support.edited import small_plan


def test_changes_are_made_in_the_base_case_one_after_another() -> None:
    plan = small_plan().with_settings(case="pessimistic")
    changed = apply_scenario(plan, NamedScenario("Slow", " ramp_months = 18 ;requests_per_month=200k; "))
    assert changed.settings.case == "base"
    assert changed.entries["ramp_months"].base == 18
    assert changed.entries["requests_per_month"].base == 200_000
    low = changed.entries["requests_per_month"].low
    assert low is not None
    assert low < 200_000  # it travels


def test_every_finding_names_the_scenario_and_the_change() -> None:
    with pytest.raises(PlanError) as caught:
        apply_scenario(small_plan(), NamedScenario("Slow", "ramp_moths=18; requests_per_month=many; discount_rate=9"))
    places = [finding.where for finding in caught.value.findings]
    assert len(places) == 3
    assert all(place.startswith("scenario 'Slow', ") for place in places)


def test_one_without_changes_says_what_to_write() -> None:
    with pytest.raises(PlanError, match="assumption=value"):
        apply_scenario(small_plan(), NamedScenario("Empty", " ; "))
