"""``ftroi scenarios``: the cases and named changes of a plan, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ftroi.analysis.scenarios import Scenario, compare_scenarios
from ftroi.cli.calc import heading
from ftroi.cli.console import figure_words, print_json, print_table, say, warn
from ftroi.cli.plan_source import Question, changed, plan_asked
from ftroi.errors import Finding, PlanError
from ftroi.plan import CASES, Plan

_OPTION = "--named"


def show_scenarios(question: Question, named: Sequence[str], *, as_json: bool) -> None:
    """Compute the plan that was asked for in every case and in the scenarios ``named``, such as "Slow: ramp_months=18".

    Raises PlanError with every finding.
    """
    asked = plan_asked(question, one_option=False)
    changes = _read(named)
    found = compare_scenarios(asked.plan, {name: changed(asked.plan, some, None) for name, some in changes.items()})
    if as_json:
        print_json(_report(asked.plan, found, changes) | {"warnings": list(asked.warnings)})
        return
    say(*heading(asked.plan, option=True))
    headers = ("Measure", *(one.name for one in found))
    print_table("", headers, _rows(asked.plan, found), headers[1:])
    say(*(f"{name}: {', '.join(some)}" for name, some in changes.items()))
    warn(asked.warnings)


def _read(named: Sequence[str]) -> dict[str, list[str]]:
    """The changes of each scenario by its name; changes stand apart by semicolons."""
    changes: dict[str, list[str]] = {}
    for text in named:
        name, colon, rest = text.partition(":")
        some = [one.strip() for one in rest.split(";") if one.strip()]
        if not (name.strip() and colon and some):
            cure = "write NAME: ASSUMPTION=VALUE; ASSUMPTION=VALUE"
            raise PlanError(Finding(f"{_OPTION} {text!r}", "is no scenario", cure))
        if name.strip() in (*CASES, *changes):
            raise PlanError(Finding(f"{_OPTION} {text!r}", "has the name of another scenario", "choose another"))
        changes[name.strip()] = some
    return changes


def _rows(plan: Plan, found: Sequence[Scenario]) -> Iterator[tuple[str, ...]]:
    measures, option = plan.template.measures, plan.settings.option
    for one in plan.template.views.shown_in("compare"):
        figures = (scenario.results.measure(one.measure, option).value for scenario in found)
        unit = measures[one.measure].unit
        yield one.short, *(figure_words(figure, unit, one.measure) for figure in figures)
    best = (plan.template.options[one.best].short if one.best else "–" for one in found)
    yield "Best option", *best


def _report(plan: Plan, found: Sequence[Scenario], changes: Mapping[str, Sequence[str]]) -> dict[str, object]:
    option = plan.settings.option
    shown = [one.measure for one in plan.template.views.shown_in("compare")]
    return {
        "option": option,
        "scenarios": [
            {
                "name": one.name, "case": one.case, "changes": list(changes.get(one.name, ())), "best": one.best,
                "measures": {name: one.results.measure(name, option).value for name in shown},
            }
            for one in found
        ],
    }  # fmt: skip
