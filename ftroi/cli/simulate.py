"""``ftroi simulate``: percentiles and odds of one option, or of all by the same draws."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import Progress

from ftroi.cli.asked import Question, plan_asked
from ftroi.cli.calc import heading
from ftroi.cli.show import console, figure_words, print_json, say, table, warn
from ftroi.plan import Plan
from ftroi.plan.kept import NEEDED
from ftroi.plan.odds import approved_budget, simulation_report
from ftroi.plan.simulation import Setup, Simulation, simulate
from ftroi.termsheet import flat

if TYPE_CHECKING:
    from ftroi.cli.simulate_write import Writing

MEASURES = ("tco", "tco_pv", "tco_cash", "value", "npv", "npv_over_nothing", "roi", "discounted_payback_months")
_WRITTEN = {"written": "Written to the sheet Risk of", "backup": "What was there before"}
_SHOWN = ("p10", "p50", "p80", "p90")
_ODDS = {
    "npv_below_zero": "NPV below 0",
    "beats_reference": "Beats the reference",
    "within_budget": "Within the approved budget, in cash",
    "npv_below_zero_with_abandonment": "NPV below 0, abandonment among the chances",
}
_AMOUNTS = {
    "npv_expected_shortfall": "Mean NPV of the worst 5% of the draws",
    "npv_mean_with_abandonment": "Mean NPV, abandonment among the chances",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to draw and what to show; ``budget`` is money in cash, None for the one entered at the gate.

    ``write`` says that the sheet Risk is written, ``accept`` also where something else cannot be kept.
    """

    setup: Setup
    all_options: bool
    budget: float | None
    write: bool = False
    accept: bool = False


def show_simulation(question: Question, wanted: Wanted, *, as_json: bool) -> None:
    """Simulate the plan that was asked for, write its figures where that was asked, and show what came of it."""
    writing = _writing(question, wanted)
    asked = plan_asked(question, one_option=not wanted.all_options)
    plan = asked.plan.with_settings(case="base")
    shown = plan.settings.options if wanted.all_options else (plan.settings.option,)
    kept = _kept(plan, all_options=wanted.all_options)
    drawn = plan.settings.options if writing else shown
    simulation = _with_bar(plan, drawn, tuple(dict.fromkeys((*kept, *NEEDED))) if writing else kept, wanted.setup)
    budget = approved_budget(plan) if wanted.budget is None else wanted.budget
    report = simulation_report(simulation, kept, budget, shown)
    written = writing.write(simulation, budget) if writing else {}
    if as_json:
        print_json(report | written | {"warnings": list(asked.warnings)})
        return
    say(*heading(plan, option=not wanted.all_options))
    _show(plan, report)
    say(*(f"{_WRITTEN[key]}: {path}" for key, path in written.items() if path))
    warn(asked.warnings)


def _writing(question: Question, wanted: Wanted) -> Writing | None:
    """Examine the workbook that is to be written, before anything is drawn."""
    if not wanted.write:
        return None
    from ftroi.cli.simulate_write import Writing

    return Writing.of(question, accept=wanted.accept)


def _kept(plan: Plan, *, all_options: bool) -> tuple[str, ...]:
    """Name what is shown: measures, and of a single option also the categories."""
    measures = tuple(name for name in MEASURES if name in plan.template.measures)
    return measures if all_options else (*measures, *(flat(name) for name in plan.template.categories))


def _with_bar(plan: Plan, options: tuple[str, ...], kept: tuple[str, ...], setup: Setup) -> Simulation:
    """Simulate with a bar on the error stream, where that is a terminal."""
    shown = Console(stderr=True)
    with Progress(console=shown, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("Simulating", total=None)
        return simulate(plan, options, kept, setup, lambda done, total: bar.update(task, completed=done, total=total))


def _show(plan: Plan, report: dict[str, Any]) -> None:
    say(f"{report['draws']:,} draws ({report['method']}), seed {report['seed']}, ftroi {report['version']}")
    say("The base case is the most likely value of every range, not the mean of the plan.")
    out = console()
    for option, figures in report["options"].items():
        title = plan.template.options[option].label
        headers = ("Figure", "Base", "Mean", *(at.upper() for at in _SHOWN))
        out.print(table(title, headers, _rows(plan, figures["measures"]), headers[1:]))
        say(*_odds_lines(figures))


def _rows(plan: Plan, measures: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, found in measures.items():
        line = plan.template.lines[name]
        unit = line.unit.removesuffix("/month") if line.category else line.unit
        figures = (found["base"], found["mean"], *(found["percentiles"][at] for at in _SHOWN))
        yield (
            _label(line.label, found["without_number"]),
            *(figure_words(figure, unit, "" if line.category else name) for figure in figures),
        )


def _label(label: str, without: float) -> str:
    """Say in how many draws there is a number to speak of, where not in all."""
    return label if without == 0 else f"{label} (a number in {1 - without:.1%} of the draws)"


def _odds_lines(figures: dict[str, Any]) -> Iterator[str]:
    odds = figures["odds"]
    yield from (f"  {label}: {odds[key]:.1%}" for key, label in _ODDS.items() if odds.get(key) is not None)
    yield from (f"  {label}: {odds[key]:,.0f}" for key, label in _AMOUNTS.items() if odds.get(key) is not None)
    below = figures["measures"].get("tco", {}).get("at_or_below_base")
    if below is not None:
        yield f"  Lifetime cost at or below the base case: {below:.1%}"
