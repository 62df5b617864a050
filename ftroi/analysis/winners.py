"""The winner map: which option is best at every pair of values of two assumptions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ftroi.analysis.report import Report, head_of, settings_of
from ftroi.analysis.sensitivity import Axis, parse_axes
from ftroi.analysis.sweep import OptionMeasure, evaluate_points
from ftroi.analysis.tornado import swings
from ftroi.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Winners:
    """The best option by rows × columns of two axes: the one with the highest net measure; None where none has one."""

    rows: Axis
    columns: Axis
    options: tuple[tuple[str | None, ...], ...]


def find_winners(plan: Plan, axes: tuple[Axis, Axis]) -> Winners:
    """The best option of a plan, in its case, at every pair of values."""
    rows, columns = axes
    options, gain = plan.settings.options, plan.template.role("gain")
    points = np.array([(row, column) for row in rows.values for column in columns.values])
    found = evaluate_points(
        plan, [OptionMeasure(gain, option) for option in options], [rows.target, columns.target], points
    )
    known = np.where(np.isnan(found), -np.inf, found)
    best = [options[int(place)] if np.isfinite(known[:, at]).any() else None
            for at, place in enumerate(known.argmax(axis=0))]  # fmt: skip
    width = len(columns.values)
    return Winners(rows, columns, tuple(tuple(best[at : at + width]) for at in range(0, len(best), width)))


def usual_axes(plan: Plan) -> tuple[Axis, Axis] | None:
    """The two assumptions that move the net measure most, from low to high; None where fewer than two do."""
    found = swings(plan, plan.template.role("gain"), 2)
    return parse_axes(plan, *(one.name for one in found)) if len(found) > 1 else None


def winners_report(plan: Plan, axes: tuple[Axis, Axis]) -> Report:
    """The map as a report: the axes with their values, and the options' ids by row."""
    found = find_winners(plan, axes)
    sides = {"rows": found.rows, "columns": found.columns}
    return {
        **head_of(plan), **settings_of(plan), "measure": plan.template.role("gain"),
        **{key: {"assumption": str(one.target), "values": list(one.values)} for key, one in sides.items()},
        "winners": [list(row) for row in found.options],
    }  # fmt: skip
