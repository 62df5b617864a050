"""The template's groups in a simulation: recovered from the draws, refused where they cannot hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ftroi.analysis.risk.correlations import correlations_of, require_possible
from ftroi.analysis.risk.simulation import Setup, simulate
from ftroi.errors import PlanError
from ftroi.plan import Entry, Plan, plan_from_preset
from ftroi.termsheet import CorrelationTable, Template
from tests.support.plans import FT, blank_plan, fine_tuning

LINES = ("annual_audit", "liability_insurance")


def with_groups(plan: Plan, **groups: CorrelationTable) -> Plan:
    return replace(plan, template=replace(plan.template, correlations=groups))


def group(*members: str, value: float) -> CorrelationTable:
    return CorrelationTable(label="Both", members=members, value=value, source="judgement", note="Together.")


def two_costs() -> Plan:
    """A plan whose only uncertain figures are the amounts of two lines, each uniform."""
    plan = blank_plan()
    entries = {
        name: entry if entry.low is None else replace(entry, low=entry.base, high=entry.base)
        for name, entry in plan.entries.items()
    }
    plan = replace(plan, entries=entries)
    for name in ("audit_per_year", "insurance_per_year"):
        plan = plan.with_entry(name, Entry(20_000, 10_000, 30_000, "uniform"))
    return plan


def rank_correlation(plan: Plan, setup: Setup) -> float:
    """Spearman's correlation of the two lines over the draws."""
    made = simulate(plan, [FT], LINES, setup)
    first, second = (made.draws(line, FT).argsort().argsort() for line in LINES)
    return float(np.corrcoef(first, second)[0, 1])


@pytest.mark.parametrize("value", [-0.6, 0.0, 0.3, 0.8])
def test_a_group_s_correlation_is_recovered_from_the_draws(value: float) -> None:
    """Of a Gaussian copula the correlation of the ranks is 6/pi arcsin(value / 2)."""
    plan = with_groups(two_costs(), both=group("audit_per_year", "insurance_per_year", value=value))
    assert rank_correlation(plan, Setup(32_768)) == pytest.approx(6 / np.pi * np.arcsin(value / 2), abs=0.01)


def test_the_template_s_groups_hold_unless_others_are_given() -> None:
    plan = two_costs()
    assert rank_correlation(plan, Setup(16_384)) == pytest.approx(6 / np.pi * np.arcsin(0.25), abs=0.015)
    assert rank_correlation(plan, Setup(16_384, correlations=())) == pytest.approx(0, abs=0.015)


def test_what_moves_together_widens_the_cost_and_leaves_its_mean() -> None:
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    together = simulate(plan, [FT], ["tco"], Setup(8_192)).draws("tco", FT)
    apart = simulate(plan, [FT], ["tco"], Setup(8_192, correlations=())).draws("tco", FT)
    assert together.std() > 1.05 * apart.std()
    assert together.mean() == pytest.approx(apart.mean(), rel=5e-3)


def test_the_shipped_groups_can_all_hold() -> None:
    require_possible(fine_tuning())
    pairs = correlations_of(fine_tuning())
    assert len({frozenset((one.first, one.second)) for one in pairs}) == len(pairs) > 20


def impossible() -> Template:
    plan = with_groups(
        two_costs(),
        one=group("audit_per_year", "insurance_per_year", value=0.9),
        two=group("insurance_per_year", "compliance_setup", value=0.9),
        three=group("audit_per_year", "compliance_setup", value=-0.95),
    )
    return plan.template


def test_groups_that_cannot_all_hold_are_refused_with_the_pair() -> None:
    with pytest.raises(PlanError, match=r"audit_per_year and compliance_setup: a correlation of -0\.95"):
        require_possible(impossible())
    plan = plan_from_preset(fine_tuning(), "support_assistant")
    with pytest.raises(PlanError, match="the matrix must be positive definite"):
        simulate(replace(plan, template=impossible()), [FT], ["npv"], Setup(64))
