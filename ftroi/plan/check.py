"""Checking what people entered, with all findings at once."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict

from ftroi.engine import NOTHING
from ftroi.errors import UNWRITABLE, Finding, PlanError
from ftroi.language import did_you_mean
from ftroi.plan.input_rules import broken_rules
from ftroi.plan.option_names import suggest_option
from ftroi.plan.plan import ALL_BUT_NOTHING, ALL_OPTIONS, CASES, HOW_OFTEN, Entry, OwnCost, Plan
from ftroi.termsheet import Assumption
from ftroi.termsheet.schema import AssumptionTable

LONGEST_TEXT = 32_767
"""The most characters in a cell of a spreadsheet."""

LARGEST_VALUE = 1e15
"""The largest absolute value of an entry; sums of larger amounts would lose their cents in floating point."""

_FASTEST = 1_000.0
"""The largest yearly growth of an own cost, as a fraction."""

_SHARES = {"1": "", "1/year": " a year"}
"""Units that are shown as percentages, and the words that follow the percentage."""


def require_sound(plan: Plan) -> Plan:
    """Return the plan if it has no findings; raises PlanError with all of them otherwise."""
    findings = list(check_plan(plan))
    if findings:
        raise PlanError(*findings)
    return plan


def check_plan(plan: Plan) -> Iterator[Finding]:
    """Find settings, entries, own costs, gates and texts that are invalid, and inputs that contradict each other."""
    of_settings = list(_check_settings(plan))
    yield from of_settings
    wrong = set()
    for name, assumption in plan.template.assumptions.items():
        if name not in plan.entries:
            found = [Finding(name, "has no entry", "run 'ftroi regenerate' to add its row")]
        else:
            found = list(check_entry(assumption, plan.entries[name]))
        yield from found
        wrong |= {name} if found else set()
    if not of_settings:
        yield from broken_rules(plan, wrong)
    yield from _check_own_costs(plan)
    yield from _check_gates(plan)
    yield from _check_texts(plan)


def _check_settings(plan: Plan) -> Iterator[Finding]:
    settings, known = plan.settings, plan.template.options
    for option in settings.options:
        if option not in known:
            yield Finding("options", f"no option '{option}'", did_you_mean(option, known))
    if NOTHING not in settings.options:
        yield Finding("options", f"'{NOTHING}' is missing", "every plan is compared with it: add it")
    for role in ("option", "reference", "candidate", "incumbent"):
        chosen = getattr(settings, role)
        if chosen not in settings.options:
            cure = suggest_option(plan.template, settings.options, chosen)
            yield Finding(role, f"'{chosen}' is not an option of this plan", cure)
    if settings.case not in CASES:
        yield Finding("case", f"no case '{settings.case}'", f"choose from {', '.join(CASES)}")


def check_entry(assumption: Assumption, entry: Entry) -> Iterator[Finding]:
    """Find values of one assumption that are out of range or not whole, and options' values that it cannot have."""
    name, table = assumption.name, assumption.table
    yield from _invalid_values(assumption, entry)
    if entry.own and table.scope == "plan":
        yield Finding(name, "has one value for the whole plan", f"clear the value of {', '.join(entry.own)}")


def warn_of_bases(plan: Plan) -> Iterator[Finding]:
    """Warn of bases beyond their low or high: that is allowed, and cases then end at the base."""
    for name, entry in plan.entries.items():
        if entry.low is not None and entry.low > entry.base:
            yield _beyond(name, "low", f"base {entry.base:,.10g} is below low {entry.low:,.10g}")
        if entry.high is not None and entry.high < entry.base:
            yield _beyond(name, "high", f"base {entry.base:,.10g} exceeds high {entry.high:,.10g}")


def _beyond(name: str, end: str, what: str) -> Finding:
    cure = f"cases and draws end at the base; type another {end}, or let 'ftroi regenerate' put its formula back"
    return Finding(f"{name} ({end})", what, cure)


def _invalid_values(assumption: Assumption, entry: Entry) -> Iterator[Finding]:
    """Find values out of range, or not whole; a low or high equal to the base is not reported a second time."""
    table = assumption.table
    ends = {key: end for key, end in (("low", entry.low), ("high", entry.high)) if end not in (None, entry.base)}
    for key, figure in {"base": entry.base, **ends, **entry.own}.items():
        where = assumption.name if key == "base" else f"{assumption.name} ({key})"
        if not abs(figure) <= LARGEST_VALUE and not (table.range and abs(figure) < math.inf):
            yield Finding(where, f"{figure:g} is no figure to compute with", "enter one up to 1e15")
        elif table.range and not table.range[0] <= figure <= table.range[1]:
            yield _outside(where, figure, table)
        elif table.whole and figure != int(figure):
            yield Finding(where, f"{figure:g} is not a whole number", "round it")


def _outside(where: str, figure: float, table: AssumptionTable) -> Finding:
    """The finding on a value out of range; if it is a share, it may have been meant as a percentage."""
    ends = table.range or (-math.inf, math.inf)
    if table.whole or table.unit not in _SHARES:
        unit = "" if table.unit == "1" else f" {table.unit}"
        return Finding(
            where, f"{figure:,.15g} is outside {ends[0]:,.15g} to {ends[1]:,.15g}{unit}", "enter a figure inside it"
        )
    allowed = f"{100 * ends[0]:g}% to {100 * ends[1]:g}%{_SHARES[table.unit]}"
    is_percentage = ends[0] <= figure / 100 <= ends[1]
    cure = f"for {figure:g}% type {figure:g}% or {figure / 100:g}" if is_percentage else "enter a figure inside it"
    return Finding(where, f"{figure:g} is outside {allowed}", cure)


def _check_own_costs(plan: Plan) -> Iterator[Finding]:
    labels: set[str] = set()
    for cost in plan.own_costs:
        where = f"own cost '{cost.label}'"
        if cost.label.casefold() in labels:
            yield Finding(where, "has the same label as another", "give each its own")
        labels.add(cost.label.casefold())
        yield from _check_own_cost(where, cost, plan)


def _check_own_cost(where: str, cost: OwnCost, plan: Plan) -> Iterator[Finding]:
    bearers = (*plan.settings.options, ALL_OPTIONS, ALL_BUT_NOTHING)
    if cost.option not in bearers:
        cure = did_you_mean(cost.option, bearers) or f"write {ALL_OPTIONS}"
        yield Finding(where, f"no option '{cost.option}'", cure)
    categories = plan.template.cost_categories
    if cost.category not in categories:
        yield Finding(where, f"no category '{cost.category}'", did_you_mean(cost.category, categories))
    if cost.nature not in ("cash", "economic"):
        yield Finding(where, f"no nature '{cost.nature}'", "write cash or economic")
    yield from _check_months(where, cost, plan.template.at_decision)
    if cost.how_often not in HOW_OFTEN:
        cure = did_you_mean(cost.how_often, HOW_OFTEN) or f"choose from {', '.join(HOW_OFTEN)}"
        yield Finding(where, f"no payment '{cost.how_often}'", cure)
    if not abs(cost.amount) <= LARGEST_VALUE:
        yield Finding(where, f"an amount of {cost.amount:g} is no figure to compute with", "enter one up to 1e15")
    if cost.growth <= -1:
        yield Finding(where, f"growth {cost.growth:g} a year leaves nothing", "enter a fraction above -1")
    elif not cost.growth <= _FASTEST:
        yield Finding(where, f"growth {cost.growth:g} a year is out of range", f"enter a fraction up to {_FASTEST:g}")


def _check_months(where: str, cost: OwnCost, at_decision: str) -> Iterator[Finding]:
    """Find months in the wrong order, and what is paid on the day of the decision, month 0, with another category."""
    first, last = cost.first_month, cost.last_month
    if at_decision and cost.category == at_decision:
        if (first, last) != (0, 0):
            what = f"'{at_decision}' is paid on the day of the decision, not in months {first} to {last}"
            yield Finding(where, what, "write month 0 twice, or choose another category")
        elif cost.nature == "economic":
            yield Finding(where, "what is paid on the day of the decision is cash", "write cash")
    elif first == 0 and at_decision:
        yield Finding(where, "month 0 is the day of the decision", f"choose the category {at_decision}, or month 1")
    elif not 1 <= first <= last:
        what = f"months {first} to {last} are reversed or before month 1"
        yield Finding(where, what, "put the first month first")


def _check_gates(plan: Plan) -> Iterator[Finding]:
    for name, entry in plan.gates.items():
        for header, figure in (("own threshold", entry.threshold), ("evidence figure", entry.figure)):
            if figure is not None and not abs(figure) <= LARGEST_VALUE:
                what = f"{figure:g} is no figure to compute with"
                yield Finding(f"{name}, {header}", what, "enter one up to 1e15")


def _check_texts(plan: Plan) -> Iterator[Finding]:
    """Find texts that are too long for a cell, or hold characters that no workbook can store."""
    texts: list[tuple[str, dict[str, object]]] = [("project", {"project": plan.settings.project})]
    texts += [(f"{name} ({{}})", asdict(remark)) for name, remark in plan.remarks.items()]
    texts += [(f"own cost '{cost.label}' ({{}})", {"label": cost.label}) for cost in plan.own_costs]
    texts += [(f"{name}, {{}}", asdict(entry)) for name, entry in plan.gates.items()]
    texts += [(f"Log entry {number} ({{}})", asdict(entry)) for number, entry in enumerate(plan.log, start=1)]
    for where, fields in texts:
        for key, text in fields.items():
            if isinstance(text, str) and len(text) > LONGEST_TEXT:
                what = f"has {len(text):,} characters, and a cell holds {LONGEST_TEXT:,}"
                yield Finding(where.format(key), what, "shorten it")
            if isinstance(text, str) and (odd := UNWRITABLE.search(text)):
                what = f"holds the sign U+{ord(odd[0]):04X}, which no workbook can hold"
                yield Finding(where.format(key), what, "leave it out")
