"""Sensitivity of a measure: tornado (one assumption at a time), Sobol indices (shares of variance), two-way grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from ftroi.analysis.report import Report, head_of, number, settings_of
from ftroi.analysis.risk.draws import drawn_values
from ftroi.analysis.risk.simulation import lognormal_findings, uncertain
from ftroi.analysis.sweep import (
    OptionMeasure,
    Target,
    evaluate_points,
    require_measure,
    target_named,
    with_role_options,
)
from ftroi.analysis.tornado import Swing, swings
from ftroi.engine import FloatArray, Results, evaluate
from ftroi.errors import Finding, PlanError
from ftroi.plan.plan import Plan
from ftroi.plan.resolve import at_end, inputs_of

SHOWN = 10
"""The default number of assumptions in a tornado."""

_SMALLEST_BASE, _LARGEST_BASE = 16, 65_536
_BLOCK = 8_192
_STEPS = (0.5, 0.75, 1.0, 1.25, 1.5)
_MOST_VALUES = 200


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of a grid: the assumption that is varied, and its values in its unit."""

    target: Target
    values: tuple[float, ...]


def tornado_report(plan: Plan, measure: str, most: int) -> Report:
    """The ``most`` assumptions that change a measure most, each moved alone from low to high, in the base case."""
    require_measure(plan, measure)
    plan = plan.with_settings(case="base")
    base = evaluate(plan.template, inputs_of(plan, "base"), [measure]).measure(measure, plan.settings.option)
    found = swings(plan, measure, most)
    return {**_heading(plan, measure), "base": number(base.value), "tornado": [_bar(plan, one) for one in found]}


def indices_report(plan: Plan, measure: str, base: int, seed: int) -> Report:
    """The Sobol indices of a measure for each uncertain assumption, largest first; ``base`` as in `sobol_indices`.

    Raises PlanError if nothing is uncertain, and if the measure has no value in some of the draws.
    """
    from ftroi.risk.indices import points_needed, sobol_indices

    plan, names = plan.with_settings(case="base"), uncertain(plan)
    _require_drawable(plan, measure, names, base)
    found = sobol_indices(names, lambda points: _figures_at(plan, measure, names, points), base, seed)
    ordered = sorted(found, key=lambda one: -one.total)
    return {
        **_heading(plan, measure),
        "points": points_needed(len(names), base),
        "seed": seed,
        "explained_alone": sum(one.first for one in found),
        "indices": [{**asdict(one), "label": _label(plan, one.name)} for one in ordered],
    }


def grid_report(plan: Plan, measure: str, axes: tuple[Axis, Axis]) -> Report:
    """A measure at every pair of values, with the first axis as rows; None where it has no value."""
    require_measure(plan, measure)
    rows, columns = axes
    points = np.array([(row, column) for row in rows.values for column in columns.values])
    found = evaluate_points(
        plan, [OptionMeasure(measure, plan.settings.option)], [rows.target, columns.target], points
    )[0]
    table = found.reshape(len(rows.values), len(columns.values))
    return {
        **_heading(plan, measure),
        "rows": {"assumption": str(rows.target), "values": list(rows.values)},
        "columns": {"assumption": str(columns.target), "values": list(columns.values)},
        "figures": [[number(float(one)) for one in row] for row in table],
    }


def parse_axes(plan: Plan, rows: str, columns: str) -> tuple[Axis, Axis]:
    """The axes for two texts such as "name" or "name=value,value".

    Without values, an axis has low, base, high and the points half-way; for a decision, 50% to 150% of its present
    value. Raises PlanError with all findings on unknown names, texts that are no numbers, and values out of range.
    """
    found: list[Axis] = []
    findings: list[Finding] = []
    for text in (rows, columns):
        try:
            found.append(_axis(plan, text))
        except PlanError as error:
            findings.extend(error.findings)
    if findings:
        raise PlanError(*findings)
    return found[0], found[1]


def _axis(plan: Plan, text: str) -> Axis:
    name, sign, listed = text.partition("=")
    target = target_named(plan, name)
    values = _listed(text, listed) if sign else _usual(plan, target)
    findings = _range_findings(plan, target, values)
    if findings:
        raise PlanError(*findings)
    return Axis(target, values)


def _require_drawable(plan: Plan, measure: str, names: Sequence[str], base: int) -> None:
    require_measure(plan, measure)
    findings = lognormal_findings(plan)
    if not names:
        findings.append(Finding(plan.settings.project, "nothing is uncertain", "set a low and a high apart"))
    if base & (base - 1) or not _SMALLEST_BASE <= base <= _LARGEST_BASE:
        cure = f"choose a power of two from {_SMALLEST_BASE} to {_LARGEST_BASE:,}"
        findings.append(Finding("--rows", f"{base} rows", cure))
    if findings:
        raise PlanError(*findings)


def _heading(plan: Plan, measure: str) -> Report:
    return {**head_of(plan), "option": plan.settings.option, **settings_of(plan), "measure": measure}


def _label(plan: Plan, name: str) -> str:
    return plan.template.assumptions[name].table.label


def _bar(plan: Plan, swing: Swing) -> Report:
    entry, table = plan.entries[swing.name], plan.template.assumptions[swing.name].table
    low, high = entry.ends or (None, None)
    return {
        "assumption": swing.name, "label": table.label, "unit": table.unit, "low": low, "base": entry.base,
        "high": high, "at_low": swing.at_low, "at_high": swing.at_high, "swing": swing.size,
    }  # fmt: skip


def _figures_at(plan: Plan, measure: str, names: Sequence[str], points: FloatArray) -> FloatArray:
    """A measure at points × names, given as probabilities; evaluated block by block."""
    from ftroi.risk import scores

    fewer = with_role_options(plan)
    inputs, found = inputs_of(fewer, "base"), []
    for start in range(0, len(points), _BLOCK):
        block = points[start : start + _BLOCK]
        values = {**inputs.values, **drawn_values(fewer, names, scores(block))}
        results = evaluate(plan.template, replace(inputs, values=values), [measure])
        found.append(np.broadcast_to(_by_draw(results, measure, plan.settings.option), len(block)))
    figures = np.concatenate(found)
    missing = float(np.isnan(figures).mean())
    if missing:
        what = f"has no number in {missing:.1%} of the draws"
        raise PlanError(Finding(measure, what, "choose a measure that always has one"))
    return figures


def _by_draw(results: Results, measure: str, option: str) -> FloatArray:
    figures, status = results.draws(measure, option), f"status:{measure}"
    return np.where(results.draws(status, option) > 0, np.nan, figures) if status in results.arrays else figures


def _listed(text: str, listed: str) -> tuple[float, ...]:
    try:
        values = tuple(sorted({_number(one) for one in listed.split(",")}))
    except ValueError:
        raise PlanError(Finding(text, f"'{listed}' is no list of numbers", "write name=1,2,3 or name=5%,10%")) from None
    return values


def _number(text: str) -> float:
    stripped = text.strip()
    return float(stripped[:-1]) / 100 if stripped.endswith("%") else float(stripped)


def _usual(plan: Plan, target: Target) -> tuple[float, ...]:
    entry, today, table = plan.entries[target.name], target.value(plan), plan.template.assumptions[target.name].table
    if entry.ends is not None:
        place = plan.settings.options.index(target.option or plan.settings.option)
        low, high = (float(at_end(plan, target.name, end)[place]) if target.option else end for end in entry.ends)
        values = [low, (low + today) / 2, today, (today + high) / 2, high]
    else:
        least, most = table.range or (-np.inf, np.inf)
        values = [float(np.clip(today * step, least, most)) for step in _STEPS]
    return tuple(sorted({round(value) if table.whole else value for value in values}))


def _range_findings(plan: Plan, target: Target, values: Sequence[float]) -> list[Finding]:
    table = plan.template.assumptions[target.name].table
    least, most = table.range or (-np.inf, np.inf)
    found = [
        Finding(str(target), f"{value:g} is outside the allowed range", f"stay between {least:g} and {most:g}")
        for value in values
        if not least <= value <= most
    ]
    if len(values) > _MOST_VALUES:
        found.append(Finding(str(target), f"{len(values)} values", f"name at most {_MOST_VALUES}"))
    return found
