"""``ftroi calc``: every figure of one option."""

from __future__ import annotations

from collections.abc import Iterator

from ftroi.analysis import Verdict, give_verdict, judge_plan
from ftroi.analysis.report import Report, calc_report, verdict_report
from ftroi.cli.console import bar, console, figure_words, print_json, say, table, unit_words, warn
from ftroi.cli.output import Output
from ftroi.cli.plan_source import Question, plan_asked
from ftroi.plan import Plan, calculate
from ftroi.termsheet.model import group_of


def show_calc(question: Question, output: Output | None = None, *, as_json: bool) -> None:
    """Compute the plan that was asked for and show its option's figures."""
    asked = plan_asked(question, one_option=True)
    results = calculate(asked.plan)
    verdict = give_verdict(asked.plan, results, judge_plan(asked.plan, results))
    report = calc_report(asked.plan, results) | {"verdict": verdict_report(verdict)}
    report["warnings"] = [*asked.warnings, *report["warnings"]]
    if output:
        from ftroi.frames import measures_frame

        output.write(measures_frame(asked.plan, results, asked.plan.settings.option), "Measures")
    if as_json:
        print_json(report)
        return
    say(*heading(asked.plan, option=True))
    say(*verdict_lines(verdict))
    out = console()
    currency = report["currency"]
    out.print(table("", ("Measure", "Figure", "Unit"), _measures(asked.plan, report), ("Figure",)))
    out.print(table("Over the whole horizon", ("Category", currency, ""), _categories(asked.plan, report), (currency,)))
    headers = ("Year", *(f"{year.label}, {currency}" for year in asked.plan.template.views.years))
    if headers[1:]:
        out.print(table("By year", headers, _years(asked.plan, report), headers[1:]))
    warn(report["warnings"])


def heading(plan: Plan, *, option: bool) -> Iterator[str]:
    """The lines that say what the figures are about."""
    settings, options = plan.settings, plan.template.options
    yield settings.project
    if option:
        yield f"Option: {options[settings.option].label} ({settings.option})"
    yield f"Against: {options[settings.reference].label} ({settings.reference}, the baseline)"
    yield f"Case: {settings.case}; horizon: {plan.horizon} months; money in {settings.currency}, nominal"


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """The lines of the verdict on the candidate: the sentence, its reasons, the conditions that remain."""
    yield verdict.sentence
    yield from (f"  {reason}" for reason in verdict.reasons)
    if verdict.conditions:
        yield f"  {verdict.conditions_told}"


def _measures(plan: Plan, report: Report) -> Iterator[tuple[str, str, str]]:
    """Each measure's label, with the text in place of its number or beside it, its figure and unit."""
    for name, line in plan.template.measures.items():
        value = report["measures"][name]
        text = report["notes"].get(name, {}).get("text", "")
        unit = unit_words(line.unit, report["currency"]) if value is not None else ""
        yield f"{line.label}: {text}" if text else line.label, figure_words(value, line.unit, name), unit


def _categories(plan: Plan, report: Report) -> Iterator[tuple[str, str, str]]:
    """Each category's label and amount, and of costs a bar."""
    costs = {name: amount for name, amount in report["by_category"].items() if not plan.template.is_value(name)}
    most = max(costs.values(), default=0.0)
    for name, amount in report["by_category"].items():
        group = plan.template.groups[group_of(name)].label
        yield (
            f"{group}: {plan.template.categories[name].label}",
            figure_words(amount, "money"),
            bar(costs.get(name, 0.0), most),
        )


def _years(plan: Plan, report: Report) -> Iterator[tuple[str, ...]]:
    for year, figures in report["by_year"].items():
        yield year, *(figure_words(figures[one.key], "money") for one in plan.template.views.years)
