"""The checks of checks.toml, computed: what a plan fails, whatever the cells of its workbook hold."""

from __future__ import annotations

from collections.abc import Iterator

from ftroi.analysis.rule_cells import OptionTable
from ftroi.language.rules import value_of_rule
from ftroi.plan.plan import Plan
from ftroi.termsheet.check_rules import CheckPart


def differences(plan: Plan, options: OptionTable, part: CheckPart) -> dict[str, float]:
    """The difference of a part by option; all are 0 where it holds."""
    return {one: float(value_of_rule(part.difference, options.cells(one))) for one in plan.settings.options}


def failures(plan: Plan, options: OptionTable) -> list[str]:
    """What the checks say that a plan fails: each in a sentence, in the order of the sheet Checks."""
    checks = plan.template.checks
    return [] if checks is None else [told for part in checks.parts.values() for told in _told(plan, options, part)]


def _told(plan: Plan, options: OptionTable, part: CheckPart) -> Iterator[str]:
    found = differences(plan, options, part)
    worst = max(found, key=lambda one: found[one])
    if found[worst] > plan.zero_tolerance:
        yield reason_of(plan, options, part, worst)


def reason_of(plan: Plan, options: OptionTable, part: CheckPart, option: str) -> str:
    """What is said of a part that fails for an option."""
    if part.reason is None:
        return f"{part.table.label} ({plan.template.options[option].short})"
    return part.reason.filled(options.cells(option), {}, plan.settings.currency)
