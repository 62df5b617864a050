"""Changing a plan by "name=value", as the command line and the functions ask it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date

from ftroi.errors import Finding, PlanError
from ftroi.language import did_you_mean
from ftroi.plan.plan import Plan
from ftroi.termsheet import serial


def apply_changes(plan: Plan, changes: Iterable[str], option: str | None = None) -> Plan:
    """Give the plan with each "name=value" (the base) or "option.name=value" (that option's own).

    ``option`` is the option asked about: where it has a value of its own, changing the base would
    not show, and is refused. Raises PlanError with every finding.
    """
    findings: list[Finding] = []
    for change in changes:
        try:
            plan = _applied(plan, change, option)
        except PlanError as error:
            findings.extend(error.findings)
    if findings:
        raise PlanError(*findings)
    return plan


def _applied(plan: Plan, change: str, option: str | None) -> Plan:
    target, sign, text = change.partition("=")
    if not sign:
        raise PlanError(Finding(f"--set {change}", "has no '='", "write name=value"))
    owner, dot, name = target.strip().rpartition(".")
    _require_known(plan, change, name, owner if dot else None)
    value = _figure(change, text.strip())
    if dot:
        return plan.with_own(name, owner, value)
    if option is not None and option in plan.entries[name].own:
        what = f"{option} has a value of its own for {name} ({plan.entries[name].own[option]:g})"
        raise PlanError(Finding(f"--set {change}", what, f"use --set {option}.{name}={text.strip()}"))
    return plan.with_base(name, value)


def _require_known(plan: Plan, change: str, name: str, owner: str | None) -> None:
    where = f"--set {change}"
    assumptions = plan.template.assumptions
    if name not in assumptions:
        cure = did_you_mean(name, assumptions) or "see the Assumptions sheet for the names"
        raise PlanError(Finding(where, f"no assumption named '{name}'", cure))
    if owner is None:
        return
    if owner not in plan.settings.options:
        raise PlanError(Finding(where, f"no option '{owner}'", did_you_mean(owner, plan.settings.options)))
    if assumptions[name].table.scope != "option":
        raise PlanError(Finding(where, f"{name} has one value for the whole plan", f"use --set {name}=..."))


def _figure(change: str, text: str) -> float:
    """Read a number, a percentage or an ISO date."""
    try:
        if text.endswith("%"):
            return float(text[:-1]) / 100
        if len(text) == len("2027-01-01") and text[4] == text[7] == "-":
            return serial(date.fromisoformat(text))
        value = float(text)
    except ValueError:
        value = float("nan")
    if not math.isfinite(value):
        what = f"'{text}' is no number"
        raise PlanError(Finding(f"--set {change}", what, "write a number such as 0.25, 25% or 2027-01-31"))
    return value
