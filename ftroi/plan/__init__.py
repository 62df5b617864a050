"""A plan: a template with one project's settings, values and own costs.

`plan` holds the data classes, `check` the checks on what people entered, `resolve` the way to the engine's inputs:
`calculate` evaluates all options of a plan. Plans are made from presets (`presets`), changed by "name=value"
(`overrides`), and converted to another currency when they are made (`currency`).
"""

from ftroi.plan.check import check_entry, check_plan, require_sound, warn_of_bases
from ftroi.plan.input_rules import option_facts, warn_of_inputs
from ftroi.plan.overrides import apply_changes
from ftroi.plan.plan import (
    ALL_BUT_NOTHING,
    ALL_OPTIONS,
    CASES,
    Entry,
    GateEntry,
    LogEntry,
    NamedScenario,
    OwnCost,
    Plan,
    Remark,
    Settings,
)
from ftroi.plan.presets import plan_from_preset
from ftroi.plan.resolve import calculate, in_force, inputs_of, own_cost_by_month
from ftroi.plan.scenarios import apply_scenario

__all__ = [
    "ALL_BUT_NOTHING",
    "ALL_OPTIONS",
    "CASES",
    "Entry",
    "GateEntry",
    "LogEntry",
    "NamedScenario",
    "OwnCost",
    "Plan",
    "Remark",
    "Settings",
    "apply_changes",
    "apply_scenario",
    "calculate",
    "check_entry",
    "check_plan",
    "in_force",
    "inputs_of",
    "option_facts",
    "own_cost_by_month",
    "plan_from_preset",
    "require_sound",
    "warn_of_bases",
    "warn_of_inputs",
]
