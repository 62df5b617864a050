"""Changing a plan by texts such as "name=value", for the command line and the spreadsheet functions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from ftroi.dates import serial
from ftroi.errors import Finding, PlanError
from ftroi.language import did_you_mean
from ftroi.plan.amounts import AmountError, read_amount
from ftroi.plan.choose_options import options_named, with_options
from ftroi.plan.currency import converted
from ftroi.plan.option_names import option_named, suggest_option
from ftroi.plan.plan import Plan

_DAY = "2027-01-31"
_MONTHS = ("%Y-%m", "%m/%Y", "%B %Y", "%b %Y")
_CURRENCY, _PARTS_OF_CURRENCY = re.compile(r"[A-Z]{3}"), 3
_ROLES = ("option", "reference", "candidate", "incumbent")


def apply_changes(plan: Plan, changes: Iterable[str], option: str | None = None) -> Plan:
    """The plan with changes: "name=value" (the base), "option.name=value" (an option's own value), "setting=value".

    Settings are those of `SETTINGS`, "options" and "currency"; an option is named by its id or one of its labels.
    ``option`` is the option whose results are requested: if it has a value of its own, changing the base would have no
    effect, and is refused. Raises PlanError with all findings.
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
    if target.strip() == "options":
        return with_options(plan, options_named(plan, text.split(","), f"--set {change}"))
    if target.strip() == "currency":
        return _with_currency(plan, change, text.strip())
    if target.strip() in SETTINGS:
        return _with_setting(plan, change, target.strip(), text.strip())
    owner, dot, name = target.strip().rpartition(".")
    owner = option_named(plan.template, plan.settings.options, owner)
    _require_known(plan, change, name, owner if dot else None)
    value = _number(change, text.strip(), plan.template.assumptions[name].table.unit)
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
        cure = did_you_mean(name, assumptions) or "'ftroi new --names' lists the names"
        raise PlanError(Finding(where, f"no assumption named '{name}'", cure))
    if assumptions[name].table.kind == "constant":
        raise PlanError(Finding(where, f"{name} is a constant, the same in every plan", "leave it out"))
    if owner is None:
        return
    if owner not in plan.settings.options:
        cure = suggest_option(plan.template, plan.settings.options, owner)
        raise PlanError(Finding(where, f"no option '{owner}'", cure))
    if assumptions[name].table.scope != "option":
        raise PlanError(Finding(where, f"{name} has one value for the whole plan", f"use --set {name}=..."))


def _number(change: str, text: str, unit: str) -> float:
    """A number as people type it; for the unit "date", the serial number of an ISO date."""
    if unit == "date":
        return serial(_day(change, text))
    try:
        return read_amount(text, unit)
    except AmountError as error:
        raise PlanError(Finding(f"--set {change}", error.what, error.cure)) from None


def _day(change: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PlanError(Finding(f"--set {change}", f"'{text}' is no date", f"write it as {_DAY}")) from None


# --- settings ----------------------------------------------------------------------------------------------


def _with_setting(plan: Plan, change: str, name: str, text: str) -> Plan:
    value = SETTINGS[name](plan, change, text)
    return plan.with_settings(**{name: value})


def _option(plan: Plan, change: str, text: str) -> str:
    """The id of the option with this id or one of these labels; upper and lower case are the same."""
    options = plan.settings.options
    option = option_named(plan.template, options, text)
    if option not in options:
        cure = suggest_option(plan.template, options, text)
        raise PlanError(Finding(f"--set {change}", f"no option '{text}' in this plan", cure))
    return option


def _start(_plan: Plan, change: str, text: str) -> date:
    """A date; a month alone, such as 2027-07, 07/2027 or July 2027, is its first day."""
    for form in _MONTHS:
        with suppress(ValueError):
            return datetime.strptime(text, form).replace(tzinfo=UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        cure = f"write it as {_DAY}, or a month as 2027-07, 07/2027 or July 2027"
        raise PlanError(Finding(f"--set {change}", f"'{text}' is no date", cure)) from None


def _with_currency(plan: Plan, change: str, text: str) -> Plan:
    """The plan in another currency, from "EUR:0.9:2027-01-04": currency, rate and its date."""
    own, wanted = plan.settings.currency, text.split(":")
    name = wanted[0].strip().upper()
    if name == own and len(wanted) == 1:
        return plan
    what, where = f"prices are in {own}, and need a dated rate", f"--set {change}"
    cure = f"write currency={name}:0.9:{_DAY}, where 0.9 {name} is one {own}"
    if len(wanted) != _PARTS_OF_CURRENCY or not _CURRENCY.fullmatch(name) or own != plan.template.list_currency:
        raise PlanError(Finding(where, what, cure))
    rate = _number(change, wanted[1].strip(), "")
    if not rate > 0:
        raise PlanError(Finding(where, f"{rate:g} is no rate", cure))
    return converted(plan, name, rate, _day(change, wanted[2].strip()))


def _text(_plan: Plan, _change: str, text: str) -> str:
    return text


SETTINGS: Mapping[str, Callable[[Plan, str, str], Any]] = MappingProxyType({
    **dict.fromkeys(_ROLES, _option),
    "start": _start,
    "case": _text,
    "project": _text,
})  # fmt: skip
"""The settings that can be changed, with the functions that parse their text; `check_plan` checks the case."""
