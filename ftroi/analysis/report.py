"""A plan's results as plain dictionaries, which become JSON or tables.

Money is nominal, in the plan's currency and not rounded; costs and values are both positive. A value that does not
exist is None, never nan; its status and text are in the notes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from ftroi.analysis.case_directions import changed_directions
from ftroi.analysis.verdict import Verdict
from ftroi.dates import MONTHS_OF_A_YEAR
from ftroi.engine import Measured, Results
from ftroi.plan.plan import Plan
from ftroi.termsheet import Line, Role, flat

Report = dict[str, Any]


def calc_report(plan: Plan, results: Results) -> Report:
    """All results of the plan's chosen option, with the warnings about the plan."""
    option = plan.settings.option
    measured = results.measures(option)
    return {
        **head_of(plan),
        "option": option,
        **settings_of(plan),
        "measures": _values(measured),
        "notes": _notes(measured),
        "by_category": {name: _total(results, flat(name), option) for name in plan.template.categories},
        "by_line": {line.name: _total(results, line.name, option) for line in _money_lines(plan)},
        "by_year": _by_year(plan, results, option),
        "warnings": warnings_of(plan, results),
    }


def compare_report(plan: Plan, results: Results) -> Report:
    """All measures of every option of the plan, with the notes and the warnings."""
    measured = {option: results.measures(option) for option in plan.settings.options}
    return {
        **head_of(plan),
        **settings_of(plan),
        "options": {option: _values(measures) for option, measures in measured.items()},
        "notes": {option: _notes(measures) for option, measures in measured.items()},
        "warnings": warnings_of(plan, results),
    }


def verdict_report(verdict: Verdict) -> Report:
    """The verdict on the plan's candidate; ``option`` is None if it favours none."""
    return {
        "code": verdict.code,
        "sentence": verdict.sentence,
        "option": verdict.option or None,
        "reasons": list(verdict.reasons),
        "conditions": list(verdict.conditions),
    }


def warnings_of(plan: Plan, results: Results) -> list[str]:
    """Warnings for readers of the results: better untuned options, options past their date, changed directions."""
    return [*_untuned_and_better(plan, results), *_past_their_date(plan), *_changed_directions(plan)]


def number(value: float | None) -> float | None:
    """A finite number unchanged; None for nan, infinity and None, which JSON cannot hold."""
    return value if value is not None and math.isfinite(value) else None


def head_of(plan: Plan) -> Report:
    """The template, the project and the currency."""
    return {
        "template": plan.template.id,
        "project": plan.settings.project,
        "currency": plan.settings.currency,
    }


def settings_of(plan: Plan) -> Report:
    """The case, the reference, the candidate, the incumbent and the horizon."""
    settings = plan.settings
    return {
        "case": settings.case,
        "reference": settings.reference,
        "candidate": settings.candidate,
        "incumbent": settings.incumbent,
        "horizon_months": plan.horizon,
    }


def _values(measured: dict[str, Measured]) -> dict[str, float | None]:
    return {name: number(one.value) for name, one in measured.items()}


def _notes(measured: dict[str, Measured]) -> dict[str, dict[str, str]]:
    return {name: {"status": one.status, "text": one.text} for name, one in measured.items() if one.status}


def _money_lines(plan: Plan) -> Iterable[Line]:
    """The lines that add up to cost and value, including the plan's own costs."""
    return [line for line in plan.template.lines.values() if line.category and line.role is not Role.CATEGORY]


def _total(results: Results, name: str, option: str) -> float | None:
    return number(float(results.row(name, option).sum()))


def _by_year(plan: Plan, results: Results, option: str) -> dict[str, dict[str, float | None]]:
    rows = {one.key: results.row(one.line, option)[: plan.horizon] for one in plan.template.views.years}
    starts = range(0, plan.horizon, MONTHS_OF_A_YEAR)
    return {
        str(year): {key: number(float(row[start : start + MONTHS_OF_A_YEAR].sum())) for key, row in rows.items()}
        for year, start in enumerate(starts, start=1)
    }


def _untuned_and_better(plan: Plan, results: Results) -> Iterable[str]:
    """Warnings of untuned options that beat the reference (docs/measures.md, section 4)."""
    settings, options, gain = plan.settings, plan.template.options, plan.template.views.roles.gain
    if gain is None:
        return
    for option in settings.options:
        npv = results.measure(gain, option).value
        if options[option].tuned or option == settings.reference or npv is None or npv <= plan.zero_tolerance:
            continue
        label, reference = options[option].label, options[settings.reference].label
        yield (
            f"{label} ({option}) is not tuned and beats the baseline, {reference}, by {npv:,.0f} "
            f"{settings.currency} of NPV: tuning has to beat it as well"
        )


def _changed_directions(plan: Plan) -> Iterable[str]:
    """A warning of assumptions whose favourable end has changed, so that cases move them the wrong way."""
    found = changed_directions(plan) if plan.settings.case != "base" else {}
    if found:
        ends = ", ".join(f"{name} ({end})" for name, end in found.items())
        yield f"The good end of these ranges is another since inputs changed; type it in the column Good end: {ends}"


def _past_their_date(plan: Plan) -> Iterable[str]:
    for name in plan.settings.options:
        until = plan.last_start(name)
        if until is not None and until < plan.settings.start:
            yield f"{plan.template.options[name].label} ({name}) cannot be started after {until.isoformat()}"
