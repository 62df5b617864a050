"""Bills beside the plan: what is compared, what stands apart, and sums that add up to what was billed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ftroi.actuals.ledger import Rate
from ftroi.actuals.rules import Rule
from ftroi.actuals.tracking import TRACKING_FILE, Tracked, track, tracking_of
from ftroi.errors import BillError
from ftroi.plan import Plan, calculate, plan_from_preset
from ftroi.plan.currency import in_currency
from tests.support.bills import FOCUS, PEOPLE, focus, table
from tests.support.plans import FT, PE, cost, fine_tuning, flow_plan, toy_plan, with_figures
from tests.support.reading_bills import bills_of

RULES = {"tokens": Rule(description="tokens", category="visible.licence", option=FT)}


def plan_of_march(flows: list[float]) -> Plan:
    """A plan that starts in March 2026, with licence costs that are the flows' opposite."""
    plan = flow_plan([-amount for amount in flows])
    return plan.with_settings(start=plan.settings.start.replace(year=2026, month=3, day=1))


def tracked(folder: Path, plan: Plan, *texts: str, **more: object) -> Tracked:
    return track(plan, bills_of(folder, *texts), RULES, **more)  # type: ignore[arg-type]  # as track has it


def test_the_variance_and_the_forecast_of_a_category(tmp_path: Path) -> None:
    found = tracked(tmp_path, plan_of_march([40_000.0] * 24), table(FOCUS, [focus(1, 44_000, 44_000)]))
    (row,) = found.categories
    assert (row.planned, row.actual, row.variance) == (40_000, 44_000, 4_000)
    assert found.forecast.at_completion == pytest.approx(44_000 + 23 * 40_000)
    assert found.forecast.variance == pytest.approx(4_000)
    assert [month.name for month in found.months] == ["2026-03"]


def test_categories_without_bills_stay_as_planned(tmp_path: Path) -> None:
    plan = plan_of_march([100.0] * 12)
    plan = replace(plan, own_costs=(*plan.own_costs, cost(FT, "hidden.compliance", 1, 12, 7)))
    found = tracked(tmp_path, plan, table(FOCUS, [focus(1, 130, 130)]))
    assert found.forecast.at_completion == pytest.approx(130 + 11 * 100 + 12 * 7)
    assert found.forecast.variance == pytest.approx(30)


def test_an_approved_plan_is_the_measure_and_the_plan_of_today_the_rest(tmp_path: Path) -> None:
    approved, today = plan_of_march([100.0] * 3), plan_of_march([999.0, 90.0, 80.0])
    found = tracked(tmp_path, today, table(FOCUS, [focus(1, 110, 110)]), approved=approved)
    assert found.forecast.at_completion == pytest.approx(110 + 90 + 80)
    assert found.forecast.variance == pytest.approx(-20)
    assert found.forecast.to_date - found.forecast.planned_to_date == pytest.approx(10)


def test_all_that_was_billed_is_accounted_for(tmp_path: Path) -> None:
    rows = [focus(1, 10, 10), focus(2, 20, 20, "Tax"), focus(3, 30, 30), focus(4, 40, 40), focus(5, 50, 50)]
    text = table(FOCUS, rows).replace("Input tokens 3", "Parking")
    text = text.replace("2026-03-04", "2026-02-04").replace("Input tokens 5", "Other option")
    rules = {
        "taxes": Rule(kind="tax", category="outside"),
        "other": Rule(description="other option", category="visible.licence", option=PE),
        **RULES,
    }
    found = track(plan_of_march([100.0] * 3), bills_of(tmp_path, text), rules)
    assert found.apart == {
        "outside the plan": 20, "not assigned": 30, "before the plan": 40, "other options": 50,
    }  # fmt: skip
    assert found.actual == 10
    assert found.actual + sum(found.apart.values()) == sum(found.kinds.values()) == 150
    told = "\n".join(map(str, found.notes))
    assert "1 charge of 30.00 in all is not assigned" in told
    assert "bill0.csv:5: 1 charge of 40.00 in all is before the plan" in told


def test_months_after_until_are_not_compared(tmp_path: Path) -> None:
    text = table(FOCUS, [focus(1, 10, 10), focus(2, 20, 20)]).replace("2026-03-02", "2026-04-02")
    found = tracked(tmp_path, plan_of_march([100.0] * 3), text, until="2026-03")
    assert (found.to_date, found.actual) == (1, 10)
    assert found.apart == {"after the months compared": 20}
    with pytest.raises(BillError, match="'soon' is no month"):
        tracked(tmp_path, plan_of_march([100.0] * 3), text, until="soon")


def test_bills_that_end_before_the_plan_starts_are_refused(tmp_path: Path) -> None:
    plan = plan_of_march([100.0] * 3)
    later = plan.with_settings(start=plan.settings.start.replace(year=2027))
    with pytest.raises(BillError, match=r"bill0\.csv:2: the bills end in 2026-03, and the plan starts on 2027-03-01"):
        tracked(tmp_path, later, table(FOCUS, [focus(1, 1, 1)]))


def test_a_category_with_fewer_months_is_told(tmp_path: Path) -> None:
    people = table(PEOPLE, [("2026-04", "Ann", "ML", 8, "", 50, "USD", "visible.build_labour", "")])
    found = tracked(tmp_path, plan_of_march([100.0] * 3), table(FOCUS, [focus(1, 10, 10)]), people)
    assert "visible.licence: has bills up to 2026-03, and other categories up to 2026-04" in "\n".join(
        map(str, found.notes)
    )


def test_what_is_billed_by_token_has_its_causes(tmp_path: Path) -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    plan = plan.with_settings(start=plan.settings.start.replace(year=2026, month=1))
    rows = [focus(1, 900, 900), focus(2, 100, 100)]
    rules = {"tokens": Rule(description="tokens", category="visible.serving", option="rag")}
    found = track(plan, bills_of(tmp_path, table(FOCUS, rows)), rules, option="rag")
    results = calculate(plan)
    planned = results.row("serving_tokens", "rag")[:3].sum()
    assert planned == pytest.approx(0), "rag is being built in the first three months"
    assert found.effects is None
    later = plan.with_settings(start=plan.settings.start.replace(year=2025, month=1))
    found = track(later, bills_of(tmp_path, table(FOCUS, rows)), rules, option="rag")
    planned = calculate(later).row("serving_tokens", "rag")[: found.to_date].sum()
    assert found.effects is not None
    assert found.effects.total == pytest.approx(1000 - planned)
    assert found.effects.usage == 0


def token_plan(**settings: object) -> Plan:
    """A plan in which retrieval has been in service for some months when the bills of 2026 come."""
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    return plan.with_settings(start=plan.settings.start.replace(year=2025, month=1), **settings)


def test_a_rate_that_moved_is_an_effect_of_its_own(tmp_path: Path) -> None:
    euros = in_currency(fine_tuning(), "EUR", 0.8)
    plan = plan_from_preset(euros, "support_assistant")
    plan = plan.with_settings(start=plan.settings.start.replace(year=2025, month=1), exchange_rate=0.8)
    rules = {"tokens": Rule(description="tokens", category="visible.serving", option="rag")}
    rows = table(FOCUS, [focus(1, 900, 900), focus(2, 100, 100)])
    found = track(
        plan, bills_of(tmp_path, rows, currency="EUR", rates={"USD": Rate(1.0, date(2026, 2, 28))}), rules, option="rag"
    )
    assert found.effects is not None
    assert found.effects.currency == pytest.approx(1000 * (1.0 - 0.8))
    planned = calculate(plan).row("serving_tokens", "rag")[: found.to_date].sum()
    assert found.effects.total == pytest.approx(1000 * 1.0 - planned)


def test_a_later_start_is_phasing(tmp_path: Path) -> None:
    plan = token_plan()
    rules = {"tokens": Rule(description="tokens", category="visible.serving", option="rag")}
    found = track(plan, bills_of(tmp_path, table(FOCUS, [focus(1, 900, 900)])), rules, option="rag")
    months = calculate(plan).row("serving_tokens", "rag")
    late = found.to_date - 1 - int(np.flatnonzero(months)[0])
    assert late > 0
    assert found.effects is not None
    phased = months[: found.to_date - late].sum()
    assert found.effects.phasing == pytest.approx(phased - months[: found.to_date].sum())
    assert found.effects.total == pytest.approx(900 - months[: found.to_date].sum())


def test_the_worked_choice_after_a_year_of_bills(tmp_path: Path) -> None:
    plan = toy_plan(switching_cost=75_000, switching_months=1)
    plan = plan.with_settings(start=plan.settings.start.replace(year=2025, month=4, day=1))
    found = tracked(tmp_path, plan, table(FOCUS, [focus(1, 8_000, 8_000)]))
    assert found.to_date == 12
    assert found.later is not None
    assert found.later.month == 12
    assert found.later.go_on == pytest.approx(3_047_039.474385, abs=1e-6)
    assert found.later.switch == pytest.approx(2_335_200.862006, abs=1e-6)
    assert found.later.best == "go_on"
    assert tracked(tmp_path, plan.with_settings(reference=FT), table(FOCUS, [focus(1, 1, 1)])).later is None


def test_what_is_worth_less_than_stopping_is_stopped(tmp_path: Path) -> None:
    losing = with_figures(plan_of_march([100.0] * 12).with_settings(reference=PE), termination_cost=5)
    found = tracked(tmp_path, losing, table(FOCUS, [focus(1, 100, 100)]))
    assert found.later is not None
    assert found.later.go_on < found.later.stop


def test_a_tracking_file_that_names_what_is_not_there_is_told(tmp_path: Path) -> None:
    template = fine_tuning()
    assert tracking_of(template).tokens is not None
    text = (template.folder / TRACKING_FILE).read_text()
    (tmp_path / TRACKING_FILE).write_text(text.replace('"serving_tokens"', '"serving_token"'))
    with pytest.raises(BillError, match="no line or assumption 'serving_token'"):
        tracking_of(replace(template, folder=tmp_path))
    (tmp_path / TRACKING_FILE).unlink()
    assert tracking_of(replace(template, folder=tmp_path)).tokens is None
