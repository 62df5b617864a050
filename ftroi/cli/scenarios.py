"""``ftroi scenarios``: the cases and named changes of a plan, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ftroi.analysis.scenarios import Scenario, compare_scenarios
from ftroi.cli.calc import heading
from ftroi.cli.console import figure_words, print_json, print_table, say, warn
from ftroi.cli.plan_source import Question, plan_asked
from ftroi.errors import Finding, PlanError
from ftroi.plan import CASES, NamedScenario, Plan
from ftroi.workbook.schema import SCENARIOS_SHEET

if TYPE_CHECKING:
    from ftroi.cli.writing import Writing

_OPTION = "--named"


def show_scenarios(question: Question, named: Sequence[str], *, write: bool, accept: bool, as_json: bool) -> None:
    """Compute the plan that was asked for in every case, in the scenarios of its workbook, and in those ``named``.

    One that is ``named`` such as "Slow: ramp_months=18" takes the place of the workbook's own of that name. ``write``
    writes them all into the sheet Scenarios, and computes what stands there afresh, ``accept`` also where something
    else cannot be kept. Raises PlanError with every finding.
    """
    writing = _writing(question, accept=accept) if write else None
    asked = plan_asked(question, one_option=False)
    own = {one.name: one for one in (*asked.plan.scenarios, *_read(named))}
    found = compare_scenarios(asked.plan, own.values())
    written = _written(writing, tuple(own.values())) if writing else {}
    if as_json:
        print_json(_report(asked.plan, found, own) | written | {"warnings": list(asked.warnings)})
        return
    say(*heading(asked.plan, option=True))
    headers = ("Measure", *(one.name for one in found))
    print_table("", headers, _rows(asked.plan, found), headers[1:])
    say(*(f"{name}: {', '.join(one.parts)}" for name, one in own.items()))
    say(*writing.told(written) if writing else ())
    warn(asked.warnings)


def _writing(question: Question, *, accept: bool) -> Writing:
    """Examine the workbook that is to be written, before anything is computed."""
    from ftroi.cli.writing import Writing

    return Writing.of(question, SCENARIOS_SHEET, accept=accept)


def _written(writing: Writing, own: tuple[NamedScenario, ...]) -> dict[str, str | None]:
    entry = f"Scenarios computed: {', '.join((*CASES, *(one.name for one in own)))}"
    return writing.write(lambda old: replace(old, scenarios=own), entry, "ftroi scenarios")


def _read(named: Sequence[str]) -> list[NamedScenario]:
    """The scenarios that were asked for; changes stand apart by semicolons."""
    found: list[NamedScenario] = []
    for text in named:
        name, _, changes = text.partition(":")
        one = NamedScenario(name.strip(), changes.strip())
        if not (one.name and one.parts):
            cure = "write NAME: ASSUMPTION=VALUE; ASSUMPTION=VALUE"
            raise PlanError(Finding(f"{_OPTION} {text!r}", "is no scenario", cure))
        if one.name.lower() in CASES or one.name in (other.name for other in found):
            raise PlanError(Finding(f"{_OPTION} {text!r}", "has the name of another scenario", "choose another"))
        found.append(one)
    return found


def _rows(plan: Plan, found: Sequence[Scenario]) -> Iterator[tuple[str, ...]]:
    measures, option = plan.template.measures, plan.settings.option
    for one in plan.template.views.shown_in("compare"):
        figures = (scenario.results.measure(one.measure, option).value for scenario in found)
        unit = measures[one.measure].unit
        yield one.short, *(figure_words(figure, unit, one.measure) for figure in figures)
    best = (plan.template.options[one.best].short if one.best else "–" for one in found)
    yield "Best option", *best


def _report(plan: Plan, found: Sequence[Scenario], own: Mapping[str, NamedScenario]) -> dict[str, object]:
    option = plan.settings.option
    shown = [one.measure for one in plan.template.views.shown_in("compare")]
    return {
        "option": option,
        "scenarios": [
            {
                "name": one.name, "case": one.case, "best": one.best,
                "changes": list(own[one.name].parts) if one.name in own else [],
                "measures": {name: one.results.measure(name, option).value for name in shown},
            }
            for one in found
        ],
    }  # fmt: skip
