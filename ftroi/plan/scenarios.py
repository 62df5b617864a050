"""Scenarios of the user's own: changes of a plan, in its base case, that have a name."""

from __future__ import annotations

from dataclasses import replace

from ftroi.errors import Finding, PlanError
from ftroi.plan.check import check_plan
from ftroi.plan.overrides import apply_changes
from ftroi.plan.plan import NamedScenario, Plan


def apply_scenario(plan: Plan, scenario: NamedScenario) -> Plan:
    """The plan in its base case with a scenario's changes; raises PlanError with every finding, by its change."""
    named = f"scenario '{scenario.name}'"
    if not scenario.parts:
        raise PlanError(Finding(named, "changes nothing", "write assumption=value; assumption=value"))
    changed, findings = plan.with_settings(case="base"), list[Finding]()
    for part in scenario.parts:
        try:
            changed = apply_changes(changed, [part])
        except PlanError as error:
            findings.extend(replace(finding, where=f"{named}, {part}") for finding in error.findings)
    findings.extend(replace(one, where=f"{named}, {one.where}") for one in check_plan(changed))
    if findings:
        raise PlanError(*findings)
    return changed
