"""``ftroi sensitivity``: which assumptions a measure depends on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ftroi.analysis.sensitivity import grid_report, indices_report, parse_axes, tornado_report
from ftroi.analysis.winners import usual_axes, winners_report
from ftroi.cli.calc import heading
from ftroi.cli.console import MISSING, bar, console, figure_words, print_json, print_table, say, table, unit_words, warn
from ftroi.cli.output import Output
from ftroi.cli.plan_source import Question, plan_asked
from ftroi.errors import Finding, PlanError
from ftroi.plan import Plan

_BAR = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show: a tornado, or shares of the variance, or a grid of two assumptions.

    ``measure`` is None for the net one. ``winners`` shows the best option at each pair of the grid's values, in place
    of a measure; without a grid, of the two assumptions that move the net measure most.
    """

    measure: str | None
    top: int
    grid: tuple[str, str] | None
    indices: bool
    rows: int
    seed: int
    winners: bool = False


def show_sensitivity(question: Question, wanted: Wanted, output: Output | None = None, *, as_json: bool) -> None:
    """Compute what was asked for and show it."""
    if wanted.grid and wanted.indices:
        raise PlanError(Finding("--grid", "cannot be shown together with --indices", "ask for one of the two"))
    if wanted.winners and (wanted.indices or wanted.measure):
        other = "--indices" if wanted.indices else "--measure"
        raise PlanError(Finding("--winners", f"cannot be shown together with {other}", "ask for one of the two"))
    asked = plan_asked(question, one_option=True)
    plan = asked.plan.with_settings(case="base")
    report = _report(plan, wanted)
    if output:
        from ftroi.frames import sensitivity_frame

        output.write(sensitivity_frame(plan, report), "Sensitivity")
    if as_json:
        print_json(report | {"warnings": list(asked.warnings)})
        return
    say(*heading(plan, option=True))
    _show(plan, report, wanted.top)
    warn(asked.warnings)


def _report(plan: Plan, wanted: Wanted) -> dict[str, Any]:
    measure = wanted.measure or plan.template.role("gain")
    if wanted.winners:
        return _winners(plan, wanted.grid)
    if wanted.grid:
        return grid_report(plan, measure, parse_axes(plan, *wanted.grid))
    if wanted.indices:
        return indices_report(plan, measure, wanted.rows, wanted.seed)
    return tornado_report(plan, measure, wanted.top)


def _winners(plan: Plan, grid: tuple[str, str] | None) -> dict[str, Any]:
    axes = parse_axes(plan, *grid) if grid else usual_axes(plan)
    if axes is None:
        cure = "name two with --grid, as NAME or NAME=VALUE,VALUE"
        raise PlanError(Finding("--winners", "fewer than two assumptions are uncertain", cure))
    return winners_report(plan, axes)


def _show(plan: Plan, report: dict[str, Any], top: int) -> None:
    if "tornado" in report:
        _show_tornado(plan, report)
    elif "winners" in report:
        _show_winners(plan, report)
    elif "indices" in report:
        _show_shares(plan, report, top)
    else:
        _show_grid(plan, report)


def _show_tornado(plan: Plan, report: dict[str, Any]) -> None:
    measure = plan.template.measures[report["measure"]]
    say(f"{measure.label}: {_figure(plan, report, report['base'])} in the base case")
    headers = ("Assumption", "From", "To", "At low", "At high", "Swing", "")
    console().print(table("One assumption at a time", headers, _bars(plan, report), headers[1:6]))


def _show_shares(plan: Plan, report: dict[str, Any], top: int) -> None:
    say(f"{report['points']:,} points (Saltelli), seed {report['seed']}; every assumption drawn independently")
    headers = ("Share of the variance", "Alone", "±", "In all", "±")
    title = plan.template.measures[report["measure"]].label
    console().print(table(title, headers, _shares(report, top), headers[1:]))
    say(f"Each alone, all assumptions explain {report['explained_alone']:.0%}; the rest is interactions and error.")


def _show_grid(plan: Plan, report: dict[str, Any]) -> None:
    rows, columns = report["rows"], report["columns"]
    headers = (f"{rows['assumption']} ↓  {columns['assumption']} →", *_axis(plan, columns))
    title = plan.template.measures[report["measure"]].label
    console().print(table(title, headers, _grid(plan, report), headers[1:]))


def _show_winners(plan: Plan, report: dict[str, Any]) -> None:
    rows, columns = report["rows"], report["columns"]
    headers = (f"{rows['assumption']} ↓  {columns['assumption']} →", *_axis(plan, columns))
    options = plan.template.options
    labels = zip(_axis(plan, rows), report["winners"], strict=True)
    cells = [(label, *(options[one].short if one else MISSING for one in row)) for label, row in labels]
    title = f"The best option by {plan.template.measures[report['measure']].label}"
    print_table(title, headers, cells, headers[1:])


def _figure(plan: Plan, report: dict[str, Any], value: float | None) -> str:
    return figure_words(value, plan.template.measures[report["measure"]].unit, report["measure"])


def _bars(plan: Plan, report: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    widest = max((one["swing"] for one in report["tornado"]), default=1.0)
    for one in report["tornado"]:
        unit = unit_words(one["unit"], plan.settings.currency)
        ends = (figure_words(one[end], one["unit"]) for end in ("low", "high"))
        figures = (_figure(plan, report, one[key]) for key in ("at_low", "at_high", "swing"))
        label = f"{one['label']}, {unit}" if unit else one["label"]
        yield label, *ends, *figures, bar(one["swing"], widest, _BAR)


def _shares(report: dict[str, Any], top: int) -> Iterator[tuple[str, ...]]:
    for one in report["indices"][:top]:
        yield one["label"], *(f"{one[key]:.1%}" for key in ("first", "first_error", "total", "total_error"))


def _axis(plan: Plan, axis: dict[str, Any]) -> list[str]:
    unit = plan.template.assumptions[axis["assumption"].rpartition(".")[2]].table.unit
    return [figure_words(value, unit) for value in axis["values"]]


def _grid(plan: Plan, report: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for label, row in zip(_axis(plan, report["rows"]), report["figures"], strict=True):
        yield label, *(_figure(plan, report, one) for one in row)
