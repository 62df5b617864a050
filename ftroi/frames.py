"""Results of a plan as pandas data frames, with named columns and their units in ``attrs``.

Money is nominal unless a measure says otherwise, in the plan's currency, and not rounded; costs and values are both
positive. A value that does not exist is NaN; tables with a column for it say why.

======================= ==============================================================================
``attrs["units"]``      the unit of each column (or, by row, of each measure), money by its currency
``attrs["currency"]``   the plan's currency
``attrs["option"]``     the option that the table is about, if it is about one
``attrs["case"]``       base, optimistic or pessimistic
======================= ==============================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ftroi.analysis.report import Report
from ftroi.dates import PERIODS
from ftroi.engine import Results
from ftroi.errors import Finding, PlanError
from ftroi.language import did_you_mean
from ftroi.plan import Plan
from ftroi.plan.option_names import option_named, suggest_option
from ftroi.termsheet import Role, flat

if TYPE_CHECKING:
    from pandas import DataFrame

    from ftroi.analysis.risk.simulation import Simulation


ROWS = ("category", "line")
"""The kinds of row in a schedule."""

MEASURE_COLUMNS = ("label", "value", "unit", "status", "text")
SUMMARY_COLUMNS = ("base", "mean", "standard_error")
TORNADO_COLUMNS = ("label", "unit", "low", "high", "at_low", "at_high", "swing")


def measures_frame(plan: Plan, results: Results, option: str) -> DataFrame:
    """All measures of one option: rows are measures, columns MEASURE_COLUMNS.

    ``status`` and ``text`` say why a measure has no value, or hold a remark on its value; else "".
    """
    from pandas import DataFrame

    lines, rows = plan.template.measures, {}
    for name, found in results.measures(option).items():
        unit = unit_of(lines[name].unit, plan)
        rows[name] = (lines[name].label, _number(found.value), unit, found.status, found.text)
    frame = DataFrame.from_dict(rows, orient="index", columns=list(MEASURE_COLUMNS)).rename_axis("measure")
    return _with_attributes(frame, plan, dict(zip(frame.index, frame["unit"], strict=True)), option)


def compare_frame(plan: Plan, results: Results) -> DataFrame:
    """All measures of all options: rows are options, columns are measures; NaN where a measure has no value."""
    from pandas import DataFrame

    names = list(plan.template.measures)
    rows = {
        option: [_number(found.value) for found in results.measures(option).values()]
        for option in plan.settings.options
    }
    frame = DataFrame.from_dict(rows, orient="index", columns=names, dtype=float).rename_axis("option")
    return _with_attributes(frame, plan, {name: unit_of(plan.template.measures[name].unit, plan) for name in names})


def schedule_frame(plan: Plan, results: Results, option: str, by: str = "year", rows: str = "category") -> DataFrame:
    """Money over time: rows are categories, lines or one item by its name; columns are periods from 1, and the total.

    Periods are months, quarters or years of the plan; month 1 is the month of its start, and flows fall at the ends of
    months. Raises PlanError for an unknown period or item.
    """
    from pandas import DataFrame

    if by not in PERIODS:
        raise PlanError(Finding("by", f"no period '{by}'", did_you_mean(by, PERIODS) or "month, quarter or year"))
    names = _items(plan, rows)
    length = PERIODS[by]
    starts = range(0, plan.horizon, length)
    amounts = {name: results.row(line, option)[: plan.horizon] for name, line in names.items()}
    table = {name: [float(row[start : start + length].sum()) for start in starts] for name, row in amounts.items()}
    periods = list(range(1, len(starts) + 1))
    frame = DataFrame.from_dict(table, orient="index", columns=periods, dtype=float).rename_axis("item")
    frame.columns.name = by
    frame["total"] = frame.sum(axis=1)
    units = dict.fromkeys(map(str, frame.columns), plan.settings.currency)
    return _with_attributes(frame, plan, units, option)


def _items(plan: Plan, rows: str) -> dict[str, str]:
    """The lines of a schedule by the name of their row."""
    template = plan.template
    if rows == "category":
        return {name: flat(name) for name in template.categories}
    lines = [line.name for line in template.lines.values() if line.category and line.role is not Role.CATEGORY]
    if rows == "line":
        return {name: name for name in lines}
    known = {name: flat(name) for name in template.categories} | {name: name for name in template.series}
    if rows not in known:
        cure = did_you_mean(rows, (*known, *ROWS)) or "write category, line, or the name of one of them"
        raise PlanError(Finding("rows", f"no category or line named '{rows}'", cure))
    return {rows: known[rows]}


def draws_frame(simulation: Simulation) -> DataFrame:
    """All draws of a simulation: one row per draw, columns (option, measure); NaN where a measure has no value."""
    from pandas import DataFrame, MultiIndex

    pairs = [(option, name) for option in simulation.options for name in simulation.kept]
    columns = MultiIndex.from_tuples(pairs, names=["option", "measure"])
    data = np.column_stack([simulation.draws(name, option) for option, name in pairs])
    frame = DataFrame(data, columns=columns).rename_axis("draw")
    lines = simulation.plan.template.lines
    units = {name: unit_of(lines[name].unit, simulation.plan) for name in simulation.kept if name in lines}
    return _with_attributes(frame, simulation.plan, units)


def summary_frame(plan: Plan, report: Report) -> DataFrame:
    """The statistics of a simulation: base, mean, standard error of the mean, and percentiles; rows (option, measure).

    ``report`` is the result of `simulation_report`.
    """
    from pandas import DataFrame, MultiIndex

    rows, keys = [], []
    for option, figures in report["options"].items():
        for name, found in {**figures["measures"], **figures["by_category"]}.items():
            keys.append((option, name))
            rows.append({key: found[key] for key in SUMMARY_COLUMNS} | found["percentiles"])
    frame = DataFrame(rows, index=MultiIndex.from_tuples(keys, names=["option", "measure"]), dtype=float)
    units = {line.name: unit_of(line.unit, plan) for line in plan.template.measures.values()}
    units |= dict.fromkeys(plan.template.categories, plan.settings.currency)
    return _with_attributes(
        frame, plan, {name: unit for name, unit in units.items() if any(name == key[1] for key in keys)}
    )


def sensitivity_frame(plan: Plan, report: Report) -> DataFrame:
    """The result of `tornado_report` or `indices_report`, largest first, or of `grid_report` by its two axes."""
    from pandas import DataFrame, Index

    if "tornado" in report:
        table = [[bar.get(key) for key in TORNADO_COLUMNS] for bar in report["tornado"]]
        names = [bar["assumption"] for bar in report["tornado"]]
        frame = DataFrame(table, index=Index(names, name="assumption"), columns=list(TORNADO_COLUMNS))
        frame["unit"] = [unit_of(unit, plan) for unit in frame["unit"]]
    elif "indices" in report:
        frame = DataFrame(report["indices"]).set_index("name").rename_axis("assumption")
    else:
        rows, columns = report["rows"], report["columns"]
        index, across = (
            Index(rows["values"], name=rows["assumption"]),
            Index(columns["values"], name=columns["assumption"]),
        )
        frame = DataFrame(report["figures"], index=index, columns=across, dtype=float)
    measure = report["measure"]
    units = {measure: unit_of(plan.template.measures[measure].unit, plan)}
    return _with_attributes(frame, plan, units, plan.settings.option)


def unit_of(unit: str, plan: Plan) -> str:
    """A unit with the plan's currency in place of money."""
    return unit.replace("money", plan.settings.currency)


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _with_attributes(frame: DataFrame, plan: Plan, units: Mapping[str, str], option: str | None = None) -> DataFrame:
    attributes: dict[str, Any] = {
        "units": dict(units), "currency": plan.settings.currency, "case": plan.settings.case,
        "reference": plan.settings.reference, "project": plan.settings.project,
    }  # fmt: skip
    frame.attrs.update(attributes if option is None else attributes | {"option": option})
    return frame


def require_options(plan: Plan, options: Iterable[str]) -> Sequence[str]:
    """The ids of options given by id or label; raises PlanError with all that are not in the plan."""
    known = plan.settings.options
    requested = [option_named(plan.template, known, option) for option in options]
    unknown = [option for option in requested if option not in known]
    if unknown:
        cures = [suggest_option(plan.template, known, option) for option in unknown]
        raise PlanError(
            *(Finding("option", f"no option '{option}'", cure) for option, cure in zip(unknown, cures, strict=True))
        )
    return requested
