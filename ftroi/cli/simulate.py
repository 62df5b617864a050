"""``ftroi simulate``: percentiles and odds of one option, or of all by the same draws."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import Progress, TaskID

from ftroi.analysis.risk.events import event_words
from ftroi.analysis.risk.simulation import Setup, Simulation, passes, simulate
from ftroi.analysis.risk.snapshot import histogram, kept_of
from ftroi.analysis.risk.statistics import approved_budget, option_report, simulated_names, simulation_report
from ftroi.cli.calc import heading
from ftroi.cli.console import figure_words, print_json, print_table, say, sparkline, warn
from ftroi.cli.output import Output
from ftroi.cli.plan_source import Question, plan_asked
from ftroi.errors import Finding, PlanError
from ftroi.plan import Plan
from ftroi.plan.simulated import Figure
from ftroi.termsheet.simulated_names import BEATS_REFERENCE, WITHIN_BUDGET, figure_names, measure_names_in_sentences
from ftroi.workbook.schema import RISK_SHEET

if TYPE_CHECKING:
    from pandas import DataFrame

    from ftroi.cli.writing import Writing

Shape = Mapping[str, float]
"""A histogram: its first edge, the width of its bins, and their shares."""

Kept = dict[str, Mapping[str, Figure]]
"""What is kept of a simulation, by option."""

_SHOWN = ("p10", "p50", "p80", "p90")
_LEAST_DRAWS, _FEWEST = 1_000, 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to draw and what to show; ``budget`` is money in cash, None for the one entered at the gate.

    ``by_year`` asks for cost and value of each year. ``write`` says that the sheet Risk is written, ``accept`` also
    where something else cannot be kept.
    """

    setup: Setup
    all_options: bool
    budget: float | None
    by_year: bool = False
    write: bool = False
    accept: bool = False


def show_simulation(question: Question, wanted: Wanted, output: Output | None = None, *, as_json: bool) -> None:
    """Simulate the plan that was asked for, write its figures where that was asked, and show what came of it."""
    if wanted.budget is not None and not 0 <= wanted.budget < float("inf"):
        what = f"{wanted.budget:g} is no amount that can be approved"
        raise PlanError(Finding("--budget", what, "give a number of 0 or more"))
    writing = _writing(question, wanted)
    asked = plan_asked(question, one_option=not wanted.all_options)
    plan = asked.plan.with_settings(case="base")
    shown = plan.settings.options if wanted.all_options else (plan.settings.option,)
    budget = approved_budget(plan) if wanted.budget is None else wanted.budget
    told, shapes, drawn = {}, {}, []
    kept: Kept = {}
    for simulation in _with_bar(plan, plan.settings.options if writing else shown, wanted):
        for option in simulation.options:
            if option in shown:
                told[option] = option_report(simulation, option, budget)
                shapes[option] = histogram(simulation.draws(plan.template.role("gain"), option))
            if writing:
                kept[option] = kept_of(simulation, option, budget)
        if output:
            from ftroi.frames import draws_frame

            drawn.append(draws_frame(simulation)[list(shown)])
        del simulation  # its draws go before the next ones are made
    if output:
        output.write(_joined(drawn), "Draws")
    report = simulation_report(plan, wanted.setup, budget, told)
    written = _written(writing, plan, wanted.setup, kept, budget) if writing else {}
    if as_json:
        print_json(report | written | {"warnings": [*asked.warnings, *_too_few(report["draws"])]})
        return
    say(*heading(plan, option=not wanted.all_options))
    _show(plan, report, shapes, all_options=wanted.all_options)
    say(*writing.told(written) if writing else ())
    warn([*asked.warnings, *_too_few(report["draws"])])


def _too_few(draws: int) -> list[str]:
    """Warn of percentiles that rest on a handful of draws."""
    told = f"{draws:,} draws are too few for percentiles and odds: take {_LEAST_DRAWS:,} or more"
    return [told] if draws < _FEWEST else []


def _joined(drawn: Sequence[DataFrame]) -> DataFrame:
    """The draws of all passes beside each other: every pass makes the same draws."""
    from pandas import concat

    return concat(drawn, axis="columns")


def _writing(question: Question, wanted: Wanted) -> Writing | None:
    """Examine the workbook that is to be written, before anything is drawn."""
    if not wanted.write:
        return None
    from ftroi.cli.writing import Writing

    return Writing.of(question, RISK_SHEET, accept=wanted.accept)


def _written(writing: Writing, plan: Plan, setup: Setup, kept: Kept, budget: float | None) -> dict[str, str | None]:
    from ftroi.cli.simulate_write import write_simulation

    return write_simulation(writing, plan, setup, kept, budget)


def _with_bar(plan: Plan, options: tuple[str, ...], wanted: Wanted) -> Iterator[Simulation]:
    """Simulate with a bar on the error stream, where that is a terminal; many draws go by some options at a time."""
    names, setup = simulated_names(plan, by_year=wanted.by_year), wanted.setup
    parts = list(passes(options, names, setup))
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("Simulating", total=len(parts))
        for place, part in enumerate(parts):
            yield simulate(plan, part, names, setup, partial(_advance, bar, task, place))


def _advance(bar: Progress, task: TaskID, before: float, done: int, total: int) -> None:
    bar.update(task, completed=before + done / total)


def _show(plan: Plan, report: dict[str, Any], shapes: Mapping[str, Shape], *, all_options: bool) -> None:
    say(f"{report['draws']:,} draws ({report['method']}), seed {report['seed']}, ftroi {report['version']}")
    say("The base case is the most likely value of every range, not the mean of the plan.")
    for option, figures in report["options"].items():
        title = plan.template.options[option].label
        headers = ("Figure", "Base", "Mean", "±", *(at.upper() for at in _SHOWN))
        print_table(title, headers, _rows(plan, figures, all_options=all_options), headers[1:])
        say(_shape_line(plan, shapes[option]), *_odds_lines(plan, figures))
        _show_events(plan, figures)


def _rows(plan: Plan, figures: dict[str, Any], *, all_options: bool) -> Iterator[tuple[str, ...]]:
    """The measures, and of a single option also its categories and years."""
    lines = plan.template.lines
    short = {one.measure: one.short for one in plan.template.views.headlines}
    for name, found in figures["measures"].items():
        yield _row(short.get(name, lines[name].label), found, lines[name].unit, name)
    if all_options:
        return
    for name, found in figures["by_category"].items():
        yield _row(_category(plan, name), found, "money", "")
    years = {one.key: one.label for one in plan.template.views.years}
    for year, measures in figures["by_year"].items():
        yield from (_row(f"Year {year}: {years[key].lower()}", found, "money", "") for key, found in measures.items())


def _category(plan: Plan, name: str) -> str:
    """A category's label, or its short one among costs: there are many, and little room."""
    table = plan.template.categories[name]
    return table.label if plan.template.is_value(name) else table.short or table.label


def _row(label: str, found: dict[str, Any], unit: str, name: str) -> tuple[str, ...]:
    amounts = (found["base"], found["mean"], found["standard_error"], *(found["percentiles"][at] for at in _SHOWN))
    return (_label(label, found["without_number"]), *(figure_words(amount, unit, name) for amount in amounts))


def _label(label: str, without: float) -> str:
    """Say in how many draws there is a number to speak of, where not in all."""
    return label if without == 0 else f"{label} (a number in {1 - without:.1%} of the draws)"


def _shape_line(plan: Plan, shape: Shape) -> str:
    """A small histogram of the net measure, from its 1st to its 99th percentile."""
    shares = [share for name, share in shape.items() if name.startswith("bin")]
    first = shape["from"]
    ends = (figure_words(amount, "money") for amount in (first, first + shape["width"] * len(shares)))
    words = measure_names_in_sentences(plan.template)[figure_names(plan.template).gain]
    low, high = ends
    return f"  {words} from {low} {sparkline(shares)} to {high}"


def _odds_lines(plan: Plan, figures: dict[str, Any]) -> Iterator[str]:
    odds, errors, names = figures["odds"], figures["odds_errors"], figure_names(plan.template)
    cost, gain = measure_names_in_sentences(plan.template).values()
    labels = {
        names.below_zero: f"{gain} below 0",
        BEATS_REFERENCE: "Beats the baseline",
        WITHIN_BUDGET: "Within the approved budget, in cash",
    }
    for key, label in labels.items():
        if odds[key] is not None:
            yield f"  {label}: {_share(odds[key], errors[key])}"
    amount = names.shortfall
    yield f"  Mean {gain} of the worst 5% of the draws: {_money(odds[amount], errors[amount])}"
    below = figures["measures"][names.cost]["at_or_below_base"]
    if below is not None:
        yield f"  {cost} at or below the base case: {below:.1%}"


def _show_events(plan: Plan, figures: dict[str, Any]) -> None:
    """Show the odds with each event alone and with all of them, below those without."""
    odds, errors, names = figures["odds"], figures["odds_errors"], figure_names(plan.template)
    events = [event for event in names.events if names.mean(event) in odds]
    if not events:
        return
    words, mean = measure_names_in_sentences(plan.template)[names.gain], figures["measures"][names.gain]
    loss = _share(odds[names.below_zero], errors[names.below_zero])
    none = loss, _money(mean["mean"], mean["standard_error"])
    rows = [("none", *none), *(_row_with(plan, event, odds, errors) for event in events)]
    headers = ("Events among the chances", f"{words} below 0", f"Mean {words}")
    print_table("What the base case leaves out", headers, rows, headers[1:])


def _row_with(plan: Plan, event: str, odds: dict[str, float], errors: dict[str, float | None]) -> tuple[str, ...]:
    names = figure_names(plan.template)
    share, mean = names.below(event), names.mean(event)
    return event_words(plan.template, event), _share(odds[share], errors[share]), _money(odds[mean], errors[mean])


def _share(figure: float, error: float | None) -> str:
    return f"{figure:.1%}" if error is None else f"{figure:.1%} ± {error:.1%}"


def _money(figure: float, error: float | None) -> str:
    return f"{figure:,.0f}" if error is None else f"{figure:,.0f} ± {error:,.0f}"
