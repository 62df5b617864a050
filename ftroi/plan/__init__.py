"""One project: its settings, figures and own costs, and what the engine computes from them."""

from ftroi.plan.check import check_entry, check_plan, require_sound, warn_of_parts, warn_of_ranges
from ftroi.plan.overrides import apply_changes
from ftroi.plan.plan import ALL_OPTIONS, CASES, Entry, GateEntry, LogEntry, OwnCost, Plan, Remark, Settings
from ftroi.plan.presets import plan_from_preset
from ftroi.plan.resolve import calculate, in_force, inputs_of, own_cost_by_month

__all__ = [
    "ALL_OPTIONS",
    "CASES",
    "Entry",
    "GateEntry",
    "LogEntry",
    "OwnCost",
    "Plan",
    "Remark",
    "Settings",
    "apply_changes",
    "calculate",
    "check_entry",
    "check_plan",
    "in_force",
    "inputs_of",
    "own_cost_by_month",
    "plan_from_preset",
    "require_sound",
    "warn_of_parts",
    "warn_of_ranges",
]
